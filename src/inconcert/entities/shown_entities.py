"""Entities and ties as results of verbs: by name, with dates, strength, and what they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inconcert.entities.graph import Graph, Tie
from inconcert.entities.proof import proofs


@dataclass(frozen=True)
class ShownEntity:
    """name: with the original script.   keywords: what kind it is, in the words of the file.   steps: from whoever was asked for, or
    None.   ties: how many it has."""

    id: str
    schema: str
    name: str
    names: tuple[str, ...]
    keywords: tuple[str, ...]
    countries: tuple[str, ...]
    notes: tuple[str, ...]
    steps: int | None
    ties: int


@dataclass(frozen=True)
class ShownTie:
    """id: as its source calls it.   source, target: ids, in the direction the words are read; then their names.   when: in words.
    strength: of STRENGTHS.   proof: what it rests on, a line each."""

    id: str
    source: str
    source_name: str
    relation: str
    target: str
    target_name: str
    schema: str
    when: str
    amount: str | None
    strength: str
    incidental: bool
    note: str | None
    proof: tuple[str, ...]


def shown_entity(graph: Graph, id: str, steps: int | None = None) -> ShownEntity:
    """One node."""
    entity = graph.entities[id]
    return ShownEntity(
        id,
        entity.schema,
        graph.label(id),
        tuple(entity.names),
        tuple(entity.values("keywords")),
        tuple(entity.values("country", "jurisdiction", "nationality")),
        tuple(entity.values("notes", "description", "summary")),
        steps,
        len(graph.of[id]),
    )


def shown_tie(graph: Graph, tie: Tie) -> ShownTie:
    """One tie with its proof."""
    return ShownTie(
        tie.id, tie.source, graph.label(tie.source), tie.relation, tie.target, graph.label(tie.target), tie.schema,
        when(tie.start, tie.end), tie.amount, tie.strength, tie.incidental, tie.note, proofs(graph.entities[tie.id], graph.entities),
    )  # fmt: skip


def shown_ties(graph: Graph, ties: Sequence[Tie]) -> tuple[ShownTie, ...]:
    """Ties with their proofs."""
    return tuple(shown_tie(graph, tie) for tie in ties)


def when(start: str | None, end: str | None) -> str:
    """Dates in words: "since 2015" is not said of what only is dated."""
    if start and end:
        return start if start == end else f"{start} to {end}"
    return start or (f"until {end}" if end else "")
