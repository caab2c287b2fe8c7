"""Rewritten copies: substitutions that recur across texts, and whole texts in which one name was put for another."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from inconcert.report.post_references import Asked, Reference, quotes

TEMPLATES_AT_MOST, SWAPS_AT_MOST = 12, 6
"""Recurring substitutions and rewritten texts that are printed."""

POSTS_AT_MOST = 20
"""Posts of one substitution that the working file gives."""

_RANK = "try_cast(substr(template_id, 2) AS BIGINT), template_id"
_EXAMPLES = f"""
WITH listed AS (
    SELECT template_id, before, after, unnest(from_json(post_ids, '["VARCHAR"]')) AS post_id, cluster_ids
    FROM chosen_templates
), made AS (
    SELECT l.template_id, l.before, l.after, l.post_id, r.cluster_id, r.reference_post_id, c.text_hash,
           k.text_hash AS reference_hash, c.accounts
    FROM listed AS l
    JOIN rewrites AS r ON r.post_id = l.post_id AND contains(l.cluster_ids, '"' || r.cluster_id || '"')
    JOIN copies AS c ON c.cluster_id = r.cluster_id AND c.post_id = r.post_id AND c.role = 'case'
    JOIN copy_clusters AS k ON k.cluster_id = r.cluster_id
)
SELECT * FROM made
QUALIFY row_number() OVER (PARTITION BY template_id ORDER BY accounts DESC, cluster_id, post_id, text_hash) <= {POSTS_AT_MOST}
ORDER BY template_id, accounts DESC, cluster_id, post_id, text_hash
"""
_SWAPS = f"""
SELECT r.*, c.text_hash, c.accounts, c.posts, k.text_hash AS reference_hash
FROM rewrites AS r
JOIN copies AS c ON c.cluster_id = r.cluster_id AND c.post_id = r.post_id AND c.role = 'case' AND c.source = 'post'
JOIN copy_clusters AS k ON k.cluster_id = r.cluster_id
WHERE r.entity_swap
QUALIFY row_number() OVER (PARTITION BY r.cluster_id ORDER BY c.accounts DESC, r.aligned DESC, r.post_id, c.text_hash) = 1
ORDER BY c.accounts DESC, r.aligned DESC, r.cluster_id, r.post_id LIMIT {SWAPS_AT_MOST}
"""


@dataclass(frozen=True)
class Example:
    """One wording in which a substitution was made, and the text it was made in (None where the case lost one)."""

    cluster_id: str
    original: Reference | None
    rewritten: Reference | None


@dataclass(frozen=True)
class Template:
    """One recurring substitution: its row of `templates`, and wordings in which it was made, most accounts first."""

    row: Mapping[str, Any]
    examples: tuple[Example, ...]


@dataclass(frozen=True)
class Swap:
    """One text in which a name or number was put in the place of another: its row of `rewrites`, and both posts."""

    row: Mapping[str, Any]
    example: Example


@dataclass(frozen=True)
class Substitutions:
    """templates: recurring substitutions with a q-value of at most alpha, of `significant`; `tried` were looked at.
    swaps: rewritten texts, one a cluster, of `swapped` clusters that hold such a text.   own: whether only those made in posts of
    one group are left."""

    tried: int
    significant: int
    templates: tuple[Template, ...]
    swapped: int
    swaps: tuple[Swap, ...]
    own: bool = False

    @property
    def references(self) -> tuple[Reference, ...]:
        """Every post printed or listed."""
        examples = [e for t in self.templates for e in t.examples] + [s.example for s in self.swaps]
        return tuple(r for e in examples for r in (e.original, e.rewritten) if r is not None)


def substitutions(con: duckdb.DuckDBPyConnection, alpha: float) -> Substitutions:
    """The recurring substitutions and name swaps. Reads templates, rewrites, copies, copy_clusters and posts."""
    tried, significant = con.execute(
        "SELECT count(*), count(*) FILTER (q_value <= ?) FROM templates", [alpha]
    ).fetchall()[0]
    chosen = con.sql(
        f"SELECT * FROM templates WHERE q_value <= ? ORDER BY {_RANK} LIMIT {TEMPLATES_AT_MOST}", params=[alpha]
    ).to_arrow_table()
    con.register("chosen_templates", _readable(chosen))
    made: dict[str, list[dict[str, Any]]] = {}
    for row in con.sql(_EXAMPLES).to_arrow_table().to_pylist():
        made.setdefault(row["template_id"], []).append(row)
    swaps = con.sql(_SWAPS).to_arrow_table().to_pylist()
    numbered = [(f"{id}.{n}", row) for id, rows in made.items() for n, row in enumerate(rows, 1)]
    numbered += [(f"R{n}", row) for n, row in enumerate(swaps, 1)]
    asked = [Asked(f"{number} after", row["post_id"], text_hash=row["text_hash"]) for number, row in numbered]
    asked += [
        Asked(f"{number} before", row["reference_post_id"], text_hash=row["reference_hash"]) for number, row in numbered
    ]
    found = quotes(con, asked)

    def reference(number: str, row: Mapping[str, Any], side: str) -> Reference | None:
        post = found.get(f"{number} {side}")
        return Reference(f"{number} {side}", row["cluster_id"], post) if post is not None else None

    examples = {
        number: Example(row["cluster_id"], reference(number, row, "before"), reference(number, row, "after"))
        for number, row in numbered
    }
    return Substitutions(
        tried=tried,
        significant=significant,
        templates=tuple(
            Template(row, tuple(examples[f"{id}.{n}"] for n, _ in enumerate(made.get(id, ()), 1)))
            for row in chosen.to_pylist()
            for id in [row["template_id"]]
        ),
        swapped=con.execute("SELECT count(DISTINCT cluster_id) FROM rewrites WHERE entity_swap").fetchall()[0][0],
        swaps=tuple(Swap(row, examples[f"R{n}"]) for n, row in enumerate(swaps, 1)),
    )


def _readable(templates: pa.Table) -> pa.Table:
    """The same with its JSON lists cut to lists of text that are surely lists, so that one odd row stops nothing."""
    columns = {name: templates[name] for name in ("template_id", "before", "after")}
    for name in ("post_ids", "cluster_ids"):
        lists = [[str(id) for id in json.loads(text or "[]")] for text in templates[name].to_pylist()]
        columns[name] = pa.array([json.dumps(ids) for ids in lists], pa.string())
    return pa.table(columns)
