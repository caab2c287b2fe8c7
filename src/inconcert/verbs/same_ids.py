"""Ids that two platforms use for two accounts or posts: whoever comes second carries its platform before the id.

Whatever compares accounts or objects looks at one id, so these ids must be different where the accounts are. The first
import that has an id keeps it as its source gave it; an account of another platform becomes "facebook:cnn". Of two platforms
in one import both are named, so that the order of records does not matter. What an id became it stays in later imports.
Records that name no platform may be of any, and are left as they are. Ids of posts stay native: they are always looked up
together with the platform or the author; only as objects of actions they stand alone.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from inconcert.engine.duckdb import DuckDB
from inconcert.normalise.platforms import UNKNOWN

OF_ONE_PLATFORM = ("share", "reply", "mention")
"""Kinds of action whose objects are posts or accounts of the platform; links, tags and words are the same everywhere."""

_KINDS = ", ".join(f"'{kind}'" for kind in OF_ONE_PLATFORM)


def native(column: str) -> str:
    """SQL: the id in a column of a table with `platform`, as its source gave it."""
    return f"CASE WHEN starts_with({column}, platform || ':') THEN substr({column}, length(platform) + 2) ELSE {column} END"


NATIVE_OBJECT = f"CASE WHEN kind IN ({_KINDS}) THEN {native('object_id')} ELSE object_id END"
"""SQL: the object of an action, as its source gave it."""

_PLATFORMS = f"""
SELECT count(DISTINCT platform) AS n FROM (
    SELECT platform FROM stored_accounts UNION ALL SELECT platform FROM new_accounts
) WHERE platform <> '{UNKNOWN}'
"""

# Of each (space, platform, id) that is new here: the id it has already, else whether anybody else has its native one.
_NAMED = f"""
WITH stored AS (
    SELECT DISTINCT 'account' AS space, platform, account_id AS id, {native("account_id")} AS own FROM stored_accounts
    UNION SELECT DISTINCT CASE kind WHEN 'mention' THEN kind ELSE 'post' END, platform, object_id, {native("object_id")}
    FROM stored_actions WHERE kind IN ({_KINDS})
), new AS (
    SELECT DISTINCT 'account' AS space, platform, account_id AS own FROM new_accounts
    UNION SELECT DISTINCT CASE kind WHEN 'mention' THEN kind ELSE 'post' END, platform, object_id
    FROM new_actions WHERE kind IN ({_KINDS})
), everywhere AS (
    SELECT space, own FROM (SELECT space, platform, own FROM stored UNION SELECT space, platform, own FROM new)
    WHERE platform <> '{UNKNOWN}' GROUP BY space, own HAVING count(DISTINCT platform) > 1
)
SELECT DISTINCT new.space, new.platform || ':' || new.own AS id
FROM new SEMI JOIN everywhere USING (space, own)
LEFT JOIN stored ON stored.space = new.space AND stored.platform = new.platform AND stored.own = new.own
WHERE new.platform <> '{UNKNOWN}' AND (stored.id IS NULL OR stored.id <> new.own)
ORDER BY new.space, id
"""


def named_ids(engine: DuckDB) -> dict[str, pa.Array]:
    """By space (account, post, mention): "platform:id" of what must be named so in the tables of this import.

    The engine holds stored_accounts and stored_actions (other imports, as stored), new_accounts and new_actions (native).
    {} when the case knows but one platform.
    """
    if engine.sql(_PLATFORMS)["n"][0].as_py() < 2:
        return {}
    found = engine.sql(_NAMED)
    return {
        space: found.filter(pc.equal(found["space"], space))["id"].combine_chunks()
        for space in pc.unique(found["space"]).to_pylist()
    }


def with_named_ids(table: pa.Table, named: dict[str, pa.Array]) -> pa.Table:
    """Rows of posts, post_observations, accounts or actions with those ids in place of the native ones."""
    table = _renamed(table, "account_id", named.get("account"))
    if "object_id" not in table.column_names:
        return table
    mentions = pc.equal(table["kind"], "mention")
    posts = pc.is_in(table["kind"], value_set=pa.array([kind for kind in OF_ONE_PLATFORM if kind != "mention"]))
    table = _renamed(table, "object_id", named.get("mention"), mentions)
    return _renamed(table, "object_id", named.get("post"), posts)


def _renamed(table: pa.Table, column: str, named: pa.Array | None, where: pa.ChunkedArray | None = None) -> pa.Table:
    if named is None or not len(named):
        return table
    whole = pc.binary_join_element_wise(table["platform"], table[column], ":")
    chosen = pc.is_in(whole, value_set=named)
    if where is not None:
        chosen = pc.and_(chosen, where)
    place = table.column_names.index(column)
    return table.set_column(place, table.schema.field(place), pc.if_else(chosen, whole, table[column]))
