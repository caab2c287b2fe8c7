"""The last gate before the page: no sentence about a group says more than its level, and none more than was found."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from inconcert.network.levels import WORDS
from inconcert.yardstick.assertions import NOBODY_REAL, PROVEN, assertions, overclaims

_UNPROVEN = re.compile(r"\b(?:beyond|than) chance\b|\bsignifican|\bprove[sdn]?\b|\bproof\b", re.IGNORECASE)
"""Words that only a reading that was found may use."""

REMOVED = "[left out: claims more than this level carries]"
NOT_SHOWN = "[left out: claims more than was found]"


def words(level: str) -> str:
    """The only words for a level; KeyError for a level that this report cannot carry."""
    return WORDS[level]


def held_to(level: str, text: str) -> str:
    """A sentence from the tables, or REMOVED in the place of each clause that claims more than the level carries.

    Here a denied word counts as said; whether something may be called proven depends on the state of a reading, see `held_to_state`.
    """
    said = partial(assertions, denials=False)
    return _without(lambda clause: any(one.what != PROVEN and one.beyond(level) for one in said(clause)), REMOVED, text)


def held_to_state(state: str, text: str) -> str:
    """A sentence on a reading, or NOT_SHOWN in the place of each clause that says more than any reading, or than this one, shows."""
    return _without(partial(_not_shown, state), NOT_SHOWN, text)


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


def _not_shown(state: str, clause: str) -> bool:
    if state != "found" and _UNPROVEN.search(clause):
        return True
    return any(one.what == NOBODY_REAL for one in assertions(clause, denials=False))


def _without(exceeding: Callable[[str], bool], instead: str, text: str) -> str:
    return " ".join(instead if exceeding(clause) else clause for clause in clauses(text))
