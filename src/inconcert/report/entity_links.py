"""The entities of a case and its posts: which entities are accounts of the case, and of which group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from inconcert.case import Case
from inconcert.entities.graph import Graph
from inconcert.entities.held_entities import held_entities, is_example
from inconcert.entities.hidden_accounts import Spelt, spellings
from inconcert.entities.names import folded, service
from inconcert.judgement.brought import Brought, standing_files
from inconcert.judgement.weighed import weighed
from inconcert.report.entity_accounts import entity_accounts
from inconcert.yardstick.yardsticks import PHIA, YARDSTICKS

_KNOWN = "SELECT DISTINCT account_id, platform, handle FROM accounts WHERE lower(handle) IN (SELECT name FROM spelt) OR lower(account_id) IN (SELECT name FROM spelt)"


@dataclass(frozen=True)
class Links:
    """Of a case that holds entities, what only its posts can tell.   files: the standing ones, the bundled example left out.   whole: their graph.
    withheld: private persons in it.   spelt: platform and handle or id of an entity -> the account of the case it means.   accounts: group -> entities that are its accounts.   scale: title of the yardstick of the case."""

    files: tuple[Brought, ...]
    whole: Graph
    withheld: int
    spelt: Mapping[Spelt, str]
    accounts: Mapping[str, tuple[str, ...]]
    scale: str


def entity_links(con: duckdb.DuckDBPyConnection, case: Case, members: Mapping[str, Sequence[str]]) -> Links | None:
    """None for a case without entities of its own.   con: with the table `accounts`.   members: group that may be spoken of -> its accounts."""
    statements = case.statements()
    files = tuple(one for one in standing_files(statements) if not is_example(one))
    if not files:
        return None
    held = held_entities(case, files)
    names = sorted({name for its in spellings(held.graph).values() for _, name in its})
    con.register("spelt", pa.table({"name": pa.array(names, pa.string())}))
    spelt = {
        (service(platform), folded(called)): id
        for id, platform, handle in con.execute(_KNOWN).fetchall()
        for called in (id, handle)
        if called
    }
    accounts = {}
    for group, its in members.items():
        con.register("asked", pa.table({"account_id": pa.array(list(its), pa.string())}))
        accounts[group] = tuple(entity_accounts(con, held.graph))
    chosen = [one.value["name"] for one in weighed(statements) if one.what == "yardstick" and one.retracted is None]
    scale = YARDSTICKS.get(chosen[-1], PHIA) if chosen else PHIA
    return Links(files, held.graph, len(held.withheld), spelt, accounts, scale.title)
