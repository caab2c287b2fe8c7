"""Pairs of accounts that act together: inside groups, where they are the lines of the picture, and outside."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

LINES_AT_MOST = 2_000
"""Lines drawn for one group, those with most shared objects first."""

LISTED_AT_MOST = 10
"""Pairs outside groups that are listed, smallest q-value first."""

_LINES = f"""
WITH firsts AS (
    SELECT m.group_id, g.window_us, a.object_id, a.account_id, min(a.time_us) AS time_us
    FROM actions AS a JOIN members AS m USING (account_id)
    JOIN groups AS g ON g.group_id = m.group_id AND g.kind = a.kind
    WHERE a.time_us IS NOT NULL AND g.window_us IS NOT NULL GROUP BY ALL
), neighbours AS (
    SELECT *, lag(account_id) OVER earlier AS other, time_us - lag(time_us) OVER earlier AS gap_us FROM firsts
    WINDOW earlier AS (PARTITION BY group_id, object_id ORDER BY time_us, account_id)
), pairs AS (
    SELECT group_id, least(account_id, other) AS source, greatest(account_id, other) AS target, count(*) AS shared,
           false AS tested FROM neighbours WHERE gap_us <= window_us GROUP BY ALL
    UNION ALL
    SELECT s.group_id, e.source, e.target, e.n_objects, true FROM edges AS e
    JOIN members AS s ON s.account_id = e.source
    JOIN members AS t ON t.account_id = e.target AND t.group_id = s.group_id WHERE e.level <> 'L0'
    UNION ALL
    SELECT s.group_id, w.source, w.target, count(DISTINCT (w.kind, w.object_id)), false FROM witnesses AS w
    JOIN members AS s ON s.account_id = w.source AND s.group_id = w.group_id
    JOIN members AS t ON t.account_id = w.target AND t.group_id = w.group_id GROUP BY ALL
)
SELECT group_id, source, target, most, tested, n_lines FROM (
    SELECT *, count(*) OVER (PARTITION BY group_id) AS n_lines,
           row_number() OVER (PARTITION BY group_id ORDER BY most DESC, source, target) AS place
    FROM (SELECT group_id, source, target, max(shared) AS most, bool_or(tested) AS tested FROM pairs GROUP BY ALL)
) WHERE place <= {LINES_AT_MOST} ORDER BY group_id, place
"""
"""Members next to one another in time on a shared object, and pairs proven by themselves or by a witness. Joining
neighbours only keeps the picture of a large object a chain instead of a ball."""

_OUTSIDE = """
SELECT * FROM edges AS e WHERE level <> 'L0' AND NOT EXISTS (
    SELECT 1 FROM members AS s JOIN members AS t USING (group_id)
    WHERE s.account_id = e.source AND t.account_id = e.target
)
"""


@dataclass(frozen=True)
class Line:
    """Two members of a group that acted together: on how many objects, and whether their pair alone is significant."""

    source: str
    target: str
    shared: int
    tested: bool


@dataclass(frozen=True)
class Lines:
    """The lines drawn for a group, and how many there are."""

    drawn: tuple[Line, ...]
    total: int


@dataclass(frozen=True)
class Pair:
    """A pair of accounts outside groups that reached L1."""

    source: str
    target: str
    q_value: float
    n_objects: int
    kind: str
    window_us: int | None
    overlap: float
    synchrony: float
    exclusivity: float


@dataclass(frozen=True)
class Pairs:
    """Pairs that reached L1: all, those outside groups and their accounts; `listed` are the strongest outside."""

    total: int
    outside: int
    outside_accounts: int
    listed: tuple[Pair, ...]


def lines(con: duckdb.DuckDBPyConnection) -> dict[str, Lines]:
    """Group id -> its lines. Reads edges, groups, members, witnesses and actions."""
    found: dict[str, list[Line]] = {}
    totals: dict[str, int] = {}
    for group_id, source, target, shared, tested, total in con.execute(_LINES).fetchall():
        found.setdefault(group_id, []).append(Line(source, target, shared, tested))
        totals[group_id] = total
    return {group_id: Lines(tuple(drawn), totals[group_id]) for group_id, drawn in found.items()}


def pairs(con: duckdb.DuckDBPyConnection) -> Pairs:
    """Counts of pairs that reached L1, and the strongest of those outside groups."""
    con.execute(f"CREATE TEMP TABLE outside AS {_OUTSIDE}")
    total = _one(con, "SELECT count(*) FROM edges WHERE level <> 'L0'")
    accounts = _one(con, "SELECT count(*) FROM (SELECT source FROM outside UNION SELECT target FROM outside)")
    columns = "source, target, q_value, n_objects, kind, window_us, overlap, synchrony, exclusivity"
    listed = con.execute(
        f"SELECT {columns} FROM outside ORDER BY q_value, n_objects DESC, source, target LIMIT {LISTED_AT_MOST}"
    ).fetchall()
    return Pairs(total, _one(con, "SELECT count(*) FROM outside"), accounts, tuple(Pair(*row) for row in listed))


def _one(con: duckdb.DuckDBPyConnection, query: str) -> int:
    return int(con.execute(query).fetchall()[0][0])
