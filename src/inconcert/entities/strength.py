"""How sure a statement is: the four words of the field, strongest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

CONFIRMED, REPORTED, ASSESSED, POSSIBLE = "confirmed", "reported", "assessed", "possible"

STRENGTHS: Mapping[str, str] = MappingProxyType(
    {
        CONFIRMED: "in a primary record, or to be seen directly",
        REPORTED: "said by somebody else, or by those concerned about themselves",
        ASSESSED: "a judgement of whoever published it, or inferred from names",
        POSSIBLE: "put forward with reserve; not established",
    }
)
"""Strength -> what it means, strongest first."""

OTHER_WORDS = {"assessed_likely": ASSESSED}
"""How other files call them."""

_ORDER = tuple(STRENGTHS)


def strength(word: str) -> str:
    """The strength of that word in any case; ValueError for another word."""
    known = OTHER_WORDS.get(word.strip().lower(), word.strip().lower())
    if known not in STRENGTHS:
        raise ValueError(f"'{word[:40]}' is no strength; known: {', '.join(STRENGTHS)}")
    return known


def weakness(word: str) -> int:
    """0 for confirmed to 3 for possible: sorts the strongest first."""
    return _ORDER.index(word)


def weakest(words: Iterable[str]) -> str:
    """The weakest of one or more strengths."""
    return max(words, key=weakness)


def strongest(words: Iterable[str]) -> str:
    """The strongest of one or more strengths."""
    return min(words, key=weakness)
