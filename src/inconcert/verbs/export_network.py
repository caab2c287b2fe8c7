"""The network of a case as GraphML and GEXF 1.3, for Gephi and its like.

Nodes are the accounts of groups and of edges beyond chance; edges are the pairs at L1, and all pairs inside one group.
Edge weight is -log10 p. Nodes are called n0, n1 ... because account ids may hold characters that XML forbids: the account
is an attribute and the label, such characters written as their code.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

import pyarrow as pa
import pyarrow.compute as pc

from inconcert.case import Case
from inconcert.verbs.results import judged_scores, result
from inconcert.version import VERSION

GRAPHML = "http://graphml.graphdrawing.org/xmlns"
GEXF = "http://gexf.net/1.3"
NODE = {"account_id": "string", "platform": "string", "level": "string", "group_id": "string", "q": "double",
        "score": "double", "n_posts": "long", "judged": "string"}  # fmt: skip
EDGE = {"kind": "string", "window_us": "long", "n_objects": "long", "p_value": "double", "q_value": "double",
        "level": "string"}  # fmt: skip

_NOT_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SMALLEST_P = math.ulp(0.0)


@dataclass(frozen=True)
class _Network:
    """Rows of NODE columns; rows of EDGE columns with source, target (positions of nodes) and weight."""

    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]


def write_graphml(case: Case, file: Path) -> int:
    """GraphML, undirected, with typed attributes. Edges written."""
    network = _network(case)
    with _document(file) as xml, _element(xml, "graphml", xmlns=GRAPHML):
        for owner, columns in (("node", {"label": "string", **NODE}), ("edge", {"weight": "double", **EDGE})):
            for name, type in columns.items():
                kind = {"id": f"{owner}_{name}", "for": owner, "attr.name": name, "attr.type": type}
                _empty(xml, "key", **kind)
        with _element(xml, "graph", id="coordination", edgedefault="undirected"):
            for i, node in enumerate(network.nodes):
                with _element(xml, "node", id=f"n{i}"):
                    _data(xml, "node", {"label": node["account_id"], **node}, {"label": "string", **NODE})
            for edge in network.edges:
                with _element(xml, "edge", source=f"n{edge['source']}", target=f"n{edge['target']}"):
                    _data(xml, "edge", edge, {"weight": "double", **EDGE})
    return len(network.edges)


def write_gexf(case: Case, file: Path) -> int:
    """GEXF 1.3, static and undirected, with typed attributes. Edges written."""
    network = _network(case)
    with _document(file) as xml, _element(xml, "gexf", xmlns=GEXF, version="1.3"):
        with _element(xml, "meta"), _element(xml, "creator"):
            xml.characters(f"inconcert {VERSION}")
        with _element(xml, "graph", mode="static", defaultedgetype="undirected"):
            for owner, columns in (("node", NODE), ("edge", EDGE)):
                with _element(xml, "attributes", **{"class": owner}):
                    for name, type in columns.items():
                        _empty(xml, "attribute", id=name, title=name, type=type)
            with _element(xml, "nodes"):
                for i, node in enumerate(network.nodes):
                    with _element(xml, "node", id=f"n{i}", label=_text(node["account_id"])):
                        _attvalues(xml, node, NODE)
            with _element(xml, "edges"):
                for i, edge in enumerate(network.edges):
                    ends = {"source": f"n{edge['source']}", "target": f"n{edge['target']}"}
                    with _element(xml, "edge", id=f"e{i}", **ends, weight=_text(edge["weight"])):
                        _attvalues(xml, edge, EDGE)
    return len(network.edges)


def _network(case: Case) -> _Network:
    edges, members = result(case, "edges"), result(case, "members")
    scores = judged_scores(case, [name for name in NODE if name != "judged"])
    groups = [scores["group_id"].take(pc.index_in(edges[end], scores["account_id"])) for end in ("source", "target")]
    inside = pc.fill_null(pc.equal(*groups), False)
    kept = edges.filter(pc.or_(inside, pc.not_equal(edges["level"], "L0"))).sort_by(
        [("source", "ascending"), ("target", "ascending")]
    )
    ends = [kept["source"], kept["target"], members["account_id"]]
    wanted = pc.unique(pa.chunked_array([chunk for column in ends for chunk in column.chunks], pa.string()))
    rows = scores.filter(pc.is_in(scores["account_id"], wanted)).select(list(NODE)).sort_by("account_id").to_pylist()
    place = {node["account_id"]: i for i, node in enumerate(rows)}
    return _Network(rows, [_placed(edge, place) for edge in kept.to_pylist()])


def _placed(edge: Mapping[str, Any], place: Mapping[str, int]) -> dict[str, Any]:
    weight = -math.log10(max(edge["p_value"], _SMALLEST_P))
    return {**edge, "source": place[edge["source"]], "target": place[edge["target"]], "weight": weight}


@contextmanager
def _document(file: Path) -> Iterator[XMLGenerator]:
    with file.open("w", encoding="utf-8", newline="\n") as out:
        xml = XMLGenerator(out, encoding="utf-8", short_empty_elements=True)
        xml.startDocument()
        yield xml
        xml.endDocument()


@contextmanager
def _element(xml: XMLGenerator, name: str, **attributes: str) -> Iterator[None]:
    xml.startElement(name, AttributesImpl(attributes))
    yield
    xml.endElement(name)
    xml.ignorableWhitespace("\n")


def _empty(xml: XMLGenerator, name: str, **attributes: str) -> None:
    with _element(xml, name, **attributes):
        pass


def _data(xml: XMLGenerator, owner: str, row: Mapping[str, Any], columns: Mapping[str, str]) -> None:
    for name in columns:
        if row[name] is not None:
            with _element(xml, "data", key=f"{owner}_{name}"):
                xml.characters(_text(row[name]))


def _attvalues(xml: XMLGenerator, row: Mapping[str, Any], columns: Mapping[str, str]) -> None:
    with _element(xml, "attvalues"):
        for name in columns:
            if row[name] is not None:
                _empty(xml, "attvalue", **{"for": name, "value": _text(row[name])})


def _text(value: object) -> str:
    """The value as XML can hold it: a forbidden character appears as its code, such as U+0001."""
    return _NOT_XML.sub(lambda match: f"⟨U+{ord(match.group()):04X}⟩", str(value))
