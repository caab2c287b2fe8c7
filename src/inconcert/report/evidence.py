"""The shared objects most telling of a group, each with two posts that prove it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from inconcert.report.posts import texts

PER_GROUP = 10
"""Objects printed for one group, and for all pairs outside groups together; `explain` lists the rest."""

_CHOSEN = f"""
WITH pairs AS (
    SELECT *, coalesce(group_id, '') AS owner, -ln(greatest(coalesce(chance, 1), 1e-300)) AS surprise,
           row_number() OVER (PARTITION BY group_id, kind, object_id
                              ORDER BY chance NULLS LAST, gap_us NULLS LAST, source, target, source_post_id,
                                       target_post_id) AS place
    FROM witnesses
), objects AS (
    SELECT owner, kind, object_id, sum(surprise) AS surprise, min(popularity) AS rarity
    FROM pairs GROUP BY ALL
), ranked AS (
    SELECT *, count(*) OVER (PARTITION BY owner) AS n_objects,
           row_number() OVER (PARTITION BY owner, kind ORDER BY surprise DESC, rarity, object_id) AS place_in_kind
    FROM objects
), ordered AS (
    SELECT *, row_number() OVER (
        PARTITION BY owner ORDER BY place_in_kind > 2, surprise DESC, rarity, kind, object_id
    ) AS place FROM ranked
)
SELECT o.owner, o.place, o.kind, o.object_id, o.n_objects, p.source, p.target, p.source_post_id,
       p.target_post_id, p.gap_us, p.popularity, p.chance
FROM ordered AS o JOIN pairs AS p ON p.owner = o.owner AND p.kind = o.kind AND p.object_id = o.object_id AND p.place = 1
WHERE o.place <= {PER_GROUP} ORDER BY o.owner, o.place
"""
"""The most surprising objects of every group, the two best of each kind first, with the pair that shows each best."""

_INSIDE = """
WITH firsts AS (
    SELECT c.owner, c.kind, c.object_id, a.account_id, min(a.time_us) AS time_us
    FROM chosen AS c JOIN actions AS a USING (kind, object_id)
    JOIN members AS m ON m.group_id = c.owner AND m.account_id = a.account_id GROUP BY ALL
)
SELECT owner, kind, object_id, count(*) AS accounts, max(time_us) - min(time_us) AS span_us FROM firsts GROUP BY ALL
"""


@dataclass(frozen=True)
class Quote:
    """One post as evidence. Times in microseconds since 1970 (UTC); length counts all characters of the text."""

    account_id: str
    post_id: str
    time_us: int | None
    precision: str | None
    text: str | None
    length: int
    language: str | None
    platform: str | None
    kind: str | None
    import_id: str | None
    row_ref: int | None


@dataclass(frozen=True)
class Witness:
    """One shared object and the two posts, earlier first, that show it best.

    number: "G1.3", by which the working file finds it again.
    popularity: accounts of the case that acted on the object.   accounts: members that did.
    span_us: time from the first to the last member's first action.
    """

    number: str
    kind: str
    object_id: str
    popularity: int
    accounts: int
    span_us: int | None
    gap_us: int | None
    chance: float | None
    first: Quote
    second: Quote

    @property
    def same_text(self) -> bool:
        """Whether both posts say the same, so that it is printed once."""
        return self.first.text == self.second.text and self.first.length == self.second.length


@dataclass(frozen=True)
class Evidence:
    """Witnesses chosen for a group, and how many objects there were to choose from."""

    witnesses: tuple[Witness, ...]
    n_objects: int


def evidence(con: duckdb.DuckDBPyConnection) -> dict[str, Evidence]:
    """Group id -> its evidence; "" for pairs outside groups. Reads the tables witnesses, members, actions and posts."""
    chosen = con.sql(_CHOSEN).to_arrow_table()
    con.register("chosen", chosen.select(["owner", "kind", "object_id"]))
    inside = {
        (row["owner"], row["kind"], row["object_id"]): row for row in con.sql(_INSIDE).to_arrow_table().to_pylist()
    }
    rows = chosen.to_pylist()
    posts = texts(con, _posts_of(rows))
    found: dict[str, list[Witness]] = {}
    n_objects: dict[str, int] = {}
    for row in rows:
        within = inside.get((row["owner"], row["kind"], row["object_id"]), {"accounts": 2, "span_us": row["gap_us"]})
        pair = [
            _quote(posts, row["source"], row["source_post_id"]),
            _quote(posts, row["target"], row["target_post_id"]),
        ]
        pair.sort(key=lambda quote: (quote.time_us is None, quote.time_us or 0, quote.account_id))
        found.setdefault(row["owner"], []).append(
            Witness(
                number=f"{row['owner'] or 'P'}.{row['place']}",
                kind=row["kind"],
                object_id=row["object_id"],
                popularity=max(row["popularity"], within["accounts"]),
                accounts=within["accounts"],
                span_us=within["span_us"],
                gap_us=row["gap_us"],
                chance=row["chance"],
                first=pair[0],
                second=pair[1],
            )
        )
        n_objects[row["owner"]] = row["n_objects"]
    return {owner: Evidence(tuple(witnesses), n_objects[owner]) for owner, witnesses in found.items()}


def _posts_of(rows: Iterable[dict[str, Any]]) -> pa.Table:
    pairs = sorted(
        {(row[f"{side}_post_id"], row[side]) for row in rows for side in ("source", "target")},
    )
    return pa.table(
        {
            "post_id": pa.array([post for post, _ in pairs], pa.string()),
            "account_id": pa.array([account for _, account in pairs], pa.string()),
        }
    )


def _quote(posts: dict[tuple[str, str], dict[str, Any]], account_id: str, post_id: str) -> Quote:
    row = posts.get((post_id, account_id), {})
    return Quote(
        account_id=account_id,
        post_id=post_id,
        time_us=row.get("time_us"),
        precision=row.get("precision"),
        text=row.get("text"),
        length=row.get("length") or 0,
        language=row.get("language"),
        platform=row.get("platform"),
        kind=row.get("kind"),
        import_id=row.get("import_id"),
        row_ref=row.get("row_ref"),
    )
