"""Accounts that take turns as if one hand went from one to the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2

from inconcert.errors import InputError
from inconcert.indicators.activity.day_shift import DAY_US
from inconcert.indicators.activity.staged_timelines import staged
from inconcert.indicators.activity.timelines import ANNOUNCED, Timelines, sides, timelines
from inconcert.indicators.activity.turns import Spans, Turns, TurnTaking, opposite, turn_taking
from inconcert.indicators.evidence import from_p
from inconcert.indicators.facts import Facts
from inconcert.indicators.figure import Figure
from inconcert.indicators.indicator import Example, Indicator
from inconcert.indicators.monte_carlo import sequential_p
from inconcert.indicators.reading import Point, Reading, Witness, too_little

MOST_CONTROLS = 60
VERSIONS = 10
CONTROL_SETS = 49
LEAST_SHIFTS = 1_000
LEAST_HAND_OFFS = 20
MOST_MOVES = 3_000_000
"""Posts moved in all for one p-value; sets that post much get fewer copies."""
SHOWN = 10
MOST_POINTS = 2_000
MEASURES = ("hand-off", "rota")


@dataclass(frozen=True, kw_only=True)
class HandOff(Indicator):
    """Members of a group that take turns on one timeline: one ends, another begins, and they hardly ever overlap.

    hand_off_from_s: least seconds between two posts of different accounts that are a hand-off; closer ones collide.
    hand_off_to_s: most seconds.
    interleave_s: seconds within which A-B-A shows two hands at once.
    max_accounts: most accounts measured together; larger groups are cut into sets of accounts created one after
        another.
    min_posts: fewest posts of an account.
    min_days: fewest days on which it posted; fewer leave too few ways to shift it.
    min_controls: fewest such accounts of the control; fewer cannot show what the news explains.
    copies: most Monte Carlo draws of each of the two tests.
    """

    name: ClassVar[str] = "hand-off"
    id: ClassVar[str] = "D8"
    family: ClassVar[str] = "automation"
    about: ClassVar[str] = (
        "Whether members post one after another without overlapping, as one operator who switches accounts would."
    )
    cites: ClassVar[str] = (
        "Schliebs et al. 2021, China's Public Diplomacy Operations (accounts used in sequence); sequential Monte "
        "Carlo: Besag and Clifford 1991, Biometrika 78, 301-304"
    )
    measures: ClassVar[dict[str, str]] = {
        "hand-off": "hand-offs over those that day shifts leave; tested on hand-offs less twice the interleaves and "
        "collisions, against day shifts and against equal sets drawn from group and control together, the larger "
        "p-value counts",
        "rota": "chance that two hand-offs between the same two accounts go opposite ways (entropy of order two of "
        "the direction): a half without order, 0 in a fixed rota; tested in the same two ways",
    }
    needs: ClassVar[tuple[str, ...]] = ("posts.time_us", "members", "controls")
    minimum: ClassVar[str] = (
        "2 members and 10 accounts of the control, each with 30 posts on 10 days, at least 1,000 different day "
        "shifts of the members (4 accounts on 10 days, 2 on 2 months of daily posts) and 20 hand-offs"
    )
    confounders: ClassVar[tuple[str, ...]] = (
        "colleagues of a press office who share one desk and declare it",
        "a tool in which one person openly runs the accounts of several brands or clubs",
        "friends who answer each other by posts that do not say so",
        "one channel that the control does not follow and that reaches members at staggered times",
    )
    disarm: ClassVar[tuple[str, ...]] = ()
    figure: ClassVar[Figure] = Figure("strip", "time of the day with most hand-offs", "account", time=True)

    hand_off_from_s: float = 15
    hand_off_to_s: float = 300
    interleave_s: float = 600
    max_accounts: int = 20
    min_posts: int = 30
    min_days: int = 10
    min_controls: int = 10
    copies: int = 9_999

    def __post_init__(self) -> None:
        if not 0 < self.hand_off_from_s < self.hand_off_to_s:
            raise InputError(f"A hand-off from {self.hand_off_from_s} to {self.hand_off_to_s} s is no span of time.")
        if self.max_accounts < 2:
            raise InputError(f"max_accounts must be 2 or more, but is {self.max_accounts}.")

    def measure(self, facts: Facts, rng: np.random.Generator) -> list[Reading]:
        """Two readings a group."""
        seed = int(rng.integers(2**62))
        lines = timelines(facts, own=True, kinds=ANNOUNCED)
        usable = {name: i for i, name in enumerate(lines.names) if self._enough(lines.of(i))}
        created = facts.engine.sql(
            "SELECT a.account_id, min(a.created_us) AS created_us FROM accounts AS a INNER JOIN (SELECT DISTINCT "
            "account_id FROM members) AS m ON a.account_id = m.account_id WHERE a.created_us IS NOT NULL GROUP BY "
            "a.account_id ORDER BY a.account_id"
        )
        made = dict(zip(created["account_id"].to_pylist(), created["created_us"].to_pylist(), strict=True))
        controls = sides(facts, "controls")
        return [
            reading
            for group_id, accounts in sorted(sides(facts, "members").items())
            for reading in self._group(group_id, accounts, controls.get(group_id, set()), lines, usable, made, seed)
        ]

    def _enough(self, time_us: NDArray[np.int64]) -> bool:
        return len(time_us) >= self.min_posts and len(np.unique(time_us // DAY_US)) >= self.min_days

    def _group(
        self,
        group_id: str,
        accounts: set[str],
        control: set[str],
        lines: Timelines,
        usable: dict[str, int],
        made: dict[str, int],
        seed: int,
    ) -> list[Reading]:
        inside = sorted(
            (usable[name] for name in accounts if name in usable), key=lambda i: (made.get(lines.names[i], 2**62), i)
        )
        outside = sorted(usable[name] for name in control - accounts if name in usable)
        need = f"with {self.min_posts} posts of their own on {self.min_days} days"
        lacking = None
        if len(inside) < 2:
            lacking = f"{len(inside)} of {len(accounts)} members {need}; it needs 2: import their whole timelines"
        elif len(outside) < self.min_controls:
            lacking = (
                f"{len(outside)} of {len(control)} accounts of the control {need}; it needs {self.min_controls}: add "
                "matched accounts with their whole timelines"
            )
        if lacking is not None:
            return [_too_little(measure, group_id, len(inside), lacking) for measure in MEASURES]
        # what the group did, not its name, chooses the stream: renamed accounts get the same draws
        rng = np.random.default_rng(
            [seed, len(inside), len(outside), int(lines.of(inside[0])[0]), int(lines.of(inside[-1])[-1])]
        )
        if len(outside) > MOST_CONTROLS:
            outside = sorted(rng.choice(outside, MOST_CONTROLS, replace=False).tolist())
        blocks = np.array_split(np.array(inside), -(-len(inside) // self.max_accounts))
        found = [self._block([int(i) for i in block], outside, lines, rng) for block in blocks]
        return [self._reading(m, group_id, len(inside), [f for f in found if f is not None], lines) for m in range(2)]

    def _block(
        self, inside: list[int], outside: list[int], lines: Timelines, rng: np.random.Generator
    ) -> _Found | None:
        """The measures of one set of accounts; None where too few different shifts exist."""
        spans = Spans(*(round(s * 1e6) for s in (self.hand_off_from_s, self.hand_off_to_s, self.interleave_s)))
        chosen, members = inside + outside, len(inside)
        taking = turn_taking([lines.of(i) for i in chosen], spans)
        if taking.moves.choices(members) < np.log10(LEAST_SHIFTS) - 1e-9:
            return None
        turns = taking.observed(members)
        posts = sum(len(lines.of(i)) for i in inside)
        most = max(99, min(self.copies, MOST_MOVES // posts))
        p_shift, shifted = sequential_p(
            lambda k: taking.shifted(members, k, rng), np.array([turns.balance, turns.order, -np.inf]), most
        )
        p_label, control = _among_sets(taking, members, self.copies, rng)
        expected = max(float(shifted[:, 2].mean()), 0.5)
        dispersion = max(1.0, float(shifted[:, 2].var()) / expected)
        return _Found(
            inside, chosen, taking, turns, expected, dispersion, control[0], control[1], len(outside),
            (float(max(p_shift[0], p_label[0])), float(max(p_shift[1], p_label[1]))),
        )  # fmt: skip

    def _reading(self, m: int, group_id: str, n: int, found: list[_Found], lines: Timelines) -> Reading:
        measure = MEASURES[m]
        if not found:
            return _too_little(
                measure,
                group_id,
                n,
                f"the {n} members allow fewer than {LEAST_SHIFTS:,} different day shifts: import a longer period",
            )
        best = min(found, key=lambda f: (f.p[m], -f.turns.balance))
        held = [f for f in found if f.turns.hand_offs + f.expected >= LEAST_HAND_OFFS]
        if not held or (m == 1 and np.isnan(best.turns.opposite)):
            return _too_little(
                measure, group_id, n,
                f"{best.turns.hand_offs:.0f} hand-offs, where {best.expected:.1f} are expected; it needs "
                f"{LEAST_HAND_OFFS} of both together: import a longer period",
            )  # fmt: skip
        p = min(1.0, len(found) * best.p[m])
        value, low, high = best.ratio() if m == 0 else best.opposite()
        control = best.control_ratio if m == 0 else best.control_opposite
        ratio = from_p(p)
        together = f"{len(best.inside)} members" + (
            f" (one of {len(found)} sets measured apart)" if len(found) > 1 else ""
        )
        says = (
            (
                f"Among {together} one account followed another within {self.hand_off_from_s:g} to "
                f"{self.hand_off_to_s:g} seconds {best.turns.hand_offs:.0f} times, {value:.2f} times (95% interval "
                f"{low:.2f} to {high:.2f}) as often as on shifted days, and they overlapped {best.turns.overlaps:.0f} "
                f"times; in equal sets of the {best.controls} accounts of the control hand-offs were {control:.2f} "
                "times as often."
            )
            if m == 0
            else (
                f"Among {together} two hand-offs between the same two accounts went opposite ways in {value:.0%} of "
                f"cases (95% interval {low:.0%} to {high:.0%}); without any order it is 50%, and in equal sets of "
                f"the {best.controls} accounts of the control it was {control:.0%}."
            )
        )
        points, witnesses = best.shown(lines)
        return Reading(
            measure=measure, subject="group", subject_id=group_id, group_id=group_id, n=n, unit="accounts",
            scale="ratio" if m == 0 else "share", value=value, low=low, high=high, control=control,
            n_control=best.controls, p_value=p, lr=ratio.value, lr_low=ratio.low, lr_high=ratio.high, says=says,
            points=points, witnesses=witnesses,
        )  # fmt: skip

    @classmethod
    def example(cls) -> Example:
        """One hand that goes round five accounts in a fixed order, among twenty people who post when they like."""
        rng = np.random.default_rng(8)
        start_us, second_us = 1_600_041_600_000_000, 1_000_000
        times: dict[str, list[int]] = {f"m{a}": [] for a in range(5)}
        for day in range(20):
            for round_ in range(3):
                at_us = (
                    start_us + day * DAY_US + (8 + 4 * round_) * 3_600_000_000 + int(rng.integers(0, 5_400)) * second_us
                )
                for a in range(5):
                    times[f"m{a}"].append(at_us)
                    at_us += int(rng.integers(30, 200)) * second_us
        for a in range(20):
            moments = rng.integers(0, 20, 60) * DAY_US + rng.integers(7 * 3_600, 22 * 3_600, 60) * second_us
            times[f"c{a}"] = (start_us + moments).tolist()
        held = {name: np.array(moments, dtype=np.int64) for name, moments in times.items()}
        world = staged(held, {"g": list(held)[:5]}, {"g": list(held)[5:]})
        return Example(world, frozenset({("hand-off", "g"), ("rota", "g")}))


@dataclass(frozen=True)
class _Found:
    """What one set of accounts shows. inside: its accounts; chosen: those and the control. expected: hand-offs on
    shifted days. control_ratio, control_opposite: of equal sets of the control. p: of both measures."""

    inside: list[int]
    chosen: list[int]
    taking: TurnTaking
    turns: Turns
    expected: float
    dispersion: float
    control_ratio: float
    control_opposite: float
    controls: int
    p: tuple[float, float]

    def ratio(self) -> tuple[float, float, float]:
        """Hand-offs over the expected ones, and the ends of a quasi-Poisson interval."""
        n, spread = self.turns.hand_offs, self.dispersion
        low = spread * float(chi2.ppf(0.025, 2 * n / spread)) / 2 if n else 0.0
        high = spread * float(chi2.ppf(0.975, 2 * n / spread + 2)) / 2
        return n / self.expected, low / self.expected, high / self.expected

    def opposite(self) -> tuple[float, float, float]:
        """Chance of opposite hand-offs, and its interval by leaving out one day at a time."""
        passed, account = self.taking.passed(len(self.inside)), self.taking.moves.account
        pair = account[passed[:, 0]] * len(self.inside) + account[passed[:, 1]]
        days = np.unique(passed[:, 2])
        left = np.array([_opposite(pair[passed[:, 2] != day], len(self.inside)) for day in days])
        left = left[~np.isnan(left)]
        error = float(np.sqrt(max(len(left) - 1, 0) * left.var())) if len(left) else 0.5
        value = self.turns.opposite
        return value, max(0.0, value - 1.96 * error), min(1.0, value + 1.96 * error)

    def shown(self, lines: Timelines) -> tuple[tuple[Point, ...], tuple[Witness, ...]]:
        """All posts of the day with most hand-offs, and the hand-offs of that day."""
        passed, moves = self.taking.passed(len(self.inside)), self.taking.moves
        if not len(passed):
            return (), ()
        day = int(np.argmax(np.bincount(passed[:, 2])))
        first_us = moves.origin_us + day * DAY_US
        points = tuple(
            Point(lines.names[i], x=float(time_us))
            for i in self.inside
            for time_us in lines.of(i)
            if first_us <= time_us < first_us + DAY_US
        )
        witnesses = []
        for before, after, _ in passed[passed[:, 2] == day][:SHOWN]:
            gap_s = (
                moves.within_us[after] - moves.within_us[before] + (moves.day[after] - moves.day[before]) * DAY_US
            ) / 1e6
            for event, other, how in ((before, after, "before"), (after, before, "after")):
                index = self.chosen[moves.account[event]]
                place = lines.start[index] + np.searchsorted(
                    lines.of(index), moves.origin_us + moves.day[event] * DAY_US + moves.within_us[event]
                )
                why = f"{gap_s:.0f} s {how} {lines.names[self.chosen[moves.account[other]]]}"
                witnesses.append(Witness(lines.names[index], lines.post_ids[int(place)].as_py(), why))
        return points[:MOST_POINTS], tuple(witnesses)


def _opposite(pair: NDArray[np.int64], accounts: int) -> float:
    return opposite(np.bincount(pair, minlength=accounts * accounts).reshape(accounts, accounts))


def _among_sets(
    taking: TurnTaking, members: int, copies: int, rng: np.random.Generator
) -> tuple[NDArray[np.float64], tuple[float, float]]:
    """p-values of the first accounts among equal sets of the whole pool, and ratio and opposite of equal sets of the
    control."""
    versions = taking.versions(VERSIONS, rng)
    posts = np.bincount(taking.moves.account, minlength=taking.n)

    def scores(chosen: NDArray[np.bool_]) -> NDArray[np.float64]:
        sets = taking.of_sets(versions, chosen)
        balance, order = sets[:, :, 0], sets[:, :, 1]
        # per post: a set of a few busy accounts varies little from shift to shift, and would look extreme in
        # standard deviations
        above = (balance[:, 0] - balance[:, 1:].mean(axis=1)) / (chosen @ posts)
        return np.stack([above, order[:, 0] - order[:, 1:].mean(axis=1)], axis=1)

    own = np.zeros((1, taking.n), dtype=bool)
    own[0, :members] = True
    most = max(99, min(copies, 20 * MOST_MOVES // (len(taking.moves.account) * (VERSIONS + 1))))
    p, _ = sequential_p(lambda k: scores(_sets(0, members, k, taking.n, rng)), scores(own)[0], most)
    size = min(members, (taking.n - members) // 2)
    control = taking.of_sets(versions, _sets(members, size, CONTROL_SETS, taking.n, rng))
    as_was, shifted = control[:, 0].sum(axis=0), control[:, 1:].mean(axis=1).sum(axis=0)
    opposite = as_was[3] / as_was[4] if as_was[4] else 0.5
    return p, (float(as_was[2] / max(shifted[2], 0.5)), float(opposite))


def _sets(first: int, size: int, draws: int, n: int, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Random sets of that size among the accounts from `first` on, (draws, n)."""
    chosen = np.zeros((draws, n), dtype=bool)
    picked = first + np.argsort(rng.random((draws, n - first)), axis=1)[:, :size]
    np.put_along_axis(chosen, picked, True, axis=1)
    return chosen


def _too_little(measure: str, group_id: str, n: int, lacking: str) -> Reading:
    scale = "ratio" if measure == "hand-off" else "share"
    return too_little(measure, "group", group_id, group_id=group_id, n=n, unit="accounts", scale=scale, lacking=lacking)
