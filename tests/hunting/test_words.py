"""Words of a query against texts: an oracle in plain Python, and places that hold what they say."""

from __future__ import annotations

import math
import re

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.copies.searchable import searchable, searchables
from inconcert.errors import InputError
from inconcert.hunting.passage import lettered
from inconcert.hunting.query import MOST_TERMS, query, term
from inconcert.hunting.relevance import K1, B, bm25
from inconcert.hunting.word_kernel import occurrences
from inconcert.hunting.word_marks import word_marks

WORDS = st.sampled_from(["war", "wars", "postwar", "tea", "美国", "美", "国", "guide", "guided", "a", "aa"])


def naive(text: str, word: str) -> bool:
    """Whether the word stands in the text: by a regular expression on forms of plain letters and Han."""
    start, end = not word.startswith("*"), not word.endswith("*")
    letters = [re.escape(letter) for letter in searchable(word).replace(" ", "")]
    word_letter = "[a-z0-9]"
    before = f"(?<!{word_letter})" if start and re.match(word_letter, letters[0]) else ""
    after = f"(?!{word_letter})" if end and re.match(word_letter, letters[-1]) else ""
    return re.search(before + " ?".join(letters) + after, searchable(text)) is not None


def found(text: str, word: str) -> int:
    form, sought = lettered(searchables(pa.array([text]))), term(word)
    counts = occurrences(form.letters, form.start, form.border, sought.letters, sought.open_start, sought.open_end)
    return int(counts[0])


@given(st.lists(WORDS, max_size=6), st.sampled_from([" ", "", "、", "-"]), WORDS, st.booleans(), st.booleans())
def test_words_are_found_where_the_oracle_finds_them(
    words: list[str], joint: str, word: str, before: bool, after: bool
) -> None:
    text, sought = joint.join(words), "*" * before + word + "*" * after
    assert (found(text, sought) > 0) == naive(text, sought)


@given(st.lists(WORDS, max_size=6), WORDS)
def test_places_hold_the_word(words: list[str], word: str) -> None:
    text = " ".join(words)
    spans = word_marks(text, [term(word)])
    assert all(searchable(text[first:end]).replace(" ", "") == searchable(word) for first, end in spans)
    assert (len(spans) > 0) == (found(text, word) > 0)


@pytest.mark.parametrize(
    ("text", "word", "shown"),
    [
        ("談談「美國 霸權病」之一。", "美国霸权病之一", "美國 霸權病」之一"),
        ("看 ＨＴＴＰＳ://Example.com/x", "example.com", "Example.com"),
        ("State-\nMedia said", "state media", "State-\nMedia"),
        ("e\u0301te\u0301", "été", "e\u0301te\u0301"),
    ],
)
def test_spellings_make_no_difference(text: str, word: str, shown: str) -> None:
    ((first, end),) = word_marks(text, [term(word)])
    assert text[first:end] == shown


def test_a_query_is_read_as_people_write_it() -> None:
    asked = query(["舆论引导", 'guid* "public opinion" -tea -"no good"', "two words", "-“那个”"])
    assert [one.text for one in asked.all] == ["舆论引导", "guid*", '"public opinion"', "two words"]
    assert [one.text for one in asked.none] == ["tea", '"no good"', "“那个”"]
    assert [(one.open_start, one.open_end) for one in asked.all[:2]] == [(False, False), (False, True)]


@pytest.mark.parametrize("words", [[], [""], ["-tea"], ["!!!"], ["*"], ["x" * 2000], ["a"] * (MOST_TERMS + 1)])
def test_a_query_that_finds_nothing_or_too_much_is_refused(words: list[str]) -> None:
    with pytest.raises(InputError):
        query(words)


@given(st.text(max_size=30))
def test_a_word_with_a_letter_is_looked_for(word: str) -> None:
    assert len(term(f"{word}a").letters)


def test_bm25_is_its_formula() -> None:
    counts, lengths, containing = np.array([[2, 1], [1, 0]], np.int32), np.array([10, 40]), np.array([7, 3])
    expected = []
    for row, length in zip(counts, lengths, strict=True):
        score = 0.0
        for times, texts in zip(row, containing, strict=True):
            rarity = math.log(1 + (100 - texts + 0.5) / (texts + 0.5))
            score += rarity * times * (K1 + 1) / (times + K1 * (1 - B + B * length / 20))
        expected.append(score)
    assert bm25(counts, lengths, containing, 100, 20.0) == pytest.approx(expected)
