"""An entity and the statements it consists of: who says which property has which value, and how sure that is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from inconcert.entities.schemata import Schema, schemata
from inconcert.entities.strength import strongest, weakest

BASE = "id"
"""Property of the statement that an entity exists; its value is a checksum."""

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Statement:
    """One value of one property, with its provenance, in the columns of followthemoney and two of our own.

    entity_id: as that source calls the entity, which may have another id since two were found to be one.
    dataset: the source it was read from, by its short name.   first_seen, last_seen: ISO dates or times.   origin: how it came
    there.   strength: of STRENGTHS, or None where nobody said.   sources: codes that `proof` resolves.   rest: further columns.
    """

    entity_id: str
    schema: str
    prop: str
    value: str
    dataset: str = ""
    lang: str | None = None
    original_value: str | None = None
    external: bool = False
    first_seen: str | None = None
    last_seen: str | None = None
    origin: str | None = None
    id: str | None = None
    strength: str | None = None
    sources: tuple[str, ...] = ()
    rest: Mapping[str, str] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True)
class Entity:
    """One entity.   extra: what a file says beside id, schema and properties, kept as it is."""

    id: str
    schema: str
    statements: tuple[Statement, ...]
    extra: Mapping[str, Any] = field(default_factory=lambda: NOTHING)

    @property
    def kind(self) -> Schema:
        """Its schema."""
        return schemata()[self.schema]

    @property
    def properties(self) -> dict[str, list[str]]:
        """Property -> its values, each once, in the order of the statements."""
        found: dict[str, dict[str, None]] = {}
        for said in self.statements:
            if said.prop != BASE:
                found.setdefault(said.prop, {})[said.value] = None
        return {prop: list(values) for prop, values in found.items()}

    def values(self, *props: str) -> list[str]:
        """The values of these properties, each once, in the order of the properties."""
        every = self.properties
        return list(dict.fromkeys(value for prop in props for value in every.get(prop, ())))

    def first(self, prop: str) -> str | None:
        """The first value of a property; None for none."""
        return next(iter(self.values(prop)), None)

    @property
    def names(self) -> list[str]:
        """What it is called, the main name first; its id where it has no name."""
        named = self.values("name", "title" if self.kind.is_a & {"Document"} else "name", "username", "alias")
        return list(dict.fromkeys([*named, *self.values("previousName", "weakAlias")])) or [self.id]

    @property
    def strength(self) -> str | None:
        """That of its weakest property, each property as strong as the best source for it; None where nobody said."""
        by_property: dict[tuple[str, str], list[str]] = {}
        for said in self.statements:
            if said.strength is not None:
                by_property.setdefault((said.prop, said.value), []).append(said.strength)
        return weakest(strongest(each) for each in by_property.values()) if by_property else None

    @property
    def sources(self) -> tuple[str, ...]:
        """Codes of its sources, each once, in the order of the statements."""
        return tuple(dict.fromkeys(code for said in self.statements for code in said.sources))


def statement_key(said: Statement) -> str:
    """The id followthemoney gives a statement: SHA-1 over what makes it that statement."""
    key = f"{said.dataset}.{said.entity_id}.{said.prop}.{said.value}"
    key += f"@{said.lang}" if said.lang is not None else ""
    key += ".ext" if said.external else ""
    return hashlib.sha1(key.encode("utf-8", "surrogatepass")).hexdigest()


def merged(entities: Iterable[Entity]) -> dict[str, Entity]:
    """Id -> entity, those of one id as one with the statements of all, each statement once.

    Of two schemata that extend one another the narrower stays, of any others the first.
    """
    found: dict[str, Entity] = {}
    for one in entities:
        before = found.get(one.id)
        found[one.id] = one if before is None else _joined(before, one)
    return found


def _joined(before: Entity, after: Entity) -> Entity:
    schema = after.schema if before.schema in after.kind.is_a else before.schema
    statements = tuple(dict.fromkeys(_key(said) for said in (*before.statements, *after.statements)))
    by_key = {_key(said): said for said in (*before.statements, *after.statements)}
    return Entity(before.id, schema, tuple(by_key[key] for key in statements), {**after.extra, **before.extra})


def _key(said: Statement) -> tuple[str, str, str, str | None, str | None, Sequence[str]]:
    return said.prop, said.value, said.dataset, said.lang, said.strength, said.sources
