"""Entities and ties by what they are: words, schema, strength of a tie, and when."""

from __future__ import annotations

from dataclasses import dataclass

from inconcert.entities import names
from inconcert.entities.dated import asked_date, meets
from inconcert.entities.graph import Graph, Tie
from inconcert.entities.schemata import schemata
from inconcert.entities.strength import STRENGTHS
from inconcert.errors import InputError, UnknownName


@dataclass(frozen=True)
class Asked:
    """schema: of an entity, those that extend it among it.   strength: of a tie.   since, until: 2019, 2019-04 or 2019-04-24.

    None for any. Of entities, strength and dates ask for a tie that is so.
    """

    schema: str | None = None
    strength: str | None = None
    since: str | None = None
    until: str | None = None

    @property
    def of_ties(self) -> bool:
        """Whether something is asked of ties."""
        return self.strength is not None or self.dated

    @property
    def dated(self) -> bool:
        """Whether a span is asked for."""
        return self.since is not None or self.until is not None


EVERYTHING = Asked()


def asked_for(schema: str = "", strength: str = "", since: str = "", until: str = "") -> Asked:
    """What somebody asks for, "" for any.   UnknownName for no schema or strength; InputError for no date, or a span that ends before it begins."""
    if schema and schema not in schemata():
        raise UnknownName("schema of followthemoney", schema, schemata())
    if strength and strength not in STRENGTHS:
        raise UnknownName("strength", strength, STRENGTHS)
    try:
        for date in (since, until):
            if date:
                asked_date(date)
    except ValueError as error:
        raise InputError(f"{error}.") from error
    if since and until and not meets(since, since, None, until):
        raise InputError(f"{since} to {until} is no span: it ends before it begins.")
    return Asked(schema or None, strength or None, since or None, until or None)


def fits(tie: Tie, asked: Asked) -> bool:
    """Whether a tie is as strong, and of the time, that is asked for."""
    strong = asked.strength in (None, tie.strength)
    return strong and (not asked.dated or meets(tie.start, tie.end, asked.since, asked.until))


def sought(graph: Graph, words: str, asked: Asked) -> tuple[str, ...]:
    """Ids of the nodes that hold the words and are what is asked for, those named so first; all of them in the order of their names for no words."""
    found = names.search(graph, words) if words.split() else sorted(graph.nodes, key=lambda id: (graph.name(id), id))
    return tuple(
        id
        for id in found
        if (asked.schema is None or asked.schema in graph.entities[id].kind.is_a)
        and (not asked.of_ties or any(fits(tie, asked) for tie in graph.of[id]))
    )


def ties_sought(graph: Graph, words: str, asked: Asked) -> tuple[Tie, ...]:
    """Ties that are so, at least one end of which is of the schema and one of which holds the words, or the tie's own words do."""
    ends = set(sought(graph, words, Asked(schema=asked.schema)))
    of_schema = ends if not words.split() else set(sought(graph, "", Asked(schema=asked.schema)))
    spoken = names.folded(words).split()
    return tuple(
        tie
        for tie in graph.ties
        if fits(tie, asked)
        and (
            {tie.source, tie.target} & ends
            or (
                spoken
                and {tie.source, tie.target} & of_schema
                and all(word in names.folded(f"{tie.id} {tie.relation} {tie.note or ''}") for word in spoken)
            )
        )
    )
