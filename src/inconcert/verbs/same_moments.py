"""Pairs of accounts that wrote the same at the same moments in different imports, and pairs of one handle that wrote at one moment."""

from __future__ import annotations

from dataclasses import dataclass

from inconcert.engine.duckdb import DuckDB
from inconcert.normalise.dates import DAY_US
from inconcert.normalise.platforms import UNKNOWN

LEAST = 5
"""Posts in common from which two accounts are told."""
SHARE = 0.5
"""Share of the posts of the one that wrote less, while both of them wrote."""
_CROWD = 20
"""Accounts with one text at one moment, or with one handle, above which it tells nothing of two of them."""

# Moments are times cut to those of the coarsest import, as they are where accounts are compared. One tool cuts where another
# rounds, so one post may have two moments, next to each other.
_TOLD = """
SELECT DISTINCT account_id, platform, import_id, said, epoch_us(created_at) // {step_us} AS moment
FROM (SELECT *, unnest(['text:' || text_hash, 'share:' || shared_id]) AS said FROM posts WHERE created_at IS NOT NULL)
WHERE said IS NOT NULL
"""
_COPIES = f"""
WITH repeated AS (
    SELECT said FROM told GROUP BY said HAVING min(import_id) <> max(import_id) AND min(account_id) <> max(account_id)
), beside AS (
    SELECT *, moment + unnest([-1, 0, 1]) AS near FROM told SEMI JOIN repeated USING (said)
), moments AS (
    SELECT said, near FROM beside GROUP BY said, near
    HAVING min(import_id) <> max(import_id) AND min(account_id) <> max(account_id) AND count(*) <= :crowd
), shared AS (
    SELECT beside.* FROM beside SEMI JOIN moments USING (said, near)
), together AS (
    SELECT a.account_id AS one, b.account_id AS other, least(count(DISTINCT a.moment), count(DISTINCT b.moment)) AS posts
    FROM shared AS a JOIN shared AS b ON b.said = a.said AND b.near = a.moment
    WHERE a.near = a.moment AND a.import_id <> b.import_id AND a.account_id < b.account_id
      AND (a.platform = b.platform OR '{UNKNOWN}' IN (a.platform, b.platform))
    GROUP BY a.account_id, b.account_id HAVING least(count(DISTINCT a.moment), count(DISTINCT b.moment)) >= :least
), times AS (
    SELECT DISTINCT account_id, moment FROM told
    WHERE account_id IN (SELECT one FROM together UNION SELECT other FROM together)
), spans AS (
    SELECT account_id, min(moment) AS first, max(moment) AS last FROM times GROUP BY account_id
), sizes AS (
    SELECT one, other, posts, count(*) FILTER (times.account_id = one) AS ones, count(*) FILTER (times.account_id = other) AS others
    FROM together
    JOIN spans AS a ON a.account_id = one
    JOIN spans AS b ON b.account_id = other
    JOIN times ON times.account_id IN (one, other) AND moment BETWEEN greatest(a.first, b.first) AND least(a.last, b.last)
    GROUP BY one, other, posts
)
SELECT one, other, posts, ones, others, TRUE AS copies FROM sizes WHERE posts >= :share * least(ones, others)
"""
_DESCRIBED = """
SELECT DISTINCT account_id, lower(ltrim(handle, '@')) AS handle, lower(trim(display_name)) AS name, platform FROM accounts
"""
# Of accounts with one handle, those that wrote at one moment: in the course of time a handle may pass to another account.
_NAMESAKES = f"""
WITH called AS (
    SELECT account_id, platform, handle FROM described WHERE handle <> ''
    UNION
    SELECT account_id, platform, lower(CASE WHEN starts_with(account_id, platform || ':')
                                            THEN substr(account_id, length(platform) + 2) ELSE account_id END) FROM described
), alike AS (
    SELECT handle FROM called GROUP BY handle HAVING count(DISTINCT account_id) BETWEEN 2 AND :crowd
), pairs AS (
    SELECT DISTINCT a.account_id AS one, b.account_id AS other
    FROM (SELECT * FROM called SEMI JOIN alike USING (handle)) AS a JOIN called AS b USING (handle)
    WHERE a.account_id < b.account_id AND (a.platform = b.platform OR '{UNKNOWN}' IN (a.platform, b.platform))
), times AS (
    SELECT DISTINCT account_id, epoch_us(created_at) // {{step_us}} AS moment FROM posts
    WHERE created_at IS NOT NULL AND account_id IN (SELECT one FROM pairs UNION SELECT other FROM pairs)
), sizes AS (
    SELECT account_id, count(*) AS n FROM times GROUP BY account_id
)
SELECT one, other, count(DISTINCT a.moment) AS posts, any_value(m.n) AS ones, any_value(n.n) AS others, FALSE AS copies
FROM pairs
JOIN times AS a ON a.account_id = one
JOIN (SELECT account_id, moment + unnest([-1, 0, 1]) AS near FROM times) AS b ON b.account_id = other AND b.near = a.moment
JOIN sizes AS m ON m.account_id = one
JOIN sizes AS n ON n.account_id = other
GROUP BY one, other
"""
_WRITERS = """
SELECT import_id, count(*) AS n
FROM (SELECT import_id, account_id FROM told GROUP BY ALL HAVING count(DISTINCT moment) >= :least) GROUP BY import_id
"""


@dataclass(frozen=True)
class Met:
    """Two ids, in their order.   posts: moments at which both wrote.   ones, others: moments of each.   copies: the same words or
    shared posts at `posts`, which are half of one of them or more, in the time in which both wrote; else they have one handle.
    """

    one: str
    other: str
    posts: int
    ones: int
    others: int
    copies: bool


class SameMoments:
    """The engine holds posts and accounts of one role.   step_us: what times are cut to."""

    def __init__(self, engine: DuckDB, step_us: int) -> None:
        self._engine, self._step_us = engine, step_us
        engine.keep("told", _TOLD.format(step_us=self._step_us))
        engine.keep("described", _DESCRIBED)

    def pairs(self) -> list[Met]:
        """Each pair once; as copies where it is both."""
        rows = self._engine.sql(_NAMESAKES.format(step_us=self._step_us), {"crowd": _CROWD}).to_pylist()
        if self._step_us < DAY_US:  # on one day many write the same
            rows += self._engine.sql(_COPIES, {"crowd": _CROWD, "least": LEAST, "share": SHARE}).to_pylist()
        found = {(row["one"], row["other"]): Met(**row) for row in rows}
        return [found[pair] for pair in sorted(found)]

    def writers(self) -> dict[str, int]:
        """Import -> accounts that wrote LEAST times or more."""
        return {row["import_id"]: row["n"] for row in self._engine.sql(_WRITERS, {"least": LEAST}).to_pylist()}
