"""Names and numbers by spelling and list."""

from __future__ import annotations

import pytest
from hypothesis import given

from inconcert.rewriting.entities import listed, names
from inconcert.rewriting.tokens import tokens

from .test_tokens import TEXTS


def named(text: str) -> list[str]:
    found = tokens(text)
    return [
        text[start:end] for start, end, is_name in zip(found.start, found.end, names(found), strict=True) if is_name
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Yesterday the minister met Halden Labs in private.", ["Halden", "Labs"]),
        ("The harbour is closed. The crew left.", []),
        ("He said: Nobody knows. “Nothing to add.”", []),
        ("China said it was not there", ["China"]),
        ("they blame china and north korea again", ["china", "north", "korea"]),
        ("Mandiant wrote it, and later Mandiant denied it", ["Mandiant", "Mandiant"]),
        ("the group apt41 stole 40 files on an iPhone", ["apt41", "40", "iPhone"]),
        ("NATO has done it, I'm told, and I believe it", ["NATO"]),
        ("Five Ways To Cook Rice At Home", []),
        ("US Hackers Attack Every Bank In Town", ["US"]),
        ("THIS IS VERY LOUD BUT STILL NOT A NAME", []),
        ("据网络安全公司披露，美国的黑客来自北京", ["公", "司", "美", "国", "北", "京"]),
        ("這個駭客組織Blue Lantern攻擊了電網", ["Blue", "Lantern"]),
        ("损失三百万元以上", ["三", "百", "万"]),
        ("かれはフォックスだ", ["フ", "ォ", "ッ", "ク", "ス"]),
        ("", []),
    ],
)  # fmt: skip
def test_what_is_taken_for_a_name(text: str, expected: list[str]) -> None:
    assert named(text) == expected


@given(TEXTS)
def test_any_text_has_flags_and_listed_ranges_in_order(text: str) -> None:
    found = tokens(text)
    assert len(names(found)) == len(found)
    borders = [place for pair in listed(found) for place in pair]
    assert borders == sorted(borders)
    assert all(0 <= first < end <= len(found) for first, end in listed(found))


def test_the_longest_listed_name_counts() -> None:
    found = tokens("俄罗斯人与白俄罗斯")
    assert ["".join(found.keys[first:end]) for first, end in listed(found)] == ["俄罗斯人", "白俄罗斯"]


def test_small_words_that_only_sometimes_name_something_are_not_listed() -> None:
    for word in ("us", "who", "un", "it", "apple", "may"):
        assert named(f"and {word} too") == []
