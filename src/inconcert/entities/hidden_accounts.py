"""Accounts of the case among the entities: who stands on a page under another name stands under it in the graph as well."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from inconcert.entities.entity import Entity, Statement
from inconcert.entities.graph import Graph, graph
from inconcert.entities.names import folded, service
from inconcert.entities.schemata import schemata

_NAMELESS = ("date", "number", "country", "language", "topic", "checksum", "mimetype", "ip", "gender", "entity")
"""Kinds of values in which nobody can be named in words; references to entities are changed with their ids."""
SOMEBODY = "[account]"
"""Instead of a handle of the case where it stands for somebody else."""
_LEAST = 4
"""Letters of a name that is looked for within a text; shorter ones are words of too many languages."""


@dataclass(frozen=True)
class Hidden:
    """graph: as it may be shown.   ids: of entities and ties that were called after an account -> what they are called instead.
    accounts: ids, as they are, of entities that are accounts of the case."""

    graph: Graph
    ids: Mapping[str, str]
    accounts: tuple[str, ...]


Spelt = tuple[str, str]
"""A platform, and a handle or id on it, both as they are compared."""


def spellings(whole: Graph) -> dict[str, list[Spelt]]:
    """Entity of schema UserAccount -> what it is called, and where."""
    return {
        id: [(service(whole.entities[id].first("service")), folded(name)) for name in whole.entities[id].names]
        for id in whole.nodes
        if whole.entities[id].schema == "UserAccount"
    }


def hidden_accounts(
    whole: Graph, called: Mapping[Spelt, str], masked: Callable[[Sequence[str]], Sequence[str]]
) -> Hidden:
    """The graph with accounts of the case under the names that pages give them, wherever one of theirs is written.

    called: of `spellings`, those that are accounts of the case -> that name.   masked: hides mentions of accounts in texts, each by itself.
    """
    its = spellings(whole)
    shown_as = {
        id: name for id, spelt in its.items() if (name := next((called[s] for s in spelt if s in called), None))
    }
    names = {name: shown_as[id] for id in sorted(shown_as, reverse=True) for _, name in its[id]}
    accounts = tuple(sorted(shown_as))
    pattern = _any_of(names)

    def shown(text: str, instead: str | None = None) -> str:
        if folded(text) in names:
            return instead or names[folded(text)]
        return pattern.sub(lambda found: instead or names.get(folded(found[0]), found[0]), text)

    ids = {id: f"account-{_hash(id)}" for id in whole.entities if shown(id) != id}
    texts = list(
        dict.fromkeys(text for one in whole.entities.values() for said in one.statements for text in _texts(said))
    )
    told = dict(zip(texts, masked([shown(text) for text in texts]), strict=True))
    # who goes by the same handle on another platform is somebody else, and must not be taken for the account of the case
    aside = dict(zip(texts, masked([shown(text, SOMEBODY) for text in texts]), strict=True))
    if not ids and all(before == after for before, after in told.items()):
        return Hidden(whole, {}, accounts)
    namesakes = its.keys() - shown_as.keys()
    entities = [
        Entity(
            ids.get(id, id),
            one.schema,
            tuple(_said(said, ids, aside if id in namesakes else told) for said in one.statements),
        )
        for id, one in whole.entities.items()
    ]
    return Hidden(graph(entities), ids, accounts)


def _any_of(names: Mapping[str, str]) -> re.Pattern[str]:
    spelt = sorted((name for name in names if len(name) >= _LEAST), key=lambda name: (-len(name), name))
    return re.compile(
        rf"(?<![^\W_])[@＠]?(?:{'|'.join(map(re.escape, spelt))})(?!\w)" if spelt else r"(?!)", re.IGNORECASE
    )


def _texts(said: Statement) -> list[str]:
    return [
        *([said.value] if _kind(said) not in _NAMELESS else []),
        *([said.original_value] if said.original_value else []),
        *said.sources,
    ]


def _said(said: Statement, ids: Mapping[str, str], told: Mapping[str, str]) -> Statement:
    value = said.value
    if _kind(said) == "entity":
        value = ids.get(value, value)
    elif _kind(said) not in _NAMELESS:
        value = told.get(value, value)
    return replace(
        said,
        entity_id=ids.get(said.entity_id, said.entity_id),
        value=value,
        original_value=told.get(said.original_value, said.original_value) if said.original_value else None,
        sources=tuple(told.get(code, code) for code in said.sources),
    )


def _kind(said: Statement) -> str:
    return schemata()[said.schema].properties.get(said.prop, "string").partition(":")[0]


def _hash(id: str) -> str:
    return hashlib.sha256(f"hidden account {id}".encode()).hexdigest()[:12]
