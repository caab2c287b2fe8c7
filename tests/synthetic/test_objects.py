"""Popularity and ageing of what people act on."""

from __future__ import annotations

import numpy as np
from scipy.stats import kstest

from inconcert.synthetic.objects import moments, objects, occasions, zipf


def test_zipf_falls_with_rank_to_the_power_given():
    chance = zipf(1_000, 0.8)
    assert np.isclose(chance.sum(), 1)
    assert np.isclose(chance[0] / chance[99], 100**0.8)


def test_attention_decays_by_half_in_a_half_life_within_the_period():
    n = 20_000
    birth, half = np.full(n, 1_000), np.full(n, 500.0)
    t = moments(birth, half, 2_000, 4_000, np.random.default_rng(1))
    assert t.min() >= 2_000
    assert t.max() < 4_000
    gone = 2 ** (-1_000 / 500), 2 ** (-3_000 / 500)
    law = lambda x: (gone[0] - 2 ** (-(x - 1_000) / 500)) / (gone[0] - gone[1])  # noqa: E731
    assert kstest(t + np.random.default_rng(2).random(n), law).pvalue > 0.001


def test_what_does_not_age_is_met_at_any_time():
    t = moments(np.zeros(20_000, np.int64), np.full(20_000, np.inf), 10_000, 90_000, np.random.default_rng(1))
    assert kstest((t - 10_000) / 80_000, "uniform").pvalue > 0.001


def test_nothing_happens_while_the_public_sleeps():
    things = objects("url", np.zeros(1, np.int64), np.array([np.inf]), np.zeros(1, np.int64))
    asleep = lambda rows, t: np.where(t % 1_000 < 500, 0.0, 1.0)  # noqa: E731
    t = occasions(things, np.zeros(5_000, np.int64), asleep, 0, 1_000_000, np.random.default_rng(1))
    assert (t % 1_000 >= 500).all()
