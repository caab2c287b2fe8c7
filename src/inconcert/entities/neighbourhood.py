"""What lies around an entity: everything within so many steps, and the ties among it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from inconcert.entities.graph import Graph, Tie
from inconcert.entities.strength import weakness


@dataclass(frozen=True)
class Neighbourhood:
    """steps: id -> how many steps it lies from the middle.   ties: among those, sorted by id.   left_out: how many nodes more lie
    within those steps than were asked for."""

    middle: str
    steps: Mapping[str, int]
    ties: tuple[Tie, ...]
    left_out: int


def neighbourhood(graph: Graph, middle: str, steps: int = 1, most: int | None = None) -> Neighbourhood:
    """Everything within so many steps of a node of the graph, in whatever direction ties run.

    most: how many nodes at most, the nearest first, then those with the strongest tie inwards, then by id.
    """
    found = {middle: 0}
    edge = [middle]
    for step in range(1, steps + 1):
        reached = sorted(
            {tie.other(id) for id in edge for tie in graph.of[id]} - found.keys(),
            key=lambda id, inner=frozenset(edge): (_inwards(graph, id, inner), id),  # type: ignore[misc]
        )
        found |= dict.fromkeys(reached, step)
        edge = reached
    kept = dict(list(found.items())[:most])
    ties = tuple(tie for tie in graph.ties if tie.source in kept and tie.target in kept)
    return Neighbourhood(middle, kept, ties, len(found) - len(kept))


def _inwards(graph: Graph, id: str, inner: frozenset[str]) -> tuple[bool, int]:
    """How weak the best tie of a node to those further in is."""
    return min((tie.incidental, weakness(tie.strength)) for tie in graph.of[id] if tie.other(id) in inner)
