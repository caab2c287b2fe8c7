"""The posts that accounts wrote themselves, with their language and the groups of their authors. A share is another's words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from inconcert.engine.duckdb import DuckDB
from inconcert.normalise.language import UNKNOWN

_OWN = f"""
SELECT account_id, platform, post_id, epoch_us(min(created_at)) AS time_us,
  coalesce(min(languages.language), '{UNKNOWN}') AS language, min(languages.script) AS script
FROM posts LEFT JOIN languages USING (text_hash) WHERE kind <> 'share'
GROUP BY account_id, platform, post_id
"""


def open_own_posts(
    posts: pa.Table | Sequence[Path],
    languages: pa.Table,
    members: pa.Table,
    *,
    memory_limit: str | None = None,
    threads: int | None = None,
) -> DuckDB:
    """An engine with `posts` and the tables `own` (account_id, platform, post_id, time_us, language, script; one row a post that is no share;
    unknown without a text long enough to compare) and `members` (group_id, place, account_id). The caller closes it.

    posts, languages: as in the schema. members: group_id and account_id, of the strongest group first; the order of groups is
    kept in `place`, from 0.
    """
    engine = DuckDB(memory_limit=memory_limit, threads=threads)
    engine.attach("posts", posts)
    engine.attach("languages", languages)
    place = {group: number for number, group in enumerate(dict.fromkeys(members["group_id"].to_pylist()))}
    places = pa.array([place[group] for group in members["group_id"].to_pylist()], pa.int32())
    engine.attach("members", members.select(["group_id", "account_id"]).append_column("place", places))
    engine.keep("own", _OWN)
    return engine
