"""What a case shows that can be compared with what is published: who used what, in which post."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

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
    control: accounts of the control.   activity: {group: accounts of the control for each one's worth of posts among them}, at least 1: a member's
    worth is as many posts as members have on average, on their platforms and in their languages; infinite where the control has none such.
    alike: {group: the same for accounts, of which any such post makes one}."""

    engine: DuckDB
    groups: dict[str, int]
    control: int
    activity: dict[str, float]
    alike: dict[str, float]


LEAST_SHARE = 0.1
"""Of the posts of a group, from which a platform and language is one of its own."""
_SCOPES = f"""
SELECT group_id, platform, language FROM (
  SELECT group_id, platform, language, sum(n_posts) AS n, sum(sum(n_posts)) OVER (PARTITION BY group_id) AS every
  FROM volume JOIN sides USING (account_id) WHERE group_id IS NOT NULL GROUP BY group_id, platform, language
) WHERE n >= {LEAST_SHARE} * every
QUALIFY language IS NOT NULL OR count(language) OVER (PARTITION BY group_id, platform) = 0"""
# posts whose platform or language is not known may be of any
_WORTH = """
WITH members AS (
  SELECT group_id, count(DISTINCT account_id) AS n FROM sides WHERE group_id IS NOT NULL GROUP BY group_id
), posted AS (
  SELECT group_id, sum(n_posts) AS posts FROM volume JOIN sides USING (account_id) WHERE group_id IS NOT NULL GROUP BY group_id
), ordinary AS (
  SELECT scopes.group_id, account_id, v.n_posts, v.platform, v.language FROM volume AS v JOIN sides USING (account_id)
  JOIN scopes ON coalesce(scopes.platform = v.platform, TRUE) AND coalesce(scopes.language = v.language, TRUE) WHERE sides.group_id IS NULL
), by_account AS (
  SELECT group_id, account_id, sum(n_posts) AS posts FROM (SELECT DISTINCT * FROM ordinary) GROUP BY group_id, account_id
)
SELECT group_id, sum(least(1.0, by_account.posts * members.n / posted.posts)) AS worth, count(*) AS accounts
FROM by_account JOIN members USING (group_id) JOIN posted USING (group_id) WHERE by_account.posts > 0 AND posted.posts > 0 GROUP BY group_id"""


def open_material(
    engine: DuckDB, volume: pa.Table, shown: pa.Table | None = None, wordings: pa.Table | None = None
) -> Material:
    """The material on an engine that has `uses`, `sides` and `records`. volume: account_id, n_posts, and where they are known the platform and language
    of so many posts."""
    for name in ("platform", "language"):
        if name not in volume.column_names:
            volume = volume.append_column(name, pa.nulls(volume.num_rows, S))
    engine.attach("volume", volume)
    engine.attach("shown", SHOWN.empty() if shown is None else SHOWN.check(shown))
    engine.attach("wordings", WORDINGS.empty() if wordings is None else WORDINGS.check(wordings))
    rows = engine.sql(
        """
        SELECT group_id, count(DISTINCT account_id) AS accounts FROM sides GROUP BY group_id ORDER BY group_id NULLS FIRST"""
    ).to_pylist()
    control = next((row["accounts"] for row in rows if row["group_id"] is None), 0)
    groups = {row["group_id"]: row["accounts"] for row in rows if row["group_id"] is not None}
    posting = {
        row["group_id"]
        for row in engine.sql(
            "SELECT DISTINCT group_id FROM volume JOIN sides USING (account_id) WHERE n_posts > 0"
        ).to_pylist()
    }
    engine.keep("scopes", _SCOPES)
    worth = {row["group_id"]: row for row in engine.sql(_WORTH).to_pylist()}
    none = {"worth": 0.0, "accounts": 0}
    return Material(
        engine=engine,
        groups=groups,
        control=control,
        activity={group: _times(control, worth.get(group, none)["worth"], group in posting) for group in groups},
        alike={group: _times(control, worth.get(group, none)["accounts"], group in posting) for group in groups},
    )


def _times(control: int, worth: float, posting: bool) -> float:
    """A group that posts nothing is beside the whole control."""
    return max(1.0, control / worth) if worth else inf if posting and control else 1.0
