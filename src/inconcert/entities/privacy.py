"""Private persons: who is no official and no officer of a known body is not named unless one person asks and another approves.

The statement that makes somebody public is always named. Everything personal of the others is left out: all their properties, the
accounts that belong to them, their names wherever else they are written, and ids made of their names.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from inconcert.entities.entity import Entity, Statement
from inconcert.entities.graph import Graph, Tie, graph
from inconcert.entities.relations import FOUNDED, OFFICES
from inconcert.entities.schemata import schemata
from inconcert.entities.strength import CONFIRMED, REPORTED

OPAQUE = re.compile(r"(?:private|withheld)-[0-9a-f]{12}")
WITHHELD = "[withheld]"
PUBLIC_TOPICS = ("role.pep", "role.pol", "role.judge", "role.diplo", "role.civil", "gov", "pol.party", "corp.public")
_PUBLIC_POSTS = frozenset(verb.replace("_", " ") for verb in (*OFFICES, *FOUNDED))
_OWNS_ACCOUNT = ("owns account", "owner of account", "operates account")
_LEAST_LETTERS, _LEAST_SIGNS = 4, 2


@dataclass(frozen=True)
class Withheld:
    """A private person.   id: opaque.   properties: how many values are left out.   ties: how many ties the person has."""

    id: str
    properties: int
    ties: int


@dataclass(frozen=True)
class Sealed:
    """Entities in which no private person is named unless that was approved."""

    entities: tuple[Entity, ...]
    withheld: tuple[Withheld, ...]


def opaque(id: str) -> str:
    """What a private person is called instead of an id, which may be made of the name."""
    return id if OPAQUE.fullmatch(id) else f"private-{hashlib.sha256(f'private person {id}'.encode()).hexdigest()[:12]}"


def why_public(graph: Graph, id: str) -> str | None:
    """The statement that makes a person public: an office, or a list of officials. None for a private person."""
    for topic in graph.entities[id].values("topics"):
        if topic.startswith(PUBLIC_TOPICS):
            return f"listed under '{topic}'"
    for tie in graph.of[id]:
        if tie.source == id and _is_office(graph, tie):
            return f"{tie.relation} {graph.name(tie.target)} ({tie.id}, {tie.strength})"
    return None


def sealed(entities: Sequence[Entity], approved: Collection[str] = ()) -> Sealed:
    """The entities with everything personal of private persons left out.   approved: opaque ids of those who may be named."""
    whole = graph(entities)
    persons = [id for id in whole.nodes if whole.entities[id].schema == "Person" and not OPAQUE.fullmatch(id)]
    private = [id for id in persons if opaque(id) not in approved and why_public(whole, id) is None]
    sealed_before = [id for id in whole.nodes if OPAQUE.fullmatch(id) and whole.entities[id].schema == "Person"]
    by_id = {id: Withheld(id, 0, len(whole.of[id])) for id in sealed_before}
    by_id |= {opaque(id): Withheld(opaque(id), len(whole.entities[id].statements), len(whole.of[id])) for id in private}
    withheld = tuple(by_id[id] for id in sorted(by_id))
    if not private:
        return Sealed(tuple(entities), withheld)
    renamed = {id: opaque(id) for id in private}
    accounts = {account for id in private for account in _accounts(whole, id)}
    names = _pattern([name for id in private for name in (id, *whole.entities[id].names)])
    for id, entity in whole.entities.items():
        if id in accounts or (id not in renamed and (names.search(id) or any(map(names.search, entity.names)))):
            renamed[id] = "withheld-" + opaque(id).partition("-")[2]
    kept = tuple(_kept(entity, set(private) | accounts, renamed, names) for entity in entities)
    return Sealed(kept, withheld)


def _is_office(graph: Graph, tie: Tie) -> bool:
    if tie.strength not in (CONFIRMED, REPORTED) or graph.entities[tie.target].schema == "Person":
        return False
    return tie.schema in ("Directorship", "Occupancy") or tie.relation in _PUBLIC_POSTS


def _accounts(graph: Graph, id: str) -> set[str]:
    """Accounts that belong to a person."""
    tied = {tie.other(id) for tie in graph.of[id] if tie.relation in _OWNS_ACCOUNT}
    owned = {one for one in graph.nodes if id in graph.entities[one].values("owner")}
    return {one for one in tied | owned if graph.entities[one].schema == "UserAccount"}


def _pattern(names: Collection[str]) -> re.Pattern[str]:
    """The names wherever they are written; those of a few letters are in too many other words."""
    long = [
        name
        for name in sorted(set(names), key=lambda name: (-len(name), name))
        if len(name) >= (_LEAST_LETTERS if name.isascii() else _LEAST_SIGNS)
    ]
    return re.compile("|".join(map(re.escape, long)) or r"(?!)", re.IGNORECASE)


def _kept(entity: Entity, silent: Collection[str], renamed: Mapping[str, str], names: re.Pattern[str]) -> Entity:
    id = renamed.get(entity.id, entity.id)
    if entity.id in silent:
        first = entity.statements[0]
        prop = "username" if entity.schema == "UserAccount" else "name"
        called = f"{'account of a private person' if prop == 'username' else 'private person'} {id.partition('-')[2]}"
        about = replace(first, original_value=None, id=None, lang=None, sources=(), rest={})
        return Entity(id, entity.schema, (replace(about, entity_id=id, prop=prop, value=called, schema=entity.schema),))
    statements = tuple(_said(said, renamed, names) for said in entity.statements)
    if id == entity.id and statements == entity.statements and not _holds(entity.extra, names):
        return entity
    return Entity(id, entity.schema, statements, {k: v for k, v in entity.extra.items() if not _holds(v, names)})


def _said(said: Statement, renamed: Mapping[str, str], names: re.Pattern[str]) -> Statement:
    kind = schemata()[said.schema].properties.get(said.prop, "string")
    value = renamed.get(said.value, said.value) if kind.startswith("entity") else names.sub(WITHHELD, said.value)
    entity_id = renamed.get(said.entity_id, said.entity_id)
    rest = {key: names.sub(WITHHELD, text) for key, text in said.rest.items()}
    original = names.sub(WITHHELD, said.original_value) if said.original_value else None
    sources = tuple(names.sub(WITHHELD, code) for code in said.sources)
    if (value, entity_id, rest, original, sources) == (
        said.value,
        said.entity_id,
        dict(said.rest),
        said.original_value,
        said.sources,
    ):
        return said
    return replace(said, value=value, entity_id=entity_id, rest=rest, original_value=original, sources=sources, id=None)


def _holds(value: Any, names: re.Pattern[str]) -> bool:
    """Whether a JSON value holds a name anywhere."""
    if isinstance(value, Mapping):
        return any(_holds(key, names) or _holds(its, names) for key, its in value.items())
    if isinstance(value, list | tuple):
        return any(_holds(its, names) for its in value)
    return isinstance(value, str) and names.search(value) is not None
