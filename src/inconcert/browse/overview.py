"""The case as its first page tells it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from inconcert.browse.view import View
from inconcert.report.posts import Facts


@dataclass(frozen=True)
class Made:
    """One run that the pages rest on.   counts, notes, parameters: as in its run.json."""

    verb: str
    id: str
    at: datetime
    duration_s: float
    counts: Mapping[str, Any]
    notes: tuple[str, ...]
    parameters: Mapping[str, Any]


@dataclass(frozen=True)
class Overview:
    """created: UTC.   facts: counts over all posts.   platforms: rows of platform, posts, accounts, first_us, last_us.   imports: rows of
    the table `imports`, of every role.   rejects: rows of column, reason, fatal, records; the commonest first.   levels: level ->
    groups.   grouped: accounts in groups above L0.   edges: pairs beyond chance; nodes: accounts in them.   runs: in the order of the work.
    """

    title: str
    created: datetime
    facts: Facts
    platforms: tuple[Mapping[str, Any], ...]
    imports: tuple[Mapping[str, Any], ...]
    rejects: tuple[Mapping[str, Any], ...]
    levels: Mapping[str, int]
    grouped: int
    edges: int
    nodes: int
    runs: tuple[Made, ...]


@lru_cache(maxsize=8)
def overview(view: View) -> Overview:
    """What the case holds and what was found. Names no account. Every page asks it, and a view never changes."""
    about = json.loads(view.rows("SELECT facts FROM facts")[0]["facts"])
    levels = view.rows("SELECT level, count(*) AS n FROM groups GROUP BY level ORDER BY level")
    (counted,) = view.rows(
        "SELECT (SELECT count(*) FROM edges) AS edges, (SELECT count(*) FROM (SELECT a FROM edges UNION SELECT b FROM edges)) AS nodes, "
        "(SELECT count(DISTINCT account) FROM members JOIN groups USING (group_id) WHERE level <> 'L0') AS grouped"
    )
    return Overview(
        title=about["title"],
        created=datetime.fromisoformat(about["created"]),
        facts=Facts(**about["posts"]),
        platforms=tuple(view.rows("SELECT * FROM platforms")),
        imports=tuple(view.rows("SELECT * FROM imports")),
        rejects=tuple(view.rows("SELECT * FROM rejects")),
        levels={row["level"]: row["n"] for row in levels},
        runs=tuple(_made(row) for row in view.rows("SELECT * FROM runs")),
        **counted,
    )


def _made(row: Mapping[str, Any]) -> Made:
    info = json.loads(row["info"])
    return Made(
        row["verb"], row["id"], row["at"], row["duration_s"], info["counts"], tuple(info["notes"]), info["parameters"]
    )
