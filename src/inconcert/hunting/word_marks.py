"""Where in the raw text the words of a query stand."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from inconcert.copies.searchable import searchable
from inconcert.hunting.passage import lettered
from inconcert.hunting.query import Term
from inconcert.hunting.word_kernel import places

MOST_CHARACTERS = 1_000_000
"""Characters of a text in which places are marked."""
MOST_MARKS = 20
"""Places of one word."""
_MOST_JOINED = 32
_FIRST_MARK = "\u0300"
_JAMO = ("\u1160", "\u11ff")  # vowels and final consonants of Hangul, which join the letter before them


def word_marks(text: str, terms: Sequence[Term]) -> tuple[tuple[int, int], ...]:
    """Places (first character, end) of the terms, in order, joined where they overlap.

    Empty where a spelling only shows in context which letters it is, so that places cannot be told.
    """
    text = text[:MOST_CHARACTERS]
    form = lettered(pa.array([searchable(text)]))
    traced, begin, end = _traced(text)
    if not np.array_equal(form.letters, traced):
        return ()
    found = []
    for term in terms:
        at = places(form.letters, form.border, term.letters, term.open_start, term.open_end, MOST_MARKS)
        found += [(begin[i], end[i + len(term.letters) - 1]) for i in at.tolist()]
    joined: list[tuple[int, int]] = []
    for first, last in sorted(found):
        if joined and first < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return tuple(joined)


def _traced(text: str) -> tuple[np.ndarray[tuple[int], np.dtype[np.int32]], list[int], list[int]]:
    """Letters of the raw text, piece by piece, and the characters each was made of: begin and end."""
    letters: list[int] = []
    begin: list[int] = []
    end: list[int] = []
    at = 0
    while at < len(text):
        after = at + 1
        while after < min(len(text), at + _MOST_JOINED) and text[after] >= _FIRST_MARK and _joins(text[after]):
            after += 1
        own = _letters(text[at:after])
        letters += own
        begin += [at] * len(own)
        end += [after] * len(own)
        at = after
    return np.array(letters, dtype=np.int32), begin, end


@functools.lru_cache(maxsize=1 << 16)
def _letters(piece: str) -> tuple[int, ...]:
    return tuple(map(ord, searchable(piece).replace(" ", "")))


def _joins(character: str) -> bool:
    return bool(unicodedata.combining(character)) or _JAMO[0] <= character <= _JAMO[1]
