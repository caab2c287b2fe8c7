"""What is searched for: words and phrases that all must be there, and such that must not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from inconcert.copies.searchable import searchable
from inconcert.errors import InputError
from inconcert.hunting.passage import Letters, lettered

MOST_TERMS = 50
MOST_LETTERS = 1000
"""Letters of the longest phrase."""
ANY = "*"

_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "「": "」", "『": "』"}
_PART = re.compile(
    r"(?P<sign>-?)(?:"
    + "|".join(f"{re.escape(begin)}[^{re.escape(end)}]*{re.escape(end)}" for begin, end in _QUOTES.items())
    + r"|\S+)"
)


@dataclass(frozen=True)
class Term:
    """One word or phrase. text: as given.   letters: what is compared, blanks left out.

    open_start, open_end: whether it may begin, or end, within a word.
    """

    text: str
    letters: Letters
    open_start: bool
    open_end: bool


@dataclass(frozen=True)
class Query:
    """all: terms of which each must be there.   none: terms of which none may be."""

    all: tuple[Term, ...]
    none: tuple[Term, ...]


def query(words: Sequence[str]) -> Query:
    """The query of arguments as a shell hands them over.

    An argument is a word, or a phrase if it holds blanks; with quotes inside, it is cut into words and phrases. A sign - before
    a word or phrase excludes it; * at its beginning or end lets it begin or end within a word. InputError when there is
    nothing to look for, or a word has no letter or digit.
    """
    parts = [part for word in words for part in _parts(word)]
    if len(parts) > MOST_TERMS:
        raise InputError(f"{len(parts):,} words are too many; {MOST_TERMS} are the most.")
    wanted = tuple(term(part) for part in parts if not _excludes(part))
    if not wanted:
        raise InputError("Nothing to look for was named. Give a word that must be there: inconcert search CASE WORD")
    return Query(wanted, tuple(term(part[1:]) for part in parts if _excludes(part)))


def words(line: str) -> list[str]:
    """The words and phrases of a search written on one line, as arguments of `query`."""
    return [found[0] for found in _PART.finditer(line)]


def term(text: str) -> Term:
    """The word or phrase of that text."""
    bare = text.strip()
    if len(bare) > 1 and _QUOTES.get(bare[0]) == bare[-1]:
        bare = bare[1:-1]
    letters = lettered(pa.array([searchable(bare)])).letters
    shown = text if len(text) <= 60 else f"{text[:60]}…"
    if not len(letters):
        raise InputError(f"'{shown}' holds no letter or digit to look for. Give a word.")
    if len(letters) > MOST_LETTERS:
        raise InputError(f"'{shown}' has {len(letters):,} letters; {MOST_LETTERS:,} are the most.")
    bare = bare.strip()
    return Term(text, np.ascontiguousarray(letters), bare.startswith(ANY), bare.endswith(ANY))


def _parts(word: str) -> list[str]:
    if any(mark in word for mark in _QUOTES):
        return [found[0] for found in _PART.finditer(word)]
    return [word] if word.strip() else []


def _excludes(part: str) -> bool:
    return part.startswith("-") and len(part) > 1
