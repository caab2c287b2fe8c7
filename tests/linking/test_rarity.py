"""The chance of a match in an unrelated group: bounded by the control, and never smaller for more chances."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from inconcert.linking import rarity


def test_the_rate_is_the_upper_clopper_pearson_bound():
    for k, n in ((0, 100), (3, 100), (99, 100)):
        upper = stats.binomtest(k, n).proportion_ci(0.90, method="exact").high
        assert rarity.rate(k, n) == pytest.approx(upper)
    assert rarity.rate(100, 100) == 1
    assert rarity.rate(0, 0) == 1


def test_one_of_n_members_has_n_chances():
    assert rarity.chance(1, 48, 0.001) == pytest.approx(1 - 0.999**48)


@pytest.mark.parametrize("kinds", [1, 3, 6])
def test_several_matches_by_chance_reach_b_bits_little_more_often_than_promised(kinds: int):
    """Matches of chance as points of a Poisson process; their plain sum reaches ten bits fifty times as often as promised, and more."""
    rng = np.random.default_rng(11)
    found = [-np.log2(rng.random(rng.poisson(kinds))) for _ in range(6000)]
    paid = np.array([rarity.joint(its, kinds) for its in found]) - np.log2(kinds)
    for bits in (3, 6):
        assert np.mean(paid >= bits) <= 2 * 2.0**-bits
    assert np.mean(paid >= 10) < 0.005
    assert kinds == 1 or np.mean(np.array([its.sum() for its in found]) - np.log2(kinds) >= 10) > 0.03
    assert rarity.joint([8.4], kinds) == pytest.approx(8.4)
    assert rarity.joint([], kinds) == 0


@given(st.integers(0, 40), st.integers(40, 200), st.floats(1e-6, 0.5))
def test_members_together_are_as_rare_as_so_many_that_show_anything(carriers: int, members: int, rate: float):
    expected = stats.binom.pmf(np.arange(carriers, members + 1), members, rate).sum()
    assert 2 ** -rarity.together(carriers, members, rate) == pytest.approx(max(expected, 1e-300), rel=1e-6, abs=1e-290)
    assert rarity.together(carriers, members, rate) <= rarity.together(carriers + 1, members, rate) + 1e-9


@given(st.integers(1, 40), st.integers(40, 200), st.floats(1e-6, 0.5))
def test_more_carriers_are_no_likelier_and_never_rarer_than_one_account(carriers: int, members: int, rate: float):
    one, more = rarity.chance([carriers, min(carriers + 1, members)], members, rate)
    assert more <= one * (1 + 1e-9)
    assert more >= rate
    assert rarity.chance(carriers, members + 1, rate) >= one * (1 - 1e-9)


@given(st.floats(0, 50), st.floats(1e-6, 0.5))
def test_activity_only_takes_away(activity: float, rate: float):
    assert rarity.exposed(rate, activity) >= rate * (1 - 1e-9)


def test_an_unrelated_group_of_ordinary_accounts_reaches_b_bits_at_most_so_often():
    """Exchangeable accounts: the leave-one-out rate keeps its promise without knowing any true popularity."""
    rng = np.random.default_rng(5)
    popularity = np.arange(1, 401) ** -1.2 * 0.1
    listed = rng.choice(400, size=60, replace=False)
    reached = []
    for _ in range(400):
        shown = rng.random((210, 400)) < popularity
        control, group = shown[:200], shown[200:]
        k = control.sum(axis=0)[listed]
        hits = [i for i in range(len(listed)) if group[:, listed[i]].any()]
        if not hits:
            reached.append(0.0)
            continue
        rarest = min(int(k[i]) for i in hits)
        showing = int((control[:, listed] & (k <= rarest + 1)).any(axis=1).sum())
        reached.append(float(rarity.bits(rarity.chance(1, 10, rarity.rate(showing, 200)))))
    for bits in (1, 2, 3, 4):
        assert np.mean(np.array(reached) >= bits) <= 2.0**-bits
