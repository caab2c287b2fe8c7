"""Blocks of equal numbers in two sequences, in order: which tokens of two texts stand for one another.

Stretches of at most EXACT_CELLS pairs of places are matched exactly, by dynamic programming. Longer ones are first cut at
runs of SEED, or fewer, numbers that occur once in each of the two stretches, as many of them as have the same order in
both; what lies between two such runs is cut again, DEEPEST times at most. A stretch that is still longer and has no such
run counts as wholly changed. So time is within 5 DEEPEST n log n for the cuts and n sqrt(EXACT_CELLS) for the rest.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

EXACT_CELLS = 4_000_000
"""Two texts of 2,000 words each are still matched exactly."""
DEEPEST = 16
_DOUBLINGS = 4  # seeds of 16, 8, 4, 2 and 1 numbers
_NEVER = -(1 << 30)

Ints = NDArray[np.int64]


class Block(NamedTuple):
    """`length` equal numbers, from place a of one sequence and b of the other."""

    a: int
    b: int
    length: int


def matched_blocks(a: Ints, b: Ints) -> list[Block]:
    """Blocks that ascend in both sequences, do not overlap, and are as long as they can be on both sides."""
    found: list[Block] = []
    waiting = [(0, len(a), 0, len(b), 0)]
    while waiting:
        a0, a1, b0, b1, depth = waiting.pop()
        head = _common(a[a0:a1], b[b0:b1])
        found.append(Block(a0, b0, head))
        a0, b0 = a0 + head, b0 + head
        tail = _common(a[a0:a1][::-1], b[b0:b1][::-1])
        a1, b1 = a1 - tail, b1 - tail
        found.append(Block(a1, b1, tail))
        if (a1 - a0) * (b1 - b0) <= EXACT_CELLS:
            found += [Block(a0 + i, b0 + j, n) for i, j, n in _exact(a[a0:a1], b[b0:b1])]
        elif depth < DEEPEST:
            seeds = [Block(a0 + i, b0 + j, n) for i, j, n in _seeds(a[a0:a1], b[b0:b1])]
            found += seeds
            for left, right in zip([Block(a0, b0, 0), *seeds], [*seeds, Block(a1, b1, 0)], strict=True):
                if seeds:
                    waiting.append((left.a + left.length, right.a, left.b + left.length, right.b, depth + 1))
    return _joined(found)


def _joined(found: list[Block]) -> list[Block]:
    """Blocks in order, those that continue one another made one."""
    joined: list[Block] = []
    for block in sorted(block for block in found if block.length):
        if joined and (joined[-1].a + joined[-1].length, joined[-1].b + joined[-1].length) == (block.a, block.b):
            joined[-1] = joined[-1]._replace(length=joined[-1].length + block.length)
        else:
            joined.append(block)
    return joined


def _common(a: Ints, b: Ints) -> int:
    """How many numbers are equal from the beginning."""
    n = min(len(a), len(b))
    differ = a[:n] != b[:n]
    return int(differ.argmax()) if differ.any() else n


def _exact(a: Ints, b: Ints) -> list[Block]:
    """Best blocks of two short sequences: a match scores 1, one that continues a block 2. Of equal scores, latest first."""
    if len(a) > len(b):
        return [Block(i, j, n) for j, i, n in _exact(b, a)]
    if not len(a):
        return []
    moves = np.zeros(
        (len(a), len(b)), dtype=np.uint8
    )  # 1: a match is best, 2: skipping a's number is, 4: block goes on
    best = np.zeros(len(b) + 1, dtype=np.int32)  # of the numbers so far
    ending = np.full(len(b) + 1, _NEVER, dtype=np.int32)  # the same, ending with a match
    for i, number in enumerate(a.tolist()):
        equal = b == number
        if not equal.any():
            ending[:] = _NEVER
            moves[i] = 2
            continue
        begun, continued = best[:-1] + 1, ending[:-1] + 2
        match = np.where(equal, np.maximum(begun, continued), _NEVER)
        row = np.zeros_like(best)
        np.maximum.accumulate(np.maximum(best[1:], match), out=row[1:])
        moves[i] = (match == row[1:]) | ((best[1:] == row[1:]) << 1) | ((continued >= begun) << 2)
        best, ending[1:] = row, match
    return _traced(moves)


def _traced(moves: NDArray[np.uint8]) -> list[Block]:
    found = []
    i, j = moves.shape[0] - 1, moves.shape[1] - 1
    goes_on = False
    while i >= 0 and j >= 0:
        move = int(moves[i, j])
        if goes_on or move & 1:
            found.append(Block(i, j, 1))
            goes_on = bool(move & 4)
            i, j = i - 1, j - 1
        elif move & 2:
            i -= 1
        else:
            j -= 1
    return _joined(found)


def _seeds(a: Ints, b: Ints) -> list[Block]:
    """Runs that occur once in each sequence, the longest kind that gives any, as many as ascend in both."""
    both = np.unique(np.concatenate((a, b)), return_inverse=True)[1]
    codes = [both]  # codes[k][p] numbers the run of 2**k from p
    for k in range(_DOUBLINGS):
        last = codes[-1]
        if len(last) <= 1 << k:
            break
        pairs = last[: -(1 << k)] * (last.max() + 1) + last[1 << k :]
        codes.append(np.unique(pairs, return_inverse=True)[1])
    for k in reversed(range(len(codes))):
        size = 1 << k
        runs_a, runs_b = codes[k][: max(len(a) - size + 1, 0)], codes[k][len(a) :]
        in_a, in_b = _once(runs_a, int(codes[k].max()) + 1), _once(runs_b, int(codes[k].max()) + 1)
        shared = np.flatnonzero((in_a >= 0) & (in_b >= 0))
        if len(shared):
            order = np.argsort(in_a[shared], kind="stable")
            return _ascending(in_a[shared][order].tolist(), in_b[shared][order].tolist(), size)
    return []


def _once(runs: Ints, kinds: int) -> Ints:
    """Per number: its place, -1 when it occurs not once."""
    place = np.full(kinds, -1, dtype=np.int64)
    place[runs] = np.arange(len(runs))
    place[np.bincount(runs, minlength=kinds) != 1] = -1
    return place


def _ascending(in_a: list[int], in_b: list[int], size: int) -> list[Block]:
    """As many runs as ascend in b too, without their overlaps."""
    ends: list[int] = []  # index of the run that ends the best ascending row of each length
    values: list[int] = []
    before = [-1] * len(in_b)
    for index, value in enumerate(in_b):
        length = bisect_left(values, value)
        before[index] = ends[length - 1] if length else -1
        ends[length : length + 1] = [index]
        values[length : length + 1] = [value]
    row = []
    index = ends[-1]
    while index >= 0:
        row.append(index)
        index = before[index]
    blocks: list[Block] = []
    end_a = end_b = 0
    for index in reversed(row):
        over = max(end_a - in_a[index], end_b - in_b[index], 0)
        if over < size:
            blocks.append(Block(in_a[index] + over, in_b[index] + over, size - over))
            end_a, end_b = in_a[index] + size, in_b[index] + size
    return _joined(blocks)
