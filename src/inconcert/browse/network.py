"""The whole network as columns of plain values, ready to be written as JSON: a few megabytes for tens of thousands of edges."""

from __future__ import annotations

from typing import Any

from inconcert.browse.names import as_who
from inconcert.browse.network_tables import LAYERS
from inconcert.browse.view import View
from inconcert.report.hostile_text import one_line

LABEL_AT_MOST = 80
"""Characters of a name beside a dot."""

_NODES = """
SELECT n.account, n.x, n.y, a.* EXCLUDE (account) FROM nodes AS n JOIN accounts AS a USING (account) ORDER BY n.account
"""
_EDGES = "SELECT a, b, kinds, q, gap_us, first_us, n_objects, level FROM edges ORDER BY edge"


def network_data(view: View, *, names: bool = False) -> dict[str, Any]:
    """Accounts with an edge or in a group, and the edges, strongest first.

    layers: kinds, the first is bit 0.   groups, platforms: names of the numbers.   levels: of the groups.
    nodes: key, label, x, y, group (number, -1 for none), platform (number), created_s, first_s (seconds since 1970, null when
    unknown), posts.
    edges: source, target (places in nodes), kinds (bits), q, gap_s, first_s, objects, level (1: synchronous beyond what is shared).
    """
    nodes = view.rows(_NODES)
    place = {row["account"]: n for n, row in enumerate(nodes)}
    groups = sorted({row["group_id"] for row in nodes if row["group_id"] is not None}, key=lambda id: (len(id), id))
    platforms = sorted({row["platform"] for row in nodes})
    levels = {row["group_id"]: row["level"] for row in view.rows("SELECT group_id, level FROM groups")}
    number = {id: n for n, id in enumerate(groups)}
    people = [as_who(view, row, names) for row in nodes]
    edges = view.table(_EDGES).to_pydict()
    return {
        "layers": list(LAYERS),
        "groups": groups,
        "levels": [levels[id] for id in groups],
        "platforms": platforms,
        "nodes": {
            "key": [one.key for one in people],
            "label": [one_line(one.shown, LABEL_AT_MOST) for one in people],  # drawn and written by script
            "x": [round(row["x"], 3) for row in nodes],
            "y": [round(row["y"], 3) for row in nodes],
            "group": [number.get(row["group_id"], -1) for row in nodes],
            "platform": [platforms.index(row["platform"]) for row in nodes],
            "created_s": [_seconds(row["created_us"]) for row in nodes],
            "first_s": [_seconds(row["first_us"]) for row in nodes],
            "posts": [row["n_posts"] for row in nodes],
        },
        "edges": {
            "source": [place[one] for one in edges["a"]],
            "target": [place[one] for one in edges["b"]],
            "kinds": edges["kinds"],
            "q": [float(f"{one:.3g}") for one in edges["q"]],
            "gap_s": [_seconds(one) for one in edges["gap_us"]],
            "first_s": [_seconds(one) for one in edges["first_us"]],
            "objects": edges["n_objects"],
            "level": [int(one[1:]) for one in edges["level"]],
        },
    }


def _seconds(time_us: int | None) -> int | None:
    return None if time_us is None else time_us // 1_000_000
