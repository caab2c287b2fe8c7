"""What the posts of a case say about themselves and about the accounts of groups: counts, clocks, clients, texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from inconcert import schema
from inconcert.case import Case, import_order
from inconcert.report.zones import QUARTER_US

TEXT_AT_MOST = 2_000
"""Characters of a text that leave the database; its whole length is kept beside them."""

FIELDS: dict[str, str] = {
    "created_at": "time of posting",
    "text": "text",
    "language": "language",
    "client": "posting application",
    "reply_to_id": "which post it replies to",
    "shared_id": "which post it shares",
    "likes": "likes",
    "shares": "shares received",
    "views": "views",
}
"""Columns of posts whose absence limits what can be seen, and their names."""


@dataclass(frozen=True)
class Facts:
    """What the case holds. Times in microseconds since 1970 (UTC), None when no post has one.

    filled: column of FIELDS -> posts that have it.   platforms, kinds, languages: value -> posts, most frequent first.
    actions: kind of action -> actions.   whole_minutes: posts with a time that falls on a full minute.
    zone_sources: where the time zone of a post comes from -> posts.
    """

    posts: int
    accounts: int
    first_us: int | None
    last_us: int | None
    timed: int
    whole_minutes: int
    precisions: Mapping[str, int]
    filled: Mapping[str, int]
    platforms: Mapping[str, int]
    kinds: Mapping[str, int]
    languages: Mapping[str, int]
    actions: Mapping[str, int]
    zone_sources: Mapping[str, int]


@dataclass(frozen=True)
class Client:
    """The posting application most used by a group, the share of its posts made with it, and the share elsewhere."""

    name: str
    inside: float
    elsewhere: float


@contextmanager
def attached(
    case: Case, tables: Mapping[str, pa.Table], near_actions: Sequence[str]
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in which the tables of imports and the given ones can be asked; closed at the end.

    near_actions: files of further actions, those on near-identical texts and pictures.
    """
    with duckdb.connect() as con:
        con.execute("SET TimeZone = 'UTC'")
        con.execute("SET preserve_insertion_order = false")
        for name in ("posts", "accounts", "actions", "rejects", "imports", "media", "picture_texts"):
            files = [str(file) for file in case.parts(name)]
            files += near_actions if name == "actions" else []
            if files:
                con.read_parquet(files).create_view(name)
            else:
                con.register(name, schema.table(name).empty())
        for name, table in tables.items():
            con.register(name, table)
        con.register("import_order", import_order(case.statements(), case.imports()))
        yield con


def facts(con: duckdb.DuckDBPyConnection) -> Facts:
    """Counts over all posts of the case."""
    columns = ", ".join(f"count({column}) AS {column}" for column in FIELDS)
    row = _rows(
        con,
        f"""
        SELECT count(*) AS posts, count(DISTINCT account_id) AS accounts,
               min(epoch_us(created_at)) AS first_us, max(epoch_us(created_at)) AS last_us,
               count(*) FILTER (epoch_us(created_at) % 60000000 = 0) AS whole_minutes, {columns}
        FROM posts
        """,
    )[0]
    return Facts(
        posts=row["posts"],
        accounts=row["accounts"],
        first_us=row["first_us"],
        last_us=row["last_us"],
        timed=row["created_at"],
        whole_minutes=row["whole_minutes"],
        precisions=_tally(con, "posts", "created_precision"),
        filled={column: row[column] for column in FIELDS},
        platforms=_tally(con, "posts", "platform"),
        kinds=_tally(con, "posts", "kind"),
        languages=_tally(con, "posts", "language"),
        actions=_tally(con, "actions", "kind"),
        zone_sources=_tally(con, "posts", "time_zone_source"),
    )


def quarters(con: duckdb.DuckDBPyConnection) -> dict[str, dict[int, int]]:
    """Posts by quarter hour since 1970: "" for the whole case, "*" for accounts in groups, and each group by its id."""
    quarter = f"epoch_us(created_at) // {QUARTER_US}"
    rows = con.execute(
        f"""
        SELECT '' AS who, {quarter} AS quarter, count(*) FROM posts WHERE created_at IS NOT NULL GROUP BY ALL
        UNION ALL
        SELECT '*', {quarter}, count(*) FROM posts SEMI JOIN members USING (account_id)
        WHERE created_at IS NOT NULL GROUP BY ALL
        UNION ALL
        SELECT group_id, {quarter}, count(*) FROM posts JOIN members USING (account_id)
        WHERE created_at IS NOT NULL GROUP BY ALL
        ORDER BY ALL
        """
    ).fetchall()
    found: dict[str, dict[int, int]] = {}
    for who, quarter_hour, posts in rows:
        found.setdefault(who, {})[quarter_hour] = posts
    return found


def clients(con: duckdb.DuckDBPyConnection) -> dict[str, Client]:
    """Group id -> the application most of its posts were made with; groups whose posts name none are absent."""
    rows = _rows(
        con,
        """
        WITH outside AS (
            SELECT client, count(*) AS posts FROM posts WHERE client IS NOT NULL
            AND account_id NOT IN (SELECT account_id FROM members) GROUP BY client
        ), inside AS (
            SELECT group_id, client, count(*) AS posts FROM posts JOIN members USING (account_id)
            WHERE client IS NOT NULL GROUP BY ALL
        )
        SELECT i.group_id, i.client, i.posts / sum(i.posts) OVER (PARTITION BY i.group_id) AS inside,
               coalesce(o.posts / (SELECT sum(posts) FROM outside), 0) AS elsewhere
        FROM inside AS i LEFT JOIN outside AS o ON i.client = o.client
        QUALIFY row_number() OVER (PARTITION BY i.group_id ORDER BY i.posts DESC, i.client) = 1
        """,
    )
    return {row["group_id"]: Client(row["client"], row["inside"], row["elsewhere"]) for row in rows}


def handles(con: duckdb.DuckDBPyConnection, account_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Account id -> its handles, the one described last first, of these accounts, where an import states one."""
    con.register("wanted", pa.table({"account_id": pa.array(account_ids, pa.string())}))
    rows = con.execute(
        """
        WITH each AS (
            SELECT account_id, handle, row_number() OVER (
                PARTITION BY account_id ORDER BY observed_at DESC NULLS LAST, place DESC, row_ref DESC
            ) AS since
            FROM accounts SEMI JOIN wanted USING (account_id) JOIN import_order USING (import_id) WHERE handle IS NOT NULL
        )
        SELECT account_id, handle FROM each GROUP BY account_id, handle ORDER BY account_id, min(since)
        """
    ).fetchall()
    found: dict[str, tuple[str, ...]] = {}
    for account_id, handle in rows:
        found[account_id] = (*found.get(account_id, ()), handle)
    return found


def rejects(con: duckdb.DuckDBPyConnection) -> list[tuple[str | None, str, bool, int]]:
    """Why records or values were set aside, most frequent first: column, reason, fatal, how many.

    Records that were read again since count with what became of them then.
    """
    rows: list[tuple[str | None, str, bool, int]] = con.execute(
        'SELECT "column", reason, fatal, count(*) AS n FROM rejects '
        "WHERE NOT (fatal AND import_id IN (SELECT retries FROM imports WHERE retries IS NOT NULL)) GROUP BY ALL "
        'ORDER BY n DESC, reason, "column", fatal'
    ).fetchall()
    return rows


def texts(con: duckdb.DuckDBPyConnection, wanted: pa.Table) -> dict[tuple[str, str], dict[str, Any]]:
    """The posts of `wanted` (post_id, account_id) -> time_us, precision, text, length, language, platform, kind,
    import_id, row_ref. Of a post read twice, the first reading."""
    con.register("wanted", wanted)
    rows = _rows(
        con,
        f"""
        SELECT post_id, account_id, epoch_us(created_at) AS time_us, created_precision AS precision,
               left(text, {TEXT_AT_MOST}) AS text, length(text) AS length, language, platform, kind, import_id, row_ref
        FROM posts SEMI JOIN wanted USING (post_id, account_id)
        QUALIFY row_number() OVER (PARTITION BY post_id, account_id ORDER BY import_id, row_ref) = 1
        """,
    )
    return {(row["post_id"], row["account_id"]): row for row in rows}


def _tally(con: duckdb.DuckDBPyConnection, table: str, column: str) -> dict[str, int]:
    rows = con.execute(
        f"SELECT {column}, count(*) AS n FROM {table} WHERE {column} IS NOT NULL GROUP BY ALL ORDER BY n DESC, {column}"
    )
    return dict(rows.fetchall())


def _rows(con: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = con.sql(query).to_arrow_table().to_pylist()
    return rows
