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
from inconcert.entities.private_names import PrivateNames, words_for
from inconcert.entities.relations import FOUNDED, OFFICES
from inconcert.entities.schemata import schemata
from inconcert.entities.strength import CONFIRMED, REPORTED

OPAQUE = re.compile(r"(?:private|withheld)-[0-9a-f]{12}")
PUBLIC_TOPICS = ("role.pep", "role.pol", "role.judge", "role.diplo", "role.civil", "gov", "pol.party", "corp.public")
_PUBLIC_POSTS = frozenset(verb.replace("_", " ") for verb in (*OFFICES, *FOUNDED))
_OWNED = ("UserAccount", "BankAccount", "CryptoWallet")
_OWNS = re.compile(r"(?i)\b(?:own(?:s|ed|er)?|runs?|operat(?:es|ed|or)|controls?|holds?|holder|uses|belongs|account)\b")
"""Words of a tie by which an account is a person's own."""
_PAPERS = ("Identification", "Passport", "Mention", "TaxRoll")
_THEIRS = ("owner", "holder", "resolved", "taxee")
"""Properties that say whose an account or paper is."""


@dataclass(frozen=True)
class Withheld:
    """A private person.   id: opaque.   properties: how many values are left out.   ties: how many ties the person has."""

    id: str
    properties: int
    ties: int


@dataclass(frozen=True)
class Sealed:
    """Entities in which no private person is named unless that was approved.   names: those that were left out."""

    entities: tuple[Entity, ...]
    withheld: tuple[Withheld, ...]
    names: PrivateNames


def opaque(id: str) -> str:
    """What a private person is called instead of an id, which may be made of the name."""
    return id if OPAQUE.fullmatch(id) else f"private-{hashlib.sha256(f'private person {id}'.encode()).hexdigest()[:12]}"


def why_public(graph: Graph, id: str) -> str | None:
    """The statement that makes a person public: an office, or a list of officials. None for a private person."""
    for said in graph.entities[id].statements:
        if said.prop == "topics" and said.strength in (None, CONFIRMED, REPORTED) and _is_public(said.value):
            return f"listed under '{said.value}'"
    for tie in graph.of[id]:
        if tie.source == id and _is_office(graph, tie):
            return f"{tie.relation} {graph.name(tie.target)} ({tie.id}, {tie.strength})"
    return None


def sealed(entities: Sequence[Entity], approved: Collection[str] = ()) -> Sealed:
    """The entities with everything personal of private persons left out.   approved: opaque ids of those who may be named."""
    whole = graph(entities)
    # whoever is a person in one file and something else in another is a person
    called_person = {one.id for one in entities if "Person" in (one.schema, *(said.schema for said in one.statements))}
    persons = [id for id in whole.nodes if id in called_person and not OPAQUE.fullmatch(id)]
    private = [id for id in persons if opaque(id) not in approved and why_public(whole, id) is None]
    sealed_before = [id for id in whole.nodes if OPAQUE.fullmatch(id) and whole.entities[id].schema == "Person"]
    by_id = {id: Withheld(id, 0, len(whole.of[id])) for id in sealed_before}
    by_id |= {opaque(id): Withheld(opaque(id), len(whole.entities[id].statements), len(whole.of[id])) for id in private}
    withheld = tuple(by_id[id] for id in sorted(by_id))
    if not private:
        return Sealed(tuple(entities), withheld, PrivateNames(()))
    renamed = {id: opaque(id) for id in private}
    accounts = _accounts(whole, set(private))
    names = PrivateNames(name for id in private for name in (id, *words_for(whole.entities[id])))
    for id, entity in whole.entities.items():
        if id in accounts or (id not in renamed and (names.within(id) or any(map(names.within, entity.names)))):
            renamed[id] = "withheld-" + opaque(id).partition("-")[2]
    kept = tuple(_kept(entity, set(private) | accounts, renamed, names) for entity in entities)
    return Sealed(kept, withheld, names)


def _is_public(topic: str) -> bool:
    return any(topic == known or topic.startswith(f"{known}.") for known in PUBLIC_TOPICS)


def _is_office(graph: Graph, tie: Tie) -> bool:
    if tie.strength not in (CONFIRMED, REPORTED) or graph.entities[tie.target].schema == "Person":
        return False
    return tie.schema in ("Directorship", "Occupancy") or tie.relation in _PUBLIC_POSTS


def _accounts(graph: Graph, private: Collection[str]) -> set[str]:
    """Accounts that belong to these persons, at a platform or a bank."""
    tied = {
        tie.other(id)
        for id in private
        for tie in graph.of[id]
        if tie.schema == "Ownership" or _OWNS.search(tie.relation)
    }
    owned = {id for id in graph.nodes if not set(private).isdisjoint(graph.entities[id].values(*_THEIRS))}
    return {one for one in tied | owned if graph.entities[one].schema in _OWNED}


def _kept(entity: Entity, silent: Collection[str], renamed: Mapping[str, str], names: PrivateNames) -> Entity:
    id = renamed.get(entity.id, entity.id)
    if entity.id in silent:
        first = entity.statements[0]
        prop = "username" if entity.schema == "UserAccount" else "name"
        called = f"{'account of a private person' if prop == 'username' else 'private person'} {id.partition('-')[2]}"
        about = replace(first, original_value=None, id=None, lang=None, sources=(), rest={})
        return Entity(id, entity.schema, (replace(about, entity_id=id, prop=prop, value=called, schema=entity.schema),))
    statements = tuple(_said(said, renamed, names) for said in entity.statements)
    if entity.schema in _PAPERS and not set(silent).isdisjoint(entity.values(*_THEIRS)):
        bare = tuple(said for said in statements if entity.kind.properties.get(said.prop, "").startswith("entity"))
        return Entity(id, entity.schema, tuple(replace(said, rest={}) for said in bare))
    if id == entity.id and statements == entity.statements and not _holds(entity.extra, names):
        return entity
    return Entity(id, entity.schema, statements, {k: v for k, v in entity.extra.items() if not _holds(v, names)})


def _said(said: Statement, renamed: Mapping[str, str], names: PrivateNames) -> Statement:
    kind = schemata()[said.schema].properties.get(said.prop, "string")
    value = renamed.get(said.value, said.value) if kind.startswith("entity") else names.left_out(said.value)
    entity_id = renamed.get(said.entity_id, said.entity_id)
    rest = {key: names.left_out(text) for key, text in said.rest.items()}
    original = names.left_out(said.original_value) if said.original_value else None
    sources = tuple(names.left_out(code) for code in said.sources)
    origin = names.left_out(said.origin) if said.origin else None
    found = replace(
        said, value=value, entity_id=entity_id, rest=rest, original_value=original, sources=sources, origin=origin,
        dataset=names.left_out(said.dataset),
    )  # fmt: skip
    return said if found == said else replace(found, id=None)


def _holds(value: Any, names: PrivateNames) -> bool:
    """Whether a JSON value holds a name anywhere."""
    if isinstance(value, Mapping):
        return any(_holds(key, names) or _holds(its, names) for key, its in value.items())
    if isinstance(value, list | tuple):
        return any(_holds(its, names) for its in value)
    return isinstance(value, str) and names.within(value)
