"""Ordinary synchrony of the generated crowds, held against that of real ones (aggregate numbers only)."""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from inconcert.synthetic.world import World, build

from .measure import BINS, in_window, taken

pytestmark = pytest.mark.data
Bin = tuple[int, int | None]
Rates = dict[tuple[int, Bin], list[float]]
LIKELY_BINS = BINS[:5]
"""Up to 255 accounts: beyond, the reference has one set of posts and a world two or three objects."""


@pytest.fixture(scope="module")
def real(shared_data: Path) -> Rates:
    """(tau, popularity bin) -> rate of each real crowd with one-second times and at least 4 objects in the bin."""
    rates: Rates = defaultdict(list)
    with (shared_data / "reference_profiles.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["resolution_s"] == "1" and int(row["objects"]) >= 4:
                high = int(row["popularity_max"]) if row["popularity_max"] else None
                rates[int(row["tau_s"]), (int(row["popularity_min"]), high)].append(float(row["pair_hit_rate"]))
    return rates


@cache
def world(scenario: str, seed: int) -> World:
    return build(scenario, seed)


@cache
def measured(scenario: str, kind: str) -> dict[tuple[int, Bin], float]:
    """(tau, popularity bin) -> pair hit rate, over three seeds."""
    near: dict[tuple[int, Bin], int] = defaultdict(int)
    pairs: dict[tuple[int, Bin], int] = defaultdict(int)
    for seed in range(3):
        for people in taken(world(scenario, seed).posts, kind).values():
            bin_ = next(b for b in BINS if b[0] <= len(people) <= (b[1] or len(people)))
            for tau_s in (60, 3_600):
                n, m = in_window(list(people.values()), tau_s)
                near[tau_s, bin_] += n
                pairs[tau_s, bin_] += m
    return {key: near[key] / pairs[key] for key in pairs}


@pytest.mark.parametrize("kind", ["share", "url", "text"])
@pytest.mark.parametrize("tau_s", [60, 3_600])
def test_the_default_crowd_is_as_synchronous_as_real_crowds(real, kind, tau_s):
    rates = measured("quiet", kind)
    for bin_ in LIKELY_BINS:
        assert min(real[tau_s, bin_]) <= rates[tau_s, bin_] <= max(real[tau_s, bin_]), bin_


@pytest.mark.parametrize("kind", ["share", "url", "text"])
def test_the_bursty_crowd_is_at_the_upper_end_of_real_crowds(real, kind):
    rates = measured("bursty", kind)
    for bin_ in BINS[:3]:
        assert np.median(real[60, bin_]) <= rates[60, bin_] <= 1.2 * max(real[60, bin_]), bin_
        assert rates[3_600, bin_] >= 0.95 * max(real[3_600, bin_]), bin_
