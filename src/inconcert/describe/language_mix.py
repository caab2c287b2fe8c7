"""How much of what accounts and groups write is in which language, beside everybody else."""

from __future__ import annotations

import pyarrow as pa

from inconcert import schema
from inconcert.engine.duckdb import DuckDB
from inconcert.normalise.language import UNKNOWN

_KNOWN = f"language <> '{UNKNOWN}'"

_OF_ACCOUNTS = f"""
SELECT account_id, language, count(*) AS posts,
  CASE WHEN {_KNOWN} THEN count(*) / sum(count(*)) FILTER ({_KNOWN}) OVER (PARTITION BY account_id) END AS share,
  min(time_us) AS first_us, max(time_us) AS last_us
FROM own GROUP BY account_id, language ORDER BY account_id, posts DESC, language
"""

_OF_GROUPS = f"""
WITH of_others AS (
  SELECT language, count(*) AS posts, sum(count(*)) OVER () AS known FROM own ANTI JOIN members USING (account_id)
  WHERE {_KNOWN} GROUP BY language
), whether AS (SELECT max(known) AS known FROM of_others)
SELECT group_id, language, count(*) AS posts, count(DISTINCT account_id)::INTEGER AS accounts,
  CASE WHEN {_KNOWN} THEN count(*) / sum(count(*)) FILTER ({_KNOWN}) OVER (PARTITION BY group_id) END AS share,
  CASE WHEN {_KNOWN} AND (SELECT known FROM whether) > 0
    THEN coalesce(any_value(of_others.posts), 0) / (SELECT known FROM whether) END AS share_others
FROM own JOIN members USING (account_id) LEFT JOIN of_others USING (language)
GROUP BY group_id, place, language ORDER BY place, count(*) DESC, language
"""


def account_languages(engine: DuckDB) -> pa.Table:
    """The table `account_languages` of an engine of `own_posts.open_own_posts`; by account, commonest language first."""
    return schema.ACCOUNT_LANGUAGES.check(engine.sql(_OF_ACCOUNTS))


def group_languages(engine: DuckDB) -> pa.Table:
    """The table `group_languages`; others are the accounts in no group at all. Commonest language of a group first."""
    return schema.GROUP_LANGUAGES.check(engine.sql(_OF_GROUPS))
