"""Entities as a graph: things are its nodes, and what ties two of them its edges."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from inconcert.entities.entity import Entity, merged
from inconcert.entities.relations import INCIDENTAL, OWNED, RELATION_CLASS
from inconcert.entities.share import Share, share_of
from inconcert.entities.strength import REPORTED

TURNED = frozenset(verb.replace("_", " ") for verb in (*OWNED, "supplied", "awarded"))
"""Roles whose words run against the schema's ends: "A subsidiary of B" is an Ownership of A by B."""

MOST_PAIRS = 1_000
"""Pairs of ends of one tie; a single entity could tie a thousand others to a thousand more."""

_INCIDENTAL_SCHEMATA = ("Documentation", "Similar")


@dataclass(frozen=True)
class Tie:
    """One edge, in the direction its words are read.

    id: of its entity.   relation: "holds shares in".   schema: of followthemoney.   start, end: ISO dates or None.
    amount: as written, or None.   share: of an Ownership, 0 to 1; None for other ties.   owner, owned: ends of an Ownership.
    strength: of STRENGTHS; where nobody said, reported.   incidental: it shows no dealings between both ends.
    """

    id: str
    source: str
    target: str
    relation: str
    schema: str
    start: str | None
    end: str | None
    amount: str | None
    share: Share | None
    strength: str
    sources: tuple[str, ...]
    note: str | None
    incidental: bool

    @property
    def owner(self) -> str:
        """Who owns, of an Ownership."""
        return self.target if self.relation in TURNED else self.source

    @property
    def owned(self) -> str:
        """What is owned, of an Ownership."""
        return self.source if self.relation in TURNED else self.target

    def other(self, id: str) -> str:
        """The end that is not that one."""
        return self.target if id == self.source else self.source


@dataclass(frozen=True)
class Graph:
    """entities: every one by id, Documents and ties among them.   nodes: ids of things, sorted; Documents that only prove are none.
    ties: sorted by id.   of: node -> its ties.   dangling: ids of ties one end of which is not there, or
    that have more than MOST_PAIRS of ends."""

    entities: Mapping[str, Entity]
    nodes: tuple[str, ...]
    ties: tuple[Tie, ...]
    of: Mapping[str, tuple[Tie, ...]]
    dangling: tuple[str, ...]

    def name(self, id: str) -> str:
        """The main name of a node."""
        return self.entities[id].names[0]

    def original(self, id: str) -> str | None:
        """Its first name in another script than the main name's, where it has one."""
        first, *others = self.entities[id].names
        return next((name for name in others if _is_latin(name) != _is_latin(first)), None)

    def label(self, id: str) -> str:
        """The main name with the one in another script: "Qi An Xin 奇安信"."""
        other = self.original(id)
        return f"{self.name(id)} {other}" if other else self.name(id)


def graph(entities: Iterable[Entity]) -> Graph:
    """The graph of entities, those of one id merged."""
    by_id = merged(entities)
    proofs = {id for one in by_id.values() for id in one.values("proof")}
    proving = {id for id in proofs if id in by_id and "Document" in by_id[id].kind.is_a}
    nodes = {id for id, one in by_id.items() if one.kind.is_thing and id not in proving}
    ties: list[Tie] = []
    dangling: list[str] = []
    for id, one in sorted(by_id.items()):
        for source, target in _ends(one):
            if source in nodes and target in nodes and source != target:
                ties.append(_tie(one, source, target))
            else:
                dangling.append(id)
    of: dict[str, list[Tie]] = {id: [] for id in nodes}
    for tie in ties:
        of[tie.source].append(tie)
        of[tie.target].append(tie)
    held = MappingProxyType({id: tuple(its) for id, its in of.items()})
    return Graph(MappingProxyType(by_id), tuple(sorted(nodes)), tuple(ties), held, tuple(dict.fromkeys(dangling)))


def _is_latin(name: str) -> bool:
    """Whether most letters of a name are Latin."""
    letters = [character for character in name if character.isalpha()]
    return 2 * sum("LATIN" in unicodedata.name(c, "") for c in letters) > len(letters)


def _ends(entity: Entity) -> list[tuple[str, str]]:
    its = entity.kind.ends
    if its is None or entity.kind.is_thing:
        return []
    sources, targets = entity.values(its.source), entity.values(its.target)
    if len(sources) * len(targets) > MOST_PAIRS:
        return [("", "")]
    return [(a, b) for a in sources for b in targets] or [("", "")]


def _tie(entity: Entity, first: str, second: str) -> Tie:
    its = entity.kind.ends
    role = entity.first("role") or entity.first("relationship")
    relation = role or (its.label if its is not None else "tied to")
    source, target = (second, first) if relation in TURNED else (first, second)
    amount = entity.first("percentage") if entity.schema == "Ownership" else None
    amount = amount or entity.first("amount") or entity.first("sharesValue")
    of_class = next((said.rest[RELATION_CLASS] for said in entity.statements if RELATION_CLASS in said.rest), None)
    if amount is None and of_class is not None:
        amount = entity.first("summary")
    return Tie(
        id=entity.id,
        source=source,
        target=target,
        relation=relation,
        schema=entity.schema,
        start=entity.first("startDate") or entity.first("date"),
        end=entity.first("endDate"),
        amount=amount,
        share=share_of(entity.first("percentage")) if entity.schema == "Ownership" else None,
        strength=entity.strength or REPORTED,
        sources=entity.sources,
        note=entity.first("description"),
        incidental=of_class in INCIDENTAL or entity.schema in _INCIDENTAL_SCHEMATA,
    )
