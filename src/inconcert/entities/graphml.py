"""The graph as GraphML, for Gephi, yEd and their like: things as nodes, ties as directed edges, each with its strength and what it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from inconcert.entities.graph import Graph
from inconcert.entities.proof import proofs

_NODE = ("label", "schema", "names")
_EDGE = ("label", "schema", "strength", "start", "end", "amount", "note", "proof", "tie")
_NOT_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_graphml(graph: Graph) -> Iterator[str]:
    """Lines of the document. Nodes are called n0, n1 ... in the order of their ids, since an id may hold what XML forbids; characters that XML
    forbids are left out."""
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    for owner, columns in (("node", ("id_in_case", *_NODE)), ("edge", _EDGE)):
        for name in columns:
            yield f'<key id="{owner}_{name}" for="{owner}" attr.name="{name}" attr.type="string"/>'
    yield '<graph id="entities" edgedefault="directed">'
    place = {id: f"n{number}" for number, id in enumerate(graph.nodes)}
    for id in graph.nodes:
        entity = graph.entities[id]
        told = dict(zip(_NODE, (graph.label(id), entity.schema, "; ".join(entity.names)), strict=True))
        yield f'<node id="{place[id]}">{_data("node", {"id_in_case": id, **told})}</node>'
    for tie in graph.ties:
        resting = "; ".join(proofs(graph.entities[tie.id], graph.entities))
        facts = (tie.relation, tie.schema, tie.strength, tie.start, tie.end, tie.amount, tie.note, resting, tie.id)
        told = {name: fact for name, fact in zip(_EDGE, facts, strict=True) if fact}
        yield f"<edge source={quoteattr(place[tie.source])} target={quoteattr(place[tie.target])}>{_data('edge', told)}</edge>"
    yield "</graph></graphml>"


def _data(owner: str, told: dict[str, str]) -> str:
    return "".join(f'<data key="{owner}_{name}">{escape(_NOT_XML.sub("", text))}</data>' for name, text in told.items())
