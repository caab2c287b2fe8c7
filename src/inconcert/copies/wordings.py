"""The distinct wordings of a case and of its control crowd: what is compared when copies are looked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa

from inconcert import schema
from inconcert.engine.duckdb import DuckDB
from inconcert.normalise.text import text_hash

ROLES = ("case", "control")
_NONE = pa.array([], pa.string())

_WRITTEN = """
SELECT object_id AS text_hash, '{role}' AS role, 'post' AS source, account_id, post_id, platform, time_us
FROM actions_{role} WHERE kind = 'text'
"""
_READ = """
SELECT words.text_hash, '{role}' AS role, 'picture' AS source, account_id, post_id, platform, time_us
FROM media_{role} JOIN words USING (sha256) WHERE use = 'post'
"""
_SAID = " UNION ALL ".join(query.format(role=role) for role in ROLES for query in (_WRITTEN, _READ))

_TEXTS = """
WITH said_times AS (
  SELECT text_hash, count(*) FILTER (role = 'case') AS posts, count(*) FILTER (role = 'control') AS control_posts
  FROM said GROUP BY text_hash
), raw AS (
  SELECT text_hash, text FROM posts_case WHERE text_hash IS NOT NULL
  UNION ALL SELECT text_hash, text FROM posts_control WHERE text_hash IS NOT NULL
  UNION ALL SELECT text_hash, text FROM words
)
SELECT text_hash, min(text) AS text, any_value(posts) AS posts, any_value(control_posts) AS control_posts
FROM raw JOIN said_times USING (text_hash) GROUP BY text_hash ORDER BY text_hash
"""


def open_wordings(
    parts: Mapping[tuple[str, str], pa.Table | Sequence[Path]],
    words_in_pictures: pa.Table | None = None,
    *,
    memory_limit: str | None = None,
    threads: int | None = None,
) -> DuckDB:
    """An engine with the tables `said` (one row a post and wording: text_hash, role, source, account_id, post_id, platform,
    time_us), `posts_<role>`, `actions_<role>` and `media_<role>`. The caller closes it.

    parts: tables, or their Parquet files, by (table, role). words_in_pictures: sha256, text; those too short to compare are
    left out.
    """
    engine = DuckDB(memory_limit=memory_limit, threads=threads)
    for role in ROLES:
        for name in ("posts", "actions", "media"):
            engine.attach(f"{name}_{role}", parts.get((name, role)) or schema.table(name).empty())
    words = words_in_pictures if words_in_pictures is not None else pa.table({"sha256": _NONE, "text": _NONE})
    hashes = pa.array([text_hash(text) for text in words["text"].to_pylist()], pa.string())
    engine.attach("words", words.append_column("text_hash", hashes).filter(hashes.is_valid()))
    engine.keep("said", _SAID)
    return engine


def texts(engine: DuckDB) -> pa.Table:
    """Each wording once: text_hash, text (one raw text with it), posts and control_posts; sorted by text_hash."""
    return engine.sql(_TEXTS)
