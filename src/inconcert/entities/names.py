"""Which entity somebody means, by id or by any of its names, and entities that hold words."""

from __future__ import annotations

import unicodedata

from inconcert.entities.graph import Graph
from inconcert.entities.values import reference_id
from inconcert.errors import InputError, UnknownName

SHOWN = 8
_SAME_SERVICE = {"x": "twitter"}


def folded(text: str) -> str:
    """A name as it is compared: compatibility forms, case and white space do not matter, nor does @ before it."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split()).removeprefix("@")


def service(name: str | None) -> str:
    """A platform as it is compared."""
    return _SAME_SERVICE.get(folded(name or ""), folded(name or ""))


def called(graph: Graph, name: str) -> str:
    """The id of the node that goes by that id or name.

    UnknownName when there is none; InputError when several do, which are listed.
    """
    for id in (name, reference_id(name)):
        if id in graph.of:
            return id
    sought = folded(name)
    found = [id for id in graph.nodes if sought in map(folded, graph.entities[id].names)]
    if not found:
        raise UnknownName("entity", name, {one for id in graph.nodes for one in (id, *graph.entities[id].names)})
    if len(found) > 1:
        listed = ", ".join(f"{id} ({graph.name(id)})" for id in found[:SHOWN])
        raise InputError(f"'{name}' may be any of {len(found)}: {listed}. Give the id of the one you mean.")
    return found[0]


def search(graph: Graph, words: str) -> tuple[str, ...]:
    """Ids of the nodes that hold every one of the words in a name, keyword, note or description; those named so come first."""
    sought = folded(words).split()
    found: list[tuple[bool, str]] = []
    for id in graph.nodes if sought else ():
        entity = graph.entities[id]
        named = folded(" ".join([id, *entity.names]))
        whole = named + " " + folded(" ".join(entity.values("keywords", "notes", "description", "summary", "service")))
        if all(word in whole for word in sought):
            found.append((not all(word in named for word in sought), id))
    return tuple(id for _, id in sorted(found))
