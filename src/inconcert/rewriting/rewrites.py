"""Wordings aligned with the representative of their cluster: what was kept, and what was put in the place of what."""

from __future__ import annotations

import json

import pyarrow as pa

from inconcert import schema
from inconcert.progress import Progress, silent
from inconcert.rewriting.align import Alignment, align

MOSTLY_KEPT = 0.6
"""Least share of the tokens of both texts that stand in unchanged blocks, for a text to be a rewriting of another."""

SPAN_MOST = 500
"""Characters kept of either side of a change; more than that is another text and not another name."""


def rewrites(pairs: pa.Table, progress: Progress = silent) -> pa.Table:
    """Table `rewrites` (schema), a row for each pair, in their order.

    pairs: cluster_id, reference_post_id, reference_text, post_id, text (strings, no NULL), one row for each wording of a
    cluster but its representative.
    """
    rows = []
    for done, pair in enumerate(pairs.to_pylist()):
        found = align(pair["reference_text"], pair["text"])
        rows.append(
            {
                "cluster_id": pair["cluster_id"],
                "reference_post_id": pair["reference_post_id"],
                "post_id": pair["post_id"],
                "aligned": found.aligned,
                "longest_block": found.longest_block,
                "substitutions": json.dumps(changes(found), ensure_ascii=False),
                "entity_swap": entity_swap(found),
            }
        )
        if done % 1000 == 0:
            progress("aligning wordings", done, len(pairs))
    return pa.Table.from_pylist(rows, schema=schema.table("rewrites").arrow)


def entity_swap(found: Alignment) -> bool:
    """Whether the texts are mostly the same, and a name or number was put in the place of another.

    Mostly: unchanged blocks hold MOSTLY_KEPT of the tokens of both, so that the aligned ratio and the share of what was not
    substituted are one condition.
    """
    return found.aligned >= MOSTLY_KEPT and any(names_swapped(found))


def names_swapped(found: Alignment) -> list[bool]:
    """Per change of the alignment: whether a name or number was put in the place of a name or number."""
    before, after = found.names
    return [
        bool(
            before[change.before.first :][: change.before.tokens].any()
            and after[change.after.first :][: change.after.tokens].any()
        )
        for change in found.changes
    ]


def changes(found: Alignment) -> list[tuple[str, str]]:
    """(before, after) of every change, as written, cut at SPAN_MOST characters; one side of an insertion or deletion is empty."""
    return [(change.before.text[:SPAN_MOST], change.after.text[:SPAN_MOST]) for change in found.changes]
