"""Posts and affiliations: who is what in which body, each listed once though several sources say so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from inconcert.entities.graph import Graph, Tie
from inconcert.entities.names import folded
from inconcert.entities.relations import FOUNDED, MEMBER, OFFICES
from inconcert.entities.strength import strongest, weakness

_SCHEMATA = ("Directorship", "Membership", "Employment", "Occupancy")
POSTS = frozenset(verb.replace("_", " ") for verb in (*OFFICES, *FOUNDED, *MEMBER, "employed_by", "represented"))


@dataclass(frozen=True)
class Affiliation:
    """One role of one person in one body.

    start, end: the earliest and latest that sources state, ISO, or None.   strength: of the best source.
    ties: ids of every tie that says so.   sources: their codes.
    """

    person: str
    role: str
    body: str
    start: str | None
    end: str | None
    strength: str
    ties: tuple[str, ...]
    sources: tuple[str, ...]


def is_post(tie: Tie) -> bool:
    """Whether a tie says that somebody has a role in a body."""
    return tie.schema in _SCHEMATA or tie.relation in POSTS


def affiliations(graph: Graph, id: str) -> tuple[Affiliation, ...]:
    """Every role of a person or body in another, and of others in it; those of whoever was asked for first, then by name.

    Ties between the same two with the same words are one role, unless their dates leave a gap: then the post was held again.
    """
    roles: dict[tuple[str, str, str], list[Tie]] = {}
    for tie in graph.of[id]:
        if is_post(tie):
            roles.setdefault((tie.source, folded(tie.relation), tie.target), []).append(tie)
    found = [_one(ties) for same in roles.values() for ties in _terms(same)]
    return tuple(
        sorted(found, key=lambda one: (one.person != id, graph.name(one.body), one.role, one.start or "", one.ties))
    )


def _terms(ties: Sequence[Tie]) -> Iterable[list[Tie]]:
    """The ties of one role, apart where one ended before the next began."""
    terms: list[list[Tie]] = []
    for tie in sorted(ties, key=lambda one: (one.start or "", one.id)):
        ended = terms and all(one.end is not None for one in terms[-1])
        if ended and tie.start is not None and tie.start > max(one.end or "" for one in terms[-1]):
            terms.append([tie])
        elif terms:
            terms[-1].append(tie)
        else:
            terms.append([tie])
    return terms


def _one(ties: Sequence[Tie]) -> Affiliation:
    best = min(ties, key=lambda tie: (weakness(tie.strength), tie.id))
    starts = [tie.start for tie in ties if tie.start is not None]
    ends = [tie.end for tie in ties if tie.end is not None]
    return Affiliation(
        best.source,
        best.relation,
        best.target,
        min(starts, default=None),
        max(ends, default=None),
        strongest(tie.strength for tie in ties),
        tuple(sorted(tie.id for tie in ties)),
        tuple(dict.fromkeys(code for tie in ties for code in tie.sources)),
    )
