"""The last gate before the page: no sentence about a group says more than its level, and none more than was found."""

from __future__ import annotations

import re
from collections.abc import Iterable

from inconcert.network.levels import WORDS
from inconcert.report.overclaims import overclaims

ABOVE: dict[str, tuple[str, ...]] = {
    "L0": (WORDS["L1"], "coordinat", "inauthentic", "attribut"),
    "L1": ("coordinat", "inauthentic", "attribut"),
    "L2": ("inauthentic", "attribut"),
    "L3": ("attribut",),
}
"""Level -> beginnings of words that claim more than it carries."""

NEVER = (r"\bfak(?:e|ed|ery|es)\b", r"\b(?:ro)?bots?\b", r"\btrolls?\b", r"\bsock ?puppets?\b")
"""Words that no measurement carries, whatever the level."""

UNPROVEN = (r"\b(?:beyond|than) chance\b", r"\bsignifican", r"\bprove[sdn]?\b", r"\bproof\b")
"""Words that only a reading that was found may use."""

REMOVED = "[left out: claims more than this level carries]"
NOT_SHOWN = "[left out: claims more than was found]"


def words(level: str) -> str:
    """The only words for a level; KeyError for a level that this report cannot carry."""
    return WORDS[level]


def held_to(level: str, text: str) -> str:
    """A sentence from the tables, or REMOVED in the place of each clause that claims more than the level carries."""
    return _without(map(re.escape, ABOVE[level]), REMOVED, text)


def held_to_state(state: str, text: str) -> str:
    """A sentence on a reading, or NOT_SHOWN in the place of each clause that says more than any reading, or than this one, shows."""
    return _without((*NEVER, *(() if state == "found" else UNPROVEN)), NOT_SHOWN, text)


def exceeds(level: str, clause: str) -> bool:
    """Whether a clause that somebody wrote claims more than the level carries, or than any measurement does."""
    return overclaims(level, clause)


def held_of_people(level: str, text: str) -> str:
    """Lines that somebody wrote, or REMOVED in the place of each clause that claims more than the level carries."""
    lines = ([REMOVED if exceeds(level, clause) else clause for clause in clauses(line)] for line in text.split("\n"))
    return "\n".join(" ".join(line) for line in lines)


def clauses(text: str) -> list[str]:
    """The parts of a text that are held to a level or a state one by one."""
    return re.split(r"(?<=[.;])\s+", text)


def lowest(levels: list[str]) -> str:
    """The lowest of some levels; L0 of none. What people put together carries no more than its weakest part."""
    return min(levels, default="L0")


def highest(levels: list[str]) -> str:
    """The highest of some levels; L0 of none."""
    return max(levels, default="L0")


def _without(patterns: Iterable[str], instead: str, text: str) -> str:
    higher = re.compile("|".join(patterns), re.IGNORECASE)
    return " ".join(instead if higher.search(clause) else clause for clause in clauses(text))
