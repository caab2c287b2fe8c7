"""Tables `posts`, `captures` and `documents` of a view."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

# a post is numbered by its account and time, so that what an account said lies side by side
_NUMBERS = """
CREATE TEMP TABLE numbers AS
SELECT row_number() OVER (ORDER BY n.account, p.created_at NULLS LAST, p.line)::INTEGER - 1 AS post, p.line, n.account
FROM lines AS p JOIN ids AS n ON n.id = p.account_id
"""
_POSTS = """
CREATE TABLE view.posts AS
SELECT n.post, n.account, p.line, p.post_id, p.import_id, p.row_ref, epoch_us(p.created_at) AS time_us,
       p.created_precision AS precision, p.time_zone_source, p.platform, p.kind, p.text, p.language, p.url, p.client, p.place,
       p.ip_region, p.channel_id, p.thread_id, p.reply_to_id, p.shared_id, p.quoted_id, p.likes, p.replies, p.shares, p.quotes,
       p.views, epoch_us(p.edited_at) AS edited_us, p.deleted, epoch_us(p.observed_at) AS observed_us
FROM lines AS p JOIN numbers AS n USING (line) ORDER BY n.post
"""
_PLACES = """
CREATE TABLE view.post_places AS SELECT import_id, row_ref, post FROM view.posts ORDER BY import_id, row_ref
"""
_POST_IDS = """
CREATE TABLE view.post_ids AS SELECT post_id, platform, min(post) AS post FROM view.posts GROUP BY ALL ORDER BY post_id, platform
"""
_CAPTURES = """
CREATE TABLE view.captures AS
SELECT p.post, c.text, epoch_us(c.edited_at) AS edited_us, c.deleted, c.likes, c.replies, c.shares, c.quotes, c.views,
       epoch_us(c.observed_at) AS observed_us, c.import_id, c.row_ref
FROM post_observations AS c JOIN view.post_ids AS p USING (post_id, platform) JOIN import_order AS i USING (import_id)
ORDER BY p.post, c.observed_at NULLS LAST, i.place, c.row_ref
"""


def build_posts(con: duckdb.DuckDBPyConnection, parts: Sequence[Path]) -> None:
    """Put the posts of these files in the order of accounts; `line` is a post's place in all files one after another.

    Reads ids, post_observations and import_order.
    """
    _lines(con, "lines", parts, "posts")
    con.execute(_NUMBERS)
    con.execute(_POSTS)
    con.execute("DROP TABLE numbers")
    con.execute(_PLACES)
    con.execute(_POST_IDS)
    con.execute(_CAPTURES)


def build_documents(con: duckdb.DuckDBPyConnection, parts: Sequence[Path]) -> None:
    """Copy the documents of these files, with their `line`."""
    _lines(con, "document_lines", parts, "documents")
    con.execute("CREATE TABLE view.documents AS SELECT * FROM document_lines ORDER BY line")


def _lines(con: duckdb.DuckDBPyConnection, name: str, parts: Sequence[Path], empty: str) -> None:
    """A view of the rows of all files, `line` being their place in them."""
    rows = [pq.ParquetFile(part).metadata.num_rows for part in parts]
    before = [sum(rows[:n]) for n in range(len(rows))]
    con.register(
        f"{name}_before",
        pa.table({"filename": pa.array(map(str, parts), pa.string()), "before": pa.array(before, pa.int64())}),
    )
    if parts:
        files = ", ".join("'" + str(part).replace("'", "''") + "'" for part in parts)
        source = f"read_parquet([{files}], filename = true, file_row_number = true)"
    else:
        source = f"(SELECT *, '' AS filename, 0::BIGINT AS file_row_number FROM {empty})"
    con.execute(
        f"CREATE TEMP VIEW {name} AS SELECT p.* EXCLUDE (filename, file_row_number), b.before + p.file_row_number AS line "
        f"FROM {source} AS p JOIN {name}_before AS b USING (filename)"
    )
