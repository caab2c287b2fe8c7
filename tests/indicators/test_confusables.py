"""Skeletons: names that look alike have equal ones, and nothing else about them matters."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from confusable_homoglyphs.confusables import confusables_data
from hypothesis import given
from hypothesis import strategies as st

from inconcert.indicators.personas.confusables import skeleton


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("раураl", "paypal"),  # Cyrillic р, а, у
        ("lntrusion_Truth", "Intrusion_Truth"),
        ("rnodern", "modern"),
        ("ѕсоре", "scope"),
        ("a\u200bb\u200dc\ufe0f", "abc"),
        ("Å", "A\u030a"),
        ("ⲽ", "ш"),
    ],
)
def test_these_look_alike(name: str, other: str):
    assert skeleton(name) == skeleton(other)


@pytest.mark.parametrize(
    ("name", "other"), [("paypal", "paypai"), ("新华社", "新华网"), ("Anna", "Hanna"), ("m", "nn")]
)
def test_these_do_not(name: str, other: str):
    assert skeleton(name) != skeleton(other)


def test_every_pair_of_the_standard_has_equal_skeletons():
    """But for characters that decompose: the standard takes them apart before it looks them up."""
    pairs = [
        (written, other["c"])
        for written, others in confusables_data.items()
        for other in others
        if all(len(one.strip("\u200e")) > 1 or normalize("NFD", one) == one for one in (written, other["c"]))
    ]
    assert len(pairs) > 10_000
    assert [pair for pair in pairs if skeleton(pair[0]) != skeleton(pair[1])] == []


@given(st.text(max_size=30))
def test_a_skeleton_is_its_own_skeleton(name: str):
    assert skeleton(skeleton(name)) == skeleton(name)
