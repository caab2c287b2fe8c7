"""What a case holds on where a group is: labels of platforms, places of posts and profiles, settings, languages, and what was measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from inconcert import schema
from inconcert.case import Case, Run
from inconcert.engine.duckdb import DuckDB
from inconcert.place.by_hand import entered_item
from inconcert.place.counted import accounts_of
from inconcert.place.item import Item, Source
from inconcert.place.measured import measured_items
from inconcert.place.signs import AccountPlace, SetAside, Sign, read_signs, sign_items
from inconcert.place.spoken import spoken

LABEL_AT_MOST = 200

_FROM_POSTS = f"""
SELECT account_id, substr({{column}}, 1, {LABEL_AT_MOST}) AS label, count(*) AS posts, min(import_id) AS import_id,
       arg_min(row_ref, (import_id, row_ref)) AS row_ref, arg_min(post_id, (import_id, row_ref)) AS post_id
FROM posts SEMI JOIN chosen USING (account_id) WHERE trim({{column}}) <> '' GROUP BY ALL ORDER BY ALL"""
_FROM_ACCOUNTS = f"""
SELECT account_id, substr({{column}}, 1, {LABEL_AT_MOST}) AS label, 1 AS posts, min(import_id) AS import_id,
       arg_min(row_ref, (import_id, row_ref)) AS row_ref, CAST(NULL AS VARCHAR) AS post_id
FROM accounts SEMI JOIN chosen USING (account_id) WHERE trim({{column}}) <> '' GROUP BY ALL ORDER BY ALL"""
_READ = (
    ("region-label", _FROM_POSTS.format(column="ip_region")),
    ("region-label", _FROM_ACCOUNTS.format(column="ip_region")),
    ("check-in", _FROM_POSTS.format(column="place")),
    ("profile-place", _FROM_ACCOUNTS.format(column="location")),
)
_SETTINGS = _FROM_ACCOUNTS.format(column="language")
_LANGUAGES = """
SELECT language, count(*) AS posts, count(DISTINCT account_id) AS accounts FROM posts SEMI JOIN chosen USING (account_id)
WHERE kind <> 'share' AND trim(language) <> '' GROUP BY language ORDER BY language"""


@dataclass(frozen=True)
class PlaceEvidence:
    """items: all.   places: of accounts.   aside: labels that name nothing known."""

    items: tuple[Item, ...]
    places: tuple[AccountPlace, ...]
    aside: tuple[SetAside, ...]


def place_evidence(
    case: Case, group: str, members: Sequence[str], measured: Run, described: Run | None, entries: Sequence[Mapping[str, Any]]
) -> PlaceEvidence:  # fmt: skip
    """measured, described: runs of `indicators` and `describe` on this group.   entries: by hand, as the run keeps them."""
    engine = DuckDB()
    try:
        for name in ("posts", "accounts"):
            parts: list[Path] = case.parts(name)
            engine.attach(name, parts if parts else schema.table(name).empty())
        engine.attach("chosen", pa.table({"account_id": pa.array(sorted(members), pa.string())}))
        read = read_signs(sign for kind, query in _READ for sign in _signs(engine, kind, query))
        settings = list(_signs(engine, "client-locale", _SETTINGS))
        languages = _of_texts(engine, group, described)
    finally:
        engine.close()
    readings = [
        row
        for row in measured.table("indicators").to_pylist()
        if row["subject"] == "group" and row["subject_id"] == group
    ]
    items = [
        *measured_items(readings, f"run {measured.id}"),
        *sign_items(read.places),
        *(item for item in (_set_to(settings), languages) if item is not None),
        *map(entered_item, entries),
    ]
    return PlaceEvidence(tuple(items), read.places, read.aside)


def _signs(engine: DuckDB, kind: str, query: str) -> Iterator[Sign]:
    for row in engine.sql(query).to_pylist():
        source = Source(
            f"import {row['import_id']}, row {row['row_ref']}",
            row["account_id"], row["post_id"], row["import_id"], row["row_ref"],
        )  # fmt: skip
        yield Sign(kind, row["account_id"], row["label"], row["posts"], source)


def _set_to(settings: Sequence[Sign]) -> Item | None:
    """Which languages profiles are set to; an account once, in its first description."""
    first: dict[str, Sign] = {}
    for sign in sorted(settings, key=lambda one: (one.source.import_id or "", one.source.row_ref or 0, one.label)):
        first.setdefault(sign.account_id, sign)
    count: dict[str, int] = {}
    for sign in first.values():
        count[sign.label] = count.get(sign.label, 0) + 1
    shares = {label: n / len(first) for label, n in sorted(count.items())}
    n = len(first)
    most = max(shares, key=lambda label: (shares[label], label), default="")
    return spoken(
        "client-locale", "client-locale", shares, f"{accounts_of(n)} say which language they are set to, {shares.get(most, 0):.0%} of them {most}.",
        accounts=n, sources=tuple(sign.source for sign in list(first.values())[:3]),
    )  # fmt: skip


def _of_texts(engine: DuckDB, group: str, described: Run | None) -> Item | None:
    """The languages of the group's own posts, as measured on the texts; where nobody measured them, as their source says."""
    if described is not None:
        rows = [
            {"language": row["language"], "posts": row["posts"]}
            for row in described.table("group_languages").to_pylist()
            if row["group_id"] == group and row["share"] is not None
        ]
        source = Source(f"run {described.id}, table group_languages")
    else:
        rows = engine.sql(_LANGUAGES).to_pylist()
        source = Source("the language that the posts' source gives")
    whole = sum(row["posts"] for row in rows)
    if not whole:
        return None
    shares = {row["language"]: row["posts"] / whole for row in rows}
    told = sorted(shares.items(), key=lambda one: (-one[1], one[0]))[:3]
    says = f"Its posts are in {', '.join(f'{name} ({share:.0%})' for name, share in told)}."
    return spoken("texts", "texts", shares, says, accounts=None, sources=(source,))
