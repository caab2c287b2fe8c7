"""How the accounts of a set take turns on one timeline: hand-offs, interleaves, collisions, and the order of the
hand-offs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from inconcert.indicators.activity.day_shift import DAY_US, Shifting, shifting, turned

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Spans:
    """collision_us: posts of two accounts closer than that collide. hand_off_us: up to there they are a hand-off.
    interleave_us: A-B-A within it."""

    collision_us: int
    hand_off_us: int
    interleave_us: int


@dataclass(frozen=True)
class Turns:
    """hand_offs: one account ends and another begins. overlaps: interleaves and collisions. order: standardised sum
    of how one-sided the hand-offs of each pair are, 0 on average where either way is as likely. opposite: chance that
    two hand-offs of one pair go opposite ways, without bias in small samples; NaN where no pair has two."""

    hand_offs: float
    overlaps: float
    order: float
    opposite: float

    @property
    def balance(self) -> float:
        """Hand-offs less twice the overlaps."""
        return self.hand_offs - 2 * self.overlaps


@dataclass(frozen=True)
class TurnTaking:
    """A pool of accounts, ready to be measured as it was and as day shifts would have it."""

    moves: Shifting
    n: int
    spans: Spans

    def observed(self, accounts: int) -> Turns:
        """Of the first accounts of the pool."""
        own = self.moves.account < accounts
        time_us = self.moves.day[own] * DAY_US + self.moves.within_us[own]
        counts = _counts(time_us, self.moves.account[own], accounts, *_limits(self.spans))
        return _turns(*counts)

    def passed(self, accounts: int) -> NDArray[np.int64]:
        """The hand-offs of the first accounts: rows of (event before, event after, day), events as they stand in the
        pool."""
        own = np.flatnonzero(self.moves.account < accounts)
        time_us = self.moves.day[own] * DAY_US + self.moves.within_us[own]
        order = own[np.argsort(time_us, kind="stable")]
        time_us = self.moves.day[order] * DAY_US + self.moves.within_us[order]
        gap_us, label = np.diff(time_us), self.moves.account[order]
        at = np.flatnonzero(
            (label[1:] != label[:-1]) & (gap_us >= self.spans.collision_us) & (gap_us <= self.spans.hand_off_us)
        )
        return np.stack([order[at], order[at + 1], self.moves.day[order[at]]], axis=1)

    def shifted(self, accounts: int, draws: int, rng: np.random.Generator) -> Floats:
        """(draws, 3): balance, order and hand-offs of the first accounts after a day shift of each."""
        own = self.moves.account < accounts
        unit, slot, within_us = self.moves.unit[own], self.moves.slot[own], self.moves.within_us[own]
        turns = rng.integers(0, self.moves.length, size=(draws, len(self.moves.length)))
        return np.asarray(
            _shifted( unit, slot, within_us, self.moves.account[own], self.moves.start, self.moves.length,
            self.moves.days, turns, accounts, *_limits(self.spans), )
        )  # fmt: skip

    def versions(self, copies: int, rng: np.random.Generator) -> tuple[Ints, Ints]:
        """The pool as it was, and `copies` day shifts of it: times and accounts in order of time, both (1 + copies,
        events)."""
        days = [self.moves.day, *(self.moves.draw(rng) for _ in range(copies))]
        times = np.stack([day * DAY_US + self.moves.within_us for day in days])
        order = np.argsort(times, axis=1, kind="stable")
        return np.take_along_axis(times, order, axis=1), self.moves.account[order]

    def of_sets(self, versions: tuple[Ints, Ints], chosen: NDArray[np.bool_]) -> Floats:
        """(draws, versions, 5): balance, order, hand-offs, and the pairs of hand-offs that go opposite ways and all
        of the same two accounts, of each set in each version. chosen: (draws, accounts)."""
        return np.asarray(_of_sets(*versions, chosen, *_limits(self.spans)))


def turn_taking(times_us: Sequence[Ints], spans: Spans) -> TurnTaking:
    """The accounts with these sorted moments."""
    return TurnTaking(shifting(times_us), len(times_us), spans)


def _limits(spans: Spans) -> tuple[int, int, int]:
    return spans.collision_us, spans.hand_off_us, spans.interleave_us


def _turns(hand_offs: float, overlaps: float, passes: NDArray[np.int64]) -> Turns:
    return Turns(float(hand_offs), float(overlaps), float(_order(passes)), opposite(passes))


def opposite(passes: NDArray[np.int64]) -> float:
    """See Turns. passes: (accounts, accounts) hand-offs from the first to the second."""
    ways, pairs = _pairs(passes)
    return float(ways / pairs) if pairs else float("nan")


@njit(cache=True, nogil=True)
def _pairs(passes):  # type: ignore[no-untyped-def]
    ways, pairs = 0, 0
    for a in range(len(passes)):
        for b in range(a):
            n = passes[a, b] + passes[b, a]
            ways += 2 * passes[a, b] * passes[b, a]
            pairs += n * (n - 1)
    return ways, pairs


@njit(cache=True, nogil=True)
def _order(passes):  # type: ignore[no-untyped-def]
    one_sided, spread = 0.0, 0.0
    for a in range(len(passes)):
        for b in range(a):
            n = passes[a, b] + passes[b, a]
            one_sided += (passes[a, b] - passes[b, a]) ** 2 - n
            spread += 2.0 * n * (n - 1)
    return one_sided / np.sqrt(spread) if spread > 0 else 0.0


@njit(cache=True, nogil=True)
def _scan(time_us, label, passes, collision_us, hand_off_us, interleave_us):  # type: ignore[no-untyped-def]
    hand_offs, overlaps = 0, 0
    for e in range(1, len(time_us)):
        if label[e] == label[e - 1]:
            continue
        gap = time_us[e] - time_us[e - 1]
        if gap < collision_us:
            overlaps += 1
        elif gap <= hand_off_us:
            hand_offs += 1
            passes[label[e - 1], label[e]] += 1
        if e > 1 and label[e] == label[e - 2] and time_us[e] - time_us[e - 2] <= interleave_us:
            overlaps += 1
    return hand_offs, overlaps


@njit(cache=True, nogil=True)
def _counts(time_us, label, n, collision_us, hand_off_us, interleave_us):  # type: ignore[no-untyped-def]
    order = np.argsort(time_us, kind="mergesort")
    passes = np.zeros((n, n), dtype=np.int64)
    hand_offs, overlaps = _scan(time_us[order], label[order], passes, collision_us, hand_off_us, interleave_us)
    return hand_offs, overlaps, passes


@njit(cache=True, nogil=True)
def _shifted(  # type: ignore[no-untyped-def]
    unit, slot, within_us, label, start, length, days, turns, n, collision_us, hand_off_us, interleave_us
):
    found = np.empty((len(turns), 3))
    for draw in range(len(turns)):
        time_us = turned(unit, slot, start, length, days, turns[draw]) * 86_400_000_000 + within_us
        hand_offs, overlaps, passes = _counts(time_us, label, n, collision_us, hand_off_us, interleave_us)
        found[draw, 0] = hand_offs - 2 * overlaps
        found[draw, 1] = _order(passes)
        found[draw, 2] = hand_offs
    return found


@njit(cache=True, nogil=True)
def _of_sets(times_us, accounts, chosen, collision_us, hand_off_us, interleave_us):  # type: ignore[no-untyped-def]
    found = np.empty((len(chosen), len(times_us), 5))
    time_us = np.empty(times_us.shape[1], dtype=np.int64)
    label = np.empty(times_us.shape[1], dtype=np.int64)
    code = np.empty(chosen.shape[1], dtype=np.int64)
    for draw in range(len(chosen)):
        members = 0
        for a in range(chosen.shape[1]):
            code[a] = members
            members += chosen[draw, a]
        for version in range(len(times_us)):
            kept = 0
            for e in range(times_us.shape[1]):
                a = accounts[version, e]
                if chosen[draw, a]:
                    time_us[kept] = times_us[version, e]
                    label[kept] = code[a]
                    kept += 1
            passes = np.zeros((members, members), dtype=np.int64)
            hand_offs, overlaps = _scan(time_us[:kept], label[:kept], passes, collision_us, hand_off_us, interleave_us)
            found[draw, version, 0] = hand_offs - 2 * overlaps
            found[draw, version, 1] = _order(passes)
            found[draw, version, 2] = hand_offs
            found[draw, version, 3], found[draw, version, 4] = _pairs(passes)
    return found
