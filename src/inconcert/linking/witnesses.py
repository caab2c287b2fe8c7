"""The posts and accounts that show what a group and an operation have in common."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from inconcert.engine.duckdb import DuckDB
from inconcert.linking.common_items import OF_COPIES

MOST = 5
"""Witnesses of one item; how many there are is in its columns `carriers` and `posts`."""

_FIRST = f"""
SELECT group_id, kind, value, CASE WHEN kind IN ('account', 'handle') THEN coalesce(nullif(platform, 'unknown'), '') ELSE '' END AS place,
  account_id, post_id, import_id, row_ref
FROM (
  SELECT DISTINCT group_id, uses.kind, uses.value, uses.platform, account_id, uses.post_id, time_us, import_id, row_ref
  FROM uses JOIN sides USING (account_id) LEFT JOIN records ON records.platform = uses.platform
    AND records.of = CASE WHEN uses.post_id IS NULL THEN account_id ELSE uses.post_id END AND records.is_post = (uses.post_id IS NOT NULL)
  SEMI JOIN weighed ON weighed.group_id = sides.group_id AND weighed.kind = uses.kind AND weighed.value = uses.value
)
QUALIFY row_number() OVER (
  PARTITION BY group_id, kind, value, place ORDER BY time_us NULLS LAST, account_id, post_id, import_id, row_ref) <= {MOST}
ORDER BY group_id, kind, value, place, time_us NULLS LAST, account_id, post_id, import_id, row_ref"""


def witnesses(engine: DuckDB) -> dict[tuple[str, str, str, str], list[dict[str, Any]]]:
    """{(group, kind of indicator, value, platform of an account or ""): its first MOST witnesses}, after `common_items`.

    The engine has `records`: is_post, of (id of the post or account), platform, import_id, row_ref; one row each.
    """
    found: dict[tuple[str, str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in engine.sql(_FIRST).to_pylist():
        key = row["group_id"], OF_COPIES.get(row["kind"], row["kind"]), row["value"], row["place"]
        found[key].append({name: row[name] for name in ("account_id", "post_id", "import_id", "row_ref")})
    return found
