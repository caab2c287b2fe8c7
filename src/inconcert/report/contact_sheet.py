"""Contact sheets: pictures that several accounts posted, the files of each side by side, with the posts that carry them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from inconcert.case import Case
from inconcert.report.carriers import NOBODY, Carriers, carriers
from inconcert.report.post_references import Asked, Reference, quotes
from inconcert.report.thumbnails import Drawer, Thumbnail

SHEETS_AT_MOST, LISTED_AT_MOST, FILES_AT_MOST = 6, 12, 8
"""Clusters with a contact sheet; further ones, and ordinary ones, that are listed; files on a sheet."""

SHEETS_BYTES = 360_000
"""Room for the pictures of all contact sheets, as they stand in the page."""

_CHOSEN = f"""
WITH grouped AS (
    SELECT cluster_id, count(DISTINCT media.account_id) AS members FROM picture_copies JOIN media USING (sha256)
    SEMI JOIN members AS m ON media.account_id = m.account_id WHERE media.use = $1 GROUP BY cluster_id
)
SELECT * EXCLUDE (members) FROM (
    SELECT *, row_number() OVER (
        PARTITION BY ordinary IS NULL
        ORDER BY if(ordinary IS NULL, coalesce(members, 0), 0) DESC, accounts DESC, posts DESC, try_cast(substr(cluster_id, 2) AS BIGINT), cluster_id
    ) AS place
    FROM picture_clusters LEFT JOIN grouped USING (cluster_id) WHERE use = $1
) WHERE place <= if(ordinary IS NULL, {SHEETS_AT_MOST + LISTED_AT_MOST}, {LISTED_AT_MOST})
ORDER BY ordinary IS NOT NULL, place
"""
_FILES = f"""
WITH files AS (
    SELECT c.*, c.sha256 <> s.sha256 AS other FROM picture_copies AS c JOIN shown AS s USING (cluster_id)
    WHERE c.role = 'case'
    QUALIFY row_number() OVER (PARTITION BY cluster_id ORDER BY c.sha256 <> s.sha256, c.posts DESC, distance, c.sha256) <= {FILES_AT_MOST}
)
SELECT f.*, m.post_id, m.account_id FROM files AS f LEFT JOIN (
    SELECT sha256, post_id, account_id FROM media WHERE use = $1
    QUALIFY row_number() OVER (PARTITION BY sha256 ORDER BY time_us NULLS LAST, account_id, post_id) = 1
) AS m USING (sha256)
ORDER BY cluster_id, other, f.posts DESC, distance, sha256
"""
_CARRIED = """
SELECT c.cluster_id, m.account_id, m.platform, min(m.time_us) AS time_us,
       arg_min(coalesce(m.post_id, ''), (coalesce(m.time_us, 9223372036854775807), m.post_id)) AS post_id
FROM picture_copies AS c SEMI JOIN shown USING (cluster_id) JOIN media AS m USING (sha256)
WHERE c.role = 'case' AND m.use = '{use}' GROUP BY ALL
"""


@dataclass(frozen=True)
class File:
    """One file of a cluster: its row of `picture_copies`, its picture or why there is none, its earliest post or profile."""

    row: Mapping[str, Any]
    picture: Thumbnail | str
    reference: Reference | None


@dataclass(frozen=True)
class PictureCluster:
    """A cluster: its row of `picture_clusters`, its files (the representative first), and who carried it."""

    row: Mapping[str, Any]
    files: tuple[File, ...]
    carriers: Carriers
    first: tuple[Reference, ...]


@dataclass(frozen=True)
class ContactSheet:
    """Clusters of pictures of one use, largest first.

    clusters, ordinary: how many there are, and how many of them are no objects of their own.
    missing: what to install, when pictures cannot be opened here; then no cluster has any.
    """

    clusters: int
    ordinary: int
    sheets: tuple[PictureCluster, ...]
    listed: tuple[PictureCluster, ...]
    common: tuple[PictureCluster, ...]
    missing: str | None

    @property
    def references(self) -> tuple[Reference, ...]:
        """Every post printed, then the first posts of those who carried a picture with a sheet."""
        files = (
            *(f for s in self.sheets for f in s.files),
            *(f for c in (*self.listed, *self.common) for f in c.files[:1]),
        )
        of_files = [file.reference for file in files if file.reference is not None]
        return (*of_files, *(reference for sheet in self.sheets for reference in sheet.first))


def contact_sheet(con: duckdb.DuckDBPyConnection, case: Case, use: str) -> ContactSheet:
    """The largest clusters of pictures of posts (use "post") or of profiles ("avatar"). Reads picture_clusters,
    picture_copies, media, members and posts, and opens the originals."""
    rows = con.sql(_CHOSEN, params=[use]).to_arrow_table()
    con.register("shown", rows)
    chosen = rows.to_pylist()
    own = [row for row in chosen if row["ordinary"] is None]
    full = {row["cluster_id"] for row in own[:SHEETS_AT_MOST]}
    files: dict[str, list[dict[str, Any]]] = {}
    for row in con.sql(_FILES, params=[use]).to_arrow_table().to_pylist():
        files.setdefault(row["cluster_id"], []).append(row)
    carried = carriers(con, _CARRIED.format(use=use))
    numbered = [(f"{id}.{n}", row) for id, its in files.items() for n, row in enumerate(its, 1)]
    asked = [Asked(number, row["post_id"], row["account_id"]) for number, row in numbered if row["post_id"]]
    asked += [
        Asked(f"{id}, account {n}", *post)
        for id in sorted(full)
        for n, post in enumerate(carried.get(id, NOBODY).first, 1)
        if post[0]
    ]
    found = quotes(con, asked)
    drawer = Drawer(case, SHEETS_BYTES)

    def cluster(row: Mapping[str, Any]) -> PictureCluster:
        id = row["cluster_id"]
        drawn = [
            File(
                row=file,
                picture=drawer.whole(file["sha256"], videos=n == 1) if id in full else "",
                reference=Reference(f"{id}.{n}", id, found[f"{id}.{n}"]) if f"{id}.{n}" in found else None,
            )
            for n, file in enumerate(files.get(id, ()), 1)
        ]
        numbers = [f"{id}, account {n}" for n, _ in enumerate(carried.get(id, NOBODY).first, 1)]
        first = tuple(Reference(number, id, found[number]) for number in numbers if number in found)
        return PictureCluster(row, tuple(drawn), carried.get(id, NOBODY), first)

    clusters, ordinary = con.execute(
        "SELECT count(*), count(ordinary) FROM picture_clusters WHERE use = ?", [use]
    ).fetchall()[0]
    sheets = tuple(map(cluster, own[:SHEETS_AT_MOST]))
    return ContactSheet(
        clusters=clusters,
        ordinary=ordinary,
        sheets=sheets,
        listed=tuple(map(cluster, own[SHEETS_AT_MOST:])),
        common=tuple(cluster(row) for row in chosen if row["ordinary"] is not None),
        missing=drawer.missing,
    )
