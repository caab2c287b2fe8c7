"""Handles and display names: ordinary ones from words, generated ones from syllables and eight digits."""

from __future__ import annotations

import numpy as np

from inconcert.synthetic.texts import Strings
from inconcert.synthetic.words import ADJECTIVES, NOUNS, SYLLABLES


def ordinary_names(n: int, rng: np.random.Generator) -> tuple[Strings, Strings]:
    """Handles and display names as people choose them: two words, often with a short number."""
    first, second = rng.integers(len(ADJECTIVES), size=n), rng.integers(len(NOUNS), size=n)
    number = rng.integers(1, 3000, size=n)
    style = rng.integers(4, size=n)
    handles, names = np.empty(n, dtype=object), np.empty(n, dtype=object)
    for i in range(n):
        a, b = ADJECTIVES[first[i]], NOUNS[second[i]]
        handles[i] = (f"{a}_{b}{number[i]}", f"{a}{b}{number[i]}", f"{b}_{number[i]}_{a}", f"the{a}{b}{number[i]}")[
            style[i]
        ]
        names[i] = f"{a.title()} {b.title()}"
    return handles, names


def generated_names(n: int, rng: np.random.Generator) -> tuple[Strings, Strings]:
    """Handles as account factories make them (an invented name and eight digits), and a display name that differs."""
    parts = rng.integers(len(SYLLABLES), size=(n, 6))
    digits = rng.integers(10_000_000, 100_000_000, size=n)
    handles, names = np.empty(n, dtype=object), np.empty(n, dtype=object)
    for i in range(n):
        a, b, c, d, e, f = (SYLLABLES[k] for k in parts[i])
        handles[i] = f"{(a + b + c).title()}{digits[i]}"
        names[i] = f"{(d + e).title()} {(f + a).title()}"
    return handles, names


def unique_handles(handles: Strings) -> Strings:
    """The same handles; from the second bearer of one on, its count is appended until nobody else has it."""
    taken: set[str] = set()
    unique = np.empty(len(handles), dtype=object)
    for i, wanted in enumerate(handles):
        handle, count = wanted, 1
        while handle.lower() in taken:
            count += 1
            handle = f"{wanted}_{count}"
        taken.add(handle.lower())
        unique[i] = handle
    return unique
