"""How close in time people act on one object: measured, drawn towards its bin, and the clock of the whole collection."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inconcert.network.synchrony import BINS, PSEUDO_PAIRS, clock, popularity_bin, shrunk_rates, synchrony

from .worlds import HOUR, MINUTE, SECOND, layer

WINDOWS = (10 * SECOND, MINUTE, HOUR)
times = st.one_of(
    st.none(), st.sampled_from([0, 10 * SECOND, 10 * SECOND + 1, MINUTE, MINUTE + 1, HOUR, 86_405 * SECOND])
)
first_rows = st.dictionaries(st.tuples(st.integers(0, 9), st.integers(0, 4)), times, max_size=30).map(
    lambda acts: [(a, o, t) for (a, o), t in acts.items()]
)


def test_bins_cover_every_popularity_once():
    for popularity in range(2, 600):
        place = popularity_bin(np.array([popularity], dtype=np.int32))[0]
        low, high = BINS[place]
        assert low <= popularity
        assert high is None or popularity <= high
    assert all(a[1] is not None and a[1] + 1 == b[0] for a, b in itertools.pairwise(BINS))


@settings(deadline=None, max_examples=80)
@given(rows=first_rows)
def test_pairs_hits_and_shares_are_counted_one_by_one(rows: list[tuple[int, int, int | None]]):
    data = layer(rows, accounts=10)
    found = synchrony(data, WINDOWS)
    for thing, name in enumerate(data.objects.to_pylist()):
        acts = [(a, t) for a, o, t in rows if f"o{o:05}" == name]
        assert found.popularity[thing] == len(acts)
        for w, window_us in enumerate(WINDOWS):
            near = [
                (a, b)
                for (a, s), (b, t) in itertools.combinations(acts, 2)
                if s is not None and t is not None and abs(s - t) <= window_us
            ]
            assert found.pairs[thing, w] == len(near)
            assert found.hits[thing, w] == len({a for pair in near for a in pair})
            assert found.pair_share[thing, w] == pytest.approx(len(near) / (len(acts) * (len(acts) - 1) / 2))
            assert found.hit_share[thing, w] == pytest.approx(found.hits[thing, w] / len(acts))


@settings(deadline=None, max_examples=60)
@given(rows=first_rows)
def test_an_objects_own_rate_is_drawn_towards_its_bin(rows: list[tuple[int, int, int | None]]):
    found = synchrony(layer(rows, accounts=10), WINDOWS)
    shrunk = shrunk_rates(found)
    bins = popularity_bin(found.popularity).tolist()
    for thing, (n, own) in enumerate(zip(found.popularity.tolist(), found.pair_share, strict=True)):
        pooled = np.mean([found.pair_share[o] for o, b in enumerate(bins) if b == bins[thing]], axis=0)
        pairs = n * (n - 1) / 2
        assert shrunk[thing] == pytest.approx((own * pairs + PSEUDO_PAIRS * pooled) / (pairs + PSEUDO_PAIRS))
        assert (np.minimum(own, pooled) - 1e-12 <= shrunk[thing]).all()
        assert (shrunk[thing] <= np.maximum(own, pooled) + 1e-12).all()


def test_a_busy_object_keeps_its_own_rate_and_a_pair_takes_the_bins():
    rows = [(a, 0, a * SECOND) for a in range(60)] + [(a, 1, a * HOUR * 5) for a in range(60)]
    rows += [(0, 2, 0), (1, 2, SECOND)] + [(0, 3 + k, 0) for k in range(9)] + [(1, 3 + k, 9 * HOUR) for k in range(9)]
    shrunk = shrunk_rates(synchrony(layer(rows, accounts=60), (MINUTE,)))[:, 0]
    assert shrunk[0] > 0.98
    assert shrunk[1] < 0.02
    assert shrunk[2] == pytest.approx((1 + PSEUDO_PAIRS * 0.1) / (1 + PSEUDO_PAIRS))


def test_the_clock_of_a_short_collection_is_fast_and_that_of_a_long_one_slow():
    rng = np.random.default_rng(3)
    for span_us, low, high in ((30 * MINUTE, 1.0, 1.0), (20 * 24 * HOUR, 0.0, 0.02)):
        rows = [(int(a), int(o), int(rng.integers(0, span_us))) for o in range(40) for a in rng.permutation(30)[:5]]
        rate = clock(layer(rows, accounts=30), (10 * SECOND, HOUR), 20_000, np.random.default_rng(1))
        assert low <= rate[1] <= high
        assert rate[0] <= rate[1]


def test_the_clock_compares_different_objects_only_and_stands_still_without_times():
    """Everything on one object within a second says nothing of the collection's clock."""
    rows = [(a, 0, a) for a in range(20)] + [(a, 1, 30 * 24 * HOUR + a) for a in range(20)]
    rng = np.random.default_rng(1)
    assert clock(layer(rows, accounts=20), (HOUR,), 5_000, rng).tolist() == [0.0]
    assert clock(layer([(0, 0, None), (1, 0, None)], accounts=2), (HOUR,), 100, rng).tolist() == [0.0]
    assert clock(layer([(0, 0, 5), (1, 0, 9)], accounts=2), (HOUR,), 100, rng).tolist() == [0.0]
