"""Objects of actions as pages show them: a link, a text, a post, an account; with no name in it that should not be there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from inconcert.browse.names import called, masked
from inconcert.browse.posts import Place
from inconcert.browse.view import View
from inconcert.report.pseudonyms import OTHER

LABEL_AT_MOST = 300
"""Characters of a label."""

_OBJECTS = """
SELECT o.object, o.kind, o.id, o.accounts FROM objects AS o SEMI JOIN wanted USING (object)
"""
_SAID = """
SELECT a.object, left(p.text, $1) AS text, p.import_id, p.row_ref FROM actions AS a SEMI JOIN wanted USING (object) JOIN posts AS p USING (post)
QUALIFY row_number() OVER (PARTITION BY a.object ORDER BY p.time_us NULLS LAST, p.line) = 1
"""
_MEANT = """
SELECT w.object, p.import_id, p.row_ref, left(p.text, $1) AS text FROM wanted AS w JOIN post_ids AS i ON i.post_id = w.post_id
JOIN posts AS p ON p.post = i.post QUALIFY row_number() OVER (PARTITION BY w.object ORDER BY p.post) = 1
"""
_TEXTS = ("text", "near_text")
_POSTS = ("share", "reply")
_ACCOUNTS = ("mention",)


@dataclass(frozen=True)
class Thing:
    """An object.   number: in this view.   kind: of action.   label: what it is, for texts how they begin.   accounts: of the case that
    acted on it.   at: the post that is shared or replied to, or the earliest one that says it, where the case holds one.
    """

    number: int
    kind: str
    label: str
    accounts: int
    at: Place | None


def things(view: View, numbers: Sequence[int], names: bool) -> dict[int, Thing]:
    """Number -> the object."""
    wanted = pa.table({"object": pa.array(sorted(set(numbers)), pa.int32())})
    rows = view.rows(_OBJECTS, wanted=wanted)
    said, meant = (_posts_of(view, query, _of(rows, kinds)) for query, kinds in ((_SAID, _TEXTS), (_MEANT, _POSTS)))
    people = called(view, [row["id"] for row in rows if row["kind"] in _ACCOUNTS], names)
    labels = masked(view, [_label(row, said | meant, people, names) for row in rows], names)
    places = {
        number: Place(row["import_id"], row["row_ref"])
        for number, row in (said | meant).items()
        if row["row_ref"] is not None
    }
    return {
        row["object"]: Thing(
            row["object"], row["kind"], (label or "")[:LABEL_AT_MOST], row["accounts"], places.get(row["object"])
        )
        for row, label in zip(rows, labels, strict=True)
    }


def _label(row: dict[str, Any], shown: dict[int, dict[str, Any]], people: dict[str, str], names: bool) -> str:
    if row["kind"] in _ACCOUNTS:
        return people.get(row["id"]) or (row["id"] if names else OTHER)
    quoted = shown.get(row["object"])
    text: str = quoted["text"] if quoted is not None and quoted["text"] else row["id"]
    return text


def _posts_of(view: View, query: str, wanted: pa.Table) -> dict[int, dict[str, Any]]:
    found = view.rows(query, [LABEL_AT_MOST], wanted=wanted) if wanted.num_rows else []
    return {row["object"]: row for row in found}


def _of(rows: Sequence[dict[str, Any]], kinds: Sequence[str]) -> pa.Table:
    """The objects of these kinds, with the post that their id may mean."""
    chosen = [row for row in rows if row["kind"] in kinds]
    return pa.table(
        {
            "object": pa.array([row["object"] for row in chosen], pa.int32()),
            "post_id": pa.array([row["id"] for row in chosen], pa.string()),
        }
    )
