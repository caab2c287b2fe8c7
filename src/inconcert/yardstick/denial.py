"""Whether a word stands denied in its sentence, or is only asked: "this does not prove who is behind it" claims nothing."""

from __future__ import annotations

import re
from functools import cache

_NO = r"\b(?:not|\w+n['’]t|cannot|nothing|nobody|none|never|neither|nor|no)\b"
_SMALL = r"(?:by|it|itself|themselves|here|yet|alone|any|be|been|a|an|is|are|that)"
_HELPS = r"(?:here|by itself|alone|yet|can|could|does|do|did|has|have|been|is|was|are|were|to)"
_TELLS = (
    r"(?:proves?|proven|shows?|shown|says?|tells?|knows?|known|finds?|found|claims?|claimed|means?|implies|imply|establish(?:es|ed)?|evidence|sign"
    r"|indication|reason)"
)
_LINK = r"(?:who|whether|that|if|which|what|of|for|to be)"
_ON = r"\b(?:(?!\b(?:but|yet|although|though|while|and|because|so)\b)[^,:])*"
_BEFORE = re.compile(
    rf"{_NO}(?: {_SMALL})* $"
    rf"|{_NO}(?: {_HELPS})* {_TELLS} {_LINK}{_ON}$"
    rf"|\b(?:unknown|unclear) {_LINK}{_ON}$",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\s*(?:nothing|nobody|neither)\b", re.IGNORECASE)
_WITHIN = re.compile(r"\b(?:not|never|neither|nor|\w+n['’]t)\b", re.IGNORECASE)
_OPEN = r"(?:who|what|which|where|when|why|how|whose|whom)"
_WHETHER = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would)"


def denied(before: str, words: str, after: str) -> bool:
    """Whether words claim nothing because of what stands before them, in them or after them. All in English, with single blanks."""
    return any((_BEFORE.search(before) is not None, _WITHIN.search(words) is not None, _AFTER.match(after) is not None))


def asked(own: str, *, open: bool) -> bool:
    """Whether a sentence is one direct question.   open: whether only those count that begin with who, what, where ...: "Is the ministry
    behind it?" names somebody."""
    return _question(open).fullmatch(own.strip()) is not None


@cache
def _question(open: bool) -> re.Pattern[str]:
    begins = _OPEN if open else f"(?:{_OPEN}|{_WHETHER})"
    return re.compile(rf"\W*{begins}\b[^?]*\?\W*", re.IGNORECASE)
