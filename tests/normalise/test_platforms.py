"""Names of platforms: one spelling each, whoever writes them."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.normalise.platforms import SPELLINGS, platform_name, platform_names
from normalise.tables import read


@pytest.mark.parametrize(
    ("names", "one"),
    [
        (("x", "X", "twitter", "Twitter", " TWITTER ", "X (Twitter)", "twitter.com", "Ｔｗｉｔｔｅｒ"), "twitter"),
        (("Facebook", "FB", "facebook.com"), "facebook"),
        (("微博", "新浪微博", "Weibo"), "weibo"),
        (("Some  Forum", "some forum"), "some forum"),
    ],
)
def test_spellings_of_one_platform_are_one(names: tuple[str, ...], one: str) -> None:
    assert {platform_name(name) for name in names} == {one}
    done = read(*({"account_id": "7", "text": "x", "platform": name} for name in names))
    assert set(done.posts["platform"].to_pylist()) == set(done.accounts["platform"].to_pylist()) == {one}


def test_what_the_user_says_is_folded_too_and_blank_names_are_none() -> None:
    assert read({"text": "x"}, platform="X").posts["platform"].to_pylist() == ["twitter"]
    assert read({"text": "x", "platform": " \u200a "}).posts["platform"].to_pylist() == ["unknown"]
    assert platform_names(pa.array([None, "Ｘ", ""])).to_pylist() == [None, "twitter", None]


@given(st.text(max_size=20) | st.sampled_from(sorted({*SPELLINGS, *SPELLINGS.values()})))
def test_a_folded_name_stays_as_it_is(name: str) -> None:
    assert platform_name(platform_name(name)) == platform_name(name)
