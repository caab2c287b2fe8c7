"""The last gate before the page: no sentence about a group says more than its level."""

from __future__ import annotations

import re

from inconcert.network.levels import WORDS

ABOVE: dict[str, tuple[str, ...]] = {
    "L0": (WORDS["L1"], "coordinat", "inauthentic", "attribut"),
    "L1": ("coordinat", "inauthentic", "attribut"),
    "L2": ("inauthentic", "attribut"),
}
"""Level -> beginnings of words that claim more than it carries."""

REMOVED = "[left out: claims more than this level carries]"


def words(level: str) -> str:
    """The only words for a level; KeyError for a level that this report cannot carry."""
    return WORDS[level]


def held_to(level: str, text: str) -> str:
    """A sentence from the tables, or REMOVED in the place of each clause that claims more than the level carries."""
    higher = re.compile("|".join(map(re.escape, ABOVE[level])), re.IGNORECASE)
    clauses = re.split(r"(?<=[.;])\s+", text)
    return " ".join(REMOVED if higher.search(clause) else clause for clause in clauses)


def highest(levels: list[str]) -> str:
    """The highest of some levels; L0 of none."""
    return max(levels, default="L0")
