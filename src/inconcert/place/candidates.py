"""The regions among which people are looked for, and how likely each is before any evidence.

Every country of the world is one, and a province of China that some item names is one of its own beside the rest of China. Beforehand a country is as likely
as it has people, or as the root of its people: everybody alike, or flattened towards states, of which small ones run operations too. The truth
is taken to lie between. A province has its share of the people of its country, so that naming one changes nothing for the country.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from inconcert.place.item import Item
from inconcert.place.regions import regions
from inconcert.place.span import Span

ANYWHERE = Span(0.1, 0.2, 0.3)
"""Chance beforehand that people sit at no one place that any sign tells of: at several, at sea, or where nothing points."""
STAGED = Span(0.01, 0.03, 0.1)
"""Chance beforehand that every sign was laid by one hand to point elsewhere: then it points as well as the truth does."""
POWERS = (0.5, 0.75, 1.0)
"""Of the number of people, to which countries are likely beforehand."""
MIDDLE = 1
"""Which of POWERS gives the points."""
REST = "rest"
"""After a country's code and a slash: what is left of it beside its provinces that are named."""


@dataclass(frozen=True)
class Candidates:
    """codes: of the regions, in order; CN/rest is China but for the provinces among them.   prior: chances if they sit in a region at all, each
    row adding to 1: shape (POWERS, regions).
    """

    codes: tuple[str, ...]
    prior: NDArray[np.float64]

    @property
    def lookup(self) -> tuple[str, ...]:
        """The codes by which items know them."""
        return tuple(code.removesuffix(f"/{REST}") for code in self.codes)

    def countries(self) -> dict[str, list[int]]:
        """Country -> where its parts stand."""
        found: dict[str, list[int]] = {}
        for place, code in enumerate(self.lookup):
            found.setdefault(regions()[code].country, []).append(place)
        return found

    def bands(self) -> dict[int, list[int]]:
        """Standard offset of the most populous zone from UTC, whole hours downwards -> where the regions of that clock stand."""
        found: dict[int, list[int]] = {}
        for place, code in enumerate(self.lookup):
            found.setdefault(regions()[code].standard // 4, []).append(place)
        return dict(sorted(found.items()))


def candidates(items: Iterable[Item]) -> Candidates:
    """All countries, with the provinces that any of these items names."""
    named = {item.region for item in items if "-" in item.region}
    codes: list[str] = []
    parts: list[NDArray[np.float64]] = []
    for country, prior in _countries().items():
        its = sorted(code for code in named if regions()[code].parent == country)
        if not its:
            codes.append(country)
            parts.append(prior)
            continue
        whole = regions()[country].population
        shares = [regions()[code].population / whole for code in its]
        codes += [*its, f"{country}/{REST}"]
        parts += [prior * share for share in (*shares, 1 - sum(shares))]
    return Candidates(tuple(codes), np.stack(parts, axis=1))


@cache
def _countries() -> dict[str, NDArray[np.float64]]:
    known = [its for its in regions().values() if not its.parent]
    people = np.array([its.population for its in known], dtype=np.float64)
    ways = np.stack([people**power / (people**power).sum() for power in POWERS])
    return {its.code: ways[:, place] for place, its in enumerate(known)}
