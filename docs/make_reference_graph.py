"""Write src/inconcert/entities/reference.json from the shared reference: python docs/make_reference_graph.py

The facts of the published investigation, a line each. Private persons are left out as `privacy` leaves them out of a case: the
package names nobody who is no official and no officer of a known body.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from inconcert.entities.entity import Entity
from inconcert.entities.graph import graph
from inconcert.entities.privacy import OPAQUE, sealed
from inconcert.entities.reference_graph import read_graph
from inconcert.entities.values import reference_id

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "src" / "inconcert" / "entities" / "reference.json"
SOURCE = ROOT.parent / "shared" / "reference" / "entities.json"


def made(text: str) -> str:
    """The text of the bundled file."""
    document = json.loads(text)
    read = read_graph(text, "reference")
    before, after = read.entities, sealed(read.entities).entities
    things = {old.id: new for old, new in zip(before, after, strict=True)}
    nodes = [_node(node, things[reference_id(node["id"])]) for node in document["nodes"]]
    edges = [_edge(edge, things) for edge in document["edges"]]
    if len(graph(after).nodes) != len(nodes):
        raise ValueError("a node was lost")
    head = {
        "source": document["meta"]["source"],
        "changes": "private persons are not named; empty members are left out",
    }
    rows = {name: ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in its)
            for name, its in (("nodes", nodes), ("edges", edges))}  # fmt: skip
    parts = ",\n".join(f'"{name}": [\n{its}\n]' for name, its in rows.items())
    return f'{{"meta": {json.dumps(head, ensure_ascii=False)},\n{parts}}}\n'


def _node(node: dict[str, Any], now: Entity) -> dict[str, Any]:
    if OPAQUE.fullmatch(now.id):
        return {"id": now.id, "kind": node["kind"], "name": now.names[0]} | (
            {"platform": node["platform"]} if node["platform"] else {}
        )
    return {name: value for name, value in node.items() if value not in (None, [], False)}


def _edge(edge: dict[str, Any], things: dict[str, Entity]) -> dict[str, Any]:
    now = things[reference_id(edge["id"])]
    now_is = {end: things[reference_id(edge[end])].id for end in ("source", "target")}
    ends = {end: id if OPAQUE.fullmatch(id) else edge[end] for end, id in now_is.items()}
    note = {"note": now.first("description")} if edge["note"] else {}
    return {name: value for name, value in (edge | ends | note).items() if value is not None}


if __name__ == "__main__":
    FILE.write_text(made(SOURCE.read_text("utf-8")), encoding="utf-8")
