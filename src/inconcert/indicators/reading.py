"""What an indicator gives: one measure of one subject, with its sample, interval, control, chance and witnesses."""

from __future__ import annotations

from dataclasses import dataclass

SUBJECTS = ("group", "account", "pair", "post", "hashtag", "followed", "event", "storyline", "case")


@dataclass(frozen=True)
class Point:
    """One thing a figure draws; see figure.CHARTS."""

    layer: str
    x: float | None = None
    y: float | None = None
    x_end: float | None = None
    low: float | None = None
    high: float | None = None
    label: str | None = None


@dataclass(frozen=True)
class Witness:
    """A post, or an account where post_id is None, that a reading rests on, and what it shows."""

    account_id: str
    post_id: str | None
    why: str


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One measure of one subject; the columns of the table `indicators`.

    value is None when the sample is too small; then `lacking` says what it would need, and nothing else is a number.
    p_value is None when nothing is tested. says: one sentence, true whether or not the reading turns out significant, with the
    number, its interval and its control in it; it claims nothing about anybody's intentions.
    """

    measure: str
    subject: str
    subject_id: str
    group_id: str | None = None
    n: int
    unit: str
    scale: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    control: float | None = None
    n_control: int | None = None
    p_value: float | None = None
    lr: float | None = None
    lr_low: float | None = None
    lr_high: float | None = None
    says: str = ""
    lacking: str | None = None
    points: tuple[Point, ...] = ()
    witnesses: tuple[Witness, ...] = ()

    def __post_init__(self) -> None:
        if self.subject not in SUBJECTS:
            raise ValueError(f"no subject is called {self.subject!r}")
        if (self.value is None) != (self.lacking is not None):
            raise ValueError(f"{self.measure} of {self.subject_id}: either a value or what is lacking")
        if self.value is None and (self.p_value is not None or self.lr is not None):
            raise ValueError(f"{self.measure} of {self.subject_id}: too little to say, yet it says a chance")
        if self.p_value is not None and not 0 < self.p_value <= 1:
            raise ValueError(f"{self.measure} of {self.subject_id}: a p-value of {self.p_value}")


def too_little(
    measure: str,
    subject: str,
    subject_id: str,
    *,
    n: int,
    unit: str,
    scale: str,
    lacking: str,
    group_id: str | None = None,
) -> Reading:
    """A reading that refuses to say anything. lacking: what it has and what it would need, as `34 posts on 5 days; it needs 100
    on 14`."""
    return Reading(
        measure=measure, subject=subject, subject_id=subject_id, group_id=group_id, n=n, unit=unit, scale=scale,
        says=f"Too little to say: {lacking}.", lacking=lacking,
    )  # fmt: skip
