"""How likely each region is once all families of evidence are put together, with ranges.

Bayes' rule with every family once. The range is that over all combinations of: what is likely beforehand, and how each family is to be read (with less
trust, with more, or by the item that contradicts). Nothing is sampled. What every sign shows may have been set up by one hand: then the
signs point where they would if it were true, so that this takes its share of each region alike.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from inconcert.place.candidates import ANYWHERE, MIDDLE, STAGED, Candidates, candidates
from inconcert.place.family_weight import FamilyWeight, family_weights
from inconcert.place.item import Item
from inconcert.place.span import Span


@dataclass(frozen=True)
class Posterior:
    """items: all, in the order given.   among: the regions.   families: what each weighs."""

    items: tuple[Item, ...]
    among: Candidates
    families: tuple[FamilyWeight, ...]

    @cached_property
    def points(self) -> NDArray[np.float64]:
        """Chance of each region if no sign was set up, ANYWHERE last; adding to 1."""
        weight = np.zeros((1, len(self.among.codes) + 1))
        for family in self.families:
            weight = weight + family.point
        return np.asarray(_shares(weight, self.among.prior[MIDDLE], ANYWHERE.point)[0], dtype=np.float64)

    @cached_property
    def _combinations(self) -> NDArray[np.float64]:
        """The same for every combination of readings and of what is likely beforehand: shape (combinations, regions + 1)."""
        weights = np.zeros((1, len(self.among.codes) + 1))
        for family in self.families:
            weights = (weights[:, None] + family.readings[None]).reshape(-1, weights.shape[1])
        beforehand = ((prior, nowhere) for prior in self.among.prior for nowhere in ANYWHERE.ends)
        return np.concatenate([self.points[None], *(_shares(weights, *one) for one in beforehand)])

    def chance(self, places: Collection[int]) -> Span:
        """Range of the chance that people sit in one of the regions at these places of `among`."""
        low, point, high = self._over(places)
        return Span(low * (1 - STAGED.high), point * (1 - STAGED.point), high * (1 - STAGED.low))

    @property
    def anywhere(self) -> Span:
        """Range of the chance that they sit at no one place that signs tell of."""
        return Span(*self._over([len(self.among.codes)]))

    @property
    def staged(self) -> Span:
        """Range of the chance that all signs were set up to point elsewhere."""
        somewhere = self._over(range(len(self.among.codes)))
        return Span(*(part * of for part, of in zip(somewhere, STAGED.ends, strict=True)))

    def misled(self, item: Item) -> Span:
        """Range of the chance that this item misleads, given all of them: it does where people sit elsewhere, and seldom where they sit there."""
        spans = [*(item.misleading(code).ends for code in self.among.lookup), item.misleading(None).ends]
        low, point, high = np.array(spans).T
        every = self._combinations
        mean = float(self.points @ point)
        return Span(min(float((every @ low).min()), mean), mean, max(float((every @ high).max()), mean))

    def _over(self, places: Collection[int]) -> tuple[float, float, float]:
        every = self._combinations[:, list(places)].sum(axis=1)
        point = float(self.points[list(places)].sum())
        return min(float(every.min()), point), point, max(float(every.max()), point)  # equal but for rounding


def posterior(items: Sequence[Item]) -> Posterior:
    """Where people sit, by these items; their order does not matter."""
    ordered = tuple(items)
    among = candidates(ordered)
    return Posterior(ordered, among, family_weights(ordered, among.lookup))


def _shares(weights: NDArray[np.float64], prior: NDArray[np.float64], nowhere: float) -> NDArray[np.float64]:
    before = np.append(prior * (1 - nowhere), nowhere)
    scaled = before * 10 ** (weights - weights.max(axis=1, keepdims=True))
    return np.asarray(scaled / scaled.sum(axis=1, keepdims=True), dtype=np.float64)
