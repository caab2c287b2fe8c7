"""What indicators read: tables on an engine, in one shape whatever the source, and which of their columns hold anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyarrow as pa

from inconcert import schema
from inconcert.engine.base import Engine
from inconcert.schema import Column, Table
from inconcert.schema.table import I64, B, S

_n = True

POSTS = Table(
    "posts",
    "one post of the case, or of its control",
    (
        Column("post_id", S, ""),
        Column("account_id", S, "its author"),
        Column("platform", S, ""),
        Column("role", S, "case or control"),
        Column("kind", S, "post, reply, share or quote"),
        Column("time_us", I64, "when", _n),
        Column("text", S, "", _n),
        Column("text_hash", S, "", _n),
        Column("client", S, "", _n),
        Column("language", S, "as measured on the text; else as the source says", _n),
        Column("reply_to_id", S, "", _n),
        Column("shared_id", S, "", _n),
        Column("quoted_id", S, "", _n),
        Column("likes", I64, "", _n),
        Column("replies", I64, "", _n),
        Column("shares", I64, "", _n),
        Column("quotes", I64, "", _n),
        Column("views", I64, "", _n),
    ),
)
ACCOUNTS = Table(
    "accounts",
    "one account, as first described",
    (
        Column("account_id", S, ""),
        Column("platform", S, ""),
        Column("role", S, "case or control"),
        Column("handle", S, "", _n),
        Column("display_name", S, "", _n),
        Column("bio", S, "", _n),
        Column("location", S, "", _n),
        Column("created_us", I64, "when it was made", _n),
        Column("followers", I64, "", _n),
        Column("following", I64, "", _n),
    ),
)
NAMES = Table(
    "names",
    "one distinct handle and display name an account was seen with",
    (
        Column("account_id", S, ""),
        Column("handle", S, "", _n),
        Column("display_name", S, "", _n),
        Column("seen", I64, "order in which it was first read, from 1"),
        Column("first_us", I64, "when it was first captured so, where the source says when it was captured", _n),
    ),
)
MEMBERS = Table("members", "one account in one group", (Column("group_id", S, ""), Column("account_id", S, "")))
CONTROLS = Table("controls", "one account a group is compared with", MEMBERS.columns)
AVATARS = Table(
    "avatars",
    "the profile picture of one account",
    (
        Column("account_id", S, ""),
        Column("picture_id", S, "cluster of near-identical pictures, or the hash of the file"),
    ),
)
PORTRAITS = Table(
    "portraits",
    "one profile picture of one account, looked at",
    (
        Column("account_id", S, ""),
        Column("picture_id", S, "cluster of near-identical pictures, or the hash of the file"),
        Column("default_picture", B, "what a profile has before its owner chooses one"),
        Column("faces", I64, "faces found; NULL where it was not looked for any", _n),
        Column("lead", B, "eyes where generators put them; NULL unless one face", _n),
    ),
)

FACTS: dict[str, Table] = {
    t.name: t
    for t in (
        POSTS, ACCOUNTS, NAMES, MEMBERS, CONTROLS, AVATARS, PORTRAITS, schema.ACTIONS, schema.LISTS, schema.EVENTS, schema.STORYLINES,
        schema.FOLLOWS,
    )
}  # fmt: skip
"""Table -> its columns. `actions` are those of case and control together, near-identical copies among them."""


@dataclass(frozen=True)
class Facts:
    """engine: has every table of FACTS attached. held: `table` for tables with rows, `table.column` for columns with a value."""

    engine: Engine
    held: frozenset[str]

    def lacks(self, needs: Iterable[str]) -> list[str]:
        """Those of the needs that the data do not meet; of alternatives joined by `|` one is enough."""
        return [need for need in needs if not any(one in self.held for one in need.split("|"))]


def open_facts(engine: Engine, tables: Mapping[str, pa.Table]) -> Facts:
    """Attach these tables, checked, and empty ones for the rest. SchemaError for a wrong column; KeyError for a strange name."""
    for name in tables:
        FACTS[name]
    for name, table in FACTS.items():
        engine.attach(name, table.check(tables[name]) if name in tables else table.empty())
    return Facts(engine, held(engine))


def held(engine: Engine) -> frozenset[str]:
    """Which tables have rows, and which of their columns a value; `posts.clock` where posts have times of day and not only dates."""
    found: set[str] = set()
    for name, table in FACTS.items():
        counts = ", ".join(f"count({c.name}) AS n_{c.name}" for c in table.columns)
        row = engine.sql(f"SELECT count(*) AS n_rows, {counts} FROM {name}").to_pylist()[0]
        if row.pop("n_rows"):
            found.add(name)
        found |= {f"{name}.{column.removeprefix('n_')}" for column, n in row.items() if n}
    if engine.sql("SELECT 1 AS one FROM posts WHERE time_us % 86400000000 <> 0 LIMIT 1").num_rows:
        found.add("posts.clock")
    return frozenset(found)
