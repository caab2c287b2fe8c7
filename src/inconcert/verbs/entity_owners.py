"""`entities --owners`: who owns a company, through whom, and how much of it in the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inconcert.case import Case
from inconcert.entities import names, ownership
from inconcert.entities.graph import Graph
from inconcert.entities.held_entities import held_entities
from inconcert.entities.share import Share, percent
from inconcert.entities.shown_entities import ShownEntity, ShownTie, shown_entity, shown_ties


@dataclass(frozen=True)
class ShownChain:
    """One chain of ownership.   share: product of its links; told: in words.   ties: from the owner down."""

    share: Share
    told: str
    strength: str
    ended: bool
    ties: tuple[ShownTie, ...]


@dataclass(frozen=True)
class ShownOwner:
    """share: in all, lowest and highest; told: in words.   open: ids of ties whose share nobody states."""

    id: str
    name: str
    share: Share
    told: str
    open: tuple[str, ...]
    chains: tuple[ShownChain, ...]


@dataclass(frozen=True)
class Owners:
    """Who owns a company.   complete: False when there were more chains than ownership.MOST_CHAINS: the longest are missing."""

    company: ShownEntity
    owners: tuple[ShownOwner, ...]
    complete: bool


def owners(case: Case, name: str) -> Owners:
    """Who owns a company, through whom, and how much; UnknownName for a name no entity has; InputError for one that several have."""
    graph = held_entities(case).graph
    company = names.called(graph, name)
    found = owners_in(graph, company)
    return Owners(shown_entity(graph, company), found, all_told(found))


def owners_in(graph: Graph, company: str) -> tuple[ShownOwner, ...]:
    """The owners of a node, those with the highest certain share first."""
    return tuple(
        ShownOwner(
            owner.id,
            graph.label(owner.id),
            owner.share,
            _told(owner),
            owner.open,
            tuple(
                ShownChain(
                    chain.share, percent(chain.share), chain.strength, chain.ended, shown_ties(graph, chain.ties)
                )
                for chain in owner.chains
            ),
        )
        for owner in ownership.owners(graph, company)
    )


def all_told(found: Sequence[ShownOwner]) -> bool:
    """Whether these are all chains there are: a knot of owners has more than anybody could read, and the longest are left out."""
    return sum(len(owner.chains) for owner in found) < ownership.MOST_CHAINS


def _told(owner: ownership.Owner) -> str:
    if all(chain.ended for chain in owner.chains):
        return "ended"
    if 0 < owner.share.low < owner.share.high:
        return f"{owner.share.low:.2%} for certain, {owner.share.high:.2%} at most".replace("%", " %")
    return percent(owner.share)
