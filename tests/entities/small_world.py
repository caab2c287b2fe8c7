"""Made-up entities for tests, said in one line each."""

from __future__ import annotations

from typing import Any

from inconcert.entities.entity import Entity, Statement
from inconcert.entities.graph import Graph, graph


def entity(
    id: str, schema: str, *, strength: str | None = None, sources: tuple[str, ...] = (), **properties: Any
) -> Entity:
    """An entity; a property is a text or a list of texts."""
    said = [
        Statement(id, schema, prop, value, "made-up", strength=strength, sources=sources)
        for prop, its in properties.items()
        for value in ([its] if isinstance(its, str) else its)
    ]
    return Entity(id, schema, tuple(said))


def company(id: str) -> Entity:
    return entity(id, "Company", name=id.title())


def person(id: str, *names: str) -> Entity:
    return entity(id, "Person", name=list(names or [id.title()]))


def link(id: str, a: str, b: str, strength: str = "confirmed", **properties: Any) -> Entity:
    return entity(id, "UnknownLink", strength=strength, subject=a, object=b, **properties)


def owns(id: str, owner: str, asset: str, percentage: str | None = None, **properties: Any) -> Entity:
    share = {} if percentage is None else {"percentage": percentage}
    return entity(id, "Ownership", strength="confirmed", owner=owner, asset=asset, **share, **properties)


def directs(id: str, who: str, body: str, strength: str = "confirmed", **properties: Any) -> Entity:
    return entity(id, "Directorship", strength=strength, director=who, organization=body, **properties)


def world(*entities: Entity) -> Graph:
    """Their graph; companies that ties speak of and nobody made are added."""
    there = {one.id for one in entities}
    ends = {
        value
        for one in entities
        if one.kind.ends is not None
        for prop in (one.kind.ends.source, one.kind.ends.target)
        for value in one.values(prop)
    }
    return graph([*entities, *(company(id) for id in sorted(ends - there))])
