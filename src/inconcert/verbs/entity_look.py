"""What pages ask of the entities of a case: all of them once, with accounts of the case under the names that pages use."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from inconcert.case import Case
from inconcert.entities.affiliations import affiliations
from inconcert.entities.asked import Asked, sought, ties_sought
from inconcert.entities.entity import BASE, Statement
from inconcert.entities.graph import Graph
from inconcert.entities.held_entities import HeldEntities, held_entities
from inconcert.entities.held_entities import is_example as is_example
from inconcert.entities.hidden_accounts import Hidden, Spelt, hidden_accounts, spellings
from inconcert.entities.neighbourhood import neighbourhood
from inconcert.entities.proof import proofs_of
from inconcert.entities.shown_entities import ShownEntity, ShownTie, shown_entity, shown_ties
from inconcert.errors import UnknownName
from inconcert.judgement.brought import BROUGHT, Brought, brought, standing_files
from inconcert.report.entity_chart import entity_chart
from inconcert.verbs.entities import DRAWN_AT_MOST, Entities, Post, held_in, post_of
from inconcert.verbs.entity_owners import ShownOwner, all_told, owners_in

Called = Callable[[Sequence[Spelt]], Mapping[Spelt, str]]
Masked = Callable[[Sequence[str]], Sequence[str]]

TIES_AT_MOST = 120
"""Ties listed on a page; those of the figure are among them."""
_BESIDE = (BASE, "proof", "recordId")
"""Properties that say what an entity rests on, which stands beside every value."""


@dataclass(frozen=True)
class EntityLook:
    """held: as they are, for verbs.   hidden: as they may be shown.   by_key: place in an address -> id in the graph that is shown."""

    held: HeldEntities
    hidden: Hidden
    by_key: Mapping[str, str]

    @property
    def graph(self) -> Graph:
        """The graph that may be shown."""
        return self.hidden.graph

    @property
    def overview(self) -> Entities:
        """What there is of each kind."""
        return held_in(self.held.files, self.graph, self.held.withheld)


@dataclass(frozen=True)
class SaidOf:
    """One value of an entity, with its provenance.   to: key of the entity it leads to, or None.   strength: None where nobody said.
    source: what it rests on, a line each.   dates: of the statement, as its source gives them.   file: label of the file it came in, and the day."""

    prop: str
    value: str
    to: str | None
    strength: str | None
    source: tuple[str, ...]
    dates: tuple[str, ...]
    file: tuple[str, str] | None


@dataclass(frozen=True)
class EntityPage:
    """One entity with all that is said of it.   drawn: the figure, each tie in it leading to its place on the page.   ties: those of the
    neighbourhood, those of the figure first; untold: how many of them are not listed.   near: entities in it; undrawn: how many of them the figure leaves out.   every_owner: False where longer
    chains of owners were left out.   private: nobody agreed yet to name that person."""

    key: str
    middle: ShownEntity
    private: bool
    said: tuple[SaidOf, ...]
    drawn: Markup
    ties: tuple[ShownTie, ...]
    untold: int
    near: int
    undrawn: int
    owners: tuple[ShownOwner, ...]
    every_owner: bool
    posts: tuple[Post, ...]


def entity_key(id: str) -> str:
    """The place of an entity in an address, and of a tie on a page: it tells nothing of it."""
    return hashlib.sha256(f"entity {id}".encode()).hexdigest()[:16]


def entity_look(case: Case, called: Called, masked: Masked) -> EntityLook | None:
    """The entities of a case; None when nobody brought any.   called: platforms with handles or ids -> what pages call those that are
    accounts of the case.   masked: texts with everybody in them called so.   CustodyError when a stored file was changed."""
    if not standing_files(case.statements()):
        return None
    held = held_entities(case)
    spelt = list(dict.fromkeys(one for its in spellings(held.graph).values() for one in its))
    hidden = hidden_accounts(held.graph, called(spelt), masked)
    return EntityLook(held, hidden, {entity_key(id): id for id in hidden.graph.nodes})


def entered_files(case: Case) -> tuple[Brought, ...]:
    """Every file of entities that was ever brought, oldest first, those taken back among them."""
    return tuple(one for one in brought(case.statements()) if one.says == BROUGHT)


def entered_naming(case: Case) -> tuple[Brought, ...]:
    """Every request and approval to name somebody, oldest first."""
    return tuple(one for one in brought(case.statements()) if one.says != BROUGHT)


def entities_found(
    look: EntityLook, words: str, asked: Asked, first: int, most: int
) -> tuple[int, tuple[ShownEntity, ...]]:
    """How many there are, and those of a stretch of the list."""
    found = sought(look.graph, words, asked)
    return len(found), tuple(shown_entity(look.graph, id) for id in found[first : first + most])


def ties_found(look: EntityLook, words: str, asked: Asked, first: int, most: int) -> tuple[int, tuple[ShownTie, ...]]:
    """How many there are, and those of a stretch of the list."""
    found = ties_sought(look.graph, words, asked)
    return len(found), shown_ties(look.graph, found[first : first + most])


def entity_page(look: EntityLook, key: str, steps: int, link: Callable[[str], str]) -> EntityPage:
    """The page of an entity.   link: key -> the address of its page.   UnknownName for a key that is none."""
    id = look.by_key.get(key)
    if id is None:
        raise UnknownName("entity of this case", key, ())
    graph = look.graph
    near = neighbourhood(graph, id, steps)
    drawn = neighbourhood(graph, id, steps, DRAWN_AT_MOST)
    told = {tie.id: tie for tie in (*drawn.ties, *near.ties)}
    listed = sorted(told.values(), key=lambda tie: (tie not in drawn.ties, id not in (tie.source, tie.target), tie.id))
    figure = entity_chart(graph, drawn, lambda one: link(entity_key(one)), lambda tie: f"#t-{entity_key(tie)}")
    owned = owners_in(graph, id) if graph.entities[id].kind.is_a & {"Asset", "LegalEntity"} else ()
    return EntityPage(
        key,
        shown_entity(graph, id),
        id in {one.id for one in look.held.withheld},
        _said(look, id),
        figure.svg,
        shown_ties(graph, listed[:TIES_AT_MOST]),
        max(0, len(listed) - TIES_AT_MOST),
        len(near.steps) - 1,
        drawn.left_out,
        owned,
        all_told(owned),
        tuple(post_of(graph, one) for one in affiliations(graph, id)),
    )


def _said(look: EntityLook, id: str) -> tuple[SaidOf, ...]:
    files = {str(one.value["dataset"]): (one.label, one.at[:10]) for one in look.held.files}
    entity = look.graph.entities[id]

    def shown(one: Statement) -> SaidOf:
        to = (
            one.value
            if one.value in look.graph.of and entity.kind.properties.get(one.prop, "").startswith("entity")
            else None
        )
        return SaidOf(
            one.prop,
            look.graph.label(to) if to is not None else one.value,
            entity_key(to) if to is not None else None,
            one.strength,
            proofs_of(one.sources, entity, look.graph.entities),
            tuple(dict.fromkeys(date for date in (one.first_seen, one.last_seen) if date)),
            files.get(one.dataset),
        )

    return tuple(shown(one) for one in entity.statements if one.prop not in _BESIDE)
