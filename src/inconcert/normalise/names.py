"""Names in Latin letters and telling numbers, which a text of any language keeps as they are: APT41, Mandiant, 48213.

Rules of thumb without a dictionary: what they miss ties nobody, and what they wrongly take is common and falls out where
things are weighed by how many use them.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from inconcert.normalise.in_text import hashtags
from inconcert.normalise.scripts import script
from inconcert.normalise.text import LINK, MENTION

MIN_LETTERS = 3
"""Shorter words are no names."""
MIN_DIGITS = 4
"""Shorter numbers are met everywhere."""
MOST_CHARACTERS = 10_000
"""What follows is not read."""

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_NAME = re.compile(
    r"[a-zA-Z\u00c0-\u024f\u1e00-\u1eff][a-zA-Z0-9\u00c0-\u024f\u1e00-\u1eff]*(?:[-'’][a-zA-Z0-9\u00c0-\u024f\u1e00-\u1eff]+)*"
)
_ABBREVIATED = re.compile(r"['’](?:s|t|d|m|re|ve|ll)\Z")
_FOREIGN_DIGIT = re.compile(r"[^\D0-9]")
_NUMBER = re.compile(r"(?<![0-9A-Za-z.,:/\-])(\d{1,3}(?:[,.'’]\d{3})+|\d{4,})(?![0-9A-Za-z:/\-]|[.,]\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE = re.compile(
    r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|[12]\d|3[01])(?:19|20)\d\d"
)
_ROUND = re.compile(r"\d{1,2}0+")
_TITLE = 0.6  # share of words with a capital above which it is a headline or shouted; German has 0.4
_WITHIN_A_SENTENCE = " ,'\"’“”«»\t-"


class Named(NamedTuple):
    """names: case-folded.   numbers: digits 0 to 9 without separators; no years, dates and round numbers."""

    names: frozenset[str]
    numbers: frozenset[str]


def named(text: str) -> Named:
    """The names and numbers of a post; links, mentions and hashtags do not count.

    In a text of another script every Latin word is taken for a name. In a Latin one: words with a digit; and, unless nearly
    all words begin with a capital, those with capitals inside and those that begin with one inside a sentence.
    """
    text = _plain(text)
    return Named(_names(text), _numbers(text))


def written(text: str) -> frozenset[str]:
    """Every Latin word and number of a post, in the form of `named`, whether or not it looks like a name there."""
    text = _plain(text)
    return frozenset(map(_form, _NAME.findall(text))) | _numbers(text)


def _plain(text: str) -> str:
    text = text[:MOST_CHARACTERS]
    if "://" in text:
        text = LINK.sub(" ", text)
    if "@" in text:
        text = MENTION.sub(" ", text)
    if "#" in text or "＃" in text:
        for tag in sorted(set(hashtags(text).items), key=lambda tag: (-len(tag), tag)):
            text = text.replace(f"#{tag}", " ").replace(f"＃{tag}", " ")
    if text.isascii():
        return text
    return _FOREIGN_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), unicodedata.normalize("NFKC", text))


def _names(text: str) -> frozenset[str]:
    if script(text) != "Latn":
        return frozenset(form for word in _NAME.finditer(text) if len(form := _form(word[0])) >= MIN_LETTERS)
    words = list(_WORD.finditer(text))
    capitals = sum(word[0][0].isupper() for word in words)
    shouted = capitals > _TITLE * len(words)
    found, last = set(), None
    for word in words:
        starts = last is None or bool(text[last : word.start()].strip(_WITHIN_A_SENTENCE))
        last = word.end()
        name = _NAME.fullmatch(word[0])
        if name is None or len(form := _form(word[0])) < MIN_LETTERS:
            continue
        plain = word[0][1:] == word[0][1:].lower()
        if any(map(str.isdigit, form)) or (not shouted and (not plain or (word[0][0].isupper() and not starts))):
            found.add(form)
    return frozenset(found)


def _form(word: str) -> str:
    return (_ABBREVIATED.sub("", word) if "'" in word or "’" in word else word).casefold()


def _numbers(text: str) -> frozenset[str]:
    found = (re.sub(r"\D", "", number[1]) for number in _NUMBER.finditer(text))
    return frozenset(
        n for n in found if len(n) >= MIN_DIGITS and not any(p.fullmatch(n) for p in (_YEAR, _DATE, _ROUND))
    )
