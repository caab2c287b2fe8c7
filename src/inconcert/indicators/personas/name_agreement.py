"""Whether a display name and a handle speak of the same person.

Only two names of persons in Latin letters can contradict each other: a name in Chinese, Arabic or Cyrillic letters beside a Latin
handle is how millions write themselves, and so are nicknames, slogans and jobs; all these are not compared.
"""

from __future__ import annotations

from rapidfuzz.distance import JaroWinkler

from inconcert.indicators.personas.personal_names import NAMES
from inconcert.indicators.profiles.latin_stem import plain, stem, words

_SAME = 0.8
"""Jaro-Winkler similarity at which two words are one name in two spellings: Katherine, Catherine."""
_SHORTEST = 3
"""Letters of a word that is taken for a name; NAMES has shorter ones, but so has everything."""
_MOST_WORDS = 4


def likeness(display_name: str, handle: str) -> float | None:
    """How alike a person's name and the person named by the handle are, in [0, 1]; None where not both are such names.

    The mean, over the words of the name, of their Jaro-Winkler similarity to the stem of the handle (its words, without signs
    and digits); 1 where one is in the other, they begin with the same three
    letters, or two words are spellings of one name.
    """
    called = [word for word in words(display_name) if len(word) > 1]
    string = stem(handle)
    latin = all(letter.isascii() for letter in plain(display_name) if letter.isalpha())
    if string is None or not latin or not 1 <= len(called) <= _MOST_WORDS:
        return None
    parts = words(handle)
    if not any(_is_name(word) for word in called) or not (any(map(_is_name, parts)) or _made_of_names(string)):
        return None
    long = [word for word in called if len(word) >= _SHORTEST]
    if any(word in string or string in word or string.startswith(word[:_SHORTEST]) for word in long):
        return 1.0
    alike = (JaroWinkler.similarity(word, part) for word in long for part in parts if len(part) >= _SHORTEST)
    if max(alike, default=0.0) >= _SAME:
        return 1.0
    return sum(JaroWinkler.similarity(word, string) for word in called) / len(called)


def _is_name(word: str) -> bool:
    return len(word) >= _SHORTEST and word in NAMES


def _made_of_names(string: str) -> bool:
    """Whether lower-case letters are two names one after the other, as connormichael is."""
    return any(
        _is_name(string[:cut]) and _is_name(string[cut:]) for cut in range(_SHORTEST, len(string) - _SHORTEST + 1)
    )
