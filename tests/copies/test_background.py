"""Shingles that an ordinary crowd uses count for nothing, and a small crowd says nothing of chance."""

from __future__ import annotations

import random
from collections import Counter

import numpy as np
import pyarrow as pa
import pytest
from tests.copies import generated, naive

from inconcert.copies.background import common_shingles
from inconcert.copies.comparable import comparable
from inconcert.copies.near_text import near_text
from inconcert.copies.shingles import is_common
from inconcert.copies.texts import Texts, texts_of

BUTTON = "I just signed this petition on the people's platform, will you sign it too? "
REASONS = ["because the river smells", "for my late uncle Theo", "since nobody else did so", "as a matter of principle"]


def ones(n: int) -> np.ndarray:
    return np.ones(n, np.int64)


def held(table: np.ndarray, form: str) -> set[str]:
    """The shingles of the form that the table holds."""
    from inconcert.copies.shingles import characters

    size = naive.width(form)
    texts: Texts = texts_of(pa.array([form]))
    points, hashes = np.empty(999, np.uint32), np.empty(999, np.uint32)
    n = characters(texts, 0, size, points, hashes)
    return {form[j : j + size] for j in range(n) if is_common(table, hashes[j])}


@pytest.mark.parametrize("crowd", [40, 3_000, 12_000])
def test_common_are_those_in_more_than_a_thousandth_and_at_least_five_texts(crowd: int) -> None:
    rng = random.Random(crowd)
    lines = [" ".join(generated.text(rng, 9)) for _ in range(crowd)]
    lines += [BUTTON + generated.word(rng) for _ in range(6)]
    lines += [generated.han(rng, 12) + "我们都支持这个决定" for _ in range(crowd // 100)]
    table = common_shingles(pa.array([*lines, "too short", None]))
    forms = [form for form in map(comparable, lines) if naive.width(form)]
    number = Counter(piece for form in forms for piece in naive.pieces(form, naive.width(form)))
    for form in [*forms[:20], *forms[-20:]]:
        want = {p for p in naive.pieces(form, naive.width(form)) if number[p] >= 5 and number[p] > len(forms) / 1_000}
        assert held(table, form) == want


def test_a_button_that_everyone_presses_joins_nobody() -> None:
    rng = random.Random(5)
    texts = pa.array([BUTTON + reason for reason in REASONS])
    crowd = [BUTTON + generated.word(rng) for _ in range(30)] + [" ".join(generated.text(rng)) for _ in range(500)]
    assert near_text(texts, ones(4)).cluster.tolist() == [0, 0, 0, 0]
    assert near_text(texts, ones(4), background=pa.array(crowd)).cluster.tolist() == [-1] * 4
    assert near_text(texts, ones(4), background=pa.array(crowd[30:])).cluster.tolist() == [0] * 4


def test_copies_of_the_crowds_own_words_are_alone_and_others_are_found() -> None:
    rng = random.Random(6)
    own = " ".join(generated.text(rng, 20))
    texts = pa.array([BUTTON, BUTTON.upper(), BUTTON + own, BUTTON + own + " indeed"])
    found = near_text(texts, ones(4), background=pa.array([BUTTON] * 8))
    assert found.cluster.tolist() == [-1, -1, 0, 0]


def test_four_texts_are_no_crowd() -> None:
    texts = pa.array([BUTTON + reason for reason in REASONS])
    assert near_text(texts, ones(4), background=texts).cluster.tolist() == [0, 0, 0, 0]
    assert near_text(texts, ones(4), background=pa.array([], pa.string())).cluster.tolist() == [0, 0, 0, 0]
