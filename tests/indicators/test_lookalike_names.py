"""Names that are taken for one another, and that blocking loses none of them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from inconcert.indicators.personas.declared_parody import declared_parody
from inconcert.indicators.personas.lookalike_bios import bio_key, similar_bios
from inconcert.indicators.personas.lookalike_names import alike, keys_of, lookalikes, name_key


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Intrusion_Truth", "intrusion_truth7"),
        ("Intrusion Truth", "lntrusionTruth"),
        ("Intrusion Truth", "Intrusoin Truth"),
        ("Harbour Watch", "Harbour-Watch 2022"),
        ("新华社", "新华社 ✅"),
        ("admin", "ａｄｍｉｎ"),
        ("admin", "𝖆𝖉𝖒𝖎𝖓"),
        ("Ольга Смирнова", "0льга Смирнoва"),
    ],
)
def test_these_are_lookalikes(name: str, other: str):
    assert alike(name_key(name), name_key(other))


@pytest.mark.parametrize(
    ("name", "other"), [("Anna", "Anne"), ("新华社", "新华网"), ("John Smith", "Jane Smythe"), ("", ""), ("🎉", "🎉")]
)
def test_these_are_not(name: str, other: str):
    assert not alike(name_key(name), name_key(other))


_NAMES = st.lists(st.text("abcdeор新1", max_size=14), min_size=1, max_size=30, unique=True)


@settings(deadline=None, max_examples=40)
@given(_NAMES, st.data())
def test_the_search_finds_what_comparing_every_pair_finds(names: list[str], data: st.DataObject):
    name = data.draw(st.sampled_from(names))
    swapped = list(name)
    if len(swapped) > 1:
        at = data.draw(st.integers(0, len(swapped) - 2))
        swapped[at], swapped[at + 1] = swapped[at + 1], swapped[at]
    keys = sorted({name_key(one) for one in [*names, "".join(swapped)]})

    def naive(one: str, other: str) -> bool:
        if "" in (one, other):
            return False
        near = DamerauLevenshtein.distance(one, other) <= 2 or JaroWinkler.similarity(one, other) >= 0.92
        return one == other or (min(len(one), len(other)) >= 6 and near)

    key = name_key(name)
    assert lookalikes(key, keys_of(keys)) == [at for at, other in enumerate(keys) if naive(key, other)]


def test_names_of_a_megabyte_and_broken_characters_are_survived():
    key = name_key("a\ud800" * 1_000_000)
    assert lookalikes(key, keys_of([key, "", "abc"])) == [0]


@pytest.mark.parametrize(
    ("shown", "word"),
    [
        ("Parody of a minister", "parody"),
        ("swift_fans_uk", "fans"),
        ("TaylorFan13", "fan"),
        ("This account is not affiliated with anybody", "not affiliated"),
        ("某某粉丝团", "粉丝"),
        ("Stefan Meier", None),
        ("Not a fantasy", None),
        ("", None),
    ],
)
def test_who_says_to_be_a_fan_or_parody(shown: str, word: str | None):
    assert declared_parody(None, shown) == word


_BIOS = [bio_key(bio) for bio in (
    "We read the logs so that you need not. Harbour and sea.",
    "We read the logs so that you need not! Harbours & sea",
    "Mother of two, coffee first, opinions are my own",
    "我们阅读日志所以你不需要阅读它们",
)]  # fmt: skip


def test_bios_nearly_the_same_are_found_and_others_not():
    assert similar_bios([_BIOS[0], _BIOS[3]], _BIOS) == [[0, 1], [3]]


def test_a_bio_of_a_few_letters_says_nothing():
    assert bio_key("she/her 🌊") == bio_key(None) == bio_key("…" * 50) == ""
    assert similar_bios([], _BIOS) == []


@settings(deadline=None)
@given(st.lists(st.text("abc", min_size=20, max_size=40), min_size=1, max_size=12, unique=True))
def test_similar_bios_are_those_with_half_of_their_stretches_in_common(keys: list[str]):
    def stretches(key: str) -> set[str]:
        return {key[i : i + 5] for i in range(len(key) - 4)}

    def jaccard(one: str, other: str) -> float:
        a, b = stretches(one), stretches(other)
        return len(a & b) / len(a | b)

    assert similar_bios(keys, keys) == [
        [at for at, other in enumerate(keys) if jaccard(key, other) >= 0.5] for key in keys
    ]
