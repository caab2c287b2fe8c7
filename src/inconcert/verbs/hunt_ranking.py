"""What carries passages, in the order to look at it: exact before near, then what few others carry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from inconcert import schema
from inconcert.engine.duckdb import DuckDB

_FOUND = """
SELECT *, CASE WHEN kind IN ('exact', 'same bytes') THEN 0 ELSE 1 END AS rough FROM carried_{role}
QUALIFY row_number() OVER (
  PARTITION BY source, platform, account_id, post_id, passage ORDER BY rough, similarity DESC, import_id, row_ref, sha256
) = 1
"""
_CARRIED_BY = """
WITH posts AS (
  SELECT passage, platform, account_id, post_id, min(rough) AS rough, bool_or(source = 'picture') AS in_picture,
    min(time_us) AS time_us
  FROM found_{role} GROUP BY ALL
)
SELECT passage, count(DISTINCT (platform, account_id)) AS accounts,
  count(DISTINCT (platform, account_id)) FILTER (rough = 0) AS exact_accounts,
  count(post_id) FILTER (rough = 0) AS exact_posts, count(post_id) FILTER (rough = 1) AS near_posts,
  count(post_id) FILTER (in_picture) AS picture_posts, min(time_us) AS first_us, max(time_us) AS last_us,
  string_agg(DISTINCT platform, ',' ORDER BY platform) AS platforms
FROM posts GROUP BY passage ORDER BY passage
"""
_POSTS = """
WITH rarest AS (
  SELECT passage, rank() OVER (ORDER BY coalesce(control.accounts, 0), its.accounts) AS rarity
  FROM by_passage_case AS its LEFT JOIN by_passage_control AS control USING (passage)
), posts AS (
  SELECT platform, account_id, post_id, row_number() OVER (
    ORDER BY min(rough), min(rarity), count(DISTINCT passage) DESC, max(similarity) DESC, min(time_us) NULLS LAST,
      platform, account_id, post_id NULLS LAST
  ) AS rank
  FROM found_case JOIN rarest USING (passage) GROUP BY platform, account_id, post_id
)
SELECT posts.rank, found_case.* EXCLUDE rough FROM found_case JOIN posts
ON found_case.platform = posts.platform AND found_case.account_id = posts.account_id
  AND found_case.post_id IS NOT DISTINCT FROM posts.post_id
ORDER BY posts.rank, passage, rough, source
"""
_ACCOUNTS = """
WITH names AS (
  SELECT platform, account_id, handle FROM accounts_case WHERE handle IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY platform, account_id ORDER BY observed_at DESC NULLS LAST, import_id, row_ref) = 1
)
SELECT row_number() OVER (
    ORDER BY exact_passages DESC, passages DESC, posts DESC, first_us NULLS LAST, platform, account_id
  ) AS rank, platform, account_id, handle, passages, exact_passages, posts, shares, in_profile, first_us, last_us
FROM (
  SELECT platform, account_id, count(DISTINCT passage) AS passages,
    count(DISTINCT passage) FILTER (rough = 0) AS exact_passages, count(DISTINCT post_id) AS posts,
    count(DISTINCT post_id) FILTER (post_kind = 'share') AS shares, bool_or(post_id IS NULL) AS in_profile,
    min(time_us) AS first_us, max(time_us) AS last_us
  FROM found_case GROUP BY platform, account_id
) LEFT JOIN names USING (platform, account_id) ORDER BY rank
"""
_SEARCHED = "SELECT count(*) AS posts, count(DISTINCT (platform, account_id)) AS accounts FROM posts_{role}"


@dataclass(frozen=True)
class Ranking:
    """posts: columns CARRIED with the rank of the post before them, one row a text and passage.   accounts: most telling first.

    by_passage, control_by_passage: passage -> who carries it, in the case and in the control crowd.
    searched: role -> posts and accounts.
    """

    posts: pa.Table
    accounts: pa.Table
    by_passage: Mapping[int, Mapping[str, Any]]
    control_by_passage: Mapping[int, Mapping[str, Any]]
    searched: Mapping[str, Mapping[str, int]]


def ranking(carried: Mapping[str, pa.Table], parts: Mapping[tuple[str, str], Sequence[Path]]) -> Ranking:
    """Rank what carries passages.

    carried: columns CARRIED of the roles "case" and "control".   parts: Parquet files of ("posts", role) and
    ("accounts", "case").
    """
    with closing(DuckDB()) as engine:
        searched, by_passage = {}, {}
        for role in ("case", "control"):
            engine.attach(f"posts_{role}", list(parts.get(("posts", role), ())) or schema.table("posts").empty())
            searched[role] = engine.sql(_SEARCHED.format(role=role)).to_pylist()[0]
            engine.attach(f"carried_{role}", carried[role])
            engine.keep(f"found_{role}", _FOUND.format(role=role))
            engine.keep(f"by_passage_{role}", _CARRIED_BY.format(role=role))
            rows = engine.sql(f"SELECT * FROM by_passage_{role}").to_pylist()
            by_passage[role] = {row["passage"]: row for row in rows}
        engine.attach("accounts_case", list(parts.get(("accounts", "case"), ())) or schema.table("accounts").empty())
        posts, accounts = engine.sql(_POSTS), engine.sql(_ACCOUNTS)
    return Ranking(posts, accounts, by_passage["case"], by_passage["control"], searched)
