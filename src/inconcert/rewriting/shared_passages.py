"""Passages that two texts share word for word: in the same order, and moved to another place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inconcert.rewriting.align import Alignment, Side
from inconcert.rewriting.tokens import Tokens

WORDS_LEAST, DENSE_LEAST = 12, 20
"""Words, or characters of scripts written without spaces, from which a run is a passage; mixed runs count in proportion."""


MOVED_SHARE = 2 / 3
"""Part of that length from which a run that stands elsewhere in the other text is mentioned: a sentence has about as much."""
_SEED = 8  # tokens; no shorter run can be long enough


@dataclass(frozen=True)
class Passage:
    """A run of tokens in both texts. moved: it stands before or after other shared words than in the other text."""

    before: Side
    after: Side
    moved: bool


def shared_passages(found: Alignment) -> list[Passage]:
    """Passages in the order of the earlier text; of those that were moved, shorter ones too. Linear in the length of the texts.

    Of a passage that stands in several places of the later text outside the alignment, the first is taken.
    """
    same = [
        Passage(segment.before, segment.after, False)
        for segment in found.segments
        if segment.kind == "same" and is_passage(found.before, segment.before.first, segment.before.tokens)
    ]
    return sorted([*same, *_moved(found)], key=lambda passage: (passage.before.first, passage.moved))


def is_passage(text: Tokens, first: int, length: int, share: float = 1) -> bool:
    """Whether so many tokens from there have the length of a passage, or that share of it."""
    dense = int(np.count_nonzero(text.dense[first : first + length]))
    return dense / DENSE_LEAST + (length - dense) / WORDS_LEAST >= share


def _moved(found: Alignment) -> Iterator[Passage]:
    before, after = found.before, found.after
    free_before, free_after = _changed(found, 0), _changed(found, 1)
    starts: dict[tuple[str, ...], int] = {}
    for place in range(len(after) - _SEED, -1, -1):
        if free_after[place]:
            starts[after.keys[place : place + _SEED]] = place
    until = 0
    for place in range(len(before) - _SEED + 1):
        if place < until or not free_before[place]:
            continue
        there = starts.get(before.keys[place : place + _SEED])
        if there is None:
            continue
        length = _common(before, after, free_before, free_after, place, there)
        if is_passage(before, place, length, MOVED_SHARE):
            yield Passage(_side(before, place, length), _side(after, there, length), True)
            until = place + length


def _common(
    before: Tokens, after: Tokens, free: NDArray[np.bool_], there_free: NDArray[np.bool_], a: int, b: int
) -> int:
    """Tokens equal in a row from there, as long as neither stands in an unchanged block."""
    length = 0
    while (
        a + length < len(before)
        and b + length < len(after)
        and before.keys[a + length] == after.keys[b + length]
        and free[a + length]
        and there_free[b + length]
    ):
        length += 1
    return length


def _changed(found: Alignment, which: int) -> NDArray[np.bool_]:
    """Per token of one text: whether it stands outside the unchanged blocks."""
    changed = np.zeros(len((found.before, found.after)[which]), dtype=bool)
    for segment in found.changes:
        side = (segment.before, segment.after)[which]
        changed[side.first : side.first + side.tokens] = True
    return changed


def _side(text: Tokens, first: int, length: int) -> Side:
    return Side(text.raw(first, first + length), int(text.start[first]), first, length)
