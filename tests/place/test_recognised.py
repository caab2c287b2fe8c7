"""Labels of places: what is known is found, what is strange is set aside, and nothing a stranger writes is more than a label."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.place.recognised import MOST, recognised
from inconcert.place.regions import apart, full_name, regions, within

KNOWN = {
    "IP属地:江苏": "CN-JS", "发布于 北京": "CN-BJ", "江苏省盐城市": "CN-JS", "盐城": "CN-JS", "Yancheng, Jiangsu": "CN-JS", "江苏·盐城市": "CN-JS", "中国香港": "HK",
    "香港特别行政区": "HK", "Hong Kong": "HK", "HK": "HK", "CN-JS": "CN-JS", "美国": "US", "United States": "US", "USA": "US", "Deutschland": "DE", "Россия": "RU",
    "ایران": "IR", "Paris, France": "FR", "中国江苏": "CN-JS", "London": "GB", "新疆维吾尔自治区": "CN-XJ", "ＨＫ": "HK",
}  # fmt: skip
STRANGE = (
    "", " ", "earth", "the moon", "France, Japan", "北京, 上海", "<script>alert(1)</script>", "China\x00", "\ud800", "somewhere in China with friends", "ZZ", "31.2, 121.5",
    "x" * 100_000, ",".join(["France"] * 50_000) + "Japan",
)  # fmt: skip


@pytest.mark.parametrize("label", list(KNOWN))
def test_a_label_that_names_a_region_is_found(label):
    assert recognised(label) == KNOWN[label]


@pytest.mark.parametrize("number", range(len(STRANGE)))
def test_what_names_none_or_two_is_no_region(number):
    found = recognised(STRANGE[number])
    assert found is None or len(STRANGE[number]) > MOST


@given(st.text())
def test_whatever_is_written_gives_a_known_region_or_none(text):
    assert recognised(text) is None or recognised(text) in regions()


def test_every_region_is_found_by_the_name_that_is_printed():
    assert [
        code
        for code, its in regions().items()
        if recognised(its.name) not in (code, its.parent) and its.name != "Georgia"
    ] == []


def test_shares_of_regions_are_shares():
    for code, its in regions().items():
        assert 0.97 <= sum(its.offsets.values()) <= 1.03, code
        assert all(0 < share <= 1.0 for share in its.languages.values()), code
    assert within("CN-JS", "CN") and not within("CN", "CN-JS")  # noqa: PT018
    assert apart("CN-JS", "HK") and not apart("CN-JS", "CN")  # noqa: PT018
    assert full_name("CN-JS") == "Jiangsu (China)"
