"""Substitutions that recur: the same name put in the place of the same name, in text after text.

A place is a cluster of copies in which some `before` was replaced; what was put there is its replacement. Were replacements
drawn without regard to what they replace, every pairing of the N replacements with the N places would be equally likely. Of
`a`, replaced in n places, and `b`, put in m places, the number of places where b replaced a is then hypergeometric (N, m, n),
and the p-value is its upper tail. That is the exact form of a binomial with n draws:
* The binomial needs the chance that a replacement is b. Estimated from all places it holds the template's own, which hides a
  frequent template; estimated from the places of other words alone (leave-own-out) it is often 0, and with one added for
  caution still too small by up to the factorial of the count: three of three, b never met at M other places, would get
  (M + 1)^-3 where three drawn at random from M + 3 places fall together with chance 6 / ((M + 3)(M + 2)(M + 1)).
* The hypergeometric estimates nothing. It compares the share of b among the places of a with its share among all other
  places, so that a template is measured by what is not its own; without other places the p-value is 1.

What is copied within one cluster is one rewriting however many posts carry it: clusters are counted, not wordings. A pair
met in one cluster only has p-value 1.

The tests made are all pairs of a word replaced in two clusters or more and a replacement put in two clusters or more, met
together or not. Which pairs these are follows from the numbers n and m, which chance does not change; to count only the pairs
that did meet twice would be to choose the tests by their outcome. Benjamini and Hochberg 1995.

That a substitution recurs beyond chance does not say that anybody planned it: spellings, news and grammar recur too.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
from scipy.stats import false_discovery_control, hypergeom

from inconcert import schema
from inconcert.rewriting.tokens import phrase_key

TEXTS_LEAST = 3
"""Wordings in which a substitution must have been made to be listed."""
CLUSTERS_LEAST = 2
"""Clusters in which a word, and in which a replacement, must be met for the pair to be tested."""

Pair = tuple[str, str]


@dataclass
class _Met:
    """Where one substitution was made, as it was written."""

    written: Counter[Pair] = field(default_factory=Counter)
    posts: dict[str, None] = field(default_factory=dict)
    clusters: dict[str, None] = field(default_factory=dict)


def templates(rewrites: pa.Table, posters: Mapping[str, Collection[str]]) -> pa.Table:
    """Table `templates` (schema): substitutions, compared by the keys of their tokens, made in TEXTS_LEAST wordings or more.

    rewrites: the table of that name.   posters: earliest post of a wording -> accounts that posted it.
    `expected` counts clusters, as the p-value does. Most significant first.
    """
    met = _met(rewrites)
    p_values, expected, tests = _chances({pair: where.clusters for pair, where in met.items()})
    q_values = _q_values(p_values, tests)
    rows: list[dict[str, Any]] = [
        {
            "before": written[0],
            "after": written[1],
            "texts": len(where.posts),
            "clusters": len(where.clusters),
            "accounts": len({account for post in where.posts for account in posters.get(post, ())}),
            "expected": expected[pair],
            "p_value": p_values[pair],
            "q_value": q_values[pair],
            "post_ids": json.dumps(list(where.posts), ensure_ascii=False),
            "cluster_ids": json.dumps(list(where.clusters), ensure_ascii=False),
        }
        for pair, where in met.items()
        if len(where.posts) >= TEXTS_LEAST
        for written in [_most_written(where.written)]
    ]
    rows.sort(key=lambda row: (row["p_value"], -row["clusters"], -row["texts"], row["before"], row["after"]))
    numbered = [{"template_id": f"S{number}", **row} for number, row in enumerate(rows, start=1)]
    return pa.Table.from_pylist(numbered, schema=schema.table("templates").arrow)


def _most_written(forms: Counter[Pair]) -> Pair:
    return min(forms, key=lambda form: (-forms[form], form))


def _met(rewrites: pa.Table) -> dict[Pair, _Met]:
    """Every substitution, by the keys of its two sides; what was only inserted or deleted is none."""
    met: dict[Pair, _Met] = defaultdict(_Met)
    columns = (rewrites[name].to_pylist() for name in ("cluster_id", "post_id", "substitutions"))
    for cluster, post, substitutions in zip(*columns, strict=True):
        for before, after in json.loads(substitutions):
            pair = phrase_key(before), phrase_key(after)
            if all(pair):
                met[pair].written[before, after] += 1
                met[pair].posts[post] = None
                met[pair].clusters[cluster] = None
    return met


def _chances(met: Mapping[Pair, Collection[str]]) -> tuple[dict[Pair, float], dict[Pair, float], int]:
    """(p-value of each pair, clusters expected by chance, number of tests)."""
    replaced, put = Counter[str](), Counter[str]()
    for (before, after), clusters in met.items():
        replaced[before] += len(clusters)
        put[after] += len(clusters)
    pairs = list(met)
    places = replaced.total()
    count = np.array([len(met[pair]) for pair in pairs], dtype=np.int64)
    n = np.array([replaced[before] for before, _ in pairs], dtype=np.int64)
    m = np.array([put[after] for _, after in pairs], dtype=np.int64)
    p = np.where(count >= CLUSTERS_LEAST, hypergeom.sf(count - 1, places, m, n), 1.0)
    tests = sum(k >= CLUSTERS_LEAST for k in replaced.values()) * sum(k >= CLUSTERS_LEAST for k in put.values())
    expected = n * m / max(places, 1)
    return dict(zip(pairs, p.tolist(), strict=True)), dict(zip(pairs, expected.tolist(), strict=True)), tests


def _q_values(p_values: Mapping[Pair, float], tests: int) -> dict[Pair, float]:
    """Benjamini-Hochberg over `tests` tests, those that are not listed being at 1."""
    tested = {pair: p for pair, p in p_values.items() if p < 1}
    if not tested:
        return dict.fromkeys(p_values, 1.0)
    q = np.minimum(false_discovery_control(list(tested.values())) * (tests / len(tested)), 1.0)
    return dict.fromkeys(p_values, 1.0) | dict(zip(tested, q.tolist(), strict=True))
