"""How surprising a string is letter by letter, to a model of letter trigrams that knows ordinary ones.

Beskow and Carley 2019 use the same to tell random screen names. Smoothing: each context counts with so much weight of the next
shorter one as it was seen (Witten and Bell 1991, here with a fixed weight).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

_WEIGHT = 2.0
_LETTERS = 37
"""a to z, 0 to 9 and the end."""


class Trigrams:
    """Counts of letters, pairs and triples of lower-case strings, and how surprising another string is to them."""

    def __init__(self, known: Iterable[str], base: Trigrams | None = None) -> None:
        """base: a model whose strings are known too."""
        self._count: Counter[str] = Counter() if base is None else base._count.copy()
        for string in known:
            self._count.update(_grams(string))

    def surprise(self, string: str, *, known: bool = False) -> float:
        """Mean bits a letter, its end among them. known: the string is one of those counted, and is left out for itself."""
        own = Counter(_grams(string)) if known else Counter[str]()
        padded = f"^^{string}$"
        bits = [self._bits(padded[i - 2 : i + 1], own) for i in range(2, len(padded))]
        return sum(bits) / len(bits)

    def _bits(self, triple: str, own: Counter[str]) -> float:
        chance = 1 / _LETTERS
        for length in (1, 2, 3):
            gram = triple[3 - length :]
            context = f"{gram[:-1]}*"
            seen, of = self._count[gram] - own[gram], self._count[context] - own[context]
            chance = (seen + _WEIGHT * chance) / (of + _WEIGHT)
        return -math.log2(chance)


def _grams(string: str) -> list[str]:
    """Every letter with its two, one and no letters before it, and the contexts, written with a star."""
    padded = f"^^{string}$"
    found = []
    for i in range(2, len(padded)):
        for length in (1, 2, 3):
            gram = padded[i + 1 - length : i + 1]
            found += [gram, f"{gram[:-1]}*"]
    return found
