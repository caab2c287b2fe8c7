"""What a sentence asserts about a network: that it is coordinated, inauthentic, somewhere, or somebody's, or that this is proven.

The one list that holds: the report leaves out what it finds in the sentences of people, of notes and of its own tables, and the
language check marks the same in a draft. What is denied in English ("this does not prove") claims nothing and is left.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from inconcert.normalise.text import fold
from inconcert.yardstick.assertion_words import FOLDED, WRITTEN
from inconcert.yardstick.denial import denied
from inconcert.yardstick.lookalikes import latin

LEVELS: dict[str, str] = {
    "synchronised": "L1", "coordinated": "L2", "inauthentic": "L3", "located": "L3", "an operation": "L4", "attributed": "L4",
}  # fmt: skip
"""Assertion -> level of the claim ladder that carries it, weakest first."""
NOBODY_REAL, PROVEN = "nobody real", "proven"
NEVER = (NOBODY_REAL, PROVEN)
"""Assertions that no measurement carries, whatever the level."""
LADDER = ("L0", "L1", "L2", "L3", "L4")
_LOOKS = 400
"""Characters before and after a word in which a denial of it is looked for."""
_MARKS = re.compile(r"[-\u2010-\u2015_*]")
_CONTROLS = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")


@dataclass(frozen=True)
class Assertion:
    """what: of LEVELS or NEVER.   words: by which it is said, as they were read."""

    what: str
    words: str

    @property
    def needs(self) -> str | None:
        """Level that carries it; None where none does."""
        return LEVELS.get(self.what)

    def beyond(self, level: str) -> bool:
        """Whether a group of that level does not carry it."""
        return self.needs is None or LADDER.index(level) < LADDER.index(self.needs)


def assertions(text: str, *, denials: bool = True) -> Iterator[Assertion]:
    """All that a text asserts, strongest kind first within each form of reading.

    text: a clause or sentence, without the words of others.   denials: whether what is denied counts as not said.
    """
    for read, patterns in ((_folded, _patterns(folded=True)), (_written, _patterns(folded=False))):
        for form in dict.fromkeys((read(text), read(latin(text)))):
            for what, pattern in patterns:
                for found in pattern.finditer(form):
                    before, after = (
                        form[max(0, found.start() - _LOOKS) : found.start()],
                        form[found.end() : found.end() + _LOOKS],
                    )
                    if not (denials and denied(before, _within(what, found[0]), after)):
                        yield Assertion(what, found[0])


def overclaims(level: str, text: str, *, denials: bool = True) -> bool:
    """Whether a text asserts more than any measurement carries, or than a group of that level does."""
    return any(one.beyond(level) for one in assertions(text, denials=denials))


def assertion(own: str) -> str | None:
    """The highest of LEVELS that a sentence asserts; None when it asserts none of them, or denies them."""
    said = {one.what for one in assertions(own)}
    return next((what for what in reversed(LEVELS) if what in said), None)


def _within(what: str, words: str) -> str:
    """Words in which a denial may stand; some say what accounts are by denying it ("not authentic")."""
    return "" if what in (*NEVER, "inauthentic") else words


def _folded(text: str) -> str:
    return " ".join(_MARKS.sub(" ", fold(text).replace("\u2019", "'")).split())


def _written(text: str) -> str:
    plain = _CONTROLS.sub("", text)
    if not plain.isascii():  # letter by letter: the time NFKC takes grows with the square of stacked marks
        plain = "".join(unicodedata.normalize("NFKC", one) for one in plain).replace("\u2019", "'")
    return " ".join(plain.replace("*", "").replace("_", " ").split())


@cache
def _patterns(*, folded: bool) -> tuple[tuple[str, re.Pattern[str]], ...]:
    lists = FOLDED if folded else WRITTEN
    order = [*NEVER, *reversed(LEVELS)]
    return tuple((what, re.compile("|".join(lists[what]))) for what in order if what in lists)
