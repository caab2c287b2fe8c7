"""Shingles, their number and what texts share of them: as sets of strings would give it."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.copies import naive

from inconcert.copies.comparable import comparable, comparables
from inconcert.copies.exact_join import exact_join
from inconcert.copies.shingles import is_common, open_table
from inconcert.copies.sketch import most_bits, near
from inconcert.copies.texts import short_dense, texts_of
from inconcert.copies.verify import FLOOR, desk, same, shared

LETTERS = st.sampled_from(
    [
        " ",
        "a",
        "b",
        "re",
        "the ",
        "of ",
        "é",
        "я",
        "слово ",
        "中",
        "国",
        "美",
        "发",
        "ก",
        "가",
        "かな",
        "7",
        "2023",
        "😀",
        "𠮷",
    ]
)
FORMS = st.lists(LETTERS, max_size=60).map("".join).map(comparable)
TEMPLATES = st.sampled_from(
    [
        "the people of the city of {} want the {} of {} back today",
        "我们支持{}的决定反对{}的{}干涉",
        "люди города {} хотят {} и {} назад",
    ]
)
FILLED = st.tuples(TEMPLATES, LETTERS, LETTERS, LETTERS).map(lambda t: comparable(t[0].format(*t[1:])))


@settings(max_examples=300)
@given(st.lists(st.one_of(FORMS, FILLED), min_size=1, max_size=8))
def test_widths_counts_and_similarities_are_those_of_sets(forms: list[str]) -> None:
    texts = texts_of(pa.array(forms))
    narrow = short_dense(texts, FLOOR)
    assert texts.width.tolist() == [naive.width(form) for form in forms]
    room, most = desk(texts), most_bits(FLOOR)
    for a, one in enumerate(forms):
        if texts.width[a]:
            assert texts.n_shingles[a] == texts.odd[a, -1] == len(naive.pieces(one, naive.width(one)))
        for b, other in enumerate(forms):
            size = naive.common_width(one, other)
            view = texts if texts.width[a] == texts.width[b] else narrow
            if size == 0:
                assert view.width[a] == 0 or view.width[b] == 0 or view.width[a] != view.width[b]
                continue
            if view is texts:
                mine, theirs = naive.pieces(one, size), naive.pieces(other, size)
                assert shared(texts, a, b, room) == len(mine & theirs)
                assert same(texts, a, b, room) == naive.same(one, other)
                if naive.jaccard(mine, theirs) >= FLOOR:
                    assert near(texts.odd, a, b, most)
            else:
                assert view.width[a] == view.width[b] == size == 2


@settings(max_examples=100)
@given(st.lists(st.one_of(FORMS, FILLED), max_size=25), st.lists(st.one_of(FORMS, FILLED), max_size=3))
def test_the_exact_join_finds_every_pair_and_no_other(forms: list[str], more: list[str]) -> None:
    forms = [*forms, *more, *more]
    left, right = exact_join(texts_of(pa.array(forms, pa.string())))
    want = {
        (a, b)
        for a, one in enumerate(forms)
        for b, other in enumerate(forms)
        if a < b and naive.width(one) == naive.width(other) and naive.same(one, other)
    }
    found = list(zip(left.tolist(), right.tolist(), strict=True))
    assert len(found) == len(set(found))
    assert set(found) == want


@settings(max_examples=200)
@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(0, 5))
def test_any_text_in_any_company_is_seen_the_same(text: str, before: int) -> None:
    alone = texts_of(comparables(pa.array([text * 3])))
    column = comparables(pa.array([*["x" * 40] * before, text * 3, None, "", "another text " * 9]))
    among = texts_of(column.slice(before))
    assert (among.width[0], among.n_shingles[0]) == (alone.width[0], alone.n_shingles[0])
    assert (among.odd[0] == alone.odd[0]).all()


@given(st.sets(st.integers(1, 2**32 - 1), max_size=50), st.integers(1, 2**32 - 1))
def test_an_open_table_holds_what_was_put_in(hashes: set[int], other: int) -> None:
    import numpy as np

    table = open_table(np.array(sorted(hashes), dtype=np.uint32))
    assert all(is_common(table, np.uint32(h)) for h in hashes)
    assert is_common(table, np.uint32(other)) == (other in hashes)


def test_texts_of_one_repeated_thing_are_not_compared() -> None:
    texts = texts_of(comparables(pa.array(["ha " * 100, "哈" * 50, "a" * 1_000_000, "😀" * 80, "。" * 80])))
    assert texts.width.tolist() == [0, 0, 0, 0, 0]
