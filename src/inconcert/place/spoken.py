"""Items on place from languages: those of posts, and those that apps and profiles are set to."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache

from inconcert.place.item import Item, Source
from inconcert.place.kinds import KINDS
from inconcert.place.regions import regions
from inconcert.place.weight import Weight

LEAST_SPOKEN = 0.001
"""Share of the world's people below which a language is as rare as that."""


def spoken(
    key: str, kind: str, shares: Mapping[str, float], text: str, *, accounts: int | None, sources: tuple[Source, ...]
) -> Item | None:
    """shares: language code -> share of the posts, or of the profiles; all together one observation. None where no language of them is known.

    Where a share s of a region's people use a language and w of the world's, its ratio there is s / w; with the chance e that it misleads, e + (1 - e) s / w.
    """
    base: dict[str, float] = {}
    for language, share in shares.items():
        name = language.casefold().replace("_", "-").partition("-")[0]
        if name in _world():
            base[name] = base.get(name, 0.0) + share
    whole = sum(base.values())
    if not whole:
        return None
    misleads = KINDS[kind].misleads.ends[::-1]
    weights = {}
    for code, region in regions().items():
        if region.parent:
            continue
        ends = [
            math.fsum(
                share / whole * math.log10(e + (1 - e) * region.languages.get(name, 0.0) / _world()[name])
                for name, share in sorted(base.items())
            )
            for e in misleads
        ]
        weights[code] = Weight(*ends)
    return Item(key=key, kind=kind, text=text, accounts=accounts, weights=weights, sources=sources)


@cache
def _world() -> Mapping[str, float]:
    """Language -> share of the world's people who use it."""
    countries = [region for region in regions().values() if not region.parent]
    people = sum(region.population for region in countries)
    found: dict[str, float] = {}
    for region in countries:
        for name, share in region.languages.items():
            found[name] = found.get(name, 0.0) + share * region.population / people
    return {name: max(share, LEAST_SPOKEN) for name, share in found.items()}
