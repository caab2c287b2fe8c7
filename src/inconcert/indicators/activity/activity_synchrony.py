"""Groups active in the same minutes beyond what their rhythms and the news explain, whatever they post about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2

from inconcert.errors import InputError
from inconcert.indicators.activity.day_shift import DAY_US
from inconcert.indicators.activity.meetings import Meetings, meetings
from inconcert.indicators.activity.staged_timelines import staged
from inconcert.indicators.activity.timelines import Timelines, sides, timelines
from inconcert.indicators.evidence import from_p
from inconcert.indicators.facts import Facts
from inconcert.indicators.figure import Figure
from inconcert.indicators.indicator import Example, Indicator
from inconcert.indicators.monte_carlo import sequential_p
from inconcert.indicators.reading import Point, Reading, Witness, too_little

MOST_MEMBERS, MOST_CONTROLS = 200, 400
"""Accounts of a side that are measured; of larger ones a random part."""
CONTROL_SETS = 199
MOST_MOVES = 100_000_000
"""Events moved in all for one p-value; larger groups get fewer copies."""
PAIRS_SHOWN = 5
_MOST_BINS = 120


@dataclass(frozen=True, kw_only=True)
class ActivitySynchrony(Indicator):
    """Members of a group active in the same short bins beyond their daily rhythms and common news (day-shift null).

    bin_min: minutes in which two accounts must both be active; divides an hour.
    min_bins: fewest bins in which an account must be active to be measured.
    min_days: fewest days on which it must be active; fewer leave too few ways to shift it.
    min_members: fewest such members.
    min_controls: fewest such accounts of the control; fewer cannot show what the news explains.
    copies: most Monte Carlo draws of each of the two tests.
    """

    name: ClassVar[str] = "activity-synchrony"
    id: ClassVar[str] = "D3"
    family: ClassVar[str] = "activity"
    about: ClassVar[str] = (
        "Whether members act in the same minutes more than their habits and the news explain, without any shared "
        "object."
    )
    cites: ClassVar[str] = (
        "case study 5 of Pacheco et al. 2021, ICWSM 15, 455-466; sequential Monte Carlo: Besag and Clifford 1991, "
        "Biometrika 78, 301-304"
    )
    measures: ClassVar[dict[str, str]] = {
        "synchrony": "meetings of pairs of members in a bin, over those that rhythms alone would have; tested "
        "against day shifts of each account and against equal sets drawn from group and control together, the larger "
        "p-value counts",
    }
    needs: ClassVar[tuple[str, ...]] = ("posts.time_us", "members", "controls")
    minimum: ClassVar[str] = "3 members and 10 accounts of the control, each active in 30 bins of 5 minutes on 7 days"
    confounders: ClassVar[tuple[str, ...]] = (
        "one circle of friends or one channel that the control does not follow: a match, a broadcast, a chat",
        "calls for a joint action at a stated minute, as activists and fans make them openly",
        "one newsroom, school or office whose breaks and shifts are the same",
        "schedulers that many people use, which post at full hours",
    )
    disarm: ClassVar[tuple[str, ...]] = ("T0049", "T0049.005")
    figure: ClassVar[Figure] = Figure(
        "histogram",
        "times two members were active within the same minutes",
        "share of shifted copies, or of control sets",
    )

    bin_min: int = 5
    min_bins: int = 30
    min_days: int = 7
    min_members: int = 3
    min_controls: int = 10
    copies: int = 9_999

    def __post_init__(self) -> None:
        if self.bin_min < 1 or 60 % self.bin_min:
            raise InputError(f"bin_min must divide an hour, but is {self.bin_min}.")

    def measure(self, facts: Facts, rng: np.random.Generator) -> list[Reading]:
        """One reading a group."""
        seed = int(rng.integers(2**62))
        lines = timelines(facts, own=True)
        usable = {name: i for i, name in enumerate(lines.names) if self._enough(lines.of(i))}
        controls = sides(facts, "controls")
        return [
            self._group(group_id, accounts, controls.get(group_id, set()), lines, usable, seed)
            for group_id, accounts in sorted(sides(facts, "members").items())
        ]

    def _enough(self, time_us: NDArray[np.int64]) -> bool:
        bins = len(np.unique(time_us // (self.bin_min * 60_000_000)))
        return bins >= self.min_bins and len(np.unique(time_us // DAY_US)) >= self.min_days

    def _group(
        self, group_id: str, accounts: set[str], control: set[str], lines: Timelines, usable: dict[str, int], seed: int
    ) -> Reading:
        inside = sorted(usable[name] for name in accounts if name in usable)
        outside = sorted(usable[name] for name in control - accounts if name in usable)
        need = f"active in {self.min_bins} bins of {self.bin_min} minutes on {self.min_days} days by posts of their own"
        lacking = None
        if len(inside) < self.min_members:
            lacking = (
                f"{len(inside)} of {len(accounts)} members {need}; it needs {self.min_members}: import their whole "
                "timelines"
            )
        elif len(outside) < self.min_controls:
            lacking = (
                f"{len(outside)} of {len(control)} accounts of the control {need}; it needs {self.min_controls}: add "
                "matched accounts with their whole timelines"
            )
        if lacking is not None:
            return self._too_little(group_id, len(inside), lacking)
        # what the group did, not its name, chooses the stream: renamed accounts get the same draws
        rng = np.random.default_rng(
            [seed, len(inside), len(outside), int(lines.of(inside[0])[0]), int(lines.of(inside[-1])[-1])]
        )
        inside, outside = _part(inside, MOST_MEMBERS, rng), _part(outside, MOST_CONTROLS, rng)
        chosen = inside + outside
        met = meetings([lines.of(i) for i in chosen], self.bin_min * 60_000_000)
        found = _found(met, len(inside), self.copies, rng)
        if found is None:
            return self._too_little(
                group_id, len(inside), f"{len(inside)} members who are never active at the same time of day"
            )
        return self._reading(group_id, len(accounts), found, met, chosen, lines)

    def _too_little(self, group_id: str, n: int, lacking: str) -> Reading:
        return too_little(
            "synchrony", "group", group_id, group_id=group_id, n=n, unit="accounts", scale="ratio", lacking=lacking
        )  # fmt: skip

    def _reading(
        self, group_id: str, of: int, found: _Found, met: Meetings, chosen: Sequence[int], lines: Timelines
    ) -> Reading:
        ratio = from_p(found.p)
        says = (
            f"Pairs of the {found.members} members with enough posts (of {of}) were active in the same {self.bin_min} "
            f"minutes {found.observed:,.0f} times, {found.value:.2f} times (95% interval {found.low:.2f} to "
            f"{found.high:.2f}) what their daily rhythms explain; in equal sets of the {found.controls} accounts of "
            f"the control it was {found.control:.2f} times."
        )
        return Reading(
            measure="synchrony", subject="group", subject_id=group_id, group_id=group_id, n=found.members,
            unit="accounts", scale="ratio", value=found.value, low=found.low, high=found.high, control=found.control,
            n_control=found.controls, p_value=found.p, lr=ratio.value, lr_low=ratio.low, lr_high=ratio.high, says=says,
            points=_points(found), witnesses=_witnesses(met, found, chosen, lines, self.bin_min),
        )  # fmt: skip

    @classmethod
    def example(cls) -> Example:
        """Six accounts that begin to post on the same calls, among thirty others."""
        rng = np.random.default_rng(5)
        day_us, minute_us, days = 86_400_000_000, 60_000_000, 20
        start_us = 1_600_041_600_000_000
        calls = (start_us + np.repeat(np.arange(days), 4) * day_us) + rng.integers(480, 1_200, 4 * days) * minute_us
        times = {}
        for a in range(36):
            own = start_us + rng.integers(0, days, 60) * day_us + rng.integers(420, 1_320, 60) * minute_us
            called = calls + rng.integers(0, 90_000_000, len(calls))
            times[f"m{a}" if a < 6 else f"c{a}"] = np.concatenate([own[:20], called]) if a < 6 else own
        members, controls = list(times)[:6], list(times)[6:]
        return Example(staged(times, {"g": members}, {"g": controls}), frozenset({("synchrony", "g")}))


@dataclass(frozen=True)
class _Found:
    """observed: meetings of the members. chance: those that rhythms explain. value, low, high: one over the other.
    shifted, sets: the same of the copies and of equal sets of the control."""

    members: int
    controls: int
    observed: float
    chance: float
    value: float
    low: float
    high: float
    control: float
    p: float
    shifted: NDArray[np.float64]
    sets: NDArray[np.float64]


def _part(accounts: list[int], most: int, rng: np.random.Generator) -> list[int]:
    return accounts if len(accounts) <= most else sorted(rng.choice(accounts, most, replace=False).tolist())


def _found(met: Meetings, members: int, copies: int, rng: np.random.Generator) -> _Found | None:
    """The measure of the first accounts of the pool; None where they can never meet."""
    own = np.zeros((1, met.n), dtype=bool)
    own[0, :members] = True
    observed, chance = float(met.met(own)[0]), float(met.by_chance(own)[0])
    if chance <= 0:
        return None
    size = min(members, (met.n - members) // 2)
    equal = _sets(np.arange(members, met.n), size, CONTROL_SETS, met.n, rng)
    met_there, chance_there = met.met(equal), met.by_chance(equal)
    control = float(met_there.sum() / max(chance_there.sum(), 1e-9))
    most = max(99, min(copies, MOST_MOVES // max(len(met.moves.account), 1)))
    # news that the control shows too make meetings of the members likelier than shifted days would have them
    factor = max(1.0, control)
    p_shift, shifted = sequential_p(
        lambda k: factor * met.shifted(members, k, rng)[:, None], np.array([float(observed)]), most
    )
    p_label, _ = sequential_p(
        lambda k: _score(met, _sets(np.arange(met.n), members, k, met.n, rng))[:, None], _score(met, own), most
    )
    mean, spread = float(shifted.mean()), float(shifted.var())
    dispersion = max(1.0, spread / max(mean, 1e-9) / factor)
    low = dispersion * chi2.ppf(0.025, 2 * observed / dispersion) / 2 if observed else 0.0
    high = dispersion * chi2.ppf(0.975, 2 * observed / dispersion + 2) / 2
    return _Found(
        members, met.n - members, observed, chance, observed / chance, float(low) / chance, float(high) / chance, control,
        float(max(p_shift[0], p_label[0])), shifted[:, 0] / factor / chance, met_there / np.maximum(chance_there, 1e-9),
    )  # fmt: skip


def _score(met: Meetings, chosen: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Meetings over those by chance; one more on both sides keeps sets that hardly meet from counting as extreme."""
    return (met.met(chosen) + 1) / (met.by_chance(chosen) + 1)


def _sets(among: NDArray[np.int64], size: int, draws: int, n: int, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Random sets of that size, (draws, n)."""
    chosen = np.zeros((draws, n), dtype=bool)
    picked = among[np.argsort(rng.random((draws, len(among))), axis=1)[:, :size]]
    np.put_along_axis(chosen, picked, True, axis=1)
    return chosen


def _points(found: _Found) -> tuple[Point, ...]:
    """Meetings: of the members as one mark, beside those of their shifted copies and of sets of the control, the latter
    scaled to what the members' rhythms would have."""
    values = {"expected": found.shifted * found.chance, "control": found.sets * found.chance}
    everything = np.concatenate([*values.values(), [found.observed]])
    # as fine as the narrower of the two clouds needs it, within what can be drawn
    width = max(min(float(of.std()) for of in values.values()) / 2, float(np.ptp(everything)) / _MOST_BINS, 0.5)
    first = np.floor(max(0.0, float(everything.min()) - width) / width) * width
    edges = first + width * np.arange(int((float(everything.max()) - first) / width) + 3)
    points = [Point("found", x=found.observed, label=f"observed: {found.observed:,.0f}")]
    for layer, of in values.items():
        heights = np.histogram(of, edges)[0] / len(of)
        points += [
            Point(layer, x=float(a), x_end=float(b), y=float(h))
            for a, b, h in zip(edges[:-1], edges[1:], heights, strict=True)
            if h
        ]
    return tuple(points)


def _witnesses(
    met: Meetings, found: _Found, chosen: Sequence[int], lines: Timelines, bin_min: int
) -> tuple[Witness, ...]:
    """Posts of the pairs of members that meet most beyond chance, two meetings each."""
    bin_us = bin_min * 60_000_000
    bins = [np.unique(lines.of(i) // bin_us) for i in chosen[: found.members]]
    pairs = [
        (-(len(both) - e) / np.sqrt(e + 1), a, b, both)
        for a in range(found.members)
        for b in range(a + 1, found.members)
        if len(both := np.intersect1d(bins[a], bins[b], assume_unique=True)) > (e := float(met.expected[a, b]))
    ]
    shown = []
    for _, a, b, both in sorted(pairs, key=lambda pair: pair[:3])[:PAIRS_SHOWN]:
        for bin_ in both[:2]:
            for one, other in ((a, b), (b, a)):
                index = chosen[one]
                post = lines.start[index] + np.searchsorted(lines.of(index), bin_ * bin_us)
                why = (
                    f"in the same {bin_min} minutes as {lines.names[chosen[other]]}, which it met {len(both)} times; "
                    f"{met.expected[a, b]:.1f} by rhythm"
                )
                shown.append(Witness(lines.names[index], lines.post_ids[int(post)].as_py(), why))
    return tuple(shown)
