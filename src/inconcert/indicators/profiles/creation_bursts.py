"""Accounts of a group that were made at nearly the same time, more of them than sign-ups of the control explain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest

from inconcert.indicators.evidence import SPREAD, from_p
from inconcert.indicators.facts import Facts
from inconcert.indicators.figure import Figure
from inconcert.indicators.indicator import Example, Indicator
from inconcert.indicators.profiles.burst_scan import Burst, bursts
from inconcert.indicators.profiles.creation_times import DAY_US, HOUR_US, MONTH_US, SECOND_US, creation_times
from inconcert.indicators.profiles.example_profiles import example_profiles
from inconcert.indicators.profiles.group_profiles import GroupProfiles, group_profiles
from inconcert.indicators.reading import Point, Reading, Witness, too_little

_BARS = 60
_WITNESSES = 20
_WORDS = ((DAY_US, "days"), (HOUR_US, "hours"), (60 * SECOND_US, "minutes"))


@dataclass(frozen=True, kw_only=True)
class CreationBursts(Indicator):
    """Creation bursts.

    windows_s: lengths of time a burst may have, ascending; those shorter than the creation dates are precise are left out.
    min_accounts: members with a creation date that a group needs.
    min_control: accounts with a creation date that its control needs.
    kin: how much ordinary members keep company at most: intraclass correlation of when they signed up.
    draws: ordinary groups that are drawn for the p-value.
    alpha: largest p-value of a second or third burst that is shown.
    """

    windows_s: tuple[float, ...] = (600.0, 3_600.0, 21_600.0, 86_400.0, 259_200.0, 864_000.0, 2_592_000.0)
    min_accounts: int = 10
    min_control: int = 30
    kin: float = SPREAD[2]
    draws: int = 9_999
    alpha: float = 0.01

    name: ClassVar[str] = "creation-bursts"
    id: ClassVar[str] = "D10"
    family: ClassVar[str] = "creation"
    about: ClassVar[str] = "Whether many accounts of a group were made within minutes, hours or days of each other"
    cites: ClassVar[str] = (
        "Kulldorff 1997 (scan); Bellutta and Carley 2023 (bursts of account creation, a day against the mean of those about it); "
        "Besag and Clifford 1991 (sequential p-values)"
    )
    measures: ClassVar[dict[str, str]] = {
        "burst": "share of the members made in the fullest window, against the fullest window of groups drawn from members and "
        "control together, some of whom know each other"
    }
    needs: ClassVar[tuple[str, ...]] = ("members", "controls", "accounts.created_us")
    minimum: ClassVar[str] = "10 members and 30 control accounts with a creation date, to the day at least"
    confounders: ClassVar[tuple[str, ...]] = (
        "a school class, a workshop or an event where people sign up together",
        "an appeal to join, a platform's promotion, or an exodus from another platform, that reached this group more than its "
        "control",
        "accounts of one organisation, made in one go and openly",
        "members found by a list that was ordered by age",
    )
    disarm: ClassVar[tuple[str, ...]] = ("T0150.001", "T0150.008")
    figure: ClassVar[Figure] = Figure("histogram", "when the accounts were made", "accounts", time=True)

    def measure(self, facts: Facts, rng: np.random.Generator) -> list[Reading]:
        """One reading a group; every group has the same stream of chance, so ids and their order do not matter."""
        seed = int(rng.integers(1 << 62))
        return [self._of(group, np.random.default_rng(seed)) for group in group_profiles(facts)]

    def found(self, group: GroupProfiles, rng: np.random.Generator) -> tuple[list[Burst], NDArray[np.int64]] | str:
        """The bursts of a group, the fullest window first whatever its chance, and the creation time of each member and then
        of each control account (-1: unknown); or what it lacks, in words."""
        made = creation_times([*group.members, *group.control])
        own, control = np.split(made.time_us, [len(group.members)])
        n, m = int((own >= 0).sum()), int((control >= 0).sum())
        if min(n - self.min_accounts, m - self.min_control) < 0:
            return (
                f"{n} members and {m} control accounts with a creation date; it needs {self.min_accounts} and {self.min_control}: "
                "import profiles, or give a control"
            )
        windows = tuple(round(w * 1e6) for w in self.windows_s if w * 1e6 >= made.precision_us)
        if made.precision_us == MONTH_US or not windows:
            return "creation dates that are too coarse; it needs them to the day: import profiles as the platform exports them"
        spans = bursts(
            own[own >= 0], control[control >= 0], windows,
            precision_us=made.precision_us, kin=self.kin, draws=self.draws, alpha=self.alpha, rng=rng,
        )  # fmt: skip
        return spans, made.time_us

    def _of(self, group: GroupProfiles, rng: np.random.Generator) -> Reading:
        answer = self.found(group, rng)
        known = sum(member.created_us is not None for member in group.members)
        if isinstance(answer, str):
            return too_little(
                "burst",
                "group",
                group.group_id,
                group_id=group.group_id,
                n=known,
                unit="accounts",
                scale="share",
                lacking=answer,
            )
        spans, time_us = answer
        own, control = np.split(time_us, [len(group.members)])
        n, m = int((own >= 0).sum()), int((control >= 0).sum())
        first = spans[0]
        interval = binomtest(first.count, n).proportion_ci(0.95, method="wilson")
        ratio = from_p(first.p_value)
        proven = [span for span in spans if span.p_value <= self.alpha]
        return Reading(
            measure="burst", subject="group", subject_id=group.group_id, group_id=group.group_id,
            n=n, unit="accounts", scale="share",
            value=first.count / n, low=float(interval.low), high=float(interval.high),
            control=first.share_control, n_control=m,
            p_value=first.p_value, lr=ratio.value, lr_low=ratio.low, lr_high=ratio.high,
            says=_says(first, n, m, float(interval.low), float(interval.high), len(proven)),
            points=_points(own[own >= 0], control[control >= 0], proven),
            witnesses=_witnesses(group, own, proven),
        )  # fmt: skip

    @classmethod
    def example(cls) -> Example:
        """Forty accounts over six years, fourteen of them within half an hour, beside 120 others."""
        drawn = np.random.default_rng(1)
        start, years = 1_420_070_400_000_000, 6 * 365 * DAY_US
        own = start + (drawn.random(40) * years).astype(np.int64)
        own[:14] = start + 900 * DAY_US + (drawn.random(14) * 1_800e6).astype(np.int64)
        control = start + (drawn.random(120) * years).astype(np.int64)
        return Example(
            tables=example_profiles([{"created_us": int(t)} for t in own], [{"created_us": int(t)} for t in control]),
            found=frozenset({("burst", "g1")}),
        )


def _says(burst: Burst, n: int, m: int, low: float, high: float, proven: int) -> str:
    where = (
        f"{burst.count} of the {n} accounts ({burst.count / n:.0%}, 95% interval {low:.0%} to {high:.0%}) whose creation date is "
        f"known were made within {_length(burst.window_us)} from {_moment(burst.first_us)}; of {m} control accounts "
        f"{burst.share_control:.1%} were."
    )
    if proven == 0:
        return f"{where} In a model of ordinary groups, those of this size have as full a window often enough (p = {burst.p_value:.2g})."
    more = "" if proven == 1 else f" The group has {proven - 1} further such {'burst' if proven == 2 else 'bursts'}."
    return f"{where} In a model of ordinary groups, those of this size rarely have as full a window (p = {burst.p_value:.2g}).{more}"


def _length(us: int) -> str:
    for unit_us, words in _WORDS:
        if us >= unit_us:
            return f"{us / unit_us:.3g} {words if us > unit_us else words[:-1]}"
    return f"{us / SECOND_US:.3g} seconds"


def _moment(us: int) -> str:
    return f"{datetime.fromtimestamp(us // SECOND_US, UTC):%Y-%m-%d %H:%M} UTC"


def _points(own: NDArray[np.int64], control: NDArray[np.int64], spans: list[Burst]) -> tuple[Point, ...]:
    """Bars of whole days over the years of the group; the control scaled to its size."""
    first, last = int(own.min()) // DAY_US, int(own.max()) // DAY_US + 1
    step = max(1, -(-(last - first) // _BARS))
    edges = np.arange(first, last + step, step) * DAY_US
    bars = [
        Point(layer=layer, x=float(x), x_end=float(x_end), y=float(y))
        for layer, heights in (
            ("observed", np.histogram(own, edges)[0]),
            ("control", np.histogram(control, edges)[0] * (len(own) / len(control))),
        )
        for x, x_end, y in zip(edges[:-1], edges[1:], heights, strict=True)
    ]
    marked = [
        Point(layer="found", x=float(s.first_us), x_end=float(s.first_us + s.window_us), label=f"{s.count} accounts")
        for s in spans
    ]
    return (*bars, *marked)


def _witnesses(group: GroupProfiles, own: NDArray[np.int64], spans: list[Burst]) -> tuple[Witness, ...]:
    shown = []
    for burst in spans:
        inside = [i for i in range(len(own)) if burst.first_us <= own[i] < burst.first_us + burst.window_us]
        for i in sorted(inside, key=lambda i: (own[i], group.members[i].account_id)):
            why = f"made {_moment(int(own[i]))}, one of {burst.count} within {_length(burst.window_us)}"
            shown.append(Witness(group.members[i].account_id, None, why))
    return tuple(shown[:_WITNESSES])
