"""What two texts have word for word, and what was put in the place of what.

Tokens are matched in order: a match counts 1 and one more when it continues a block, so that long blocks are preferred to
scattered words (`matched.matched_blocks`). Blocks then end where listed names begin and end, and short ones between two changes
are taken in by them (`islands.without_islands`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal, NamedTuple

import numpy as np

from inconcert.rewriting.entities import Flags, listed, names
from inconcert.rewriting.islands import without_islands
from inconcert.rewriting.matched import Block, matched_blocks
from inconcert.rewriting.tokens import Tokens, tokens

Kind = Literal["same", "substitution", "insertion", "deletion"]


class Side(NamedTuple):
    """A stretch of one text, as written: its first character, its first token, and the number of its tokens."""

    text: str
    start: int
    first: int
    tokens: int


@dataclass(frozen=True)
class Segment:
    """A stretch of both texts. Of a change, each side runs from its first token to its last; "same" stretches hold what
    stands between, and may differ in case, punctuation, links, mentions and script variant."""

    kind: Kind
    before: Side
    after: Side


@dataclass(frozen=True, eq=False)
class Alignment:
    """Two texts in segments, in order; the texts of each side, one after another, are that text.

    names: of each text, per token, whether it belongs to a name or number (`entities.names`).
    aligned: share of the tokens of both that stand in unchanged blocks, 0 to 1; 1 when neither has tokens.
    longest: the longest unchanged segment by tokens, None without any.
    """

    before: Tokens
    after: Tokens
    names: tuple[Flags, Flags]
    segments: tuple[Segment, ...]
    aligned: float
    longest: Segment | None

    @property
    def longest_block(self) -> int:
        """Tokens of the longest unchanged block."""
        return self.longest.before.tokens if self.longest else 0

    @property
    def changes(self) -> Iterator[Segment]:
        """Segments that are not the same."""
        return (segment for segment in self.segments if segment.kind != "same")


def align(before: str, after: str) -> Alignment:
    """Align two texts by their tokens; never fails. align(after, before) is the same with the sides exchanged.

    Time and memory grow with the length of the texts and not with its square; see `matched` for the rule.
    """
    one, other = tokens(before), tokens(after)
    named = names(one), names(other)
    blocks = without_islands(_at_borders_of_names(_matched(one, other), one, other), (one, other), named)
    segments = tuple(_segments(blocks, one, other))
    same = [segment for segment in segments if segment.kind == "same" and segment.before.tokens]
    total = len(one) + len(other)
    unchanged = sum(block.length for block in blocks)
    longest = max(same, key=lambda segment: segment.before.tokens, default=None)
    return Alignment(one, other, named, segments, 2 * unchanged / total if total else 1.0, longest)


def _matched(one: Tokens, other: Tokens) -> list[Block]:
    """Matched blocks, found in an order of the two texts that does not depend on which is called the earlier."""
    if one.keys > other.keys:
        return [Block(b, a, n) for a, b, n in _matched(other, one)]
    numbers: dict[str, int] = {}
    coded = [
        np.fromiter((numbers.setdefault(key, len(numbers)) for key in side.keys), np.int64) for side in (one, other)
    ]
    return matched_blocks(coded[0], coded[1])


def _at_borders_of_names(blocks: list[Block], one: Tokens, other: Tokens) -> list[Block]:
    """Blocks cut back so that no listed name stands half in a block and half in a change."""
    inside = []
    for side in (one, other):
        within = np.zeros(len(side) + 1, dtype=bool)
        for first, end in listed(side):
            within[first + 1 : end] = True
        inside.append(within.tolist())
    kept = []
    for a, b, n in blocks:
        while n and (inside[0][a] or inside[1][b]):
            a, b, n = a + 1, b + 1, n - 1
        while n and (inside[0][a + n] or inside[1][b + n]):
            n -= 1
        if n:
            kept.append(Block(a, b, n))
    return kept


def _segments(blocks: list[Block], one: Tokens, other: Tokens) -> Iterator[Segment]:
    """Segments that tile both texts. The place of a side that is empty is behind the token before it, and behind as much of
    what stands there as stands before the words of the other side."""
    a = b = 0  # first token, and ...
    place_a = place_b = 0  # ... first character of the segment that begins
    starts = [*blocks, Block(len(one), len(other), 0)]
    ends = [Block(0, 0, 0), *blocks]
    for last, block in zip(ends, starts, strict=True):
        change_a, change_b = last.a + last.length, last.b + last.length
        if (change_a, change_b) == (block.a, block.b):
            continue
        from_a, from_b = _places(one, change_a, block.a, other, change_b, block.b)
        yield from _same(_side(one, place_a, from_a, a, change_a), _side(other, place_b, from_b, b, change_b))
        a, b = block.a, block.b
        place_a = int(one.end[a - 1]) if a > change_a else from_a
        place_b = int(other.end[b - 1]) if b > change_b else from_b
        before, after = _side(one, from_a, place_a, change_a, a), _side(other, from_b, place_b, change_b, b)
        yield Segment(_kind(before, after), before, after)
    yield from _same(
        _side(one, place_a, len(one.text), a, len(one)), _side(other, place_b, len(other.text), b, len(other))
    )


def _same(before: Side, after: Side) -> Iterator[Segment]:
    if before.text or after.text:
        yield Segment("same", before, after)


def _side(text: Tokens, start: int, end: int, first: int, last: int) -> Side:
    return Side(text.text[start:end], start, first, last - first)


def _places(one: Tokens, a: int, end_a: int, other: Tokens, b: int, end_b: int) -> tuple[int, int]:
    """Where the sides of a change of these tokens begin, in characters."""
    gaps = _gap(one, a), _gap(other, b)
    both = zip(one.text[slice(*gaps[0])], other.text[slice(*gaps[1])], strict=False)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], both))
    return (
        gaps[0][1] if a < end_a else gaps[0][0] + shared,
        gaps[1][1] if b < end_b else gaps[1][0] + shared,
    )


def _gap(text: Tokens, token: int) -> tuple[int, int]:
    """Where what stands before a token begins and ends, in characters; behind the last token for one too many."""
    begin = int(text.end[token - 1]) if token else 0
    return begin, int(text.start[token]) if token < len(text) else len(text.text)


def _kind(before: Side, after: Side) -> Kind:
    if not before.tokens:
        return "insertion"
    return "substitution" if after.tokens else "deletion"
