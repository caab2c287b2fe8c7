"""A graph of nodes and edges in one JSON document, as investigators draw it: {"meta", "nodes", "edges"}.

node: id, kind, name, name_original, aliases, country, platform, handle, note.   edge: id, source, relation, relation_class,
target, start, end, amount, strength, provenance (codes of sources), note.   Ids get the form in which followthemoney refers to entities.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from inconcert.entities import values
from inconcert.entities.entity import NOTHING, Entity, Statement
from inconcert.entities.proof import source_id, sources_of_graph
from inconcert.entities.reading import MOST_ENTITIES, Aside, Read, aside, from_json
from inconcert.entities.relations import RELATION_CLASS, cast, schema_of_kind
from inconcert.entities.schemata import schemata
from inconcert.entities.strength import strength
from inconcert.errors import InputError

_SHARE = re.compile(r"\d{1,3}(?:\.\d+)?\s*%")
_CONTRACT = re.compile(r"(?i)contract|[A-Z]{2,}-\d{4}-")


def is_graph(head: Any) -> bool:
    """Whether a JSON value is such a document."""
    return isinstance(head, dict) and isinstance(head.get("nodes"), list) and isinstance(head.get("edges"), list)


def read_graph(text: str, dataset: str) -> Read:
    """The entities of its nodes and of its edges; those that cannot be used are set aside. InputError when it is no graph."""
    try:
        document = from_json(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{dataset}: this is no JSON document that can be read: {error}.") from error
    if not is_graph(document):
        raise InputError(f"{dataset}: a graph has lists 'nodes' and 'edges'.")
    meta = document["meta"] if isinstance(document.get("meta"), dict) else {}
    title = values.shown(meta.get("source") or dataset, 200)
    found: dict[str, Entity] = {}
    wrong: list[Aside] = []
    for what, read in (("nodes", _node), ("edges", _edge)):
        for place, one in enumerate(document[what][:MOST_ENTITIES], start=1):
            try:
                if not isinstance(one, dict):
                    raise ValueError(f"one of '{what}' is no JSON object")
                entity = read(one, found, dataset)
                if entity.id in found:
                    raise ValueError("its id was given before")
            except ValueError as error:
                wrong.append(aside(place, one.get("id", "") if isinstance(one, dict) else one, f"{what}: {error}"))
                continue
            found[entity.id] = entity
    codes = {code for entity in found.values() for code in entity.sources}
    entities = (*found.values(), *sources_of_graph(codes, title, meta.get("codes"), dataset))
    return Read("graph of nodes and edges", dataset, entities, tuple(wrong), title)


def _node(node: Mapping[str, Any], found: Mapping[str, Entity], dataset: str) -> Entity:
    id = values.reference_id(values.entity_id(node.get("id")))
    kind = node.get("kind")
    schema = schema_of_kind(kind) if isinstance(kind, str) else None
    if schema is None:
        raise ValueError(f"'{values.shown(kind)}' is no kind of node")
    if kind == "product" and _CONTRACT.search(str(node.get("name"))):
        schema = "Contract"
    said = [("name", node.get("name")), ("name", node.get("name_original"))]
    if schema == "UserAccount":
        handle = node.get("handle") or node.get("name_original") or node.get("name")
        said += [("username", handle), ("service", node.get("platform"))]
    said += [("alias", alias) for alias in _list(node, "aliases")]
    country = node.get("country")
    said += [("country", country.lower() if isinstance(country, str) else country), ("notes", node.get("note"))]
    said += [("keywords", kind)]
    said += (
        [("description", "the name is a description, not a quotation")] if node.get("descriptive_name") is True else []
    )
    return Entity(id, schema, _statements(id, schema, said, dataset, None, ()))


def _edge(edge: Mapping[str, Any], found: Mapping[str, Entity], dataset: str) -> Entity:
    id = values.reference_id(values.entity_id(edge.get("id")))
    relation = values.value("string", edge.get("relation"))
    ends = [values.reference_id(values.entity_id(edge.get(end))) for end in ("source", "target")]
    for end in ends:
        if end not in found:
            raise ValueError(f"'{values.shown(end)}' is no node that could be read")
    how = cast(relation, found[ends[0]].kind, found[ends[1]].kind)
    its = schemata()[how.schema].ends
    both = (its.source, its.target) if its is not None else ("subject", "object")
    first, second = reversed(both) if how.turned else both
    amount = values.value("string", edge["amount"]) if edge.get("amount") is not None else None
    of_amount = "percentage" if how.schema == "Ownership" and amount and _SHARE.fullmatch(amount) else "amount"
    if of_amount not in schemata()[how.schema].properties:
        of_amount = "summary"
    said = [(first, ends[0]), (second, ends[1]), (of_amount, amount)]
    said += [("startDate", edge.get("start")), ("endDate", edge.get("end")), ("description", edge.get("note"))]
    said += [("relationship" if how.schema == "Family" else "role", relation.replace("_", " ")), ("recordId", id)]
    sources = tuple(values.value("string", code) for code in _list(edge, "provenance"))
    said += [("proof", source_id(dataset, code)) for code in sources]
    strong = strength(values.value("string", edge.get("strength")))
    of_class = edge.get("relation_class")
    rest = {RELATION_CLASS: values.value("string", of_class)} if of_class is not None else NOTHING
    return Entity(id, how.schema, _statements(id, how.schema, said, dataset, strong, sources, rest))


def _statements(
    id: str,
    schema: str,
    said: list[tuple[str, Any]],
    dataset: str,
    strong: str | None,
    sources: tuple[str, ...],
    rest: Mapping[str, str] = NOTHING,
) -> tuple[Statement, ...]:
    kinds = schemata()[schema].properties
    sound = [(prop, values.value(kinds[prop], value)) for prop, value in said if value is not None and prop in kinds]
    return tuple(
        Statement(id, schema, prop, value, dataset, strength=strong, sources=sources, rest=rest)
        for prop, value in dict.fromkeys(sound)
    )


def _list(one: Mapping[str, Any], name: str) -> list[Any]:
    found = one.get(name) or []
    if not isinstance(found, list) or not all(isinstance(value, str) for value in found):
        raise ValueError(f"'{name}' must be a list of texts")
    return found
