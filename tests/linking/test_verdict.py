"""Verdicts: order does not matter, one family does not add beyond its cap, what has no bits changes nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.linking.families import FAMILIES, capped
from inconcert.linking.verdict import LINKED, NO_EVIDENCE, POSSIBLY, Piece, ratio, verdict, would_change

TWO = frozenset({"a", "b"})
pieces = st.lists(
    st.builds(
        Piece,
        st.sampled_from(sorted(FAMILIES)),
        st.floats(0, 20),
        st.booleans(),
        st.frozensets(st.sampled_from("abcd")),
    ),
    max_size=8,
)


@given(pieces, st.floats(0, 10), st.randoms())
def test_order_does_not_matter(given_pieces: list[Piece], paid: float, random) -> None:
    mixed = given_pieces[:]
    random.shuffle(mixed)
    assert verdict(mixed, paid) == verdict(given_pieces, paid)


@given(pieces, st.floats(0, 10), st.sampled_from(sorted(FAMILIES)))
def test_evidence_without_bits_changes_nothing(given_pieces: list[Piece], paid: float, family: str) -> None:
    assert verdict([*given_pieces, Piece(family, 0.0, True, TWO)], paid) == verdict(given_pieces, paid)


@given(pieces, st.integers(2, 50))
def test_no_family_counts_more_than_its_cap(given_pieces: list[Piece], times: int) -> None:
    for family, bits in verdict(given_pieces * times, 0.0).families.items():
        assert bits <= FAMILIES[family][1]


def piece(family: str, bits: float, *, exact: bool = True, carriers: frozenset[str] = TWO) -> Piece:
    return Piece(family, bits, exact, carriers)


@pytest.mark.parametrize(
    ("given_pieces", "expected"),
    [
        ([piece("infrastructure", 5.5), piece("texts", 5.5)], LINKED),
        ([piece("infrastructure", 4.5), piece("texts", 4.5)], POSSIBLY),
        ([piece("infrastructure", 13)], POSSIBLY),
        ([piece("infrastructure", 6, carriers=frozenset("a")), piece("texts", 6, carriers=frozenset("a"))], POSSIBLY),
        ([piece("infrastructure", 6), piece("texts", 6, carriers=frozenset("a"))], POSSIBLY),
        ([piece("infrastructure", 6), piece("images", 6), piece("texts", 6, carriers=frozenset("a"))], LINKED),
        ([piece("infrastructure", 6, exact=False), piece("texts", 6, exact=False)], POSSIBLY),
        (
            [piece("infrastructure", 4, exact=False), piece("texts", 4, exact=False), piece("images", 4, exact=False)],
            LINKED,
        ),
        ([piece("tactics", 2)] * 40, NO_EVIDENCE),
        ([piece("hashtags", 6)] * 40, NO_EVIDENCE),
        ([piece("hashtags", 6)] * 40 + [piece("tactics", 2)], NO_EVIDENCE),
        ([piece("infrastructure", 10), piece("hashtags", 6)], POSSIBLY),
        ([piece("infrastructure", 10), piece("tactics", 2)], POSSIBLY),
        ([], NO_EVIDENCE),
    ],
)
def test_the_rules(given_pieces: list[Piece], expected: str) -> None:
    assert verdict(given_pieces, 1.0).verdict == expected


@given(pieces, st.floats(0, 10), st.floats(0, 30))
def test_what_so_few_members_show_counts_no_more_than_they_do(
    given_pieces: list[Piece], paid: float, most: float
) -> None:
    bounded, free = verdict(given_pieces, paid, most), verdict(given_pieces, paid)
    assert bounded.bits <= min(free.bits, max(0.0, most + 2.0 - paid)) + 1e-9


def test_what_would_change_a_link_names_the_family_it_rests_on():
    found = [piece("infrastructure", 10), piece("texts", 4)]
    said = would_change(verdict(found, 1.0), found, 5.0)
    assert "'possibly' (3.0 bits)" in said
    assert "rests on infrastructure" in said
    assert "2 more independent items" in would_change(verdict([], 1.0), [], 5.0)
    read = [piece("infrastructure", 10), piece("texts", 4, carriers=frozenset("a"))]
    assert "'linked' with 2 items left without any one member." in would_change(verdict(read, 1.0), read, 5.0)


def test_ratios_grow_with_bits_and_are_one_for_none():
    assert ratio(0.0).value == ratio(0.0).low == 1
    assert 1 <= ratio(3).value < ratio(6).value < ratio(30).value <= 100


def test_families_keep_their_order():
    assert list(capped([("tactics", 1.0), ("accounts", 1.0)])) == ["accounts", "tactics"]
