"""The words that name private persons, found wherever and however they are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Literal

from inconcert.entities.entity import Entity

WITHHELD = "[withheld]"

_LEAST_LETTERS, _LEAST_SIGNS, _LEAST_MARKS = 4, 2, 6
"""Letters of a name in ASCII, signs of one in another script, and characters of a number or address; shorter ones are in too many other words."""
_REACHED_BY = ("email", "phone", "passportNumber", "idNumber", "socialSecurityNumber", "taxNumber", "innCode")
_FIRST, _LAST = ("firstName", "secondName", "middleName"), ("lastName",)
_FORMS: tuple[Literal["NFC", "NFD", "NFKC"], ...] = ("NFC", "NFD", "NFKC")
_MOST_WORDS = 20
_BEGINNING = 32
_BETWEEN = r"[\W_]{0,3}"


def words_for(entity: Entity) -> Iterator[str]:
    """What names a person: names, also put together of first and last, and numbers and addresses that only this person has."""
    yield from entity.names
    for first, last in product(entity.values(*_FIRST), entity.values(*_LAST)):
        yield f"{first} {last}"
    yield from (value for value in entity.values(*_REACHED_BY) if len(value) >= _LEAST_MARKS)


class PrivateNames:
    """Names, to be looked for together: in any case, with the family name first, and whatever stands between their words."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_letters: dict[str, dict[str, re.Pattern[str] | None]] = {}
        for name in names:
            for form in _FORMS:
                words = [word for word in re.split(r"[\W_]+", unicodedata.normalize(form, name)) if word]
                if form == "NFD":
                    words = unicodedata.normalize(form, name).split()
                for order in (words, [*words[-1:], *words[:-1]]):
                    self._enter(order[:_MOST_WORDS])
        self._lengths = sorted({len(letters) for letters in self._by_letters})

    def _enter(self, words: list[str]) -> None:
        text = "".join(words)
        if len(text) >= (_LEAST_LETTERS if text.isascii() else _LEAST_SIGNS):
            spelled = _BETWEEN.join(map(re.escape, words))
            self._by_letters.setdefault(_letters(text)[:_BEGINNING], {})[spelled] = None

    def within(self, text: str) -> bool:
        """Whether a text holds any of them."""
        return any(pattern.search(text) for pattern in self._patterns(text))

    def left_out(self, text: str) -> str:
        """The text with WITHHELD in the place of each."""
        for pattern in self._patterns(text):
            text = pattern.sub(WITHHELD, text)
        return text

    def _patterns(self, text: str) -> list[re.Pattern[str]]:
        """Those of the names whose letters stand in the text, the longest first: of a hundred thousand names a text holds few."""
        letters = _letters(text)
        held = {letters[at : at + length] for length in self._lengths for at in range(len(letters) - length + 1)}
        found: dict[str, re.Pattern[str]] = {}
        for one in held & self._by_letters.keys():
            its = self._by_letters[one]
            for spelled, pattern in its.items():
                found[spelled] = its[spelled] = pattern or re.compile(spelled, re.IGNORECASE)
        return [found[spelled] for spelled in sorted(found, key=lambda one: (-len(one), one))]


def _letters(text: str) -> str:
    """The text without what may stand between words, as letters are compared without case; also the Turkish i."""
    return re.sub(r"[\W_]+", "", text.casefold().replace("\u0131", "i").replace("\u0307", ""))
