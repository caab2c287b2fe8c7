"""Which texts carry a passage: with the same letters, or with some of its words changed.

Texts and passages are compared in the form of `comparable`, without its spaces: what is compared are letters and digits,
so that width, script variant, case, punctuation, line breaks, invisible characters and the joining of a hashtag make no
difference. Exact: the letters of the passage in a row, between word borders of the text (between any two letters of a
script written without spaces). Near: a window of the text that holds half of the passage's shingles and of which at most
a quarter of the passage's letters must be edited to make the passage of it.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from inconcert.copies.comparable import comparable, comparables
from inconcert.errors import InputError
from inconcert.hunting import passage_kernels as kernels

LEAST_SIMILARITY = 0.75
"""Least share of a passage's letters that stand unedited in a near match."""
LEAST_SHINGLES = 0.5
"""Least share of a passage's shingles in the window of a near match."""
SHORT = 12
"""Letters below which a passage must be met exactly, one of a dense script counting twice: people happen upon short words."""
MOST_LETTERS = 1000
"""Letters of the longest passage: aligning takes time with their square."""

_SHINGLE, _SHINGLE_DENSE, _SHINGLE_SHORTER, _LONG = 4, 2, 3, 25
_DENSE = (
    (0x0E00, 0x0F00), (0x1000, 0x10A0), (0x1780, 0x1800), (0x2E80, 0x2FE0), (0x3040, 0x3200), (0x3400, 0x4DC0),
    (0x4E00, 0xA000), (0xAC00, 0xD7B0), (0xF900, 0xFB00), (0x20000, 0x40000),
)  # fmt: skip
"""Scripts in which a character is about a word: the first code point, and the one after the last."""

Ints = NDArray[np.int64]
Letters = NDArray[np.int32]


@dataclass(frozen=True)
class Lettered:
    """Letters of many texts in a row: those of text t at start[t]:start[t + 1]; border: a word begins at this letter."""

    letters: Letters
    start: Ints
    border: NDArray[np.bool_]

    def window(self, text: int, first: int, end: int) -> str:
        """Letters of one text."""
        return _string(self.letters[self.start[text] + first : self.start[text] + end])


@dataclass(frozen=True)
class Passage:
    """What is looked for. text: as given.   letters: what is compared.   shingle: letters of its shingles, 1 to 4.

    only_exact: too short for near matches.
    """

    text: str
    letters: str
    shingle: int
    only_exact: bool


@dataclass(frozen=True)
class Matches:
    """Which text carries which passage, one row a pair, by text and passage; arrays of equal length.

    text, passage: positions (int64).   exact: or near.   similarity: share of the passage's letters unedited, 0 to 1.
    window: the letters of the text that stand for the passage; see `marks`.
    """

    text: Ints
    passage: Ints
    exact: NDArray[np.bool_]
    similarity: NDArray[np.float64]
    window: tuple[str, ...]


def passage(text: str) -> Passage:
    """The passage of that text; InputError when it holds no letter or digit, or more than MOST_LETTERS."""
    form = lettered(pa.array([comparable(text)]))
    n = len(form.letters)
    shown = text if len(text) <= 60 else f"{text[:60]}…"
    if not n:
        raise InputError(f"The passage '{shown}' holds no letter or digit to look for. Give some of its words.")
    if n > MOST_LETTERS:
        raise InputError(
            f"The passage '{shown}' has {n:,} letters; {MOST_LETTERS:,} are the most. Give its most telling sentences."
        )
    dense = sum(first <= letter < end for letter in form.letters for first, end in _DENSE)
    shingle = _SHINGLE_DENSE if 2 * dense > n else _SHINGLE if n >= _LONG else _SHINGLE_SHORTER
    return Passage(text, _string(form.letters), min(shingle, n), only_exact=bool(n + dense < SHORT))


def lettered(forms: pa.Array) -> Lettered:
    """The letters of comparable forms (string or large_string, no NULL), and where words begin."""
    forms = forms.cast(pa.large_string())
    _, offsets, data = forms.buffers()
    begins = np.frombuffer(offsets, np.int64)[forms.offset : forms.offset + len(forms) + 1]
    source = np.frombuffer(data, np.uint8) if data is not None else np.empty(0, np.uint8)
    return Lettered(*kernels.letters_of(source, begins, _dense()))


class Search:
    """Passages made ready to be looked for in many texts; the index is over them, so that texts may be any number."""

    def __init__(self, passages: Sequence[Passage], *, least_similarity: float = LEAST_SIMILARITY) -> None:
        """least_similarity: in [0.5, 1]; see the module. At least one passage."""
        self.passages = tuple(passages)
        self._sought = lettered(pa.array([comparable(one.text) for one in passages]))
        sizes = np.diff(self._sought.start)
        short = np.array([one.only_exact for one in passages])
        # the small number keeps 0.25 * 8 from falling below 2
        self._most_edits = np.where(short, -1, np.floor((1 - least_similarity) * sizes + 1e-9)).astype(np.int64)
        self._strict = short
        self._reach = sizes + np.maximum(self._most_edits, 0)
        shingles = sizes - np.array([one.shingle for one in passages]) + 1
        self._needed = np.where(short, shingles, np.ceil(LEAST_SHINGLES * shingles)).astype(np.int64)
        self._grams = [self._index(n) for n in sorted({one.shingle for one in passages})]

    def find(self, texts: pa.Array) -> Matches:
        """The texts (string, no NULL) that carry passages; the same for a text whatever stands beside it."""
        form = lettered(comparables(texts))
        parts = [
            kernels.stretches(form.letters, form.start, *grams, self._reach, self._needed) for grams in self._grams
        ]
        where = np.concatenate(parts)
        where = where[np.lexsort((where[:, 2], where[:, 1], where[:, 0]))]
        sought = self._sought
        found = kernels.decide(
            form.letters, form.start, form.border, sought.letters, sought.start, sought.border, self._strict,
            self._most_edits, self._reach, where,
        )  # fmt: skip
        rows = [row for row in found.tolist() if row[2] == kernels.EXACT or self._shares_shingles(form, row)]
        kept = np.array(rows, dtype=np.int64).reshape(-1, 6)
        edits = kept[:, 3] / np.diff(sought.start)[kept[:, 1]]
        windows = tuple(form.window(t, *_whole_words(form, t, first, end)) for t, _, _, _, first, end in rows)
        return Matches(kept[:, 0], kept[:, 1], kept[:, 2] == kernels.EXACT, 1 - edits, windows)

    def _index(self, n: int) -> tuple[int, NDArray[np.uint64], Ints, Ints, Ints]:
        """Shingles of n letters, distinct; where each is found among them; and which passages hold each."""
        own = [p for p, one in enumerate(self.passages) if one.shingle == n]
        start = self._sought.start
        keys = [np.unique(kernels.gram_keys(self._sought.letters[start[p] : start[p + 1]], n)) for p in own]
        owner = np.repeat(np.array(own, dtype=np.int64), [len(some) for some in keys])
        every = np.concatenate(keys)
        order = np.argsort(every, kind="stable")
        distinct, begins = np.unique(every[order], return_index=True)
        slots = kernels.slots_of(distinct, 1 << int(2 * len(distinct)).bit_length())
        return n, distinct, slots, np.append(begins, len(every)).astype(np.int64), owner[order]

    def _shares_shingles(self, form: Lettered, row: Sequence[int]) -> bool:
        text, number, _, _, first, end = row
        n = self.passages[number].shingle
        shared = _shingles(form.window(text, first, end), n) & _shingles(self.passages[number].letters, n)
        return bool(shared.total() >= self._needed[number])


def _whole_words(form: Lettered, text: int, first: int, end: int) -> tuple[int, int]:
    """The window widened to whole words, by a quarter of its length at most: a changed ending is part of its word."""
    low, high = form.start[text], form.start[text + 1]
    begin, stop = low + first, low + end
    most = (end - first) // 4
    back = next((i for i in range(begin, max(low, begin - most) - 1, -1) if form.border[i]), begin)
    on = next((i for i in range(stop, min(high, stop + most) + 1) if i == high or form.border[i]), stop)
    return int(back - low), int(on - low)


def _shingles(letters: str, n: int) -> Counter[str]:
    return Counter(letters[i : i + n] for i in range(len(letters) - n + 1))


@functools.cache
def _dense() -> NDArray[np.bool_]:
    """Whether a code point is of a dense script, by code point."""
    table = np.zeros(_DENSE[-1][1], dtype=np.bool_)
    for first, end in _DENSE:
        table[first:end] = True
    return table


def _string(codes: Letters) -> str:
    return codes.astype("<i4").tobytes().decode("utf-32-le")
