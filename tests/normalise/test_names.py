"""Names in Latin letters and telling numbers: found in texts of any script, and never a failure."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.normalise.names import named, written


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "The firm Mandiant says APT41's tools were used in the port of Rotterdam.",
            {"mandiant", "apt41", "rotterdam"},
        ),
        ("据报道，Mandiant公司称APT41使用了这些工具", {"mandiant", "apt41"}),
        ("По данным компании Mandiant, это сделала APT41", {"mandiant", "apt41"}),
        ("أعلنت شركة Mandiant أن APT41 مسؤولة", {"mandiant", "apt41"}),
        ("บริษัท Mandiant ระบุว่า APT41 เป็นผู้ลงมือ", {"mandiant", "apt41"}),
        ("Vanochtend zegt Tom Fowdy dat niemand in Leiden het gelooft.", {"tom", "fowdy", "leiden"}),
        ("My phone is an iPhone and the flu is COVID-19", {"iphone", "covid-19"}),
        ("ＡＰＴ４１が関与したと発表した", {"apt41"}),
        ("The bridge opens. Nobody came. Everybody left! But why?", set()),
        ("Seven New Bridges Will Open In Oslo By Spring", set()),
        ("NOBODY CLEARED THE SNOW IN OSLO", set()),
        ("G20 leaders met", {"g20"}),
        ("It is up to us", set()),
        ("see https://example.org/Mandiant #Mandiant @Mandiant", set()),
        ("# Mandiant", set()),
        ("", set()),
    ],
)
def test_names(text: str, names: set[str]):
    assert named(text).names == names


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("there were 48213 hosts, 48,213 in all", {"48213"}),
        ("共48213台主机", {"48213"}),
        ("قال ٤٨٢١٣ شخصا", {"48213"}),
        ("１２３４７台", {"12347"}),
        ("1,234,567 or 1.234.567 or 1'234'567", {"1234567"}),
        ("in 2023 and 1999, on 20240511, 11052024 or 05112024", set()),
        ("5000, 12000, 100,000 and 30 000 people", set()),
        ("3.14159 and 10:3000 and 2024-05-11 and 0044/123456", set()),
        ("A1234 and 1234x", set()),
        ("123 456", set()),
    ],
)
def test_numbers(text: str, numbers: set[str]):
    assert named(text).numbers == numbers


def test_others_are_counted_however_they_write_the_name():
    text = "nobody at mandiant knows APT41, says tom's friend; 48.213 hosts"
    assert written(text) >= {"mandiant", "apt41", "tom", "48213"}


_TEXTS = st.text(st.characters(max_codepoint=sys.maxunicode, exclude_categories=()), max_size=150) | st.lists(
    st.sampled_from(
        ["Mandiant", "48,213", "据", "#a", "@b", "'s", "\ud800", "APT41", ".", " ", "٤٨٢١", "İ", "ß", "http://x"]
    )
).map("".join)


@given(_TEXTS)
def test_never_fails_and_what_is_named_is_written(text: str):
    found = named(text)
    assert found.names | found.numbers <= written(text)
    assert not found.names & found.numbers
    assert all(number.isascii() and number.isdigit() for number in found.numbers)


@pytest.mark.parametrize(
    "text", ["x" * 10**6, "a-" * 10**6, "1,111" * 10**5, "'" * 10**6, "#a" * 10**5, "1." * 10**6, "e\u0301" * 10**6]
)
def test_huge_texts_are_read(text: str):
    assert named(text).names <= written(text)
