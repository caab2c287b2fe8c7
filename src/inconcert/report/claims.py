"""The last gate before the page: no sentence about a group says more than its level, and none more than was found."""

from __future__ import annotations

import re
from collections.abc import Iterable

from inconcert.network.levels import WORDS

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

BEHIND = (
    r"\b(?:run|operated|controlled|directed|steered|orchestrated|funded|financed|paid|hired|commissioned|sponsored|backed) by\b",
    r"\bon behalf of\b",
    r"\b(?:state|government|party|military|foreign)[- ](?:backed|sponsored|run|linked|controlled|funded|owned)\b",
)
"""Words of people that say who is behind accounts, which no level of this report carries."""

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
    said = held_to_state("found", held_to(level, clause))
    return _without(BEHIND, REMOVED, said) != " ".join(clauses(clause))


def clauses(text: str) -> list[str]:
    """The parts of a text that are held to a level or a state one by one."""
    return re.split(r"(?<=[.;])\s+", text)


def highest(levels: list[str]) -> str:
    """The highest of some levels; L0 of none."""
    return max(levels, default="L0")


def _without(patterns: Iterable[str], instead: str, text: str) -> str:
    higher = re.compile("|".join(patterns), re.IGNORECASE)
    return " ".join(instead if higher.search(clause) else clause for clause in clauses(text))
