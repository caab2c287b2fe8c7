"""Accounts that post like clocks, and groups that hold more of them than their control."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from inconcert.errors import InputError
from inconcert.indicators.activity.regularity import (
    FACES,
    Sign,
    clock_face,
    dominant_period,
    even_gaps,
    face_counts,
    gap_entropy,
    one_an_hour,
    ordinary_face,
)
from inconcert.indicators.activity.staged_timelines import staged
from inconcert.indicators.activity.timelines import FIRST_US, LAST_US, Timelines, sides, timelines
from inconcert.indicators.evidence import enrichment, from_p
from inconcert.indicators.facts import Facts
from inconcert.indicators.figure import Figure
from inconcert.indicators.indicator import Example, Indicator
from inconcert.indicators.reading import Point, Reading, Witness, too_little

MINUTE_US, SECOND_US, HOUR_US = 60_000_000, 1_000_000, 3_600_000_000
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

# The resolution of a source shows in all its accounts: one that posts at full minutes among others that do not is a
# finding.
_RESOLUTION = """
SELECT platform, avg(sub_minute) AS sub_minute, avg(sub_hour) AS sub_hour FROM (
    SELECT platform, account_id, max(CASE WHEN time_us % 60000000 <> 0 THEN 1.0E0 ELSE 0.0E0 END) AS sub_minute,
           max(CASE WHEN time_us % 3600000000 <> 0 THEN 1.0E0 ELSE 0.0E0 END) AS sub_hour
    FROM posts WHERE time_us >= :first_us AND time_us < :last_us GROUP BY platform, account_id HAVING count(*) >= 3
) AS accounts_seen GROUP BY platform ORDER BY platform"""
_PLATFORM = """
SELECT p.account_id, min(p.platform) AS platform FROM posts AS p INNER JOIN (
    SELECT account_id FROM members UNION SELECT account_id FROM controls) AS w ON p.account_id = w.account_id
GROUP BY p.account_id ORDER BY p.account_id"""


@dataclass(frozen=True, kw_only=True)
class Automation(Indicator):
    """Accounts whose moments follow a clock face, a period or even gaps, and the share of them in each group.

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
        "50 different moments an account, in 30 different hours or with 30 gaps of at most 2 hours; for a group 3 "
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
        lines = timelines(facts, own=False)
        members, controls = sides(facts, "members"), sides(facts, "controls")
        group_of = {name: group_id for group_id in sorted(members, reverse=True) for name in members[group_id]}
        ordinary = {name for names in controls.values() for name in names} - group_of.keys()
        accounts = self._accounts(facts, lines, ordinary, seed)
        usual = _usual(accounts)
        return [
            self._account(account, group_of.get(name), usual, lines) for name, account in sorted(accounts.items())
        ] + [
            self._group(group_id, names, controls.get(group_id, set()) - names, accounts)
            for group_id, names in sorted(members.items())
        ]

    def _accounts(self, facts: Facts, lines: Timelines, ordinary: set[str], seed: int) -> dict[str, _Account]:
        """Every account with enough posts, by name, and what the tests say of it."""
        resolution_us = _resolutions(facts)
        hours: dict[str, tuple[int, NDArray[np.int64], np.random.Generator]] = {}
        for i, name in enumerate(lines.names):
            time_us = lines.of(i)
            if len(time_us) >= self.min_posts:
                # what an account did, not its name, chooses its stream: renamed accounts get the same draws
                rng = np.random.default_rng([seed, len(time_us), int(time_us[0]), int(time_us[-1])])
                hours[name] = (i, one_an_hour(time_us, rng), rng)
        reference = {name: gap_entropy(lines.of(i)) for name, (i, _, _) in hours.items() if name in ordinary}
        entropies = np.sort([h for h in reference.values() if h is not None])
        faces = {}
        for unit_us in (MINUTE_US, SECOND_US):
            weighed = {
                name: counts * min(1.0, HOURS_OF_ONE / max(counts.sum(), 1.0))
                for name in reference
                if resolution_us[name] <= unit_us
                for counts in [face_counts(hours[name][1], unit_us)]
            }
            faces[unit_us] = (weighed, sum(weighed.values(), np.zeros(FACES)))
        found = {}
        for name, (i, hourly, rng) in hours.items():
            signs: list[Sign | None] = []
            for kind, unit_us in (("minutes", MINUTE_US), ("seconds", SECOND_US)):
                weighed, pooled = faces[unit_us]
                if resolution_us[name] <= unit_us:
                    others = ordinary_face(np.maximum(pooled - weighed.get(name, 0.0), 0.0))
                    signs.append(clock_face(face_counts(hourly, unit_us), others, kind, self.copies, rng))
            if resolution_us[name] <= MINUTE_US:
                signs.append(dominant_period(hourly, rng))
                # where another test is already surer than all copies could be, few settle what the gaps add to it:
                # nothing
                settled = any(sign is not None and sign.p * (self.copies + 1) <= 1 for sign in signs)
                copies = min(99, self.copies) if settled else self.copies
                signs.append(even_gaps(lines.of(i), resolution_us[name], copies, rng))
                signs.append(_entropy_sign(gap_entropy(lines.of(i)), entropies, name in ordinary))
            made = tuple(sign for sign in signs if sign is not None)
            if made:
                minutes, expected = face_counts(hourly, MINUTE_US), ordinary_face(faces[MINUTE_US][1]).shares
                found[name] = _Account(name, i, name in ordinary, made, minutes, len(hourly) * expected)
        return found

    def _account(
        self, account: _Account, group_id: str | None, usual: Mapping[str, tuple[float, int]], lines: Timelines
    ) -> Reading:
        best, p = account.best, account.p
        control, n_control = usual.get(best.kind, (None, None))
        ratio = from_p(p)
        beside = (
            f"; in the {n_control} accounts of the control it is {control:.2f} on average"
            if control is not None
            else ""
        )
        says = (
            f"{len(account.signs)} tests of the times of this account were most telling for {KINDS[best.kind]} "
            f"({best.number}): regularity {best.effect:.2f} (95 % interval {best.low:.2f} to {best.high:.2f}) between "
            f"0, as irregular as people, and 1, clockwork{beside}."
        )
        told = p <= self.alpha
        return Reading(
            measure="regularity", subject="account", subject_id=account.name, group_id=group_id,
            n=int(lines.start[account.index + 1] - lines.start[account.index]), unit="posts", scale="regularity",
            value=best.effect, low=best.low, high=best.high, control=control, n_control=n_control, p_value=p,
            lr=ratio.value, lr_low=ratio.low, lr_high=ratio.high, says=says, points=_points([account]) if told else (),
            witnesses=_posts(account, lines) if told else (),
        )  # fmt: skip

    def _group(self, group_id: str, names: set[str], control: set[str], accounts: Mapping[str, _Account]) -> Reading:
        inside = [accounts[name] for name in sorted(names) if name in accounts]
        outside = [accounts[name] for name in sorted(control) if name in accounts]
        if len(inside) < LEAST_MEMBERS or len(outside) < LEAST_CONTROLS:
            lacking = (
                f"{len(inside)} of {len(names)} members and {len(outside)} of {len(control)} accounts of the control "
                f"have {self.min_posts} moments of posting; it needs {LEAST_MEMBERS} and {LEAST_CONTROLS}: import "
                "whole timelines of both"
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
            f"{len(raised)} of {len(inside)} members with enough posts are as regular as at most {self.alpha:.0%} of "
            f"ordinary accounts are ({share.share:.0%}, 95 % interval {share.low:.0%} to {share.high:.0%}), against "
            f"{there} of {len(outside)} in the control ({share.control:.0%})."
        )
        return Reading(
            measure="clock-like", subject="group", subject_id=group_id, group_id=group_id, n=len(inside),
            unit="accounts", scale="share", value=share.share, low=share.low, high=share.high, control=share.control,
            n_control=len(outside), p_value=share.p_value, lr=share.ratio.value, lr_low=share.ratio.low,
            lr_high=share.ratio.high, says=says, points=_points(raised or inside), witnesses=tuple(Witness(a.name,
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
    """One account and its signs, at least one. minutes, expected: (60,) hours in which it posted at each minute, and
    what others would have."""

    name: str
    index: int
    ordinary: bool
    signs: tuple[Sign, ...]
    minutes: NDArray[np.float64]
    expected: NDArray[np.float64]

    @property
    def best(self) -> Sign:
        """The most telling sign."""
        return min(self.signs, key=lambda sign: (sign.p, -sign.effect))

    @property
    def p(self) -> float:
        """Bonferroni over its tests."""
        return min(1.0, len(self.signs) * self.best.p)


def _resolutions(facts: Facts) -> dict[str, int]:
    """The unit, microseconds, in which the source of each member's and control's posts gives times."""
    times = {"first_us": FIRST_US, "last_us": LAST_US}
    unit_us = {
        row["platform"]: SECOND_US if row["sub_minute"] >= 0.5 else MINUTE_US if row["sub_hour"] >= 0.5 else HOUR_US
        for row in facts.engine.sql(_RESOLUTION, times).to_pylist()
    }
    rows = facts.engine.sql(_PLATFORM).to_pylist()
    return {row["account_id"]: unit_us.get(row["platform"], SECOND_US) for row in rows}


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
    number = f"entropy {entropy:.2f} bits, lower than that of {others - lower} of {others} accounts of the control"
    return Sign("entropy", (1 + lower) / (1 + others), effect, min(low, effect), max(high, effect), number)


def _usual(accounts: Mapping[str, _Account]) -> dict[str, tuple[float, int]]:
    """Mean effect of each kind of sign in the control, and in how many accounts."""
    effects: dict[str, list[float]] = {}
    for _, account in sorted(accounts.items(), key=lambda item: item[1].index):
        for sign in account.signs if account.ordinary else ():
            effects.setdefault(sign.kind, []).append(sign.effect)
    return {kind: (float(np.mean(values)), len(values)) for kind, values in effects.items()}


def _points(accounts: list[_Account]) -> tuple[Point, ...]:
    counts = {
        "observed": np.sum([a.minutes for a in accounts], axis=0),
        "expected": np.sum([a.expected for a in accounts], axis=0),
    }
    return tuple(
        Point(layer, x=float(m), x_end=float(m + 1), y=float(y))
        for layer, of in counts.items()
        for m, y in enumerate(of)
    )


def _posts(account: _Account, lines: Timelines) -> tuple[Witness, ...]:
    """The first posts at its fullest minute."""
    time_us = lines.of(account.index)
    minute = int(np.argmax(account.minutes))
    at = np.flatnonzero(time_us // MINUTE_US % FACES == minute)[:SHOWN]
    return tuple(
        Witness(
            account.name, lines.post_ids[int(lines.start[account.index] + i)].as_py(), f"at minute {minute} of the hour"
        )
        for i in at
    )
