"""Who carried one text or picture: the first post of each account, the groups among them, and how fast it spread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

DRAWN_AT_MOST = 120
"""Accounts drawn of one cluster; of more, as many evenly spaced ones."""

LISTED_AT_MOST = 20
"""Accounts of one cluster whose first post the working file gives."""

_SPREAD = f"""
SELECT cluster_id, time_us, platform FROM (
    SELECT *, row_number() OVER (PARTITION BY cluster_id ORDER BY time_us, account_id, platform) AS place,
           count(*) OVER (PARTITION BY cluster_id) AS n
    FROM carriers WHERE time_us IS NOT NULL
) WHERE n <= {DRAWN_AT_MOST} OR place = 1 OR place * {DRAWN_AT_MOST} // n <> (place - 1) * {DRAWN_AT_MOST} // n
ORDER BY cluster_id, place
"""
_EARLIEST = f"""
SELECT cluster_id, post_id, account_id FROM carriers
QUALIFY row_number() OVER (PARTITION BY cluster_id ORDER BY time_us NULLS LAST, account_id, post_id) <= {LISTED_AT_MOST}
ORDER BY cluster_id, time_us NULLS LAST, account_id, post_id
"""
_GROUPS = """
SELECT cluster_id, group_id, count(DISTINCT account_id) AS n FROM carriers JOIN members USING (account_id)
GROUP BY ALL ORDER BY cluster_id, n DESC, group_id
"""


@dataclass(frozen=True)
class Carriers:
    """Those who carried one text or picture.

    spread: time (microseconds since 1970) and platform of accounts' first posts with it, earliest first, at most about
        DRAWN_AT_MOST evenly chosen.   timed: accounts with such a time.
    groups: groups of the report and how many of their members carried it, most first.
    first: post and account of the earliest, at most LISTED_AT_MOST.
    """

    spread: tuple[tuple[int, str], ...]
    timed: int
    groups: tuple[tuple[str, int], ...]
    first: tuple[tuple[str, str], ...]

    @property
    def span_us(self) -> int | None:
        """From the first account to the last; None for fewer than two with times."""
        return self.spread[-1][0] - self.spread[0][0] if len(self.spread) > 1 else None


NOBODY = Carriers((), 0, (), ())


def carriers(con: duckdb.DuckDBPyConnection, query: str) -> Mapping[str, Carriers]:
    """Cluster id -> who carried it. Reads members.

    query: gives cluster_id, account_id, platform, time_us, post_id: one row for each account's first post.
    """
    con.execute(f"CREATE OR REPLACE TEMP TABLE carriers AS {query}")
    spread: dict[str, list[tuple[int, str]]] = {}
    for id, time_us, platform in con.execute(_SPREAD).fetchall():
        spread.setdefault(id, []).append((time_us, platform))
    groups: dict[str, list[tuple[str, int]]] = {}
    for id, group_id, n in con.execute(_GROUPS).fetchall():
        groups.setdefault(id, []).append((group_id, n))
    first: dict[str, list[tuple[str, str]]] = {}
    for id, post_id, account_id in con.execute(_EARLIEST).fetchall():
        first.setdefault(id, []).append((post_id, account_id))
    timed = dict(con.execute("SELECT cluster_id, count(time_us) FROM carriers GROUP BY cluster_id").fetchall())
    return {
        id: Carriers(tuple(spread.get(id, ())), timed[id], tuple(groups.get(id, ())), tuple(posts))
        for id, posts in first.items()
    }
