"""Candidates by bands: hardly a pair is lost, and templates and boilerplate cost their size."""

from __future__ import annotations

import random

import numpy as np
import pyarrow as pa
from tests.copies import generated

from inconcert.copies.bands import join_by_bands
from inconcert.copies.comparable import comparables
from inconcert.copies.components import roots
from inconcert.copies.exact_join import exact_join
from inconcert.copies.texts import Texts, texts_of
from inconcert.progress import silent


def joined(texts: Texts) -> np.ndarray:
    parent = np.arange(len(texts.width), dtype=np.int32)
    join_by_bands(texts, parent, silent)
    return roots(parent)


def test_nearly_every_pair_of_the_exact_join_is_joined() -> None:
    rng = random.Random(1)
    bases = [generated.text(rng, rng.randint(8, 24)) for _ in range(1_500)]
    words = [" ".join(generated.variant(rng, base, share)) for base in bases for share in (0, 0.05, 0.1, 0.15, 0.2)]
    signs = [generated.han(rng, rng.randint(15, 60)) for _ in range(300)]
    words += [sign.replace(sign[k], "") for sign in signs for k in (0, 7)]
    texts = texts_of(comparables(pa.array(words)))
    left, right = exact_join(texts)
    root = joined(texts)
    assert len(left) > 4_000
    assert (root[left] == root[right]).mean() >= 0.999
    exact = np.arange(len(words))
    for one, other in zip(left.tolist(), right.tolist(), strict=True):
        exact[exact == exact[other]] = exact[one]
    names = {(int(a), int(b)) for a, b in zip(exact, root, strict=True)}
    assert len({b for _, b in names}) == len(names)  # nothing is joined that the exact join keeps apart


def test_a_template_with_twenty_thousand_variants_is_one_component() -> None:
    rng = random.Random(2)
    base = generated.text(rng, 20)
    words = list({" ".join([*generated.variant(rng, base, 0.08), str(n)]) for n in range(20_000)})
    root = joined(texts_of(comparables(pa.array(words))))
    assert np.bincount(root).max() >= 0.995 * len(words)


def test_boilerplate_shared_by_all_joins_nobody() -> None:
    rng = random.Random(3)
    button = " ".join(generated.text(rng, 5))
    words = [" ".join([button, *generated.text(rng, 14)]) for _ in range(8_000)]
    texts = texts_of(comparables(pa.array(words)))
    assert len(np.unique(joined(texts))) == len(words) - len(exact_join(texts)[0])


def test_no_text_and_one_text() -> None:
    for words in ([], ["a text that is long enough to be compared"]):
        assert joined(texts_of(pa.array(words, pa.string()))).tolist() == list(range(len(words)))
