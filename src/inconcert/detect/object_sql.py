"""SQL of what the null model needs to know about objects and accounts; `sweep` gives the same from arrays."""

from __future__ import annotations

from collections.abc import Sequence

FIRST = """
WITH first AS (
    SELECT account_id, object_id, min(time_us) AS time_us FROM actions WHERE kind = :kind GROUP BY account_id, object_id
), popular AS (
    SELECT object_id, count(*) AS popularity FROM first GROUP BY object_id HAVING count(*) >= 2
), kept AS (
    SELECT first.account_id, first.object_id, first.time_us, popular.popularity
    FROM first INNER JOIN popular ON first.object_id = popular.object_id
)"""
"""First actions on objects of two accounts or more; an account's earliest time, NULL when it has none."""

_PAIRED = """
SELECT l.account_id AS source, r.account_id AS target, l.object_id, abs(l.time_us - r.time_us) AS gap_us
FROM kept AS l INNER JOIN kept AS r ON l.object_id = r.object_id AND l.account_id < r.account_id"""


def object_windows(windows: Sequence[int]) -> str:
    """popularity, pairs_0 … pairs_{W-1} of every object, by object; parameter :kind.

    Each action counts those around it, itself and NULL times excepted, so every pair twice. Frames take no parameters.
    """
    around = ", ".join(
        f"count(*) OVER (PARTITION BY object_id ORDER BY time_us RANGE BETWEEN {w} PRECEDING AND {w} FOLLOWING) - 1 AS around_{i}"
        for i, w in enumerate(windows)
    )
    counts = ", ".join(f"CAST(sum(around_{w}) / 2 AS BIGINT) AS pairs_{w}" for w in range(len(windows)))
    named = ", ".join(f"coalesce(counted.pairs_{w}, 0) AS pairs_{w}" for w in range(len(windows)))
    return f"""{FIRST}, spaced AS (
        SELECT object_id, {around} FROM kept WHERE time_us IS NOT NULL
    ), counted AS (
        SELECT object_id, {counts} FROM spaced GROUP BY object_id
    )
    SELECT popular.popularity, {named} FROM popular LEFT JOIN counted ON popular.object_id = counted.object_id
    ORDER BY popular.object_id"""


def partners(windows: Sequence[int]) -> str:
    """nearest: smallest window with another account, one row a first action, in the order of `Layer`; also :window_<w>."""
    steps = " ".join(f"WHEN before_us <= :window_{w} OR after_us <= :window_{w} THEN {w}" for w in range(len(windows)))
    order = "OVER (PARTITION BY object_id ORDER BY time_us NULLS LAST, account_id)"
    return f"""{FIRST}, spaced AS (
        SELECT account_id, object_id, time_us, time_us - lag(time_us) {order} AS before_us,
               lead(time_us) {order} - time_us AS after_us FROM kept
    )
    SELECT CASE {steps} ELSE {len(windows)} END AS nearest FROM spaced ORDER BY object_id, time_us NULLS FIRST, account_id"""


RARE_PAIRS = f"""{FIRST}
{_PAIRED} AND l.popularity <= :max_accounts ORDER BY object_id, source, target"""
"""source, target, object_id, gap_us of all pairs on objects of at most :max_accounts accounts."""

SHARED_OBJECTS = f"""{FIRST}
SELECT listed.place, l.object_id, abs(l.time_us - r.time_us) AS gap_us
FROM listed INNER JOIN kept AS l ON listed.source = l.account_id
            INNER JOIN kept AS r ON listed.target = r.account_id AND l.object_id = r.object_id
ORDER BY listed.place, l.object_id"""
"""place, object_id, gap_us of what the two accounts of each row of `listed` have in common."""
