"""What the comparable form makes of each character by itself, as tables that compiled code reads.

Nearly every text is made of characters whose form does not depend on their neighbours; the tables hold those, and say of the
others what kind of help the text needs.
"""

from __future__ import annotations

import functools
import unicodedata
from dataclasses import dataclass

import numpy as np
import opencc
from numpy.typing import NDArray

from inconcert.normalise.text import fold

PLAIN, TRADITIONAL, SIGN, OTHER = 0, 1, 2, 3
"""Kind of a character: of fixed form; Chinese that reads otherwise in simplified script; a sign by which links, mentions or
entities begin; one whose form depends on its neighbours."""
SPACE, DROPPED = 32, -1
"""Forms of separators, and of characters that leave nothing."""
_POINTS = 0x32400
"""Code points below are looked up; above, no script is written."""
_MOST_LETTERS = 3
_CHINESE = [*range(0x2E80, 0x2FE0), *range(0x3400, 0xA000), *range(0xF900, 0xFB00), *range(0x20000, _POINTS)]
_ALL_LETTERS = [
    (0x3400, 0x4DC0), (0x4E00, 0x9FFD), (0xAC00, 0xD7A4), (0x20000, 0x2A6DE), (0x2A700, 0x2B735), (0x2B740, 0x2B81E),
    (0x2B820, 0x2CEA2), (0x2CEB0, 0x2EBE1), (0x30000, 0x3134B),
]  # fmt: skip
"""Chinese and Korean blocks in which every character is a letter and its own folded form."""
_REST = [(0x20, 0x3400), (0x4DC0, 0x4E00), (0x9FFD, 0xAC00), (0xD7A4, 0xD800), (0xE000, 0x10000), (0x1D400, 0x1D800),
         (0x1F000, 0x1FB00), (0x2F800, 0x2FA20)]  # fmt: skip
"""What else people write on social media: the texts with anything further are few."""
_VOICED = "\u3099\u309a"
"""Marks that make another letter of a kana are no accents: they stay."""


@dataclass(frozen=True)
class Letters:
    """kind (P,) uint8; form (P,) int32: a code point, SPACE, DROPPED, or -2 - i for the letters
    more[at[i]:at[i + 1]]. P code points."""

    kind: NDArray[np.uint8]
    form: NDArray[np.int32]
    at: NDArray[np.int32]
    more: NDArray[np.int32]


@functools.cache
def converter() -> opencc.OpenCC:
    """Traditional to simplified Chinese, with the phrases in which a character is to be read otherwise."""
    return opencc.OpenCC("t2s")


@functools.cache
def simpler() -> dict[str, str]:
    """Chinese characters that read otherwise in simplified script, each by itself; no value is a key."""
    signs = [chr(point) for point in _CHINESE]
    pairs = zip(signs, converter().convert("\n".join(signs)).split("\n"), strict=True)
    other = {sign: simple for sign, simple in pairs if simple != sign}
    closed = {}
    for sign in other:
        simple = sign
        while simple in other:
            simple = other[simple]
        closed[sign] = simple
    return closed


def without_marks(form: str) -> str:
    """Accents and vowel points dropped, whatever was composed is composed again."""
    parts = unicodedata.normalize("NFKD", form)
    return unicodedata.normalize("NFKC", "".join(c for c in parts if not unicodedata.combining(c) or c in _VOICED))


def separated(form: str) -> str:
    """Whatever is no letter, mark or number replaced by a space."""
    return "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in form)


@functools.cache
def letters() -> Letters:
    """The tables; made in about a fifth of a second, once a process."""
    kind = np.full(_POINTS, OTHER, dtype=np.uint8)
    form = np.arange(_POINTS, dtype=np.int32)
    ends, more = [0], []
    for begin, end in _ALL_LETTERS:
        kind[begin:end] = PLAIN
    for sign, simple in simpler().items():
        kind[ord(sign)], form[ord(sign)] = TRADITIONAL, ord(simple)
    points = [point for begin, end in _REST for point in range(begin, end)]
    folded = fold("\n".join(map(chr, points))).split("\n")
    joining = _joining()
    for point, text in zip([*range(0x20), *points], [*map(fold, map(chr, range(0x20))), *folded], strict=True):
        kind[point], result = _alone(text, joining)
        if len(result) == 1:
            form[point] = ord(result)
        elif not result:
            form[point] = DROPPED
        elif len(result) <= _MOST_LETTERS and len(result.encode()) <= 2 * len(chr(point).encode()):
            form[point] = -1 - len(ends)
            more += [ord(letter) for letter in result]
            ends.append(len(more))
        else:
            kind[point] = OTHER
    kind[0xD800:0xE000], form[0xD800:0xE000] = PLAIN, DROPPED
    return Letters(kind, form, np.array(ends, np.int32), np.array(more or [0], np.int32))


def _alone(folded: str, joining: frozenset[str]) -> tuple[int, str]:
    """(kind, form) of one folded character."""
    if any(c in joining for c in folded):
        return OTHER, ""
    kind = SIGN if any(c in "@&/" for c in folded) else PLAIN
    if any(c in simpler() for c in folded):
        kind, folded = max(kind, TRADITIONAL), "".join(simpler().get(c, c) for c in folded)
    form = separated(without_marks(folded))
    form = " " if form.isspace() else form
    stable = form == " " or (fold(form) == form and not any(c in joining for c in form) and " " not in form)
    return (kind, form) if stable else (OTHER, "")


def _joining() -> frozenset[str]:
    """Characters that can become one with the character before them, other than accents, which are dropped in any case."""
    found = {*map(chr, range(0x1100, 0x1200)), *_VOICED, "\u0345"}  # jamo; U+0345 is an accent that folds to a letter
    for point in range(0x80, _POINTS):
        parts = unicodedata.decomposition(chr(point)).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            second = chr(int(parts[1], 16))
            if not unicodedata.combining(second):
                found.add(second)
    return frozenset(found)
