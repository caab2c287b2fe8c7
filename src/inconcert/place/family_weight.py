"""What one family of evidence weighs: its most telling item, beside the most telling that favours another region, and capped.

So items that show the same thing twice count once, whatever their order, and an item that is as likely everywhere changes nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inconcert.place.item import Item
from inconcert.place.kinds import FAMILIES

TELLING = math.log10(2)
"""Least spread of an item that counts, as a power of ten: likelihood ratios below 2 support nothing (ENFSI 2015)."""
_SAME = 1e-9


@dataclass(frozen=True)
class FamilyWeight:
    """point: log10 for each region, and for ANYWHERE last.   readings: the same as it may be read instead: with less and with more trust in what
    leads, and as if what favours another region were right; shape (readings, regions + 1).   leading: keys of the items that give the point.
    rivals: keys of those that tell and favour another region.   capped: whether it would have weighed more.
    """

    family: str
    point: NDArray[np.float64]
    readings: NDArray[np.float64]
    leading: tuple[str, ...]
    rivals: tuple[str, ...]
    capped: bool


def family_weights(items: Iterable[Item], codes: Sequence[str]) -> tuple[FamilyWeight, ...]:
    """One of each family that these items belong to, in the order of FAMILIES.   codes: of the regions, as items know them."""
    of: dict[str, list[Item]] = {}
    for item in items:
        of.setdefault(item.family, []).append(item)
    return tuple(_weight(family, of[family], codes) for family in FAMILIES if family in of)


def _weight(family: str, items: Sequence[Item], codes: Sequence[str]) -> FamilyWeight:
    """The item of greatest spread leads; of several, whose weights differ, the mean of them."""
    its = {item.key: _vectors(item, codes) for item in sorted(items, key=lambda one: one.key)}
    spread = {key: float(np.ptp(vectors[1])) for key, vectors in its.items()}
    most = max(spread.values())
    if most < TELLING - _SAME:
        nothing = np.zeros(len(codes) + 1)
        return FamilyWeight(family, nothing, nothing[None], (), (), False)
    leading = tuple(key for key in its if spread[key] >= most - _SAME)
    lead = _mean([its[key] for key in leading])
    best = int(lead[1].argmax())
    rivals = [
        key
        for key in its
        if key not in leading and spread[key] >= TELLING - _SAME and its[key][1].max() - its[key][1, best] > _SAME
    ]
    strongest = sorted(rivals, key=lambda key: (-spread[key], key))[:1]
    wide = np.concatenate([lead, *(its[key][1:2] for key in strongest)])
    held = np.stack([_held(reading, FAMILIES[family].most) for reading in wide])
    readings = np.unique(held[[0, *range(2, len(held))]], axis=0)
    return FamilyWeight(family, held[1], readings, leading, tuple(rivals), bool((held != wide).any()))


def _vectors(item: Item, codes: Sequence[str]) -> NDArray[np.float64]:
    """Its weak, plausible and strong weights: shape (3, regions + 1)."""
    three = [weight.readings for weight in item.over(codes)]
    return np.column_stack([np.array(three).T, np.zeros(3)])


def _held(reading: NDArray[np.float64], most: float) -> NDArray[np.float64]:
    middle = (reading.max() + reading.min()) / 2
    return np.clip(reading, middle - most / 2, middle + most / 2)


def _mean(vectors: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    distinct = sorted({vector.tobytes(): vector for vector in vectors}.items())
    return np.asarray(np.mean([vector for _, vector in distinct], axis=0), dtype=np.float64)
