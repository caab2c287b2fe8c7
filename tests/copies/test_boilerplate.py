"""Texts that many people post without knowing of each other are known by their signs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.copies import boilerplate
from inconcert.copies.boilerplate import HEADLINE, IN_THE_CONTROL, QUOTATION, SHARE_BUTTON, WIRE_COPY, ordinary, shape

OWN = "The ferry to Hollin Quay stopped running again and nobody at the council will say why, ask them"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("I liked a @YouTube video https://youtu.be/abcdefghijk The night train to Velmouth", SHARE_BUTTON),
        ("Ferry strike enters third week https://news.example/1 via @exampledaily", SHARE_BUTTON),
        ("Sign this petition: keep the library open https://petition.example/2", SHARE_BUTTON),
        ("41 people followed me and 3 unfollowed me, automatically checked by an app", SHARE_BUTTON),
        ("转发微博", SHARE_BUTTON),
        ("VELMOUTH (Reuters) - The harbour council approved the new flood wall after a long night", WIRE_COPY),
        ("新华社北京11月3日电 港口议会通过了新的防洪墙计划", WIRE_COPY),
        ("Верхнезорье, 3 ноября /ТАСС/. Совет порта одобрил новую стену", WIRE_COPY),
        ("“We will keep the ferry running as long as there is one passenger left to carry”", QUOTATION),
        ("「只要还有一位乘客，渡轮就会一直开下去，我们保证」", QUOTATION),
        (OWN, None),
        ("She said “no” and left, which is all that anybody needs to know of this meeting", None),
        ("We signed up for the swimming class because my sister's garden was under water", None),
        ("", None),
    ],
)
def test_the_shape_of_a_text(text: str, reason: str | None):
    assert shape(text) == reason


def test_what_two_of_the_control_posted_is_common_property_and_one_may_be_chance():
    assert ordinary(OWN, own_posts=9, with_commonest_link=0, background_accounts=1) is None
    assert ordinary(OWN, own_posts=9, with_commonest_link=0, background_accounts=2) == IN_THE_CONTROL


def test_a_text_that_goes_with_one_link_is_its_headline():
    assert ordinary(OWN, own_posts=10, with_commonest_link=8, background_accounts=0) == HEADLINE
    assert ordinary(OWN, own_posts=10, with_commonest_link=7, background_accounts=0) is None
    assert ordinary(OWN, own_posts=0, with_commonest_link=0, background_accounts=0) is None


def test_every_reason_has_its_words():
    assert set(boilerplate.WORDS) == {IN_THE_CONTROL, HEADLINE, SHARE_BUTTON, QUOTATION, WIRE_COPY}


@given(st.text(max_size=300))
def test_any_text_has_a_shape(text: str):
    assert shape(text) in {None, *boilerplate.WORDS}


@pytest.mark.parametrize(
    "text",
    [
        '"' * 200_000,
        "i liked a " * 50_000,
        "（" * 100_000,
        "a " * 500_000,
        "via @x " + "http://a" * 240 + " z",
        "@youtube " + "http://a" * 240 + " z",
    ],
)
def test_long_texts_take_no_longer(text: str):
    shape(text)
