"""The largest clusters of copies: one text that several accounts posted, with its wordings and how it spread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from inconcert.media.wordings import picture_wordings
from inconcert.normalise.text import text_hash
from inconcert.report.carriers import NOBODY, Carriers, carriers
from inconcert.report.evidence import Quote
from inconcert.report.post_references import Asked, Reference, quotes

CARDS_AT_MOST, LISTED_AT_MOST, WORDINGS_AT_MOST = 8, 12, 6
"""Clusters described in full; further ones, and as many ordinary ones, that are listed; wordings printed of a cluster."""

_RANK = "accounts DESC, posts DESC, try_cast(substr(cluster_id, 2) AS BIGINT), cluster_id"
_CHOSEN = f"""
WITH grouped AS (
    SELECT cluster_id, count(DISTINCT a.account_id) AS members
    FROM copies AS c JOIN actions AS a ON a.kind = 'text' AND a.object_id = c.text_hash
    SEMI JOIN members AS m ON a.account_id = m.account_id WHERE c.role = 'case' GROUP BY cluster_id
)
SELECT * EXCLUDE (members) FROM (
    SELECT *, row_number() OVER (PARTITION BY ordinary IS NULL ORDER BY if(ordinary IS NULL, coalesce(members, 0), 0) DESC, {_RANK}) AS place
    FROM copy_clusters LEFT JOIN grouped USING (cluster_id)
) WHERE place <= if(ordinary IS NULL, {CARDS_AT_MOST + LISTED_AT_MOST}, {LISTED_AT_MOST})
ORDER BY ordinary IS NOT NULL, place
"""
_TOTALS = "SELECT count(*), count(*) FILTER (texts > 1), count(ordinary) FROM copy_clusters"
_WORDINGS = f"""
SELECT * FROM (
    SELECT c.*, row_number() OVER (
        PARTITION BY cluster_id
        ORDER BY c.text_hash <> s.text_hash, c.source <> 'post', c.posts DESC, similarity DESC, c.text_hash
    ) AS place
    FROM copies AS c JOIN shown AS s USING (cluster_id) WHERE c.role = 'case'
) WHERE place <= {WORDINGS_AT_MOST} ORDER BY cluster_id, place
"""
_CARRIED = """
WITH carried AS (
    SELECT c.cluster_id, a.account_id, a.platform, a.time_us, a.post_id
    FROM copies AS c SEMI JOIN shown USING (cluster_id)
    JOIN actions AS a ON a.kind = 'text' AND a.object_id = c.text_hash
    WHERE c.role = 'case' AND c.source = 'post'
    UNION ALL
    SELECT object_id, account_id, platform, time_us, post_id
    FROM actions WHERE kind = 'near_text' AND object_id IN (SELECT cluster_id FROM shown)
)
SELECT cluster_id, account_id, platform, min(time_us) AS time_us,
       arg_min(post_id, (coalesce(time_us, 9223372036854775807), post_id)) AS post_id
FROM carried GROUP BY cluster_id, account_id, platform
"""
_READ = """
SELECT m.post_id, t.* EXCLUDE (import_id) FROM media AS m JOIN picture_texts AS t USING (sha256)
WHERE m.post_id IN (SELECT unnest($1))
"""


@dataclass(frozen=True)
class Wording:
    """One wording of a text, with its earliest post (None when the case lost it).

    read: the words, where they were read in a picture of the post; else None.
    """

    reference: Reference | None
    posts: int
    accounts: int
    similarity: float
    read: str | None


@dataclass(frozen=True)
class CopyCluster:
    """A cluster: its row of `copy_clusters`, its wordings (the representative first), and who carried it."""

    row: Mapping[str, Any]
    wordings: tuple[Wording, ...]
    carriers: Carriers
    first: tuple[Reference, ...]


@dataclass(frozen=True)
class Copies:
    """The clusters of a case.

    clusters, reworded, ordinary: how many; of them in several wordings; of them no objects of their own.
    cards, listed, common: those described, those only listed, and ordinary ones, all largest first.
    """

    clusters: int
    reworded: int
    ordinary: int
    cards: tuple[CopyCluster, ...]
    listed: tuple[CopyCluster, ...]
    common: tuple[CopyCluster, ...]

    @property
    def references(self) -> tuple[Reference, ...]:
        """Every post printed for a cluster, then the first posts of those who carried it."""
        shown = (*self.cards, *self.listed, *self.common)
        of_wordings = [w.reference for c in shown for w in c.wordings if w.reference is not None]
        return (*of_wordings, *(reference for c in self.cards for reference in c.first))


def copies(con: duckdb.DuckDBPyConnection) -> Copies:
    """The largest clusters. Reads copy_clusters, copies, members, actions, posts, media and picture_texts."""
    rows = con.sql(_CHOSEN).to_arrow_table()
    con.register("shown", rows)
    wordings: dict[str, list[dict[str, Any]]] = {}
    for row in con.sql(_WORDINGS).to_arrow_table().to_pylist():
        wordings.setdefault(row["cluster_id"], []).append(row)
    carried = carriers(con, _CARRIED)
    chosen = rows.to_pylist()
    own = [row for row in chosen if row["ordinary"] is None]
    full = {row["cluster_id"] for row in own[:CARDS_AT_MOST]}
    for id in wordings.keys() - full:
        del wordings[id][1:]
    first = {id: carried.get(id, NOBODY).first for id in full}
    asked = [
        Asked(f"{id}.{n}", row["post_id"], text_hash=row["text_hash"] if row["source"] == "post" else None)
        for id, its in wordings.items()
        for n, row in enumerate(its, 1)
    ]
    asked += [Asked(f"{id}, account {n}", *post) for id, posts in first.items() for n, post in enumerate(posts, 1)]
    found = quotes(con, asked)
    read = read_in_pictures(
        con, [row["post_id"] for its in wordings.values() for row in its if row["source"] != "post"]
    )

    def cluster(row: Mapping[str, Any]) -> CopyCluster:
        id = row["cluster_id"]
        its = wordings.get(id, [])
        said = tuple(_wording(f"{id}.{n}", wording, found, read) for n, wording in enumerate(its, 1))
        numbers = [f"{id}, account {n}" for n, _ in enumerate(first.get(id, ()), 1)]
        references = tuple(Reference(number, id, found[number]) for number in numbers if number in found)
        return CopyCluster(row, said, carried.get(id, NOBODY), references)

    clusters, reworded, ordinary = con.execute(_TOTALS).fetchall()[0]
    common = [row for row in chosen if row["ordinary"] is not None]
    return Copies(
        clusters,
        reworded,
        ordinary,
        cards=tuple(map(cluster, own[:CARDS_AT_MOST])),
        listed=tuple(map(cluster, own[CARDS_AT_MOST:])),
        common=tuple(map(cluster, common)),
    )


def read_in_pictures(con: duckdb.DuckDBPyConnection, post_ids: Sequence[str]) -> dict[tuple[str, str | None], str]:
    """(post id, hash of a text) -> the text, of every text read in a picture of these posts. Reads media and picture_texts."""
    lines = con.sql(_READ, params=[list(post_ids)]).to_arrow_table()
    texts = dict(zip(*picture_wordings(lines.drop_columns("post_id")).to_pydict().values(), strict=True))
    pairs = {(row["post_id"], row["sha256"]) for row in lines.select(["post_id", "sha256"]).to_pylist()}
    return {(post_id, text_hash(texts[sha256])): texts[sha256] for post_id, sha256 in sorted(pairs)}


def _wording(
    number: str, row: Mapping[str, Any], found: Mapping[str, Quote], read: Mapping[tuple[str, str | None], str]
) -> Wording:
    post = found.get(number)
    return Wording(
        reference=Reference(number, row["cluster_id"], post) if post is not None else None,
        posts=row["posts"],
        accounts=row["accounts"],
        similarity=row["similarity"],
        read=read.get((row["post_id"], row["text_hash"]), "") if row["source"] != "post" else None,
    )
