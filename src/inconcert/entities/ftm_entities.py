"""followthemoney entities, one JSON object a line: read, and written again without loss.

Beside id, schema and properties an entity keeps every other key it has. Our own, "inconcert", says for each value what
followthemoney has no place for: strength and sources. Tools of followthemoney carry it along.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from inconcert.entities import values
from inconcert.entities.entity import BASE, Entity, Statement
from inconcert.entities.reading import LINE_AT_MOST, MOST_ENTITIES, Aside, Read, aside, can_be_written, from_json, lines
from inconcert.entities.schemata import Schema, schemata
from inconcert.entities.strength import strength

OWN = "inconcert"
_ABOUT_A_VALUE = ("dataset", "lang", "original_value", "first_seen", "last_seen", "origin", "id", "entity_id", "schema")


def read_ftm(text: str, dataset: str) -> Read:
    """The entities of JSON lines; a line that holds none, and a value that its property cannot hold, are set aside."""
    entities: list[Entity] = []
    wrong: list[Aside] = []
    for number, line in lines(text):
        if len(entities) == MOST_ENTITIES:
            wrong.append(aside(number, "", f"more than {MOST_ENTITIES:,} entities: this and all later lines"))
            break
        try:
            if len(line) > LINE_AT_MOST:
                raise ValueError(f"a line may have {LINE_AT_MOST:,} characters")
            entity, odd = entity_from(from_json(line), dataset)
        except (ValueError, RecursionError) as error:
            wrong.append(aside(number, line, str(error)))
            continue
        entities.append(entity)
        wrong += [aside(number, value, reason) for value, reason in odd]
    return Read("followthemoney entities", dataset, tuple(entities), tuple(wrong))


def entity_from(written: Any, dataset: str) -> tuple[Entity, list[tuple[Any, str]]]:
    """The entity of a JSON object, and (value, reason) of what in it was set aside; ValueError when there is none."""
    if not isinstance(written, dict):
        raise ValueError("an entity is a JSON object")
    id, kind = values.entity_id(written.get("id")), _schema(written.get("schema"))
    properties = written.get("properties")
    if not isinstance(properties, dict):
        raise ValueError("an entity without properties")
    odd: list[tuple[Any, str]] = []
    listed = written.get("datasets")
    if isinstance(listed, list) and len(listed) == 1:
        dataset = values.value("string", listed[0])
    about, spoilt = _about(written.get(OWN))
    odd += spoilt
    said: list[Statement] = [
        Statement(**{"dataset": dataset, "entity_id": id, "schema": kind.name, **facts, "prop": BASE, "value": value})
        for (prop, value), its in about.items()
        for facts in its
        if prop == BASE
    ]
    for prop, its in properties.items():
        if prop not in kind.properties:
            odd.append((prop, f"{kind.name} has no property of that name"))
            continue
        for value in its if isinstance(its, list) else [its]:
            try:
                text = values.value(kind.properties[prop], value)
            except ValueError as error:
                odd.append((f"{prop}: {value}", str(error)))
                continue
            for facts in about.get((prop, text), [{}]):
                usual = {"dataset": dataset, "entity_id": id, "schema": kind.name}
                said.append(Statement(**{**usual, **facts, "prop": prop, "value": text}))
    if all(one.prop == BASE for one in said):
        raise ValueError("an entity none of whose properties can be used")
    extra: dict[str, Any] = {}
    for key, value in written.items():
        if key not in ("id", "schema", "properties", OWN):
            if can_be_written({key: value}):
                extra[key] = value
            else:
                odd.append((key, "it holds what JSON in UTF-8 cannot: half a character, or a number too large"))
    if listed == sorted({one.dataset for one in said}):
        extra.pop("datasets", None)
    return Entity(id, kind.name, tuple(said), extra), odd


def _schema(name: Any) -> Schema:
    kind = schemata().get(name) if isinstance(name, str) else None
    if kind is None:
        raise ValueError(f"'{values.shown(name)}' is no schema of followthemoney")
    if kind.abstract:
        raise ValueError(f"{kind.name} is abstract: no entity is just that")
    return kind


def _about(own: Any) -> tuple[dict[tuple[str, str], list[dict[str, Any]]], list[tuple[Any, str]]]:
    """What our own key says about values: (property, value) -> facts of each statement; and what of it cannot be used."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    odd: list[tuple[Any, str]] = []
    for one in own.get("statements", ()) if isinstance(own, dict) and isinstance(own.get("statements"), list) else ():
        try:
            key, facts = _facts(one)
        except ValueError as error:
            odd.append((one, str(error)))
            continue
        found.setdefault(key, []).append(facts)
    return found, odd


def _facts(one: Any) -> tuple[tuple[str, str], dict[str, Any]]:
    if not isinstance(one, dict) or not isinstance(one.get("prop"), str) or not isinstance(one.get("value"), str):
        raise ValueError("a statement without property or value")
    facts: dict[str, Any] = {}
    for name in _ABOUT_A_VALUE:
        if one.get(name) is not None:
            facts[name] = values.value("string", one[name])
    if "schema" in facts:
        facts["schema"] = _schema(facts["schema"]).name
    if "entity_id" in facts:
        facts["entity_id"] = values.entity_id(facts["entity_id"])
    if one.get("strength") is not None:
        facts["strength"] = strength(values.value("string", one["strength"]))
    sources = one.get("sources", [])
    if not isinstance(sources, list) or not all(isinstance(code, str) for code in sources):
        raise ValueError("sources must be a list of codes")
    facts["sources"] = tuple(values.value("string", code) for code in sources)
    facts["external"] = one.get("external") is True
    if isinstance(one.get("rest"), dict):
        facts["rest"] = values.further(one["rest"])
    return (one["prop"], one["value"]), facts


def write_ftm(entities: Iterable[Entity]) -> Iterator[str]:
    """A line of JSON for each entity, as followthemoney reads it."""
    for entity in entities:
        yield json.dumps(written(entity), ensure_ascii=False, separators=(",", ":"))


def written(entity: Entity) -> dict[str, Any]:
    """The JSON object of an entity; what its statements say beyond their values stands under "inconcert"."""
    datasets = sorted({said.dataset for said in entity.statements})
    told = [facts for said in entity.statements if (facts := _told(said, entity, len(datasets) > 1))]
    own = {OWN: {"statements": told}} if told else {}
    head = {"id": entity.id, "schema": entity.schema, "properties": entity.properties, "datasets": datasets}
    return {**head, **entity.extra, **own}


def _told(said: Statement, entity: Entity, several: bool) -> dict[str, Any]:
    """The facts about one value; nothing where only its dataset is known, and that is the only one of the entity."""
    usual = {"entity_id": entity.id, "schema": entity.schema}
    facts: dict[str, Any] = {
        name: at
        for name in _ABOUT_A_VALUE
        if name != "dataset" and (at := getattr(said, name)) and at != usual.get(name)
    }
    facts |= {"strength": said.strength} if said.strength else {}
    facts |= {"sources": list(said.sources)} if said.sources else {}
    facts |= {"external": True} if said.external else {}
    facts |= {"rest": dict(said.rest)} if said.rest else {}
    if not facts and said.prop != BASE and not several:
        return {}
    return {"prop": said.prop, "value": said.value, "dataset": said.dataset, **facts}
