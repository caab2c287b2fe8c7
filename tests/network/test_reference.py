"""How synchronous ordinary people are: what crowds, a control and the data themselves each may say, and no more."""

from __future__ import annotations

import csv
import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit, logit

from inconcert.detect.layer import first_actions
from inconcert.network.reference import (
    HETEROGENEITY,
    LEAST_SPREAD,
    RANGE_SD,
    VAGUE,
    Evidence,
    Prior,
    bundled_profiles,
    observe,
    prior,
    rates,
)
from inconcert.network.synchrony import BINS, popularity_bin, synchrony
from inconcert.schema import NEAR, WINDOWS_US

from .worlds import MINUTE, PROFILES, crowd

NO_FLOOR = np.zeros(len(WINDOWS_US))


def evidence(rate: float, objects: int) -> Evidence:
    """A crowd with one rate everywhere, on that many objects of each popularity."""
    shape = (len(WINDOWS_US), len(BINS))
    count = np.full(len(BINS), objects, dtype=np.int64)
    return Evidence(WINDOWS_US, np.full(shape, rate), np.full(shape, rate), count, 3 * count)


def expected(kind: str = "text", **changes: object) -> Prior:
    options: dict[str, object] = {"resolution_s": 1, "profiles": PROFILES, "control": None, "floor": NO_FLOOR}
    return prior(kind, WINDOWS_US, **(options | changes))  # type: ignore[arg-type]


# What one crowd shows ----------------------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=20)
@given(seed=st.integers(0, 10_000), share=st.sampled_from([0.4, 1.0]))
def test_observed_rates_are_means_over_the_chosen_objects_of_each_bin(seed: int, share: float):
    rng = np.random.default_rng(seed)
    measured = synchrony(first_actions(crowd(rng, accounts=60, objects=60)), WINDOWS_US)
    chosen = rng.random(len(measured.popularity)) < share
    found = observe(measured, chosen) if share < 1 else observe(measured)
    bins = popularity_bin(measured.popularity)
    for b in range(len(BINS)):
        mine = (bins == b) & (chosen | (share == 1))
        assert found.objects[b] == mine.sum()
        assert found.actions[b] == measured.popularity[mine].sum()
        if mine.any():
            assert found.pair[:, b] == pytest.approx(measured.pair_share[mine].mean(axis=0))
            assert found.account[:, b] == pytest.approx(measured.hit_share[mine].mean(axis=0))


# Reference crowds --------------------------------------------------------------------------------------------------------


@pytest.mark.data
def test_bundled_profiles_are_the_measured_ones(shared_data):
    with (shared_data / "reference_profiles.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    ours = bundled_profiles().to_pylist()
    assert len(ours) >= len(rows) == 285
    named = {(r["crowd"], r["kind"], r["resolution_s"], r["tau_s"], r["popularity_min"]): r for r in ours}
    for row in rows:
        key = (row["crowd"], row["kind"], int(row["resolution_s"]), int(row["tau_s"]), int(row["popularity_min"]))
        for name in ("account_hit_rate", "pair_hit_rate", "objects", "actions"):
            assert named[key][name] == float(row[name])
        assert named[key]["platform"] == row["platform"]


def test_bundled_profiles_are_rates_in_the_bins_of_the_tests():
    lows = {low for low, _ in BINS}
    for row in bundled_profiles().to_pylist():
        assert 0 <= row["account_hit_rate"] <= 1
        assert 0 <= row["pair_hit_rate"] <= 1
        assert row["popularity_min"] in lows
        assert row["objects"] > 0
        assert row["resolution_s"] in (1, 60)


def test_a_crowd_that_is_left_out_has_no_say():
    whole, without = expected(resolution_s=60), expected(resolution_s=60, exclude=("gop_debate2015",))
    assert any(c.startswith("gop_debate2015") for c in whole.crowds)
    assert not any(c.startswith("gop_debate2015") for c in without.crowds)
    kept = PROFILES.filter(np.array([not c.startswith("gop_debate2015") for c in PROFILES["crowd"].to_pylist()]))
    alone = expected(resolution_s=60, profiles=kept)
    assert without.pair.tolist() == alone.pair.tolist()
    assert without.pair_sd.tolist() == alone.pair_sd.tolist()
    assert without.pair.tolist() != whole.pair.tolist()


def test_crowds_of_another_resolution_are_no_reference():
    assert all("(minute)" in c for c in expected(resolution_s=60).crowds)
    assert not any("(minute)" in c for c in expected(resolution_s=1).crowds)


def test_a_kind_that_fewer_than_two_crowds_measured_borrows_from_all_plain_kinds():
    kinds = {}
    for row in PROFILES.filter(np.array([r == 1 for r in PROFILES["resolution_s"].to_pylist()])).to_pylist():
        kinds.setdefault(row["kind"], set()).add(row["crowd"])
    assert len(kinds["share"]) < 2 <= len(kinds["text"])
    assert set(expected("share").crowds) == set.union(*(crowds for kind, crowds in kinds.items() if kind not in NEAR))
    assert set(expected("near_text").crowds) == kinds["near_text"], "near-identical texts have rates of their own"
    assert set(expected("text").crowds) == kinds["text"]


def test_a_window_between_two_measured_ones_takes_the_wider_one():
    """The wider window has the higher rate, so whoever is tested at 30 s is held against the crowds' minute."""
    between = prior("text", (30_000_000,), resolution_s=1, profiles=PROFILES, control=None, floor=np.zeros(1))
    minute = prior("text", (MINUTE,), resolution_s=1, profiles=PROFILES, control=None, floor=np.zeros(1))
    assert between.pair.tolist() == minute.pair.tolist()
    assert between.account_sd.tolist() == minute.account_sd.tolist()


def test_crowds_that_happen_to_agree_do_not_prove_that_all_do():
    for found in (expected(), expected("share"), expected(resolution_s=60)):
        for sd in (found.pair_sd, found.account_sd):
            assert (sd >= LEAST_SPREAD).all()
            assert (sd <= VAGUE[1] + 1e-12).all()


def test_without_any_crowd_the_reference_is_vague_and_says_whose_it_is():
    nothing = expected(profiles=PROFILES.slice(0, 0))
    assert (nothing.pair == VAGUE[0]).all()
    assert (nothing.pair_sd == VAGUE[1]).all()
    assert (nothing.origin, nothing.crowds) == ("own data", ())
    assert expected().origin == "profiles"
    assert expected(control=evidence(0.2, 50)).origin == "control"


SEEN = slice(0, 5)
"""Popularity bins of which the invented crowds have objects."""


def profile(hits_of_objects: list[tuple[float, int]]) -> Prior:
    """A reference of as many invented crowds, each with one rate on that many objects of every popularity."""
    rows = [
        {**row, "crowd": f"c{i}", "kind": "text", "resolution_s": 1, "account_hit_rate": rate, "pair_hit_rate": rate, "objects": objects}
        for i, (rate, objects) in enumerate(hits_of_objects)
        for row in PROFILES.to_pylist()
        if row["crowd"] == "auspol2020"
    ]  # fmt: skip
    return expected(profiles=type(PROFILES).from_pylist(rows))


def test_more_objects_make_a_reference_tighter_and_a_handful_carries_little_weight():
    doubt = [profile([(0.2, n), (0.2, n), (0.2, n)]).pair_sd[:, SEEN] for n in (3, 30, 300, 3_000)]
    assert all((b <= a).all() for a, b in itertools.pairwise(doubt))
    assert (doubt[-1] < doubt[0] - 0.3).all()
    # eleven shares beside crowds of thousands: ten times livelier, and the mean moves by less than the crowds' own spread
    settled, disturbed = profile([(0.2, 3_000)] * 3), profile([(0.2, 3_000)] * 3 + [(0.95, 5)])
    assert (np.abs(disturbed.pair - settled.pair) < LEAST_SPREAD).all()


def test_crowds_that_differ_leave_more_doubt_than_crowds_that_agree():
    agreeing, differing = profile([(0.2, 900)] * 4), profile([(0.05, 900), (0.1, 900), (0.3, 900), (0.5, 900)])
    assert (differing.pair_sd[:, SEEN] > agreeing.pair_sd[:, SEEN]).all()


# A control ---------------------------------------------------------------------------------------------------------------


def test_a_control_moves_the_reference_towards_itself_as_far_as_it_has_objects():
    plain = expected()
    for n, most in ((1, 0.7), (11, 0.4), (1_000, 0.3), (100_000, 0.3)):
        seen = logit((0.6 * n + 0.5) / (n + 1))
        # bins learn from one another, so one that lay near the control may be carried past it by the others
        left = np.abs(expected(control=evidence(0.6, n)).pair - seen).sum() / np.abs(plain.pair - seen).sum()
        assert left < most
    for n in (1, 11, 1_000):
        moved = expected(control=evidence(0.6, n))
        assert (moved.pair_sd < plain.pair_sd).all()
        assert (moved.pair_sd > 0).all()
        assert moved.crowds[-1] == "control"


def test_eleven_shares_are_no_reference():
    """Power, section 2: a congress with eleven shares as the only reference raised 357 people of a crowd of 4,273.

    Five of its texts were shared by two, and none within a minute; the reference must not sink to nothing on that.
    """
    plain, tiny = expected(), expected(control=evidence(0.0, 5))
    assert (plain.pair - tiny.pair < 2.5 * plain.pair_sd).all()
    assert expit(tiny.pair + 2 * tiny.pair_sd)[1:].min() > 0.02


def test_a_control_without_objects_changes_nothing():
    plain, same = expected(), expected(control=evidence(0.0, 0))
    assert same.pair.tolist() == plain.pair.tolist()
    assert same.pair_sd.tolist() == plain.pair_sd.tolist()


def test_a_lively_crowd_is_lively_in_bins_it_shows_nothing_of():
    """A crowd seen at one popularity only is also more synchronous than the next crowd at the others, and less well known."""
    objects = np.zeros(len(BINS), dtype=np.int64)
    objects[1] = 10_000
    lively = evidence(0.9, 1)
    seen = rates(expected(), replace(lively, objects=objects))
    unseen = np.arange(len(BINS)) != 1
    assert (seen.pair > expected().pair)[:, unseen].all()
    left = np.sqrt(seen.pair_sd**2 - HETEROGENEITY**2)
    assert (left[:, unseen] > left[:, [1]]).all()
    assert (left < expected().pair_sd + 1e-12).all()


# The data themselves -----------------------------------------------------------------------------------------------------


def test_without_own_objects_the_prior_stands():
    found = rates(expected(), evidence(0.9, 0))
    assert found.pair == pytest.approx(expected().pair)
    assert found.pair_sd == pytest.approx(np.hypot(expected().pair_sd, HETEROGENEITY))
    assert np.isnan(found.own_above).all()


@settings(deadline=None)
@given(rate=st.floats(0.01, 0.99), objects=st.integers(10_000, 10**6))
def test_the_datas_own_rate_is_believed_ordinary_only_within_the_range_of_crowds(rate: float, objects: int):
    """Above it the excess is evidence: otherwise an operation that wrote most of the data would be its own reference."""
    before = expected()
    found = rates(before, evidence(rate, objects))
    for which in ("account", "pair"):
        mean, sd, centre = getattr(before, which), getattr(before, f"{which}_sd"), getattr(found, which)
        assert (centre <= mean + RANGE_SD * sd + 1e-9).all()
        assert (centre >= mean - sd - 1e-9).all()
        seen = logit((rate * objects + 0.5) / (objects + 1))
        inside = ((mean - sd < seen) & (seen < mean + RANGE_SD * sd)).all(axis=1)
        assert (np.abs(centre - seen) <= 0.1)[inside].all()
        assert (getattr(found, f"{which}_sd") >= HETEROGENEITY - 1e-12).all()
        assert (getattr(found, f"{which}_sd") <= np.hypot(sd, HETEROGENEITY) + 1e-9).all()
    assert found.own_above == pytest.approx((logit((rate * objects + 0.5) / (objects + 1)) - before.pair) / before.pair_sd)  # fmt: skip


def test_more_own_objects_make_the_rates_tighter():
    sd = [rates(expected(), evidence(0.2, n)).pair_sd for n in (0, 5, 50, 5_000)]
    assert all((b < a).all() for a, b in itertools.pairwise(sd))


@pytest.mark.parametrize("own", [evidence(0.0, 10**6), evidence(0.0, 0), evidence(0.001, 300)])
def test_no_rate_goes_below_the_clock_of_the_collection(own: Evidence):
    """In a collection of seventy minutes two random posts are within an hour; nobody may be accused of that."""
    floor = np.array([0.001, 0.02, 0.2, 0.9, 1.0])
    found = rates(expected(floor=floor), own)
    for which in (found.pair, found.account):
        assert (expit(which) >= np.minimum(floor, 1 - 1e-8)[:, None] - 1e-9).all()
    assert np.isfinite(found.pair).all()


def test_the_upper_rate_lies_above_the_centre_by_what_is_unsure_about_the_crowd_alone():
    found = rates(expected(), evidence(0.2, 20))
    for which in ("account", "pair"):
        centre, sd = getattr(found, which), getattr(found, f"{which}_sd")
        crowd_sd = np.sqrt(sd**2 - HETEROGENEITY**2)
        assert found.upper(which) == pytest.approx(expit(centre + 1.645 * crowd_sd))
    certain = replace(found, pair_sd=np.full_like(found.pair_sd, HETEROGENEITY))
    assert certain.upper("pair") == pytest.approx(expit(found.pair))
