"""What of an account can agree with another account: keys, each of a field and a level of agreement, equal where they agree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from inconcert.normalise.text import fold

AGREE: Mapping[str, Mapping[str, float]] = {
    "handle": {"same": 0.30, "stem": 0.15, "near": 0.10},
    "name": {"same": 0.45},
    "bio": {"same": 0.15, "half": 0.15},
    "avatar": {"same": 0.35},
    "content": {"10 or more": 0.15, "3 to 9": 0.15, "1 or 2": 0.15},
    "link": {"named": 0.15},
}
"""Field -> level -> how often two accounts of one person, both having the field, agree at that level and no better: elicited, within a
factor two. What matters is how rare agreement is, which is measured."""
CONTENT = ((10, "10 or more"), (3, "3 to 9"), (1, "1 or 2"))
"""Rare objects shared, at least, and the level."""

Key = tuple[str, str, str]
"""Field, level, value."""

_SIGNS, _DIGITS, _WORDS = re.compile(r"[\W_]+"), re.compile(r"^\d+|\d+$"), re.compile(r"\w+")
_NAMED = re.compile(r"[@/]([\w.\-]{4,30})")
_LEAST_STEM, _LEAST_NEAR, _LEAST_HALF = 4, 8, 6


@dataclass(frozen=True)
class Described:
    """One account as its profile shows it. handles, names: all it was seen with. active: it posted something comparable."""

    account_id: str
    platform: str
    group_id: str | None
    case: bool
    handles: frozenset[str]
    names: frozenset[str]
    bio: str
    pictures: frozenset[str]
    active: bool

    @property
    def fields(self) -> frozenset[str]:
        """The fields of which something is known."""
        known = {"handle": self.handles, "name": self.names, "bio": self.bio, "link": self.bio, "avatar": self.pictures}
        return frozenset({*(field for field, held in known.items() if held), *(["content"] if self.active else [])})


def stem(handle: str) -> str:
    """A folded handle without signs and without digits at either end; "" where little is left."""
    bare = _DIGITS.sub("", _SIGNS.sub("", handle))
    return bare if len(bare) >= _LEAST_STEM else ""


def name_words(name: str) -> list[str]:
    """The words of a name, folded, in the order of the alphabet."""
    return sorted(_WORDS.findall(fold(name)))


def named_in(bio: str) -> frozenset[str]:
    """Handles a profile names behind @ or /, as an address does; folded."""
    return frozenset(found.rstrip(".-") for found in _NAMED.findall(fold(bio)))


def keys(account: Described) -> frozenset[Key]:
    """All keys of an account."""
    found: set[Key] = set()
    for handle in account.handles:
        found.add(("handle", "same", handle))
        if bare := stem(handle):
            found.add(("handle", "stem", bare))
        if len(bare) >= _LEAST_NEAR:
            found.update(("handle", "near", half) for half in _halves(bare))
    for name in account.names:
        if words := name_words(name):
            found.add(("name", "same", " ".join(words)))
    found.update(("avatar", "same", picture) for picture in account.pictures)
    words = _WORDS.findall(fold(account.bio))
    if len(words) >= 3:
        found.add(("bio", "same", " ".join(words)))
    if len(words) >= 2 * _LEAST_HALF:
        found.add(("bio", "half", "< " + " ".join(words[:_LEAST_HALF])))
        found.add(("bio", "half", "> " + " ".join(words[-_LEAST_HALF:])))
    return frozenset(found)


def _halves(text: str) -> Iterable[str]:
    """Of two texts one change apart, which leaves one half as it was, at least one of these is the same."""
    for length in {len(text) // 2, (len(text) - 1) // 2}:
        yield "<" + text[:length]
        yield ">" + text[-length:]
