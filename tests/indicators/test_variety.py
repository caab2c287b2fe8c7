"""How varied a crowd is, and how rare that is among crowds."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from inconcert.indicators.engagement import variety as room
from inconcert.indicators.engagement.among_crowds import LEAST, among, among_assumed
from inconcert.indicators.engagement.variety import DRAW, variety
from inconcert.indicators.engagement.wilson import wilson

CROWDS = st.lists(st.integers(1, 40), min_size=1, max_size=60).filter(lambda sizes: sum(sizes) > DRAW + 1)


def of(sizes: list[int]) -> room.Variety:
    """The variety of a crowd given by the size of each kind."""
    counted = sorted(Counter(sizes).items())
    return variety(np.array([size for size, _ in counted]), np.array([n for _, n in counted]))


def test_it_is_the_mean_over_all_draws(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(room, "DRAW", 3)
    crowd = "aaabbcde"
    draws = [len(set(draw)) for draw in combinations(crowd, 3)]
    assert of([3, 2, 1, 1, 1]).share == pytest.approx(np.mean(draws) / 3)


def test_all_different_is_one_and_all_alike_the_least():
    assert of([1] * 50).share == 1
    assert of([50]).share == pytest.approx(1 / DRAW)


@given(CROWDS)
def test_the_interval_holds_the_share(sizes: list[int]):
    found = of(sizes)
    assert 0 <= found.low <= found.share <= found.high <= 1
    assert found.n == sum(sizes)


@given(CROWDS)
def test_one_more_of_the_same_kind_never_makes_a_crowd_more_varied(sizes: list[int]):
    largest = sizes.index(max(sizes))
    more = [size + (at == largest) for at, size in enumerate(sizes)]
    assert of(more).share <= of(sizes).share + 1e-12


def test_the_size_of_the_crowd_alone_does_not_change_it():
    drawn, kinds = np.random.default_rng(4), np.array([0.4, *[0.6 / 50] * 50])
    means = [
        np.mean([of([int(k) for k in drawn.multinomial(n, kinds) if k]).share for _ in range(300)]) for n in (30, 600)
    ]
    assert means[0] == pytest.approx(means[1], abs=0.01)


def test_the_interval_covers():
    drawn = np.random.default_rng(1)
    kinds = np.array([0.3, 0.2, *[0.5 / 100] * 100])
    true = float((1 - (1 - kinds) ** DRAW).sum()) / DRAW
    held = 0
    for _ in range(200):
        found = of([int(n) for n in drawn.multinomial(120, kinds) if n])
        held += found.low <= true <= found.high
    assert held >= 180


def test_a_crowd_too_small_is_refused():
    with pytest.raises(ValueError, match="too small"):
        of([1] * DRAW)


def test_wilson_agrees_with_scipy_where_the_sample_is_whole():
    expected = stats.binomtest(7, 30).proportion_ci(0.95, method="wilson")
    assert wilson(7 / 30, 30) == pytest.approx((expected.low, expected.high))


def uneven(n: int, rng: np.random.Generator, crowds: int = 25) -> tuple[np.ndarray, np.ndarray]:
    """Shares of ordinary crowds, as uneven as people are who know each other."""
    rate, spread = 0.08, 0.05
    c = 1 / spread - 1
    sizes = rng.integers(n // 2, 2 * n, crowds)
    return rng.binomial(sizes, rng.beta(rate * c, (1 - rate) * c, crowds)) / sizes, sizes


def test_ordinary_crowds_are_seldom_rare():
    drawn = np.random.default_rng(2)
    chances, naive = [], []
    for _ in range(400):
        shares, sizes = uneven(60, drawn)
        chances.append(among(shares[0], int(sizes[0]), shares[1:], sizes[1:]).p_value)
        rate = float((shares[1:] * sizes[1:]).sum() / sizes[1:].sum())
        naive.append(stats.binom.sf(round(shares[0] * sizes[0]) - 1, sizes[0], rate))
    for alpha in (0.01, 0.05, 0.1):
        assert np.mean(np.array(chances) <= alpha) <= alpha + 0.5 * np.sqrt(alpha / 400)
    # taking those who answer one post as drawn anew from everybody is not valid
    assert np.mean(np.array(naive) <= 0.01) > 0.05


def test_copies_stand_out_and_the_order_of_crowds_does_not_matter():
    shares, sizes = uneven(60, np.random.default_rng(3))
    found = among(0.7, 60, shares, sizes)
    assert found.p_value < 1e-4
    assert found.ratio.low > 3
    assert among(0.7, 60, shares[::-1], sizes[::-1]) == found


def test_too_few_crowds_are_refused_and_an_assumed_rate_is_cautious():
    with pytest.raises(ValueError, match="too few"):
        among(0.5, 40, np.zeros(LEAST - 1), np.full(LEAST - 1, 40))
    assert among_assumed(0.1, 40, 0.1).p_value > 0.2
    assert among_assumed(0.8, 40, 0.1).p_value < 0.001
