"""Families of what a group and an operation can have in common: inside one the items lean on each other, so each has a cap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

FAMILIES: dict[str, tuple[tuple[str, ...], float]] = {
    "accounts": (("account", "handle"), 30.0),
    "infrastructure": (("domain", "host", "url"), 24.0),
    "texts": (("text_hash",), 16.0),
    "images": (("image_hash",), 16.0),
    "hashtags": (("hashtag",), 6.0),
    "tactics": (("technique",), 2.0),
}
"""Family -> the kinds of indicator in it, and the most bits it may count. Hashtags are public the moment they are used, and tactics are
what every such operation does: neither can carry a link, however many there are."""

FAMILY: dict[str, str] = {kind: family for family, (kinds, _) in FAMILIES.items() for kind in kinds}
"""Kind -> its family. Kinds that posts and accounts cannot show (email, phone, ip, name) have none."""


def capped(bits: Iterable[tuple[str, float]]) -> Mapping[str, float]:
    """Family -> bits that count, of (family, bits) of independent items; in the order of FAMILIES, families without any left out."""
    sums: dict[str, float] = {}
    for family, its in bits:
        sums[family] = sums.get(family, 0.0) + its
    return {family: min(sums[family], most) for family, (_, most) in FAMILIES.items() if family in sums}
