"""Handles and display names: of words, of persons, as platforms give them out, and as account factories make them."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from inconcert.synthetic.texts import Strings
from inconcert.synthetic.words import ADJECTIVES, GIVEN_NAMES, NOUNS, SURNAMES, SYLLABLES

DEFAULTS_FROM_US = 1_512_086_400_000_000
"""December 2017: from then on the platform gives out handles of a name and eight digits."""
UNDER_A_NAME, KEEPS_DEFAULT = 0.5, 0.15
"""Shares of people who write English: under a person's name, and, of those who came later, with the handle they were given."""
_FACTORY = re.compile(r"(\d{8})$")


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


def under_names(
    handles: Strings, names: Strings, language: Strings, created_us: NDArray[np.int64], rng: np.random.Generator
) -> tuple[Strings, Strings]:
    """The same accounts, of which many go by names of persons.

    People who write English, UNDER_A_NAME of them: their name and a handle made of it, or, KEEPS_DEFAULT of those who came
    after DEFAULTS_FROM_US, the handle they were given. Accounts of a factory (eight digits): the handle given out for one name,
    and another person's name shown.
    """
    handles, names = handles.copy(), names.copy()
    given = rng.integers(len(GIVEN_NAMES), size=(len(handles), 2))
    surname = rng.integers(len(SURNAMES), size=len(handles))
    chance, style = rng.random((len(handles), 2)), rng.integers(4, size=len(handles))
    number = rng.integers(10_000_000, 100_000_000, size=len(handles))
    for i in range(len(handles)):
        first, last = GIVEN_NAMES[given[i, 0]], SURNAMES[surname[i]]
        if factory := _FACTORY.search(handles[i]):
            handles[i], names[i] = f"{GIVEN_NAMES[given[i, 1]][:7]}{factory[1]}", f"{first} {last}"
        elif language[i] == "en" and chance[i, 0] < UNDER_A_NAME:
            names[i] = f"{first} {last}"
            if created_us[i] >= DEFAULTS_FROM_US and chance[i, 1] < KEEPS_DEFAULT:
                handles[i] = f"{first[:7]}{number[i]}"
            else:
                few = number[i] % 100
                handles[i] = (f"{first}{last}{few}", f"{first}_{last}", f"{first[0]}{last}{few}", f"{last}{first}")[
                    style[i]
                ].lower()
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
