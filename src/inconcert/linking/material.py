"""What a case shows that can be compared with what is published: who used what, in which post."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from inconcert.engine.duckdb import DuckDB
from inconcert.schema import Column, Table
from inconcert.schema.table import I64, B, S

_n = True

USES = Table(
    "uses",
    "one account showing one thing in one post, or in its profile",
    (
        Column("account_id", S, ""),
        Column("kind", S, "of indicator; near_text and near_media for a cluster of copies"),
        Column("value", S, ""),
        Column("platform", S, "", _n),
        Column("post_id", S, "NULL: the account itself", _n),
        Column("time_us", I64, "", _n),
    ),
)
SIDES = Table(
    "sides",
    "one account that is compared: a member of a group, or one of the control",
    (Column("account_id", S, ""), Column("group_id", S, "NULL: of the control", _n)),
)
WORDINGS = Table(
    "wordings",
    "one wording of a text, or one form of a picture, in a cluster of near-identical ones",
    (
        Column("kind", S, "text_hash or image_hash"),
        Column("cluster", S, "value of its uses of kind near_text or near_media"),
        Column("value", S, "hash of the wording"),
    ),
)
RECORDS = Table(
    "records",
    "where one post or account was read",
    (
        Column("is_post", B, "false: an account"),
        Column("of", S, "id of the post or account"),
        Column("platform", S, ""),
        Column("import_id", S, ""),
        Column("row_ref", I64, ""),
    ),
)
SHOWN = Table(
    "shown", "one technique that the run shows of one group", (Column("group_id", S, ""), Column("technique", S, ""))
)

FROM_ACTIONS = """
SELECT account_id, CASE WHEN kind = 'text' THEN 'text_hash' ELSE kind END AS kind, object_id AS value, platform, post_id, time_us
FROM actions WHERE kind IN ('domain', 'url', 'hashtag', 'text', 'near_text', 'near_media') AND object_id <> ''
UNION ALL
SELECT account_id, 'host', split_part(split_part(object_id, '/', 3), ':', 1), platform, post_id, time_us
FROM actions WHERE kind = 'url' AND object_id LIKE 'http%://%'
"""
"""Uses of kinds that posts show, from a table `actions`."""
FROM_ACCOUNTS = """
SELECT DISTINCT account_id, 'account' AS kind,
  CASE WHEN starts_with(account_id, platform || ':') THEN substr(account_id, length(platform) + 2) ELSE account_id END AS value,
  platform, CAST(NULL AS VARCHAR) AS post_id, CAST(NULL AS BIGINT) AS time_us FROM accounts
UNION ALL
SELECT DISTINCT account_id, 'handle', lower(ltrim(handle, '@')), platform, NULL, NULL FROM accounts WHERE handle <> ''
"""
"""Uses of kinds that accounts are, from a table `accounts`; every handle an account was ever seen with is one."""


@dataclass(frozen=True)
class Material:
    """engine: has the tables USES, SIDES, WORDINGS, RECORDS and SHOWN, and closes with the caller.   groups: {group: members}.
    control: accounts of the control.   activity: {group: posts a member, over posts an account of the control}."""

    engine: DuckDB
    groups: dict[str, int]
    control: int
    activity: dict[str, float]


def open_material(
    engine: DuckDB, volume: pa.Table, shown: pa.Table | None = None, wordings: pa.Table | None = None
) -> Material:
    """The material on an engine that has `uses`, `sides` and `records`. volume: account_id, n_posts."""
    engine.attach("volume", volume)
    engine.attach("shown", SHOWN.empty() if shown is None else SHOWN.check(shown))
    engine.attach("wordings", WORDINGS.empty() if wordings is None else WORDINGS.check(wordings))
    rows = engine.sql(
        """
        SELECT group_id, count(*) AS accounts, avg(coalesce(n_posts, 0)) AS posts FROM sides LEFT JOIN volume USING (account_id)
        GROUP BY group_id ORDER BY group_id NULLS FIRST"""
    ).to_pylist()
    control = next((row for row in rows if row["group_id"] is None), {"accounts": 0, "posts": 0.0})
    groups = [row for row in rows if row["group_id"] is not None]
    usual = control["posts"]
    return Material(
        engine=engine,
        groups={row["group_id"]: row["accounts"] for row in groups},
        control=int(control["accounts"]),
        activity={row["group_id"]: row["posts"] / usual if usual else 1.0 for row in groups},
    )
