"""Recurring substitutions: what is counted, p-values against all shuffles, and false discoveries on data without templates."""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pytest
from scipy.stats import binom, false_discovery_control

from inconcert import schema
from inconcert.rewriting.templates import templates

Places = Sequence[tuple[str, str]]


def rewritten(*clusters: Sequence[Places]) -> pa.Table:
    """Table `rewrites`: of each cluster, its wordings, as lists of (before, after)."""
    rows = [
        {
            "cluster_id": f"T{c}", "reference_post_id": f"r{c}", "post_id": f"p{c}.{n}", "aligned": 0.8, "longest_block": 9,
            "substitutions": json.dumps(list(places)), "entity_swap": True,
        }
        for c, wordings in enumerate(clusters)
        for n, places in enumerate(wordings)
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, schema=schema.table("rewrites").arrow)


def test_a_template_with_its_posts_accounts_and_clusters() -> None:
    other = [[("red", "blue")]], [[("one", "two")]], [[("up", "down")]], [[("", "added")]], [[("left out", "")]]
    made = templates(
        rewritten(
            [[("China", "the U.S."), ("x", "y")], [("CHINA", "the US")]], [[("China", "the U.S.")] * 2], *other
        ),
        {"p0.0": ["ann", "bob"], "p0.1": ["bob"], "p1.0": ["eve"]},
    )  # fmt: skip
    assert made.schema == schema.table("templates").arrow
    row = made.to_pylist()[0]
    assert made.num_rows == 1
    # 6 places: 2 of China, x, red, one, up; both replacements of China are alike, as are 1 of 15 pairs of places
    assert row.pop("p_value") == pytest.approx(1 / 15)
    assert row.pop("q_value") == pytest.approx(1 / 15)
    assert row.pop("expected") == pytest.approx(2 * 2 / 6)
    assert row == {
        "template_id": "S1", "before": "China", "after": "the U.S.", "texts": 3, "clusters": 2, "accounts": 3,
        "post_ids": '["p0.0", "p0.1", "p1.0"]', "cluster_ids": '["T0", "T1"]',
    }  # fmt: skip


def test_what_was_copied_within_one_cluster_is_one_rewriting() -> None:
    noise = [[[(f"a{n}", f"b{n}")]] for n in range(50)]
    row = templates(rewritten([[("China", "US")]] * 40, *noise), {}).to_pylist()[0]
    assert (row["texts"], row["clusters"], row["accounts"], row["p_value"], row["q_value"]) == (40, 1, 0, 1, 1)


def test_a_template_without_anything_to_compare_it_with_is_not_significant() -> None:
    made = templates(rewritten(*[[[("China", "US")]]] * 9), {})
    assert made["p_value"].to_pylist() == [1]
    assert templates(rewritten(), {}).num_rows == 0


@pytest.mark.parametrize(
    "places",
    [
        [("a", "x"), ("a", "x"), ("a", "y"), ("b", "x"), ("b", "z"), ("c", "z")],
        [("a", "x"), ("a", "x"), ("a", "x"), ("b", "y"), ("c", "y"), ("d", "z"), ("d", "x")],
    ],
)
def test_p_values_are_the_share_of_all_shuffles(places: Places) -> None:
    met = sum(place == ("a", "x") for place in places)
    before, after = zip(*places, strict=True)
    shuffles = [
        sum(b == "a" and x == "x" for b, x in zip(before, drawn, strict=True))
        for drawn in itertools.permutations(after)
    ]
    expected = sum(count >= met for count in shuffles) / len(shuffles)
    # every place in a cluster of its own; one wording more, so that three texts hold the template
    made = templates(rewritten(*([[place], [place]] for place in places)), {}).to_pylist()
    row = next(row for row in made if (row["before"], row["after"]) == ("a", "x"))
    assert row["p_value"] == pytest.approx(expected)
    assert row["expected"] == pytest.approx(np.mean(shuffles))


def test_why_the_chance_is_not_estimated_from_the_places_of_other_words() -> None:
    """Three of three with M other places: drawn at random they fall together more often than the estimate says."""
    others = 20
    estimated = binom.sf(2, 3, 1 / (others + 1))
    true = 1 / math.comb(others + 3, 3)
    assert estimated < true / 5


def world(draw: np.random.Generator, planted: int = 0) -> pa.Table:
    """120 clusters of three wordings, two substitutions each: befores and afters drawn apart, the common ones common."""
    share = 1 / np.arange(1, 26)
    before, after = (draw.choice(25, size=(120, 2), p=share / share.sum()) for _ in range(2))
    clusters = []
    for c in range(120):
        places = [(f"b{before[c, k]}", f"a{after[c, k]}") for k in range(2)]
        if c < 8 * planted:
            places.append((f"old{c % planted}", f"new{c % planted}"))
        clusters.append([places] * 3)
    return rewritten(*clusters)


def test_random_substitutions_are_not_called_templates() -> None:
    """Under no template at all every discovery is false, so that the rate bounds the worlds with any."""
    rate, worlds = 0.2, 150
    draw = np.random.default_rng(11)
    false, smallest = 0, []
    for _ in range(worlds):
        found = templates(world(draw), {})
        false += min(found["q_value"].to_pylist()) <= rate
        smallest.append(min(found["p_value"].to_pylist()))
    assert false <= binom.isf(1e-6, worlds, rate)
    assert np.median(smallest) < 0.02  # the test looks at many pairs: without counting them all it would find some


def test_choosing_the_tests_by_their_outcome_would_find_templates_in_random_substitutions() -> None:
    """The wrong way for comparison: Benjamini-Hochberg over the pairs that were met twice."""
    draw = np.random.default_rng(11)
    wrong = 0
    for _ in range(60):
        p = np.array(templates(world(draw), {})["p_value"].to_pylist())
        wrong += bool((false_discovery_control(p[p < 1]) <= 0.2).any())
    assert wrong > binom.isf(1e-6, 60, 0.2)


def test_planted_templates_are_found_among_random_substitutions() -> None:
    """Mean share of false ones within the rate, by Hoeffding's bound for a mean of shares (chance of failing 1e-6)."""
    rate, worlds, planted = 0.05, 60, 3
    draw = np.random.default_rng(12)
    shares = []
    for _ in range(worlds):
        found = templates(world(draw, planted), {}).to_pylist()
        told = [row["before"] for row in found if row["q_value"] <= rate]
        assert {f"old{n}" for n in range(planted)} <= set(told)
        shares.append(sum(not before.startswith("old") for before in told) / len(told))
    assert np.mean(shares) <= rate + math.sqrt(math.log(1e6) / (2 * worlds))
