"""Small tables of posts for tests of what is told from languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa

from inconcert import schema
from inconcert.describe.own_posts import open_own_posts
from inconcert.engine.duckdb import DuckDB

START = datetime(2026, 3, 1, tzinfo=UTC)
HOUR_US = 3_600_000_000
SCRIPTS = {"zh-Hans": "Hans", "zh-Hant": "Hant", "zh": "Hani", "ru": "Cyrl"}
START_US = int(START.timestamp()) * 1_000_000


def rows(name: str, given: Iterable[Mapping[str, Any]]) -> pa.Table:
    """A table of the schema; columns that are not given hold NULL, or a blank where NULL is forbidden."""
    table = schema.table(name)
    blank = {pa.string(): "", pa.int32(): 0, pa.int64(): 0, pa.float64(): 0.0, pa.bool_(): False}
    return pa.Table.from_pylist(
        [{c.name: row.get(c.name, None if c.nullable else blank.get(c.type)) for c in table.columns} for row in given],
        schema=table.arrow,
    )


def post(
    account: str,
    hour: float | None,
    language: str | None,
    *,
    id: str = "",
    kind: str = "post",
    text: str | None = None,
    platform: str = "x",
) -> dict[str, Any]:
    """A post `hour` hours after START; its text hash is the language, so that `languages` can name it. Without one, short."""
    time = None if hour is None else START + timedelta(hours=hour)
    return {
        "account_id": account, "post_id": id or f"{account} at {hour} in {language}", "created_at": time, "kind": kind,
        "text_hash": language, "text": text if text is not None else f"words in {language}", "platform": platform,
    }  # fmt: skip


def languages(posts: Iterable[Mapping[str, Any]]) -> pa.Table:
    """The table `languages` for such posts."""
    found = sorted({row["text_hash"] for row in posts if row["text_hash"] is not None})
    return rows(
        "languages", ({"text_hash": code, "language": code, "script": SCRIPTS.get(code, "Latn")} for code in found)
    )


def members(groups: Mapping[str, Iterable[str]]) -> pa.Table:
    """The table `members` for {group: accounts}, strongest first."""
    return rows("members", ({"group_id": group, "account_id": one} for group in groups for one in groups[group]))


def opened(posts: list[dict[str, Any]], groups: Mapping[str, Iterable[str]]) -> DuckDB:
    """The engine of `open_own_posts` for them."""
    return open_own_posts(rows("posts", posts), languages(posts), members(groups), threads=1)
