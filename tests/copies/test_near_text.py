"""Clusters of near-identical texts: as the definitions say, in any order, for any text."""

from __future__ import annotations

import random
from importlib import import_module

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.copies import generated, naive

from inconcert.copies.near_text import NearText, near_text
from inconcert.errors import InputError


def world(seed: int, bases: int, variants: int) -> list[str]:
    """Distinct texts: variants of some, a few chains, short and Chinese ones."""
    rng = random.Random(seed)
    texts = []
    for _ in range(bases):
        words = generated.text(rng, rng.randint(6, 20))
        for _ in range(variants):
            words = generated.variant(rng, words, rng.choice([0.0, 0.05, 0.1, 0.2]))
            line = " ".join(words)
            texts.append(
                rng.choice([line, line.upper(), f"RT @x{rng.random()}: {line}", f"{line} https://t.co/{rng.random()}"])
            )
        sign = generated.han(rng, rng.randint(10, 40))
        texts += [sign, sign[:-1] + "！", sign + generated.han(rng, 3)]
    return list(dict.fromkeys(texts))


def led(found: NearText) -> dict[int, tuple[int, float]]:
    """As `naive.clusters`."""
    inside = np.flatnonzero(found.cluster >= 0).tolist()
    return {i: (int(found.representative[found.cluster[i]]), float(found.similarity[i])) for i in inside}


@settings(max_examples=40)
@given(st.integers(0, 10**6), st.integers(1, 6), st.integers(1, 6))
def test_clusters_are_those_of_the_definitions(seed: int, bases: int, variants: int) -> None:
    texts = world(seed, bases, variants)
    weight = [random.Random(f"{seed}{text}").randint(1, 4) for text in texts]
    found = near_text(pa.array(texts), np.array(weight))
    want = naive.clusters(texts, weight)
    assert led(found) == {i: (leader, pytest.approx(value, abs=1e-6)) for i, (leader, value) in want.items()}
    assert (found.similarity[found.cluster < 0] == 0).all()
    mass = [sum(weight[i] for i in np.flatnonzero(found.cluster == k)) for k in range(len(found.representative))]
    assert mass == sorted(mass, reverse=True)


@pytest.mark.parametrize("most_exact", [0, 2_000])
def test_other_order_gives_the_same_clusters(most_exact: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("inconcert.copies.near_text"), "MOST_EXACT", most_exact)
    monkeypatch.setattr(import_module("inconcert.copies.stars"), "MOST_EXACT", most_exact)
    texts = world(7, 60, 8)
    rng = np.random.default_rng(7)
    weight = rng.permutation(len(texts)) + 1
    want = led(near_text(pa.array(texts), weight))
    assert want
    for _ in range(3):
        order = rng.permutation(len(texts))
        found = led(near_text(pa.array([texts[i] for i in order]), weight[order]))
        assert {order[i]: (order[leader], value) for i, (leader, value) in found.items()} == want


def test_many_texts_give_what_few_texts_give(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = world(8, 60, 8)
    weight = np.arange(len(texts))[::-1] + 1
    few = near_text(pa.array(texts), weight)
    monkeypatch.setattr(import_module("inconcert.copies.near_text"), "MOST_EXACT", 0)
    many = near_text(pa.array(texts), weight)
    for one, other in zip((few.cluster, few.representative, few.similarity), (many.cluster, many.representative, many.similarity), strict=True):  # fmt: skip
        assert (one == other).all()


def test_the_heaviest_represents_and_the_first_of_equals() -> None:
    line = "the same sentence is repeated by a number of accounts"
    texts = pa.array([line, line + "!", line + " today", "RT @a: " + line])
    assert near_text(texts, np.array([1, 1, 5, 1])).representative.tolist() == [2]
    assert near_text(texts, np.array([1, 7, 5, 7])).representative.tolist() == [1]
    found = near_text(texts, np.ones(4, np.int64))
    assert found.representative.tolist() == [0]
    assert found.similarity.tolist()[:2] == [1.0, 1.0]


def test_every_kind_of_text_column_is_read() -> None:
    texts = [
        "short",
        None,
        "",
        "a sentence that is long enough to be compared",
        "A sentence, that is long enough to be compared",
    ]
    for kind in (pa.string(), pa.large_string()):
        found = near_text(pa.array(["x", *texts], kind).slice(1), np.ones(5, np.int64))
        assert found.cluster.tolist() == [-1, -1, -1, 0, 0]
        assert found.cluster.dtype == np.int32
        assert found.similarity.dtype == np.float32
    empty = near_text(pa.array([], pa.string()), np.array([], np.int64))
    assert (len(empty.cluster), len(empty.representative), len(empty.similarity)) == (0, 0, 0)


@settings(max_examples=100)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=80).map(lambda text: text * 3),
        max_size=12,
        unique=True,
    )
)
def test_any_texts_are_clustered_as_the_definitions_say(texts: list[str]) -> None:
    texts = [*texts, *(text + " " for text in texts)]
    found = near_text(pa.array(texts, pa.string()), np.ones(len(texts), np.int64))
    want = naive.clusters(texts, [1] * len(texts))
    assert led(found) == {i: (leader, pytest.approx(value, abs=1e-6)) for i, (leader, value) in want.items()}


def test_a_weight_for_each_text() -> None:
    with pytest.raises(InputError, match="2 texts but 1 weights"):
        near_text(pa.array(["a", "b"]), np.ones(1, np.int64))


def test_a_template_is_one_cluster_and_hostile_texts_are_no_harm() -> None:
    rng = random.Random(9)
    base = generated.text(rng, 20)
    lines = list({" ".join([*generated.variant(rng, base, 0.03), str(n)]) for n in range(20_000)})
    hostile = [
        "w" * 2_000_000,
        "中" * 500_000,
        "\u202e" + lines[0],
        "\u0301" * 100_000,
        "a\u0301" * 50_000,
        "&amp;" * 90_000,
    ]
    hostile += [" ".join(lines[:3_000]), "http://" * 50_000, "@" * 90_000, "\0" * 50]
    texts = pa.array(lines + hostile)
    weight = np.array([2] + [1] * (len(texts) - 1))
    found = near_text(texts, weight)
    assert (found.cluster[: len(lines)] == 0).mean() >= 0.995
    assert found.cluster[len(lines) + 2] == 0
    others = np.delete(found.cluster[len(lines) :], 2)
    assert (others == -1).all()


def test_progress_is_told() -> None:
    told: list[tuple[str, int, int | None]] = []
    texts = pa.array([f"text number {n} that is long enough {n * n}" for n in range(3_000)])
    near_text(texts, np.ones(3_000, np.int64), progress=lambda *what: told.append(what))
    assert {stage for stage, _, _ in told} == {"reading texts", "comparing texts"}
    assert all(total is not None and done <= total for _, done, total in told)


def test_a_very_long_text_is_judged_by_its_first_megabyte() -> None:
    rng = random.Random(10)
    start = " ".join(generated.word(rng) for _ in range(200_000))
    end = [" ".join(generated.word(rng) for _ in range(50_000)) for _ in range(2)]
    found = near_text(pa.array([f"{start} {end[0]}", f"{start} {end[1]}", end[0]]), np.ones(3, np.int64))
    assert found.cluster.tolist() == [0, 0, -1]
    assert found.similarity.tolist() == [1, 1, 0]
