"""What indicators measured becomes items: each of its family, by the ratio that was measured, and nothing where it was refused."""

from __future__ import annotations

import pytest

from inconcert.place.by_hand import entered_item
from inconcert.place.conflict import conflicts
from inconcert.place.counted import FEWER
from inconcert.place.item import Source, naming
from inconcert.place.kinds import FAMILIES, KINDS
from inconcert.place.measured import measured_items
from inconcert.place.regions import apart
from inconcert.place.signs import Sign, by_region, read_signs, sign_items


def row(measure: str, indicator: str = "work-calendar", **values: object) -> dict[str, object]:
    blank = dict.fromkeys(("value", "low", "high", "lr", "lr_low", "lr_high"))
    return {"reading": 1, "indicator": indicator, "measure": measure, "says": f"{measure}.", **blank, **values}


def sign(account: str, label: str, posts: int = 1, kind: str = "region-label") -> Sign:
    return Sign(kind, account, label, posts, Source("a post", account, f"p-{account}", "i", int(account[1:])))


def test_holidays_weigh_for_their_country_and_against_one_whose_days_are_worked():
    (item,) = measured_items(
        [
            row("holidays-cn", value=0.2, lr=10.0, lr_low=4.0, lr_high=10.0),
            row("holidays-sg", value=1.3, lr=0.2, lr_low=0.1, lr_high=0.5),
            row("holidays-au-wa", value=0.9, lr=1.0, lr_low=0.9, lr_high=1.2),
            row("working-weekends-cn", value=2.0, lr=3.0, lr_low=2.0, lr_high=5.0),
        ],
        "run 1",
    )  # fmt: skip
    assert item.family == "calendar"
    assert item.at("CN").readings == pytest.approx((0.60206, 1.0, 1.0))
    assert item.at("CN-JS") == item.at("CN")
    assert item.at("SG").point < 0 < item.at("CN").weak
    assert item.at("SG").strong < item.at("SG").weak
    assert item.at("AU").point == item.at("FR").point == 0.0


def test_clocks_that_do_not_change_speak_against_regions_that_change_theirs():
    (item,) = measured_items([row("clock-change-eu", value=0.1, lr=8.0, lr_low=4.0, lr_high=10.0)], "run 1")
    assert item.at("DE").point == pytest.approx(-0.90309)
    assert item.at("DE").strong <= item.at("DE").point <= item.at("DE").weak < 0
    assert item.at("CN").point == item.at("US").point == 0.0


def test_what_was_refused_or_is_no_matter_of_place_gives_nothing():
    refused = [
        row("calendar"),
        row("holidays-cn"),
        row("offset", "working-hours"),
        row("burst", "creation-bursts", value=3.0, lr=9.0),
    ]
    assert measured_items(refused, "run 1") == ()


def test_an_account_counts_once_however_often_it_repeats_a_label():
    once = [sign(f"a{n}", "Jiangsu") for n in range(6)] + [sign("a9", "Hong Kong")]
    often = [*once, *(sign(f"a{n}", "江苏", posts=500) for n in range(6))]
    one, two = (sign_items(read_signs(signs).places) for signs in (once, often))
    assert [(item.key, item.accounts, item.weights, item.outside) for item in one] == [
        (item.key, item.accounts, item.weights, item.outside) for item in two
    ]
    assert by_region(read_signs(often).places) == {"CN": "6", "CN-JS": "6", "HK": FEWER}


def test_no_number_of_a_country_tells_of_a_few_in_one_of_its_provinces():
    jiangsu = [sign(f"a{n}", "Jiangsu") for n in range(8)]
    few = by_region(read_signs([*jiangsu, sign("a20", "Beijing")]).places)
    assert few == {"CN": "8 or more", "CN-BJ": FEWER, "CN-JS": "8"}
    same = by_region(read_signs([*jiangsu, sign("a0", "Beijing")]).places)
    assert same == {"CN": "8", "CN-BJ": FEWER, "CN-JS": "8"}
    many = by_region(read_signs([*jiangsu, *(sign(f"a{n}", "China") for n in range(20, 25))]).places)
    assert many == {"CN": "13", "CN-JS": "8"}


def test_more_accounts_and_a_larger_share_weigh_more_and_less_surely_less():
    weights = [
        naming("k", "region-label", "HK", "", accounts=n, share=share).at("HK").point
        for n, share in ((1, 1.0), (5, 1.0), (50, 1.0))
    ]
    assert weights == sorted(weights)
    half = naming("k", "region-label", "HK", "", accounts=50, share=0.5).at("HK").point
    assert half == pytest.approx(weights[-1] / 2)
    assert naming("k", "region-label", "HK", "", accounts=50, trust=0.0).at("HK").readings == (0.0, 0.0, 0.0)
    with pytest.raises(ValueError, match="names no region"):
        naming("k", "texts", "HK", "", accounts=1)


def test_a_province_weighs_more_than_its_country_and_its_country_more_than_elsewhere():
    item = naming("k", "region-label", "CN-JS", "", accounts=20)
    assert item.at("CN-JS").point > item.at("CN").point > item.at("FR").point
    assert item.at("CN-GD") == item.at("CN")
    assert item.misleading("CN-JS").point < item.misleading("CN").point < item.misleading("FR").point == 1.0


def test_conflicts_are_those_of_regions_nobody_can_be_in_both_of():
    signs = [naming(region, "region-label", region, "", accounts=5) for region in ("CN", "CN-JS", "HK")]
    found = {(one.one, one.other) for one in conflicts(signs)}
    assert found == {("CN", "HK"), ("CN-JS", "HK")}
    assert all(apart(*pair) for pair in found)
    assert all(
        "VPN" in " ".join(one.reasons) and any("false flag" in way for way in one.reasons) for one in conflicts(signs)
    )


def test_every_kind_has_a_family_and_both_ways_of_misleading():
    for name, kind in KINDS.items():
        assert kind.family in FAMILIES, name
        assert min(kind.otherwise.low, kind.staged.high) > 0, name
        assert kind.misleads.high < 1, name


@pytest.mark.parametrize(("reviews", "share"), [((), 0.5), ((True,), 1.0), ((True, False), 0.0), ((False,), 0.0)])
def test_a_picture_counts_as_far_as_a_second_person_agrees(reviews, share):
    entry = {
        "label": "P1", "kind": "photo", "region": "HK", "text": "A street.", "source": "a map", "by": "Ann Lee", "grade": "A1", "trust": 1.0,
        "otherwise": "borrowed", "features": ["gable"], "reviews": [{"by": "Bo Chen", "agrees": yes, "text": "looked"} for yes in reviews],
    }  # fmt: skip
    whole = naming("P1", "photo", "HK", "", accounts=None).at("HK").point
    assert entered_item(entry).at("HK").point == pytest.approx(whole * share)
