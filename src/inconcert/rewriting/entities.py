"""Which tokens of a text belong to a name or a number: a heuristic of spelling and of a list, not a reading of the text.

A token counts when
* it holds a digit, or is part of Chinese numerals of two characters or more;
* it or its phrase is listed in `known_names`;
* it is an acronym, or has a capital within (NATO, APT41, iPhone);
* it has a capital where no sentence begins, or somewhere else in the text it has;
* it is a Latin word between characters of a script without spaces, or a run of katakana.
Where more than half of the words begin with a capital, as in headlines, or have one within, as in shouted posts, that says
nothing and does not count. The heuristic misses unlisted names of Chinese, Arabic, Thai and other scripts without capitals, takes German nouns for names, and a listed
word for a name in each of its meanings (turkey, us). It decides what is called a name, never who did what.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from inconcert.rewriting.known_names import DENSE, SPACED, SPACED_PHRASES
from inconcert.rewriting.tokens import Tokens, tokens

Flags = NDArray[np.bool_]

_BEGINS_SENTENCE = re.compile('[.!?…:;。！？：；"“„«「『\n\r\u2028\u2029]')
_KATAKANA = frozenset(map(chr, (*range(0x30A1, 0x30FB), *range(0x30FC, 0x3100))))
_NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿兆两")
_NO_NAMES = frozenset(("i", "i'm", "i'll", "i've", "i'd", "i’m", "i’ll", "i’ve", "i’d"))
_CAPITALS_MOST = 0.5
"""Share of words with a capital, those at the beginning of sentences aside, above which capitals say nothing."""


def names(text: Tokens) -> Flags:
    """Per token: whether it belongs to a name or number (see the module)."""
    flags = _capitalised(text)
    flags |= _flags(any(map(str.isdigit, key)) for key in text.keys)
    flags |= _latin_in_dense(text)
    for first, end in listed(text):
        flags[first:end] = True
    return flags


def listed(text: Tokens) -> list[tuple[int, int]]:
    """Ranges of tokens that are a listed name, a run of katakana or of numerals, ascending; the longest at each place."""
    found: list[tuple[int, int]] = []
    begins = _beginnings()
    until = 0
    for place, key in enumerate(text.keys):
        if place >= until and key in begins:
            until = max(_run(text, place), _phrase(text, place))
            if until > place:
                found.append((place, until))
    return found


@functools.cache
def _beginnings() -> frozenset[str]:
    return _NUMERALS | _KATAKANA | _phrases().keys()


def begins_sentence(text: Tokens, token: int) -> bool:
    """Whether a sentence, a quotation or a line may begin with this token; so it may where the text begins or ends."""
    if not 0 < token < len(text):
        return True
    gap = text.text[int(text.end[token - 1]) : int(text.start[token])]
    return gap not in ("", " ") and _BEGINS_SENTENCE.search(gap) is not None


def _phrase(text: Tokens, place: int) -> int:
    """Where the longest listed name that begins at this token ends; the place itself when none does."""
    for phrase in _phrases().get(text.keys[place], ()):
        if text.keys[place : place + len(phrase)] == phrase:
            return place + len(phrase)
    return place


@functools.cache
def _phrases() -> Mapping[str, Sequence[tuple[str, ...]]]:
    """First token -> listed names that begin with it, longest first."""
    phrases: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for name in (*SPACED.split(), *SPACED_PHRASES, *DENSE.split()):
        keys = tokens(name).keys
        phrases[keys[0]].add(keys)
    return {first: sorted(several, key=lambda keys: (-len(keys), keys)) for first, several in phrases.items()}


def _run(text: Tokens, place: int) -> int:
    """Where a run of two or more katakana or numerals that begins at this token ends; the place itself without one."""
    for kind in (_NUMERALS, _KATAKANA):
        end = place
        while end < len(text) and text.keys[end] in kind and (end == place or text.start[end] == text.end[end - 1]):
            end += 1
        if end > place + 1:
            return end
    return place


def _capitalised(text: Tokens) -> Flags:
    words = [text.text[start:end] for start, end in zip(text.start.tolist(), text.end.tolist(), strict=True)]
    capital = _flags(word[:1].isupper() and word.lower() not in _NO_NAMES for word in words)
    inner = _flags(any(map(str.isupper, word[1:])) for word in words)
    cased = _flags(word[:1].isupper() or word[:1].islower() for word in words)
    begins = _flags(begins_sentence(text, token) for token in range(len(text)))
    inside = cased & ~begins
    sure = (capital & ~begins) * _telling(capital, inside) | inner * _telling(inner, cased)
    elsewhere = {key for key, is_name in zip(text.keys, sure.tolist(), strict=True) if is_name}
    return sure | (capital & _flags(key in elsewhere for key in text.keys))


def _telling(capital: Flags, words: Flags) -> bool:
    """Whether capitals are rare enough among these words to mark a name."""
    return bool(np.count_nonzero(capital & words) <= _CAPITALS_MOST * np.count_nonzero(words))


def _flags(values: Iterable[bool]) -> Flags:
    return np.fromiter(values, dtype=bool)


def _latin_in_dense(text: Tokens) -> Flags:
    """Per token: a word of Latin letters beside a character of a script without spaces."""
    if not text.dense.any():
        return np.zeros(len(text), dtype=bool)
    latin = _flags(key.isascii() and key[:1].isalpha() for key in text.keys) & ~text.dense
    beside = np.zeros(len(text), dtype=bool)
    beside[1:] |= text.dense[:-1]
    beside[:-1] |= text.dense[1:]
    grown = latin & beside
    # a name of several Latin words is a name as a whole
    for place in np.flatnonzero(latin[1:] & grown[:-1]).tolist():
        grown[place + 1] = True
    return grown
