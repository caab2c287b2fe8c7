"""Accounts that post like clocks, and groups that hold more of them than their control."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from inconcert.errors import InputError
from inconcert.indicators.activity.regularity import (
    FACES,
    Floats,
    Ints,
    Sign,
    clock_face,
    dominant_period,
    even_gaps,
    face_counts,
    gap_counts,
    gap_entropy,
    one_an_hour,
    ordinary_face,
)
from inconcert.indicators.activity.regularity_picture import Moments, Ordinary, fullest, regularity_points
from inconcert.indicators.activity.staged_timelines import staged
from inconcert.indicators.activity.timelines import (
    ANNOUNCED,
    HOUR_US,
    MINUTE_US,
    SECOND_US,
    Timelines,
    resolution_us,
    sides,
    timelines,
)
from inconcert.indicators.evidence import enrichment, from_p
from inconcert.indicators.facts import Facts
from inconcert.indicators.figure import Figure
from inconcert.indicators.indicator import Example, Indicator
from inconcert.indicators.reading import Point, Reading, Witness, too_little

HOURS_OF_ONE = 100.0
"""Most hours with which one control shapes the ordinary clock face."""
LEAST_REFERENCE = 199
"""Controls without which gap entropies have no reference: the lowest of so few is no surprise."""
LEAST_MEMBERS, LEAST_CONTROLS = 3, 10
SHOWN = 20
KINDS = {
    "minutes": "its minutes of the hour",
    "seconds": "its seconds of the minute",
    "gaps": "the gaps between its posts",
    "period": "a period of its own",
    "entropy": "the variety of its gaps",
}


@dataclass(frozen=True, kw_only=True)
class Automation(Indicator):
    """Accounts whose moments follow a clock face, a period or even gaps, and the share of them in each group.

    Measured on posts whose moment no other watched account explains, so that a crowd on a channel that posts by the clock
    is none; a group and its control in the coarsest unit in which any of them is told.

    min_posts: fewest moments of posting of an account.
    alpha: an account counts as clock-like in its group from this p-value on; a rate of false alarms, in group and
        control alike.
    copies: most Monte Carlo draws of one test.
    """

    name: ClassVar[str] = "automation"
    id: ClassVar[str] = "D7"
    family: ClassVar[str] = "automation"
    about: ClassVar[str] = (
        "Whether accounts post with the regularity of a timer, and whether a group holds more of them than its control."
    )
    cites: ClassVar[str] = (
        "minutes and seconds: Zhang and Paxson 2011, PAM; burstiness: Kim and Jo 2016, Phys. Rev. E 94, 032311; gaps "
        "between posts: Tavares and Faisal 2013, PLoS ONE 8(7), e65774; periodogram: Schuster 1898"
    )
    measures: ClassVar[dict[str, str]] = {
        "regularity": "of one account, 0 as irregular as people to 1 clockwork, in the most telling of up to five "
        "tests (minutes of the hour, seconds of the minute, gaps, period, entropy of gaps), each against what bursty "
        "people do; Bonferroni over the tests",
        "clock-like": "share of members raised, beside that of the control",
    }
    needs: ClassVar[tuple[str, ...]] = ("posts.time_us", "members")
    minimum: ClassVar[str] = (
        "50 different moments an account by posts of its own, told to the minute at least, in 30 different hours or with 30 gaps of at most 2 hours; for a group 3 "
        "such members and 10 of the control"
    )
    confounders: ClassVar[tuple[str, ...]] = (
        "a declared news feed, a weather or traffic service, a shop",
        "a scheduler: many people and most press offices post at set minutes",
        "a broadcast that an honest fan follows minute by minute",
        "times that the source rounded for some of its posts only",
    )
    disarm: ClassVar[tuple[str, ...]] = ("T0146.007", "T0049.003")
    figure: ClassVar[Figure] = Figure("histogram", "minute of the hour", "hours in which it posted then")

    min_posts: int = 50
    alpha: float = 0.01
    copies: int = 9_999

    def __post_init__(self) -> None:
        if not 0 < self.alpha < 1:
            raise InputError(f"alpha must lie between 0 and 1, but is {self.alpha}.")

    def measure(self, facts: Facts, rng: np.random.Generator) -> list[Reading]:
        """One reading for each member and control with enough posts, and one a group."""
        seed = int(rng.integers(2**62))
        lines = timelines(facts, own=True, kinds=ANNOUNCED)
        members, controls = sides(facts, "members"), sides(facts, "controls")
        group_of = {name: group_id for group_id in sorted(members, reverse=True) for name in members[group_id]}
        ordinary = {name for names in controls.values() for name in names} - group_of.keys()
        # accounts told to the hour only have nothing that any test could see, and are left out on either side
        told_us = {name: resolution_us(lines.of(i)) for i, name in enumerate(lines.names)}
        told_us = {
            name: told_us[name]
            for i, name in enumerate(lines.names)
            if len(lines.of(i)) >= self.min_posts and told_us[name] < HOUR_US
        }
        sets = {g: (names | controls.get(g, set())) & told_us.keys() for g, names in members.items()}
        unit_us = {g: max((told_us[name] for name in names), default=SECOND_US) for g, names in sets.items()}
        # an account of several groups reads as in the coarsest of them
        reads_us = dict(told_us)
        for g, names in sets.items():
            reads_us |= {name: max(reads_us[name], unit_us[g]) for name in names}
        seen = {}
        for one_us in sorted({*reads_us.values(), *unit_us.values()}):
            tested = {name for name, u in reads_us.items() if u == one_us}
            tested |= {name for g, names in sets.items() if unit_us[g] == one_us for name in names}
            others = ordinary & {name for name, u in told_us.items() if u <= one_us}
            seen[one_us] = self._measured(lines.floored(one_us), one_us, tested, others, seed)
        read = {name: one for u, one in seen.items() for name in one.accounts if reads_us[name] == u}
        return [self._account(one.accounts[name], group_of.get(name), one) for name, one in sorted(read.items())] + [
            self._group(g, names, controls.get(g, set()) - names, seen[unit_us[g]])
            for g, names in sorted(members.items())
        ]

    def _measured(self, lines: Timelines, unit_us: int, tested: set[str], ordinary: set[str], seed: int) -> _Measured:
        """Of the accounts to test, those with enough posts, and what ordinary accounts do; all told in one unit."""
        hours: dict[str, tuple[int, NDArray[np.int64], np.random.Generator]] = {}
        for i, name in enumerate(lines.names):
            time_us = lines.of(i)
            if len(time_us) >= self.min_posts and name in tested | ordinary:
                # what an account did, not its name, chooses its stream: renamed accounts get the same draws
                rng = np.random.default_rng([seed, len(time_us), int(time_us[0]), int(time_us[-1])])
                hours[name] = (i, one_an_hour(time_us, rng), rng)
        reference = {name: gap_entropy(lines.of(i)) for name, (i, _, _) in hours.items() if name in ordinary}
        entropies = np.sort([h for h in reference.values() if h is not None])
        faces = {}
        for face_us in (MINUTE_US, SECOND_US):
            weighed = {
                name: counts * min(1.0, HOURS_OF_ONE / max(counts.sum(), 1.0))
                for name in reference
                if unit_us <= face_us
                for counts in [face_counts(hours[name][1], face_us)]
            }
            faces[face_us] = (weighed, sum(weighed.values(), np.zeros(FACES)))
        found = {}
        for name, (i, hourly, rng) in hours.items():
            if name not in tested:
                continue
            signs: list[Sign | None] = []
            for kind, face_us in (("minutes", MINUTE_US), ("seconds", SECOND_US)):
                weighed, pooled = faces[face_us]
                if unit_us <= face_us:
                    others = ordinary_face(np.maximum(pooled - weighed.get(name, 0.0), 0.0))
                    signs.append(clock_face(face_counts(hourly, face_us), others, kind, self.copies, rng))
            signs.append(dominant_period(hourly, rng))
            # where another test is already surer than all copies could be, few settle what the gaps add to it: nothing
            settled = any(sign is not None and sign.p * (self.copies + 1) <= 1 for sign in signs)
            signs.append(even_gaps(lines.of(i), unit_us, min(99, self.copies) if settled else self.copies, rng))
            signs.append(_entropy_sign(gap_entropy(lines.of(i)), entropies, name in ordinary))
            made = tuple(sign for sign in signs if sign is not None)
            if made:
                found[name] = _Account(name, i, name in ordinary, made, hourly, unit_us)
        minutes, seconds = (ordinary_face(faces[face_us][1]).shares for face_us in (MINUTE_US, SECOND_US))
        gaps = _gap_shares([lines.of(hours[name][0]) for name in sorted(reference)])
        return _Measured(lines, found, _usual(found), Ordinary(minutes, seconds, gaps))

    def _account(self, account: _Account, group_id: str | None, one: _Measured) -> Reading:
        best, p, lines = account.best, account.p, one.lines
        control, n_control = one.usual.get(best.kind, (None, None))
        ratio = from_p(p)
        usually = (
            f"; in the {n_control} accounts of the control it is {control:.2f} on average"
            if control is not None
            else ""
        )
        says = (
            f"{len(account.signs)} tests of the times of this account were most telling for {KINDS[best.kind]} "
            f"({best.number}): regularity {best.effect:.2f} (95% interval {best.low:.2f} to {best.high:.2f}) between "
            f"0, as irregular as people, and 1, clockwork{usually}."
        )
        told = p <= self.alpha
        return Reading(
            measure="regularity", subject="account", subject_id=account.name, group_id=group_id,
            n=int(lines.start[account.index + 1] - lines.start[account.index]), unit="posts", scale="regularity",
            value=best.effect, low=best.low, high=best.high, control=control, n_control=n_control, p_value=p,
            lr=ratio.value, lr_low=ratio.low, lr_high=ratio.high, says=says, points=_points([account], one) if told else (),
            witnesses=_posts(account, lines) if told else (),
        )  # fmt: skip

    def _group(self, group_id: str, names: set[str], control: set[str], one: _Measured) -> Reading:
        inside = [one.accounts[name] for name in sorted(names) if name in one.accounts]
        outside = [one.accounts[name] for name in sorted(control) if name in one.accounts]
        if len(inside) < LEAST_MEMBERS or len(outside) < LEAST_CONTROLS:
            lacking = (
                f"{len(inside)} of {len(names)} members and {len(outside)} of {len(control)} accounts of the control "
                f"have {self.min_posts} moments of posting of their own, told to the minute or better; it needs "
                f"{LEAST_MEMBERS} and {LEAST_CONTROLS}: import whole timelines of both, with exact times"
            )
            return too_little(
                "clock-like",
                "group",
                group_id,
                group_id=group_id,
                n=len(inside),
                unit="accounts",
                scale="share",
                lacking=lacking,
            )
        raised = sorted((a for a in inside if a.p <= self.alpha), key=lambda a: (a.p, -a.best.effect, a.index))
        there = sum(a.p <= self.alpha for a in outside)
        share = enrichment(len(raised), len(inside), there, len(outside))
        says = (
            f"{len(raised)} of {len(inside)} members with enough posts of their own are raised by a test with a nominal "
            f"false alarm rate of {100 * self.alpha:g}% ({share.share:.0%}, 95% interval {share.low:.0%} to {share.high:.0%}), against "
            f"{there} of {len(outside)} in the control ({share.control:.0%})."
        )
        return Reading(
            measure="clock-like", subject="group", subject_id=group_id, group_id=group_id, n=len(inside),
            unit="accounts", scale="share", value=share.share, low=share.low, high=share.high, control=share.control,
            n_control=len(outside), p_value=share.p_value, lr=share.ratio.value, lr_low=share.ratio.low,
            lr_high=share.ratio.high, says=says, points=_points(raised or inside, one), witnesses=tuple(Witness(a.name,
            None, f"{KINDS[a.best.kind]}: {a.best.number}") for a in raised[:SHOWN]),
        )  # fmt: skip

    @classmethod
    def example(cls) -> Example:
        """Five accounts on a timer of seventeen minutes, among twenty people who post in bursts."""
        rng = np.random.default_rng(7)
        start_us = 1_600_041_600_000_000
        times = {}
        for a in range(5):
            ticks = start_us + (1 + a) * 37 * SECOND_US + np.arange(0, 20 * 24 * 60, 17) * MINUTE_US
            times[f"m{a}"] = ticks[rng.random(len(ticks)) < 0.2] + rng.integers(0, 20, 1) * SECOND_US
        for a in range(20):
            begun = rng.integers(0, 20, 40) * 24 * HOUR_US + rng.integers(7 * 3_600, 22 * 3_600, 40) * SECOND_US
            bursts = begun[:, None] + np.cumsum(rng.lognormal(4.5, 1.2, (40, 3)), axis=1).astype(np.int64) * SECOND_US
            times[f"c{a}"] = start_us + bursts.ravel()
        found = {("regularity", f"m{a}") for a in range(5)} | {("clock-like", "g")}
        return Example(staged(times, {"g": list(times)[:5]}, {"g": list(times)[5:]}), frozenset(found))


@dataclass(frozen=True)
class _Account:
    """One account and its signs, at least one. hourly_us: a moment of each hour. unit_us: of its times."""

    name: str
    index: int
    ordinary: bool
    signs: tuple[Sign, ...]
    hourly_us: Ints
    unit_us: int

    @property
    def best(self) -> Sign:
        """The most telling sign."""
        return min(self.signs, key=lambda sign: (sign.p, -sign.effect))

    @property
    def p(self) -> float:
        """Bonferroni over its tests."""
        return min(1.0, len(self.signs) * self.best.p)


@dataclass(frozen=True)
class _Measured:
    """Accounts by name, told in one unit (lines). usual: mean effect of each kind of sign in the control, and of how many.
    beside: what ordinary accounts do."""

    lines: Timelines
    accounts: Mapping[str, _Account]
    usual: Mapping[str, tuple[float, int]]
    beside: Ordinary


def _entropy_sign(entropy: float | None, reference: NDArray[np.float64], own: bool) -> Sign | None:
    """Where an account's entropy of gaps stands among those of the control (own: it is one of them)."""
    others = len(reference) - own
    if entropy is None or others < LEAST_REFERENCE:
        return None
    lower = int(np.searchsorted(reference, entropy, side="right")) - own
    middle, *ends = np.quantile(reference, [0.5, 0.025, 0.975])
    effect = float(np.clip(1 - entropy / max(middle, 1e-9), 0, 1))
    # its own sampling error is small beside how far ordinary accounts differ, which the interval shows
    low, high = (float(np.clip(effect + (end - middle) / max(middle, 1e-9), 0, 1)) for end in ends)
    number = f"entropy {entropy:z.2f} bits, lower than that of {others - lower} of {others} accounts of the control"
    return Sign("entropy", (1 + lower) / (1 + others), effect, min(low, effect), max(high, effect), number)


def _usual(accounts: Mapping[str, _Account]) -> dict[str, tuple[float, int]]:
    """Mean effect of each kind of sign in the control, and in how many accounts."""
    effects: dict[str, list[float]] = {}
    for _, account in sorted(accounts.items(), key=lambda item: item[1].index):
        for sign in account.signs if account.ordinary else ():
            effects.setdefault(sign.kind, []).append(sign.effect)
    return {kind: (float(np.mean(values)), len(values)) for kind, values in effects.items()}


def _gap_shares(timelines: Sequence[Ints]) -> Floats:
    """Mean share of gaps in each bin of `gap_counts`, every account counting alike."""
    each = [gap_counts(time_us) for time_us in timelines if len(time_us) > 1]
    size = max(map(len, each), default=0)
    total: Floats = np.zeros(size)
    for one in each:
        total[: len(one)] += one / one.sum()
    return total / max(len(each), 1)


def _points(accounts: Sequence[_Account], one: _Measured) -> tuple[Point, ...]:
    """What the test saw that is the most telling of most of these accounts, in those accounts."""
    kinds = Counter(account.best.kind for account in accounts)
    kind = min(kinds, key=lambda k: (-kinds[k], list(KINDS).index(k)))
    drawn = [account for account in accounts if account.best.kind == kind]
    return regularity_points([_moments(account, one.lines) for account in drawn], one.beside)


def _moments(account: _Account, lines: Timelines) -> Moments:
    return Moments(lines.of(account.index), account.hourly_us, account.unit_us, account.best)


def _posts(account: _Account, lines: Timelines) -> tuple[Witness, ...]:
    """The first posts of what the picture shows most of."""
    at, why = fullest(_moments(account, lines))
    start = int(lines.start[account.index])
    return tuple(Witness(account.name, lines.post_ids[start + int(i)].as_py(), why) for i in at[:SHOWN])
