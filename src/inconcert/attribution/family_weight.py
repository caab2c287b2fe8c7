"""What one family of evidence weighs: its most telling item, widened by those that point elsewhere, and capped.

So items that show the same thing twice count once, and an item that tells less than a factor of two counts not at all. Where items of
several families were read from one thing (office hours and synchrony from the times of posts), all of them count in the family of the
most telling one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from inconcert.attribution.families import FAMILIES, READ_FROM
from inconcert.attribution.item import Item
from inconcert.attribution.ranges import NONE, Range

TELLING = math.log10(2)
"""Least spread of an item that counts: likelihood ratios below 2 support nothing (ENFSI 2015, guideline for evaluative reporting)."""
_SAME = 1e-9
"""Differences of weights below this are none: sums of floats in another order differ by less."""


@dataclass(frozen=True)
class FamilyWeight:
    """What a family says of each hypothesis.

    weights: hypothesis -> log10 weight; any two differ by at most the family's cap.   leading: keys of the items that give the points; none where
    no item tells enough to count.   widening: keys of those that point elsewhere.   capped: whether it would have weighed more.
    """

    family: str
    weights: Mapping[str, Range]
    leading: tuple[str, ...]
    widening: tuple[str, ...]
    capped: bool

    @property
    def spread(self) -> float:
        """Between the points of the most and the least favoured hypothesis."""
        points = [weight.point for weight in self.weights.values()]
        return max(points, default=0.0) - min(points, default=0.0)


def family_weights(items: Iterable[Item], hypotheses: tuple[str, ...]) -> tuple[FamilyWeight, ...]:
    """One of each family of these items, in the order of FAMILIES; the order of the items does not matter."""
    of: dict[str, list[Item]] = {}
    for item, family in _placed(list(items), hypotheses):
        of.setdefault(family, []).append(item)
    return tuple(_weight(family, of[family], hypotheses) for family in FAMILIES if family in of)


def _placed(items: Sequence[Item], hypotheses: tuple[str, ...]) -> list[tuple[Item, str]]:
    """Every item with the family in which it counts: its own, or that of the most telling item that was read from the same thing."""
    order = list(FAMILIES)
    home: dict[str, str] = {}
    telling = [item for item in items if _read_from(item) and item.spread(hypotheses) >= TELLING - _SAME]
    for item in sorted(telling, key=lambda item: (-item.spread(hypotheses), order.index(item.family))):
        home.setdefault(_read_from(item), item.family)
    return [(item, home.get(_read_from(item), item.family)) for item in items]


def _read_from(item: Item) -> str:
    return READ_FROM.get(item.kind.partition("/")[0], "")


def _weight(family: str, items: Sequence[Item], hypotheses: tuple[str, ...]) -> FamilyWeight:
    """The item of greatest spread gives the points, several of one spread their mean. Of an item that tells and
    puts two hypotheses in another order, the ranges of these two are widened to hold its own; a weaker item that agrees adds nothing."""
    half = FAMILIES[family].most / 2
    its = {item.key: item.among(hypotheses) for item in sorted(items, key=lambda item: item.key)}
    most = max(item.spread(hypotheses) for item in items)
    leading = tuple(item.key for item in sorted(items, key=lambda i: i.key) if item.spread(hypotheses) >= most - _SAME)
    if most < TELLING - _SAME:
        return FamilyWeight(family, dict.fromkeys(hypotheses, NONE), (), (), False)
    telling = {item.key for item in items if item.spread(hypotheses) >= TELLING - _SAME} - set(leading)
    different = sorted({tuple(sorted(its[key].items())) for key in leading})
    heads = [dict(weights) for weights in different]
    lead = {one: _mean([weights[one] for weights in heads]) for one in hypotheses}
    wide = dict(lead)
    widening = []
    for key, weights in its.items():
        against = _elsewhere(lead, weights) if key in telling else frozenset()
        if against:
            widening.append(key)
            wide |= {one: wide[one].widened([weights[one]]) for one in against}
    held = {one: weight.held(half) for one, weight in wide.items()}
    return FamilyWeight(family, held, leading, tuple(widening), held != wide)


def _mean(ranges: Sequence[Range]) -> Range:
    point = math.fsum(one.point for one in ranges) / len(ranges)
    return Range(min(one.low for one in ranges), point, max(one.high for one in ranges))


def _elsewhere(lead: Mapping[str, Range], weights: Mapping[str, Range]) -> frozenset[str]:
    """Hypotheses that the two put in another order."""
    found: set[str] = set()
    for a in lead:
        for b in lead:
            if lead[a].point - lead[b].point > _SAME and weights[b].point - weights[a].point > _SAME:
                found |= {a, b}
    return frozenset(found)
