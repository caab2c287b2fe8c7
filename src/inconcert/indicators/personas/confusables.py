"""Skeletons: what a name looks like, whatever characters it is written with (Unicode Technical Standard 39, section 4).

The library confusable_homoglyphs carries the table of the standard, but asks only whether a character resembles another; which of the
two stands for both is found here: a string that several characters resemble stands for them, and of two that resemble only each
other, the lower code point does. Equality of skeletons does not depend on that choice.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from confusable_homoglyphs.confusables import confusables_data  # type: ignore[import-untyped]

_MARKS_OF_DIRECTION = "\u200e\u200f"
_VARIATION = frozenset(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]))
_PASSES = 4  # prototypes of several characters hold characters that have prototypes themselves


def skeleton(name: str) -> str:
    """Two names look alike if their skeletons are equal. Invisible characters leave no trace; case is kept."""
    if name.isascii():
        return name.translate(prototypes())
    seen = "".join(c for c in name if unicodedata.category(c) != "Cf" and c not in _VARIATION)
    for _ in range(_PASSES):
        before, seen = seen, unicodedata.normalize("NFD", seen).translate(prototypes())
        if seen == before:
            break
    return seen


@cache
def prototypes() -> dict[int, str]:
    """Code point -> the string that stands for it, for `str.translate`; those that stand for themselves are absent."""
    like: dict[str, set[str]] = {}
    for written, others in confusables_data.items():
        like.setdefault(written.strip(_MARKS_OF_DIRECTION), set()).update(
            other["c"].strip(_MARKS_OF_DIRECTION) for other in others
        )
    found: dict[int, str] = {}
    for character, others in like.items():
        if len(character) != 1 or len(others) != 1:
            continue
        (other,) = others
        if len(other) != 1 or len(like[other]) > 1 or other < character:
            found[ord(character)] = unicodedata.normalize("NFD", other)
    return found
