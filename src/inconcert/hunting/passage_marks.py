"""Where in the raw text of a post the words stand that were found in its comparable form."""

from __future__ import annotations

import functools
import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from inconcert.copies.comparable import comparable
from inconcert.hunting.passage import lettered
from inconcert.hunting.passage_kernels import best_window
from inconcert.normalise.text import LINK, MENTION

MOST_CHARACTERS = 1_000_000
"""Characters of a raw text in which a place to mark is looked for."""
MOST_ALIGNED = 100_000
"""Of its letters, those in which a place only like the window is."""
MOST_MARKS = 20
"""Places marked in one text."""

_PIECE = re.compile(rf"(?P<entity>&(?:#x?)?[0-9a-z]{{1,31}};)|{LINK.pattern}|{MENTION.pattern}", re.IGNORECASE)
_FIRST_MARK = "\u0300"
_MOST_JOINED = 32
_JAMO = ("\u1160", "\u11ff")  # vowels and final consonants of Hangul, which join the letter before them


@dataclass
class _Traced:
    """Letters of a raw text, and the characters each was made of: begin and end of the same length as letters."""

    letters: list[str] = field(default_factory=list)
    begin: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)

    def add(self, letters: str, begin: int, end: int) -> None:
        self.letters += letters
        self.begin += [begin] * len(letters)
        self.end += [end] * len(letters)


def marks(text: str, window: str) -> tuple[tuple[int, int], ...]:
    """Places of the raw text, (first character, end), whose letters are the window: first to last, none overlapping.

    window: letters of the text as `Matches.window` gives them. Where they are torn apart by what a comparison leaves out,
    or spelt in a way that only shows in context, the one place most like them. Empty when no place is, or none before
    MOST_CHARACTERS.
    """
    traced = _traced(text[:MOST_CHARACTERS])
    letters = "".join(traced.letters)
    whole = [at for at in _places(letters, window) if _stands_alone(text, traced, at, at + len(window))]
    at_most = whole[:MOST_MARKS] or list(_places(letters, window))[:1]
    if at_most:
        return tuple((traced.begin[at], traced.end[at + len(window) - 1]) for at in at_most)
    codes = (np.array(list(map(ord, some)), dtype=np.int32) for some in (window, letters[:MOST_ALIGNED]))
    edits, first, end = best_window(*codes)
    return ((traced.begin[first], traced.end[end - 1]),) if 2 * edits <= len(window) else ()


def _traced(text: str) -> _Traced:
    traced = _Traced()
    done = 0
    for piece in _PIECE.finditer(text):
        _add_plain(traced, text, done, piece.start())
        if piece["entity"]:
            traced.add(_letters(html.unescape(piece[0])), *piece.span())
        done = piece.end()
    _add_plain(traced, text, done, len(text))
    return traced


def _add_plain(traced: _Traced, text: str, begin: int, end: int) -> None:
    while begin < end:
        after = begin + 1
        while after < min(end, begin + _MOST_JOINED) and text[after] >= _FIRST_MARK and _joins(text[after]):
            after += 1
        traced.add(_letters(text[begin:after]), begin, after)
        begin = after


def _joins(character: str) -> bool:
    return bool(unicodedata.combining(character)) or _JAMO[0] <= character <= _JAMO[1]


@functools.lru_cache(maxsize=1 << 16)
def _letters(piece: str) -> str:
    return comparable(piece).replace(" ", "")


def _places(letters: str, window: str) -> Iterator[int]:
    at = letters.find(window)
    while at >= 0:
        yield at
        at = letters.find(window, at + len(window))


def _stands_alone(text: str, traced: _Traced, first: int, end: int) -> bool:
    """Whether words begin at letters[first] and after letters[end - 1]: judged by the letters around the borders."""
    return all(
        at in (0, len(traced.letters)) or _two_words(text[traced.begin[at - 1] : traced.end[at]]) for at in (first, end)
    )


def _two_words(piece: str) -> bool:
    return bool(lettered(pa.array([comparable(piece)])).border[-1:].any())
