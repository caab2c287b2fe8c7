"""One person under two ids: accounts of different imports that wrote nearly all their posts in the same seconds.

Tools name accounts differently: by number, by handle, by address. Where their names of posts differ too, two exports of one account
look like two accounts that copy each other to the second, which no pair of people does. It is told and not mended: programs that post
the same things from two accounts look alike, and which of both it is only a person can see.
"""

from __future__ import annotations

from dataclasses import dataclass

from inconcert.case import Case
from inconcert.engine.duckdb import DuckDB

LEAST = 5
"""Posts in common from which two accounts are told."""
SHARE = 0.8
"""Share of the posts of the one that wrote less."""
_CROWD = 20
"""Accounts with one text in one second above which it tells nothing of two of them."""

_QUERY = """
WITH told AS (
    SELECT DISTINCT platform, account_id, import_id, text_hash, created_at FROM posts
    WHERE text_hash IS NOT NULL AND created_at IS NOT NULL AND created_precision = 's'
), moments AS (
    SELECT platform, text_hash, created_at FROM told GROUP BY platform, text_hash, created_at
    HAVING count(DISTINCT import_id) > 1 AND count(*) <= :crowd
), shared AS (
    SELECT told.* FROM told SEMI JOIN moments USING (platform, text_hash, created_at)
), together AS (
    SELECT a.platform, a.account_id AS one, b.account_id AS other, count(*) AS posts
    FROM shared AS a JOIN shared AS b USING (platform, text_hash, created_at)
    WHERE a.import_id < b.import_id AND a.account_id <> b.account_id
    GROUP BY a.platform, a.account_id, b.account_id HAVING count(*) >= :least
), sizes AS (
    SELECT platform, account_id, count(*) AS posts FROM told GROUP BY platform, account_id
)
SELECT t.platform, t.one, t.other, t.posts, least(a.posts, b.posts) AS most
FROM together AS t
JOIN sizes AS a ON a.platform = t.platform AND a.account_id = t.one
JOIN sizes AS b ON b.platform = t.platform AND b.account_id = t.other
WHERE t.posts >= :share * least(a.posts, b.posts)
ORDER BY t.posts DESC, t.platform, t.one, t.other
"""


@dataclass(frozen=True)
class TwoIds:
    """Two ids on one platform, in different imports.   posts: same text in the same second.   most: posts of the one with fewer."""

    platform: str
    one: str
    other: str
    posts: int
    most: int


def two_ids(case: Case, role: str) -> list[TwoIds]:
    """Pairs of ids that may be one person, most posts in common first; [] with fewer than two imports of that role."""
    parts = case.parts("posts", role)
    if len(parts) < 2:
        return []
    engine = DuckDB()
    try:
        engine.attach("posts", list(parts))
        rows = engine.sql(_QUERY, {"crowd": _CROWD, "least": LEAST, "share": SHARE}).to_pylist()
    finally:
        engine.close()
    return [TwoIds(**row) for row in rows]


def note_on(found: list[TwoIds]) -> tuple[str, ...]:
    """What the user should know of them, in words; () when there are none."""
    if not found:
        return ()
    first = found[0]
    return (
        f"{len(found):,} {'pair' if len(found) == 1 else 'pairs'} of accounts of different files wrote nearly all their posts with the same "
        f"text in the same second, such as '{first.one}' and '{first.other}' ({first.posts:,} of {first.most:,} posts). If two tools exported "
        "the same people under two ids, whatever is found between these accounts is nothing: read one of the files, or make the "
        "ids alike, with --map or before.",
    )
