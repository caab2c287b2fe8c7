"""An alignment cut into rows of about a sentence, the two sides of a row standing for one another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from inconcert.report.hostile_text import shortened
from inconcert.rewriting.align import Alignment, Kind, Segment, Side
from inconcert.rewriting.tokens import Tokens

PIECE_AT_MOST = 20_000
"""Characters printed of one piece; a sentence of that length is none."""

_SENTENCE_END = re.compile('[.!?…]+["\'”’»)\\]]*\\s+|[。！？]+["”’」』）]*\\s*|\\s*\n\\s*')
_LAST_SENTENCE_END = re.compile(_SENTENCE_END.pattern + "|[.!?…]+[\"'”’»)\\]]*$")


@dataclass(frozen=True)
class Piece:
    """A stretch of one side. number: of its substitution in the list of them, None otherwise. more: characters not printed."""

    kind: Kind
    text: str
    number: int | None
    more: int


@dataclass
class Row:
    """About a sentence of both texts, as pieces."""

    before: list[Piece] = field(default_factory=list)
    after: list[Piece] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Whether anything was put in, left out or replaced."""
        return any(piece.kind != "same" for piece in (*self.before, *self.after))

    @property
    def alike(self) -> bool:
        """Whether both sides are written alike, to the letter."""
        return self.before == self.after

    @property
    def characters(self) -> int:
        """Characters printed of both sides."""
        return sum(len(piece.text) for piece in (*self.before, *self.after))


def rows(found: Alignment) -> Iterator[Row]:
    """Rows in order; they end where a sentence, or a line, ends in both texts. Substitutions written alike share a number."""
    numbers: dict[tuple[str, str], int] = {}
    row = Row()
    for segment in found.segments:
        if segment.kind != "same":
            _add(row, segment.kind, segment.before.text, segment.after.text, _number(segment, numbers))
            continue
        start_before = start_after = 0
        for end_before, end_after in _sentence_ends(found, segment):
            _add(row, "same", segment.before.text[start_before:end_before], segment.after.text[start_after:end_after])
            start_before, start_after = end_before, end_after
            yield from _trimmed(row)
            row = Row()
        _add(row, "same", segment.before.text[start_before:], segment.after.text[start_after:])
    yield from _trimmed(row)


def _number(segment: Segment, numbers: dict[tuple[str, str], int]) -> int | None:
    if segment.kind != "substitution":
        return None
    return numbers.setdefault((segment.before.text, segment.after.text), len(numbers) + 1)


def _add(row: Row, kind: Kind, before: str, after: str, number: int | None = None) -> None:
    for pieces, text in ((row.before, before), (row.after, after)):
        if text:
            shown, more = shortened(text, PIECE_AT_MOST)
            pieces.append(Piece(kind, shown, number, more))


def _trimmed(row: Row) -> Iterator[Row]:
    """The row without white space at the ends of its sides; nothing when nothing else is in it."""
    sides = []
    for pieces in (row.before, row.after):
        kept = [piece for piece in pieces if piece.text.strip() or piece is not pieces[-1]]
        if kept and kept[-1].kind == "same":
            kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
        if kept and kept[0].kind == "same":
            kept[0] = replace(kept[0], text=kept[0].text.lstrip())
        sides.append(kept)
    if any(sides):
        yield Row(*sides)


def _sentence_ends(found: Alignment, segment: Segment) -> Iterator[tuple[int, int]]:
    """Places in an unchanged stretch, as (before, after), at which a sentence ends in both texts."""
    before, after = _gaps(found.before, segment.before), _gaps(found.after, segment.after)
    for number, ((gap_before, at_before), (gap_after, at_after)) in enumerate(zip(before, after, strict=True)):
        # behind the last token a full stop may stand alone: its space is on the other side of the change
        end = _LAST_SENTENCE_END if number == segment.before.tokens else _SENTENCE_END
        ends = end.search(gap_before), end.search(gap_after)
        if ends[0] and ends[1]:
            yield at_before + ends[0].end(), at_after + ends[1].end()


def _gaps(text: Tokens, side: Side) -> Iterator[tuple[str, int]]:
    """(what stands there, its place) before every token of an unchanged stretch and behind the last of them."""
    last = side.first + side.tokens
    begin = side.start
    starts = [begin, *text.end[side.first : last].tolist()]
    ends = [*text.start[side.first : last].tolist(), begin + len(side.text)]
    for start, end in zip(starts, ends, strict=True):
        yield text.text[start:end], start - begin
