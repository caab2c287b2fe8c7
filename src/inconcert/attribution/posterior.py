"""How likely each hypothesis is once priors and families of evidence are put together, as exact ranges.

With weights w on a logarithmic scale, P(h) = 10**w(h) / sum of 10**w. It rises with w(h) and falls with every other weight, so that over a box
of weights its largest value lies where w(h) is at its high end and the others at their low ends, and its smallest at the opposite
corner: no search and no sampling is needed. The same holds for several hypotheses together.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

from inconcert.attribution.family_weight import FamilyWeight
from inconcert.attribution.ranges import Range


def total_weights(priors: Mapping[str, Range], families: Sequence[FamilyWeight]) -> dict[str, Range]:
    """Hypothesis -> log10 of its weight, unnormalised.   priors: weights above 0."""
    total = {}
    for one, prior in priors.items():
        parts = [
            Range(math.log10(prior.low), math.log10(prior.point), math.log10(prior.high)),
            *(f.weights[one] for f in families),
        ]
        sums = [math.fsum(values) for values in zip(*((p.low, p.point, p.high) for p in parts), strict=True)]
        total[one] = Range(*sums)
    return total


def chance(of: Collection[str], total: Mapping[str, Range]) -> Range:
    """The range of the chance that one of these hypotheses holds, 0 to 1; all others of `total` are its rivals."""
    point = _share(of, {one: weight.point for one, weight in total.items()})
    low = _share(of, {one: weight.low if one in of else weight.high for one, weight in total.items()})
    high = _share(of, {one: weight.high if one in of else weight.low for one, weight in total.items()})
    return Range(min(low, point), point, max(high, point))  # equal but for rounding


def _share(of: Collection[str], weights: Mapping[str, float]) -> float:
    largest = max(weights.values())
    its = math.fsum(sorted(10 ** (weight - largest) for one, weight in weights.items() if one in of))
    rest = math.fsum(sorted(10 ** (weight - largest) for one, weight in weights.items() if one not in of))
    return its / (its + rest)
