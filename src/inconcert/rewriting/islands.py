"""Unchanged words that do not hold two changes apart.

A few matched tokens between two changes are part of the change where the changes are much larger, or where they stand within a
name: neither a lone "cyber" between two names nor the "Labs" of Lorne Labs Limited splits what was put in the place of what.
Where a sentence begins in both texts, changes stay apart.
"""

from __future__ import annotations

from itertools import pairwise

from inconcert.rewriting.entities import Flags, begins_sentence
from inconcert.rewriting.matched import Block
from inconcert.rewriting.tokens import Tokens

ISLAND_MOST = 3
"""Tokens of the longest block that a change can take in; twice as many characters of a script without spaces."""
ISLAND_SHARE, ISLAND_SHARE_ONE_SIDED, ISLAND_SHARE_NAME = 1 / 6, 1 / 4, 1 / 2
"""It takes the block in where that is at most this share of what would be the change, by tokens of both texts: the second
share where a side of it was only inserted or only deleted, the third where block and neighbours may be one name."""


def without_islands(blocks: list[Block], texts: tuple[Tokens, Tokens], named: tuple[Flags, Flags]) -> list[Block]:
    """Blocks without those that changes on both sides of them take in, shortest blocks first."""
    one, other = texts
    for size in range(1, 2 * ISLAND_MOST + 1):
        kept: list[Block] = []
        last = Block(0, 0, 0)
        for block, follows in pairwise([*blocks, Block(len(one), len(other), 0)]):
            dense = (one.dense[block.a :][: block.length] & other.dense[block.b :][: block.length]).all()
            small = block.length == size and size <= ISLAND_MOST * (1 + int(dense))
            if not (small and _is_island(last, block, follows, texts, named)):
                kept.append(block)
                last = block
        blocks = kept
    return blocks


def _is_island(
    last: Block, block: Block, follows: Block, texts: tuple[Tokens, Tokens], named: tuple[Flags, Flags]
) -> bool:
    one, other = texts
    left = block.a - last.a - last.length, block.b - last.b - last.length
    right = follows.a - block.a - block.length, follows.b - block.b - block.length
    if not any(left) or not any(right):  # at the beginning or the end of the texts
        return False
    if not (left[0] + right[0] and left[1] + right[1]):  # words were put around it, and nothing was replaced
        return False
    end_a, end_b = block.a + block.length, block.b + block.length
    if (begins_sentence(one, block.a) and begins_sentence(other, block.b)) or (
        begins_sentence(one, end_a) and begins_sentence(other, end_b)
    ):
        return False
    share = ISLAND_SHARE if all((*left, *right)) else ISLAND_SHARE_ONE_SIDED
    if all(
        _within_name(texts[side], named[side], start - bool(left[side]), start + block.length + bool(right[side]))
        for side, start in enumerate((block.a, block.b))
    ):
        share = ISLAND_SHARE_NAME
    return 2 * block.length <= share * (sum(left) + sum(right) + 2 * block.length)


def _within_name(text: Tokens, named: Flags, first: int, end: int) -> bool:
    """Whether these tokens may be parts of one name: each is of a name, and nothing but space stands between them."""
    if not named[first:end].all():
        return False
    between = zip(text.end[first : end - 1].tolist(), text.start[first + 1 : end].tolist(), strict=True)
    return all(text.text[gap_start:gap_end].isspace() or gap_start == gap_end for gap_start, gap_end in between)
