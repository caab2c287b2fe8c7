"""Where people sit: what must hold whatever the signs, and that chances are what they promise on simulated accounts of known places."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inconcert.place.candidates import ANYWHERE, MIDDLE, STAGED, candidates
from inconcert.place.item import Item, Source, naming
from inconcert.place.kinds import FAMILIES, KINDS
from inconcert.place.measured import working_hours
from inconcert.place.posterior import Posterior, posterior
from inconcert.place.regions import regions
from inconcert.place.spoken import spoken
from inconcert.place.weight import Weight

PLACES = ("CN-JS", "CN-GD", "CN", "HK", "US", "FR", "RU")
NAMING = tuple(name for name, kind in KINDS.items() if kind.background is not None)


@st.composite
def items(draw: st.DrawFn) -> list[Item]:
    found = []
    for number in range(draw(st.integers(0, 6))):
        kind, region = draw(st.sampled_from(NAMING)), draw(st.sampled_from(PLACES))
        accounts = draw(st.one_of(st.none(), st.integers(1, 60)))
        share, trust = draw(st.floats(0, 1)), draw(st.floats(0, 1))
        found.append(naming(f"i{number}", kind, region, "seen", accounts=accounts, share=share, trust=trust))
    if draw(st.booleans()):
        low = draw(st.integers(-12, 14))
        found.append(working_hours(low, low, low + draw(st.integers(0, 6)), "hours", Source("run")))
    return found


def told(found: Posterior) -> list[tuple[float, float, float]]:
    countries = [found.chance(places).ends for places in found.among.countries().values()]
    return [*countries, found.anywhere.ends, found.staged.ends]


@settings(max_examples=25, deadline=None)
@given(items(), st.randoms(use_true_random=False))
def test_the_order_of_items_is_irrelevant(given_items, random):
    shuffled = list(given_items)
    random.shuffle(shuffled)
    assert np.allclose(told(posterior(given_items)), told(posterior(shuffled)), atol=1e-12)


@settings(max_examples=25, deadline=None)
@given(items(), st.sampled_from(sorted(KINDS)))
def test_an_item_as_likely_everywhere_changes_nothing(given_items, kind):
    level = Item(key="level", kind=kind, text="seen", weights=dict.fromkeys(regions(), Weight(0.0, 0.0, 0.0)))
    assert told(posterior([*given_items, level])) == told(posterior(given_items))


@settings(max_examples=25, deadline=None)
@given(items())
def test_duplicates_in_a_family_do_not_add(given_items):
    twice = [*given_items, *(Item(**{**vars(one), "key": f"{one.key} again"}) for one in given_items)]
    assert np.allclose(told(posterior(twice)), told(posterior(given_items)), atol=1e-12)


def test_without_items_the_posterior_is_the_prior():
    found = posterior([])
    prior = candidates([]).prior
    for place, code in enumerate(found.among.codes):
        chance = found.chance([place])
        assert chance.point == pytest.approx(prior[MIDDLE, place] * (1 - ANYWHERE.point) * (1 - STAGED.point)), code
        assert chance.low == pytest.approx(prior[:, place].min() * (1 - ANYWHERE.high) * (1 - STAGED.high)), code
    assert found.anywhere.ends == pytest.approx(ANYWHERE.ends)


@settings(max_examples=25, deadline=None)
@given(items())
def test_chances_add_up_and_elsewhere_always_holds_some(given_items):
    found = posterior(given_items)
    points = [chance[1] for chance in told(found)]
    assert math.fsum(points) == pytest.approx(1.0)
    assert all(0 <= low <= point <= high <= 1 for low, point, high in told(found))
    assert found.anywhere.low > 0
    assert found.staged.low > 0
    for item in given_items:
        assert 0 < found.misled(item).low <= found.misled(item).high <= 1


@settings(max_examples=25, deadline=None)
@given(items())
def test_no_family_weighs_more_than_its_cap(given_items):
    for family in posterior(given_items).families:
        for reading in (family.point, *family.readings):
            assert np.ptp(reading) <= FAMILIES[family.family].most + 1e-9


def test_clocks_calendars_and_what_anybody_can_type_are_held_to_one_power_of_ten():
    assert {name for name, family in FAMILIES.items() if family.most == 1.0} == {
        "clock",
        "calendar",
        "settings",
        "profile",
        "language",
    }


@settings(max_examples=25, deadline=None)
@given(items())
def test_naming_a_province_changes_nothing_for_its_country_beforehand(given_items):
    bare, split = candidates([]), candidates(given_items)
    places = split.countries()
    for code, (place,) in bare.countries().items():
        assert split.prior[:, places[code]].sum(axis=1) == pytest.approx(bare.prior[:, place])


@settings(max_examples=20, deadline=None)
@given(items())
def test_a_naive_reckoning_gives_the_same_points_and_ranges(given_items):
    """Region by region and reading by reading, in plain Python."""
    found = posterior(given_items)
    among = found.among
    low: dict[str, float] = {}
    high: dict[str, float] = {}
    ways = [list(family.readings) for family in found.families]
    for way, nowhere, one in product(among.prior, ANYWHERE.ends, product(*ways)):
        weights = [
            chance * (1 - nowhere) * 10 ** sum(reading[place] for reading in one) for place, chance in enumerate(way)
        ] + [nowhere * 10 ** sum(reading[-1] for reading in one)]
        for code, places in among.countries().items():
            chance = sum(weights[place] for place in places) / math.fsum(weights)
            low[code], high[code] = min(low.get(code, 1.0), chance), max(high.get(code, 0.0), chance)
    for code, places in among.countries().items():
        chance = found.chance(places)
        assert chance.low == pytest.approx(min(low[code] * (1 - STAGED.high), chance.point), rel=1e-6)
        assert chance.high == pytest.approx(max(high[code] * (1 - STAGED.low), chance.point), rel=1e-6)


def test_a_sign_alone_weighs_what_bayes_rule_says():
    """A label that misleads in a share e of cases and is shown by a share b of groups from anywhere, worked out by counting."""
    kind = KINDS["region-label"]
    e, b = kind.misleads.point, kind.background.point
    found = posterior([naming("one", "region-label", "FR", "seen", accounts=None)])
    (place,) = found.among.countries()["FR"]
    prior = found.among.prior[MIDDLE]
    there = prior[place] * (1 - ANYWHERE.point) * (e * b + (1 - e))
    elsewhere = (1 - prior[place]) * (1 - ANYWHERE.point) * e * b + ANYWHERE.point * b
    assert found.chance([place]).point == pytest.approx(there / (there + elsewhere) * (1 - STAGED.point))


MILD = 0.5
CLASSES = 5
"""Mild signs mislead half the time and split the world in five: ratios of 3 and a half, which no cap touches."""


def test_chances_are_calibrated_on_simulated_groups_of_known_places():
    """Groups sit where the prior says, and show signs as the model has it: of those that are said to sit somewhere with some chance, that share does.

    The bound is four standard errors of a mean of so many independent trials.
    """
    rng = np.random.default_rng(31)
    among = candidates([])
    prior = np.append(among.prior[MIDDLE] * (1 - ANYWHERE.point), ANYWHERE.point)
    kinds = {kind.family: name for name, kind in KINDS.items()}
    said, true = [], []
    for _ in range(500):
        home = int(rng.choice(len(prior), p=prior))
        signs = []
        for name in kinds.values():
            split = rng.integers(0, CLASSES, len(among.codes))
            misled = home == len(among.codes) or rng.random() < MILD
            shown = int(rng.integers(0, CLASSES)) if misled else int(split[home])
            signs.append(_split(name, among.codes, split == shown))
        found = posterior(signs)
        best = int(found.points.argmax())
        said.append(found.points[best])
        true.append(best == home)
    assert calibration(said, true, ((0.0, 0.3), (0.3, 0.6), (0.6, 0.9), (0.9, 1.0))) == pytest.approx(0.0, abs=4.0)
    assert np.mean(true) > 0.4


def test_caps_err_on_the_side_of_caution_only():
    """Signs far stronger than caps allow: the regions found are right at least as often as is said."""
    rng = np.random.default_rng(32)
    among = candidates([])
    prior = np.append(among.prior[MIDDLE] * (1 - ANYWHERE.point), ANYWHERE.point)
    said, true = [], []
    for _ in range(600):
        home = int(rng.choice(len(prior), p=prior))
        signs = []
        for kind in ("region-label", "profile-place"):
            e = KINDS[kind].misleads.point
            misled = home == len(among.codes) or rng.random() < e
            at = int(rng.choice(len(among.codes), p=among.prior[MIDDLE])) if misled else home
            inside = math.log10(e + (1 - e) / among.prior[MIDDLE][at])
            signs.append(
                Item(
                    key=kind,
                    kind=kind,
                    text="",
                    weights={among.codes[at]: Weight(*[inside] * 3)},
                    outside=Weight(*[math.log10(e)] * 3),
                )
            )
        found = posterior(signs)
        best = int(found.points[:-1].argmax())
        said.append(found.points[best])
        true.append(best == home)
    assert np.mean(true) > np.mean(said)


def calibration(said: list[float], true: list[bool], bins: tuple[tuple[float, float], ...]) -> float:
    """The largest distance, in standard errors, between what was said and what was so, of bins with 40 groups or more."""
    told, was = np.array(said), np.array(true, dtype=float)
    worst, filled = 0.0, 0
    for low, high in bins:
        its = (told >= low) & (told < high)
        if its.sum() >= 40:
            filled += 1
            error = math.sqrt(float((told[its] * (1 - told[its])).sum()))
            worst = max(worst, abs(float((was[its] - told[its]).sum())) / error)
    assert filled >= 3
    return worst


def _split(kind: str, codes: tuple[str, ...], shown: np.ndarray) -> Item:
    there = Weight(*[math.log10(MILD + (1 - MILD) * CLASSES)] * 3)
    weights = {code: there for code, its in zip(codes, shown, strict=True) if its}
    return Item(key=kind, kind=kind, text="", weights=weights, outside=Weight(*[math.log10(MILD)] * 3))


@pytest.mark.parametrize(
    ("low", "high", "inside", "outside"),
    [(7, 9, "CN", "US"), (-6, -4, "US", "CN"), (11, 13, "NZ", "GB"), (5, 6, "IN", "BR"), (20, 22, "BR", "DE")],
)
def test_a_set_of_offsets_favours_those_who_live_by_it_also_round_the_clock(low, high, inside, outside):
    hours = working_hours(low, low, high, "hours", Source("run"))
    assert hours.at(inside).point > 0 > hours.at(outside).point


def test_languages_speak_for_countries_where_they_are_used():
    chinese = spoken("texts", "texts", {"zh-Hans": 1.0}, "", accounts=None, sources=())
    assert chinese.at("CN").point > 0.2 > 0 > chinese.at("FR").point
    assert chinese.at("CN-JS") == chinese.at("CN")
    assert spoken("texts", "texts", {"unknown": 1.0, "tlh": 1.0}, "", accounts=None, sources=()) is None
