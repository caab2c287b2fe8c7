"""Blocks of equal numbers, against plain dynamic programming and against their own definition."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.rewriting import matched
from inconcert.rewriting.matched import Block, matched_blocks

SEQUENCES = st.lists(st.integers(0, 4), max_size=14)


def blocks(a: list[int], b: list[int]) -> list[Block]:
    return matched_blocks(np.array(a, dtype=np.int64), np.array(b, dtype=np.int64))


def best_score(a: list[int], b: list[int]) -> int:
    """Highest of all scores: 1 for a match, 1 more when it continues the match before it."""
    best = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    ending = [[-math.inf] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            if x == y:
                ending[i + 1][j + 1] = max(best[i][j] + 1, ending[i][j] + 2)
            best[i + 1][j + 1] = max(best[i][j + 1], best[i + 1][j], ending[i + 1][j + 1])
    return int(best[-1][-1])


def check(a: list[int], b: list[int], found: list[Block]) -> None:
    for block in found:
        assert a[block.a : block.a + block.length] == b[block.b : block.b + block.length] != []
    ends = [(-1, -1), *((block.a + block.length, block.b + block.length) for block in found)]
    for (end_a, end_b), block in zip(ends, found, strict=False):
        assert end_a <= block.a
        assert end_b <= block.b
        assert (end_a, end_b) != (block.a, block.b)  # else the two would be one block


@given(SEQUENCES, SEQUENCES)
def test_short_sequences_get_the_best_score_there_is(a: list[int], b: list[int]) -> None:
    a, b = [90, *a, 91], [92, *b, 93]  # what is equal from either end is matched first, whatever its score
    found = blocks(a, b)
    check(a, b, found)
    assert sum(2 * block.length - 1 for block in found) == best_score(a, b)


@given(SEQUENCES, SEQUENCES, st.sampled_from([0, 4, 20]))
def test_blocks_of_sequences_cut_at_seeds_are_blocks(a: list[int], b: list[int], cells: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matched, "EXACT_CELLS", cells)
        check(a, b, blocks(a, b))


def test_no_more_cells_are_filled_than_the_rule_says(monkeypatch: pytest.MonkeyPatch) -> None:
    filled: list[int] = []
    exact = matched._exact
    monkeypatch.setattr(matched, "EXACT_CELLS", 400)
    monkeypatch.setattr(matched, "_exact", lambda a, b: (filled.append(len(a) * len(b)), exact(a, b))[1])
    draw = np.random.default_rng(5)
    for letters in (2, 50, 5_000):
        a = draw.integers(letters, size=6_000)
        b = np.where(draw.random(6_000) < 0.2, draw.integers(letters, size=6_000), a)
        b = np.concatenate((b[2_000:], b[:2_000]))
        filled.clear()
        check(a.tolist(), b.tolist(), matched_blocks(a, b))
        assert max(filled, default=0) <= 400
        assert sum(filled) <= 20 * 12_000


def test_long_sequences_with_a_few_changes_are_matched_all_but_the_changes() -> None:
    draw = np.random.default_rng(6)
    a = draw.integers(20_000, size=60_000)
    b = a.copy()
    changed = draw.choice(60_000, size=600, replace=False)
    b[changed] = -1 - np.arange(600)
    found = matched_blocks(a, b)
    assert sum(block.length for block in found) == 60_000 - 600
    assert all(block.a == block.b for block in found)


def test_a_long_stretch_that_has_no_seed_counts_as_changed() -> None:
    a, b = np.tile([1, 2], 3_000), np.tile([2, 2, 1], 2_000)
    assert len(a) * len(b) > matched.EXACT_CELLS
    assert matched_blocks(a, b) == []
