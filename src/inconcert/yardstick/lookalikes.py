"""Letters of other alphabets that look like Latin ones, read as those: a Cyrillic а must not carry a word past a list of words.

Source: the table of Unicode Technical Standard 39 that the library confusable_homoglyphs carries.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from confusable_homoglyphs.confusables import confusables_data  # type: ignore[import-untyped]

_SMALL_CAPITALS = {"в": "b", "к": "k", "м": "m", "н": "h", "т": "t", "ѵ": "v", "ν": "v", "υ": "u"}
"""Alike only to a reader who expects a Latin letter: they count within words that have Latin letters too."""
_WORD = re.compile(r"[^\W\d_]+")


def latin(text: str) -> str:
    """The text as a reader of Latin letters sees it.

    Changed are words that mix alphabets, and, where most letters of the text are Latin, words of nothing but look-alikes: a sentence in
    Russian stays as it is.
    """
    if text.isascii():
        return text
    letters = _WORD.findall(text)
    mostly = 2 * sum(map(_is_latin, "".join(letters))) > sum(map(len, letters))
    return _WORD.sub(lambda found: _read(found[0], mostly), text)


def _read(word: str, mostly: bool) -> str:
    if word.isascii():
        return word
    if any(_is_latin(one) for one in word):
        return word.translate(_lookalikes()).translate(_small_capitals())
    read = word.translate(_lookalikes())
    return read if mostly and read.isascii() else word


@cache
def _small_capitals() -> dict[int, str]:
    return {ord(written): read for written, read in _SMALL_CAPITALS.items()}


@cache
def _is_latin(letter: str) -> bool:
    return letter.isascii() or unicodedata.name(letter, "").startswith("LATIN")


@cache
def _lookalikes() -> dict[int, str]:
    """Code point of a letter -> the one Latin letter it looks like."""
    found: dict[int, str] = {}
    for written, others in confusables_data.items():
        alike = {one["c"] for one in others if len(one["c"]) == 1 and one["c"].isascii() and one["c"].isalpha()}
        if len(written) == 1 and not written.isascii() and len(alike) == 1:
            found[ord(written)] = alike.pop()
    return found
