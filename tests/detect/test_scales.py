"""Caps bound the work, from popularity alone."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from inconcert.detect.scales import EVERY, HALF_WITHIN_US, popularity_caps, stated_caps

popularities = st.lists(st.integers(2, 400), max_size=60).map(lambda n: np.array(n, dtype=np.int32))
windows = st.lists(st.integers(0, 10**11), min_size=1, max_size=5, unique=True).map(sorted)


@given(popularity=popularities, windows_us=windows, work=st.integers(0, 10**6))
def test_caps_are_the_largest_affordable(popularity: np.ndarray, windows_us: list[int], work: int):
    caps = popularity_caps(popularity, windows_us, work=work)
    share = [w / (w + HALF_WITHIN_US) for w in windows_us] + [1.0]
    n = popularity.astype(float)

    def pairs(cap: int, scale: int) -> float:
        return float((n * (n - 1) / 2)[popularity <= cap].sum() * share[scale])

    assert list(caps) == sorted(caps, reverse=True)
    for scale, cap in enumerate(caps):
        assert pairs(cap, scale) <= work * (1 + 1e-9)
        assert (cap == EVERY) == (pairs(EVERY, scale) <= work * (1 + 1e-12)) or cap < popularity.max()
        if cap < EVERY:
            assert pairs(cap + 1, scale) > work * (1 - 1e-9)


def test_the_untimed_scale_can_be_left_out():
    assert popularity_caps(np.array([2, 3], np.int32), [10], untimed=False) == (EVERY, 0)
    assert stated_caps(7, [10, 20], untimed=False) == (7, 7, 0)
    assert stated_caps((9, 8, 7), [10, 20]) == (9, 8, 7)


def test_ordinary_synchrony_of_popular_objects_is_foretold_within_a_factor_of_three(shared_data):
    """The share t / (t + 3 h) against the measured profile of popular shared posts."""
    import csv

    with (shared_data / "reference_profiles.csv").open() as lines:
        rows = [r for r in csv.DictReader(lines) if r["kind"] == "share" and r["popularity_min"] == "256"]
    assert len(rows) >= 5
    for row in rows:
        window_us = float(row["tau_s"]) * 1e6
        foretold = window_us / (window_us + HALF_WITHIN_US)
        assert foretold / 3 <= float(row["pair_hit_rate"]) <= foretold * 3
