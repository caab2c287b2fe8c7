"""What a group would do together by chance: the sum over its pairs and objects, spelt out."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from inconcert.network.bicm import fit
from inconcert.network.expected import expected_inside

from .worlds import crowd, joined, layer, ring


@pytest.mark.parametrize("share", [1.0, 0.5])
def test_it_is_the_sum_over_pairs_and_objects(share: float):
    rng = np.random.default_rng(2)
    data = crowd(rng, accounts=40, objects=40)
    chosen, rates = rng.random(data.n_objects) < share, rng.random(data.n_objects)
    groups = [np.array(codes, dtype=np.int32) for codes in ([0, 3, 4, 9], [1, 2], [39])]
    kept = data.keep(chosen[data.object])
    degree = np.bincount(kept.account, minlength=40)
    popularity = np.bincount(kept.object, minlength=data.n_objects)
    model = fit(degree, popularity)
    chance = model.probabilities()

    def touches(account: int, thing: int) -> float:
        if not degree[account]:
            return 0.0
        return float(
            chance[
                np.searchsorted(model.degrees, degree[account]), np.searchsorted(model.popularities, popularity[thing])
            ]
        )

    expected = [
        sum(
            touches(i, o) * touches(j, o) * rates[o]
            for i, j in itertools.combinations(codes.tolist(), 2)
            for o in np.flatnonzero(popularity)
        )
        for codes in groups
    ]
    assert expected_inside(data, chosen, groups, rates).tolist() == pytest.approx(expected, rel=1e-9)


def test_a_crowd_does_about_what_is_expected_and_a_ring_far_more():
    observed = expected = 0.0
    for seed in range(30):
        rng = np.random.default_rng([3, seed])
        data = crowd(rng, accounts=80, objects=60)
        members = np.sort(rng.permutation(80)[:20]).astype(np.int32)
        n = np.bincount(data.object[np.isin(data.account, members)], minlength=data.n_objects)
        observed += (n * (n - 1) / 2).sum()
        everything = np.ones(data.n_objects)
        expected += expected_inside(data, everything > 0, [members], everything)[0]
    assert observed == pytest.approx(expected, rel=0.15)
    rng = np.random.default_rng(4)
    data = joined(crowd(rng), ring(rng, [1, 5, 8, 70], accounts=250, objects=12))
    everything = np.ones(data.n_objects)
    assert expected_inside(data, everything > 0, [np.array([1, 5, 8, 70], np.int32)], everything)[0] < 12 * 6 / 3


def test_no_chosen_object_no_expectation():
    data = layer([(0, 0, 1), (1, 0, 2)], accounts=2)
    assert expected_inside(data, np.array([False]), [np.array([0, 1], np.int32)], np.ones(1)).tolist() == [0.0]
