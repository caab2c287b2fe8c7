"""The test of pairs on the two sets of CooRTweet: what it keeps of the links, and that permuted labels leave it nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from inconcert.detect.layer import Layer, first_actions
from inconcert.detect.sweep import co_actions
from inconcert.network import pairs
from inconcert.network.material import shared_only
from inconcert.network.multiple import benjamini_hochberg
from inconcert.network.pairs import PairTests, pair_tests
from inconcert.network.permute import permute_labels
from inconcert.network.synchrony import PSEUDO_PAIRS, Synchrony, popularity_bin, synchrony
from inconcert.schema import WINDOWS_US

from .real import coortweet
from .worlds import DAY, HOUR, MINUTE

pytestmark = pytest.mark.data

COPIES = 30
PUBLISHED, REPEATED = 871, 1_107
SETS = ("russian share", "german url", "german hashtag", "german domain", "german media")


def examined(first: Layer, windows_us: tuple[int, ...]) -> PairTests:
    counted = co_actions(first, windows_us, min_objects=2)
    return pair_tests(first, synchrony(first, windows_us), counted, largest_p=1.0)


def kept(found: PairTests, scale: int, accounts: int) -> np.ndarray:
    """(P,) whether each pair has q at most .01 at one scale, over all pairs of the accounts."""
    return benjamini_hochberg(found.p_values[:, scale], accounts * (accounts - 1) // 2) <= 0.01


def drawn_to_the_median(measured: Synchrony, group: np.ndarray) -> np.ndarray:
    """(M, W) rates as the design words them: an object's own, drawn towards the median of its group of objects."""
    n = measured.popularity.astype(float)
    towards = np.zeros_like(measured.pair_share)
    for one in np.unique(group):
        towards[group == one] = np.median(measured.pair_share[group == one], axis=0)
    return (measured.pairs + PSEUDO_PAIRS * towards) / ((n * (n - 1) / 2)[:, None] + PSEUDO_PAIRS)


def test_german_links_within_a_minute_keep_the_published_number_of_repeated_pairs(
    shared_data: Path, monkeypatch: pytest.MonkeyPatch
):
    """871 of 1,107 in the design, which draws an object's rate to the median of objects of its popularity and age.

    Ours draws it to the mean of its popularity, which is higher, so it keeps fewer: 858, all of them pairs that the median
    of the popularity keeps too: 878. The 20 between these two readings of one definition are the tolerance.
    """
    first = first_actions(coortweet(shared_data)["german url"])
    accounts = len(np.unique(first.account))
    start = first.starts()
    life_us = first.time_us[start[1:] - 1] - first.time_us[start[:-1]]
    age = np.digitize(life_us, [HOUR, DAY, 7 * DAY])
    ours = examined(first, (MINUTE,))
    chosen = kept(ours, 0, accounts)
    assert int((ours.counts[:, 0] >= 2).sum()) == REPEATED
    readings = []
    for aged in (0, 1):
        monkeypatch.setattr(
            pairs,
            "shrunk_rates",
            lambda m, by=aged * age: drawn_to_the_median(m, 4 * popularity_bin(m.popularity) + by),
        )
        readings.append(kept(examined(first, (MINUTE,)), 0, accounts))
    by_popularity, by_age = readings
    assert int(by_age.sum()) == PUBLISHED
    assert not (chosen & ~by_popularity).any()
    assert PUBLISHED - 20 <= int(chosen.sum()) <= int(by_popularity.sum()) <= PUBLISHED + 20


@pytest.mark.parametrize("name", SETS)
def test_no_pair_is_left_at_any_scale_in_any_of_thirty_label_permutations(shared_data: Path, name: str):
    """Nor would it be enough to ask for repetition, the rule of other programs: the copies have repeated pairs."""
    first = first_actions(coortweet(shared_data)[name])
    accounts = len(np.unique(first.account))
    left, repeated = [], 0
    for copy in range(COPIES):
        found = examined(shared_only(permute_labels(first, np.random.default_rng([copy, 23]))), WINDOWS_US)
        left.append([int(kept(found, scale, accounts).sum()) for scale in range(len(WINDOWS_US) + 1)])
        repeated += len(found.source)
    assert left == [[0] * (len(WINDOWS_US) + 1)] * COPIES
    assert repeated > COPIES
