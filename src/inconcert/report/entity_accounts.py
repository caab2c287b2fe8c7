"""Which entities are accounts of a group: by handle or id, and platform."""

from __future__ import annotations

import duckdb

from inconcert.entities.graph import Graph
from inconcert.entities.names import folded, service

_CALLED = (
    "SELECT DISTINCT account_id, platform, handle FROM accounts WHERE account_id IN (SELECT account_id FROM asked)"
)


def entity_accounts(con: duckdb.DuckDBPyConnection, graph: Graph) -> list[str]:
    """Ids of the entities of schema UserAccount that are one of the accounts in the table `asked` (account_id); sorted.

    con: with the table `accounts`. An entity is an account when it has the handle or id as username, and the platform as service.
    """
    held = {
        (service(platform), folded(called))
        for id, platform, handle in con.execute(_CALLED).fetchall()
        for called in (id, handle)
        if called
    }
    return [
        id
        for id in graph.nodes
        if graph.entities[id].schema == "UserAccount"
        if any(
            (service(graph.entities[id].first("service")), folded(called)) in held
            for called in graph.entities[id].values("username")
        )
    ]
