"""Chains are cut: every member of a cluster is like its representative, whichever way the texts were joined."""

from __future__ import annotations

import random
from importlib import import_module

import numpy as np
import pyarrow as pa
import pytest
from tests.copies import generated, naive

from inconcert.copies.comparable import comparables
from inconcert.copies.stars import stars
from inconcert.copies.texts import short_dense, texts_of
from inconcert.copies.verify import FLOOR


def chain(rng: random.Random, n: int) -> list[str]:
    """Each text like the one before it, and two words further from the first."""
    words, texts = generated.text(rng, 20), []
    for step in range(n):
        texts.append(" ".join(words))
        words[2 * step % 20], words[(2 * step + 1) % 20] = generated.word(rng), generated.word(rng)
    return texts


@pytest.mark.parametrize("most_exact", [0, 10_000])
def test_a_chain_becomes_stars(most_exact: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("inconcert.copies.stars"), "MOST_EXACT", most_exact)
    rng = random.Random(4)
    lines = chain(rng, 200)
    texts = texts_of(comparables(pa.array(lines)))
    rank = np.array(rng.sample(range(200), 200))
    leader, similarity = stars(texts, short_dense(texts, FLOOR), np.zeros(200, np.int32), rank)
    assert (leader[leader] == leader).all()
    assert 200 / 21 < len(np.unique(leader)) < 200 / 4
    for i, line in enumerate(lines):
        assert similarity[i] == pytest.approx(naive.likeness(line, lines[leader[i]]))
        assert similarity[i] >= 0.4 or naive.contained(line, lines[leader[i]])
        assert rank[leader[i]] <= rank[i]
    by_rank = np.argsort(rank)
    assert leader[by_rank[0]] == by_rank[0]
    if most_exact:
        for a in np.unique(leader):
            assert all(a == b or naive.likeness(lines[a], lines[b]) < 0.4 for b in np.unique(leader))


def test_components_are_never_mixed() -> None:
    texts = texts_of(comparables(pa.array(["one text that is said twice in this list of texts"] * 4)))
    root = np.array([0, 0, 2, 2], np.int32)
    leader, _ = stars(texts, short_dense(texts, FLOOR), root, np.array([3, 1, 2, 0]))
    assert leader.tolist() == [1, 1, 3, 3]
