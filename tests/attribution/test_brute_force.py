"""The ranges of small weighings against every corner of their boxes, in plain arithmetic that shares no code with the room."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from inconcert.attribution.hypotheses import TEMPLATE
from inconcert.attribution.item import Item
from inconcert.attribution.ranges import Range

from .made import items, ranges, weighing

THREE = TEMPLATE[0], TEMPLATE[3], TEMPLATE[5]
IDS = [one.id for one in THREE]
CAPS = {"content": 2.0, "place": 1.0}
Box = dict[str, tuple[float, float, float]]


def centred(item: Item) -> Box:
    its = {id: (item.weights[id].low, item.weights[id].point, item.weights[id].high) for id in IDS}
    if its[IDS[0]] == its[IDS[1]] == its[IDS[2]]:
        return dict.fromkeys(IDS, (0.0, 0.0, 0.0))
    middle = (max(point for _, point, _ in its.values()) + min(point for _, point, _ in its.values())) / 2
    return {id: (low - middle, point - middle, high - middle) for id, (low, point, high) in its.items()}


def spread(box: Box) -> float:
    points = [point for _, point, _ in box.values()]
    return max(points) - min(points)


def family(its: Sequence[Item], cap: float) -> Box:
    """One family, as docs/attribution.md tells it: the strongest leads, what is in another order widens, and the cap keeps the width."""
    boxes = [centred(one) for one in its]
    lead = max(boxes, key=spread)
    if spread(lead) < math.log10(2):
        return dict.fromkeys(IDS, (0.0, 0.0, 0.0))
    wide = dict(lead)
    for box in boxes:
        if box is lead or spread(box) < math.log10(2):
            continue
        for a, b in itertools.permutations(IDS, 2):
            if lead[a][1] > lead[b][1] and box[a][1] < box[b][1]:
                for id in (a, b):
                    wide[id] = (min(wide[id][0], box[id][0]), wide[id][1], max(wide[id][2], box[id][2]))
    return {id: at_the_cap(*ends, cap / 2) for id, ends in wide.items()}


def at_the_cap(low: float, point: float, high: float, most: float) -> tuple[float, float, float]:
    if point > most:
        return max(most - (point - low), -most), most, most
    if point < -most:
        return -most, -most, min(-most + (high - point), most)
    return max(low, -most), point, min(high, most)


def corners(boxes: Sequence[Box]) -> Iterator[dict[str, float]]:
    """Every choice of the low or the high end of every hypothesis in every box, as weights."""
    for ends in itertools.product((0, 2), repeat=len(boxes) * len(IDS)):
        chosen = iter(ends)
        logs = dict.fromkeys(IDS, 0.0)
        for box in boxes:
            for id in IDS:
                logs[id] += box[id][next(chosen)]
        yield {id: 10**log for id, log in logs.items()}


@settings(max_examples=40, deadline=None)
@given(
    its=st.lists(items(families=tuple(CAPS)), max_size=4, unique_by=lambda one: one.key),
    priors=st.lists(ranges(0.125, 5), min_size=3, max_size=3),
)
def test_the_ranges_are_those_over_every_corner(its: list[Item], priors: list[Range]):
    if any(abs(spread(centred(a)) - spread(centred(b))) < 1e-6 for a, b in itertools.combinations(its, 2)):
        return  # equals lead together, which test_weighing looks at
    weighed = weighing(its, [replace(one, prior=prior) for one, prior in zip(THREE, priors, strict=True)])
    boxes: list[Box] = [
        {id: (math.log10(p.low), math.log10(p.point), math.log10(p.high)) for id, p in zip(IDS, priors, strict=True)}
    ]
    boxes += [family(of, cap) for name, cap in CAPS.items() if (of := [one for one in its if one.family == name])]
    shares: dict[str, list[float]] = {id: [] for id in IDS}
    for weights in corners(boxes):
        for id in IDS:
            shares[id].append(weights[id] / sum(weights.values()))
    for outcome in weighed.outcomes:
        (id,) = outcome.ids
        assert math.isclose(outcome.chance.low, min(shares[id]), rel_tol=1e-6)
        assert math.isclose(outcome.chance.high, max(shares[id]), rel_tol=1e-6)
        middle = {h: 10 ** sum(box[h][1] for box in boxes) for h in IDS}
        assert math.isclose(outcome.chance.point, middle[id] / sum(middle.values()), rel_tol=1e-6)
