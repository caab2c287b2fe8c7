"""Every way from one entity to another, each with its weakest link.

A path is no evidence that its ends deal with one another; it says what would have to be true for it, and where it would break.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from inconcert.entities.graph import Graph, Tie
from inconcert.entities.strength import weakest, weakness

MOST_STEPS = 8
MOST_PATHS = 20_000
"""Paths found before the search stops; the number grows about tenfold with each step."""
MOST_TRIES = 200_000
"""Beginnings of paths that are followed before the search stops: many may lead to none."""

NOT_A_FINDING = "A path says what would have to be true, and where it breaks first. It is no evidence that its ends deal with one another."
"""What stands beside every list of paths."""

_COMMON_GROUND = frozenset({"Territory", "Address", "Event"})


@dataclass(frozen=True)
class Step:
    """From one node to the next.   tie: the strongest one between them.   beside: further ties between the same two."""

    tie: Tie
    beside: tuple[Tie, ...]


@dataclass(frozen=True)
class Path:
    """nodes: from the first to the last, none twice.   steps: between them.   strength: of the weakest link.
    weakest: the ties of that strength.   incidental: a step shows no dealings, only a mention or a report, or it leads through a
    place that both have to do with."""

    nodes: tuple[str, ...]
    steps: tuple[Step, ...]
    strength: str
    weakest: tuple[Tie, ...]
    incidental: bool


@dataclass(frozen=True)
class Paths:
    """paths: ranked.   complete: False when there were more than MOST_PATHS, or to look for them all would take too long, so that some may
    be missing."""

    paths: tuple[Path, ...]
    complete: bool


def paths(graph: Graph, starts: Collection[str], goal: str, most_steps: int = 4, most_paths: int = MOST_PATHS) -> Paths:
    """All simple paths from any of the starts to the goal of at most so many steps, in whatever direction ties run.

    Ties between the same two nodes are one step, as strong as the strongest of them. Ranked: paths of dealings before those
    with an incidental step, strong before weak, short before long, then by how many links are of the weakest strength, then
    by ids. No other start is passed through.
    """
    away = _distances(graph, goal, most_steps)
    beside = _beside(graph, away)
    found: list[Path] = []
    complete = True
    tries = MOST_TRIES
    for start in sorted(set(starts) - {goal}):
        barred = set(starts) - {start}
        for nodes in _simple(beside, start, goal, most_steps, away, barred):
            tries -= 1
            if not tries or len(found) == most_paths:
                complete = False
                break
            if nodes is not None:
                found.append(_path(graph, nodes))
        if not tries:
            break
    return Paths(tuple(sorted(found, key=_rank)), complete)


def _distances(graph: Graph, goal: str, most: int) -> dict[str, int]:
    away = {goal: 0}
    queue = deque([goal])
    while queue:
        id = queue.popleft()
        if away[id] < most:
            for tie in graph.of[id]:
                if tie.other(id) not in away:
                    away[tie.other(id)] = away[id] + 1
                    queue.append(tie.other(id))
    return away


def _beside(graph: Graph, away: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
    """Node -> nodes tied to it from which the goal can be reached, each once, in the order in which they are followed."""
    return {id: tuple(sorted({tie.other(id) for tie in graph.of[id]} & away.keys(), reverse=True)) for id in away}


def _simple(
    beside: Mapping[str, tuple[str, ...]], start: str, goal: str, most: int, away: Mapping[str, int], barred: set[str]
) -> Iterator[tuple[str, ...] | None]:
    """Node sequences without a repeat, shortest first: a sequence is only followed where the goal can still be reached. None after
    each one that was followed and is no path."""
    for length in range(away.get(start, most + 1), most + 1):
        stack: list[tuple[str, ...]] = [(start,)]
        while stack:
            so_far = stack.pop()
            left = length - len(so_far) + 1
            if so_far[-1] == goal:
                yield so_far if left == 0 else None
                continue
            stack += [
                (*so_far, id)
                for id in beside[so_far[-1]]
                if away[id] <= left - 1 and id not in so_far and id not in barred
            ]
            yield None


def _path(graph: Graph, nodes: tuple[str, ...]) -> Path:
    steps = tuple(_step(graph, a, b) for a, b in pairwise(nodes))
    strength = weakest(step.tie.strength for step in steps)
    return Path(
        nodes,
        steps,
        strength,
        tuple(step.tie for step in steps if step.tie.strength == strength),
        any(step.tie.incidental for step in steps)
        or any(graph.entities[id].kind.is_a & _COMMON_GROUND for id in nodes[1:-1]),
    )


def _step(graph: Graph, a: str, b: str) -> Step:
    between = [tie for tie in graph.of[a] if tie.other(a) == b]
    first, *others = sorted(between, key=lambda tie: (tie.incidental, weakness(tie.strength), tie.id))
    return Step(first, tuple(others))


def _rank(path: Path) -> tuple[bool, int, int, int, tuple[str, ...]]:
    return path.incidental, weakness(path.strength), len(path.steps), len(path.weakest), path.nodes
