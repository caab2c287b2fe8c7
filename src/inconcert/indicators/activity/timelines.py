"""When the accounts of groups and of their controls posted, in an order that does not depend on their names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from inconcert.indicators.facts import Facts

FIRST_US, LAST_US = 946_684_800_000_000, 4_102_444_800_000_000
"""2000 and 2100: times outside are errors of the source."""
MOST_POSTS = 20_000
"""Posts read of one account, from its first."""
OBJECTS = ("share", "reply", "url", "text", "media", "near_text", "near_media")
"""Kinds of object that explain why two accounts act at one moment; tags, names and sites are context."""
ANNOUNCED = (*OBJECTS, "hashtag")
"""The same where a crowd that was openly called to an hour would look like one hand: a new tag is such a call."""
SAME_OBJECT_US = 3_600_000_000
SECOND_US, MINUTE_US, HOUR_US = 1_000_000, 60_000_000, 3_600_000_000
TELLING = 20
"""Moments, all at full minutes or hours, that show the source told no more."""

# A member is measured on posts of the case alone; a control may come from the case or from a control import.
_WATCHED = """
WITH watched AS (
    SELECT account_id, max(is_member) AS is_member FROM (
        SELECT account_id, 1 AS is_member FROM members UNION ALL SELECT account_id, 0 AS is_member FROM controls
    ) AS both_sides GROUP BY account_id
), post AS (
    SELECT p.post_id, p.account_id, p.time_us, p.reply_to_id, p.shared_id, p.quoted_id
    FROM posts AS p INNER JOIN watched AS w ON p.account_id = w.account_id
    WHERE p.time_us >= :first_us AND p.time_us < :last_us AND (p.role = 'case' OR w.is_member = 0)
)"""
_MOMENTS = """, moment AS (
    SELECT account_id, time_us, min(post_id) AS post_id FROM {posts} GROUP BY account_id, time_us
), placed AS (
    SELECT account_id, time_us, post_id,
           row_number() OVER (PARTITION BY account_id ORDER BY time_us) AS place FROM moment
)
SELECT account_id, time_us, post_id FROM placed WHERE place <= :most_posts ORDER BY account_id, time_us"""
_OWN = """, answer AS (
    SELECT post_id, account_id, reply_to_id AS to_id FROM post WHERE reply_to_id IS NOT NULL
    UNION ALL SELECT post_id, account_id, shared_id AS to_id FROM post WHERE shared_id IS NOT NULL
    UNION ALL SELECT post_id, account_id, quoted_id AS to_id FROM post WHERE quoted_id IS NOT NULL
), act AS (
    SELECT a.post_id, a.account_id, a.kind, a.object_id, a.time_us
    FROM actions AS a INNER JOIN watched AS w ON a.account_id = w.account_id
    WHERE a.time_us >= :first_us AND a.time_us < :last_us AND a.kind IN ({kinds})
), met AS (
    SELECT post_id, min(account_id) OVER beside AS least, max(account_id) OVER beside AS most FROM act
    WINDOW beside AS (PARTITION BY kind, object_id ORDER BY time_us
                      RANGE BETWEEN {reach} PRECEDING AND {reach} FOLLOWING)
), explained AS (
    SELECT DISTINCT a.post_id FROM answer AS a INNER JOIN post AS parent ON a.to_id = parent.post_id
    WHERE a.account_id <> parent.account_id
    UNION SELECT DISTINCT post_id FROM met WHERE least <> most
), own AS (
    SELECT p.account_id, p.time_us, p.post_id FROM post AS p LEFT JOIN explained AS e ON p.post_id = e.post_id
    WHERE e.post_id IS NULL
)"""


@dataclass(frozen=True)
class Timelines:
    """Moments of posting. time_us: sorted, of account i in [start[i], start[i + 1]); post_ids beside them.

    names: the accounts, in the order of what they did (moments, first, last, sum of times), by name only where that
    is equal.
    """

    names: tuple[str, ...]
    start: NDArray[np.int64]
    time_us: NDArray[np.int64]
    post_ids: pa.Array

    def of(self, index: int) -> NDArray[np.int64]:
        """The moments of one account."""
        return self.time_us[self.start[index] : self.start[index + 1]]

    def floored(self, unit_us: int) -> Timelines:
        """The same told in whole units, moments apart, each with the first of its posts."""
        time_us = self.time_us - self.time_us % unit_us
        owner = np.repeat(np.arange(len(self.names)), np.diff(self.start))
        first = np.ones(len(time_us), dtype=bool)
        first[1:] = (time_us[1:] != time_us[:-1]) | (owner[1:] != owner[:-1])
        start = np.concatenate([[0], np.cumsum(np.bincount(owner[first], minlength=len(self.names)))])
        return Timelines(self.names, start.astype(np.int64), time_us[first], self.post_ids.filter(pa.array(first)))


def resolution_us(time_us: NDArray[np.int64]) -> int:
    """The unit, microseconds, in which the source told these moments: an hour, a minute, or finer as a second."""
    if len(time_us) >= TELLING:
        for unit_us in (HOUR_US, MINUTE_US):
            if not (time_us % unit_us).any():
                return unit_us
    return SECOND_US


def timelines(facts: Facts, *, own: bool, kinds: Sequence[str] = OBJECTS) -> Timelines:
    """The timelines of all members and controls, moments apart.

    own: leave out posts whose moment another member or control explains: answers to, shares and quotes of their
    posts, and posts on an object of these kinds that one of them acted on within an hour.
    """
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    middle = _OWN.format(kinds=listed, reach=SAME_OBJECT_US) if own else ""
    rows = facts.engine.sql(
        _WATCHED + middle + _MOMENTS.format(posts="own" if own else "post"),
        {"first_us": FIRST_US, "last_us": LAST_US, "most_posts": MOST_POSTS},
    )
    accounts = pc.dictionary_encode(rows["account_id"].combine_chunks())
    ids, codes = accounts.dictionary.to_pylist(), accounts.indices.to_numpy()
    time_us = rows["time_us"].to_numpy().astype(np.int64)
    count = np.bincount(codes, minlength=len(ids)).astype(np.int64)
    ends = np.cumsum(count)
    first, last = time_us[ends - count], time_us[ends - 1]
    total = np.zeros(len(ids), dtype=np.int64)
    np.add.at(total, codes, time_us // 1_000)
    order = np.lexsort((np.arange(len(ids)), total, last, first, count))
    place = np.empty(len(ids), dtype=np.int64)
    place[order] = np.arange(len(ids))
    rank = np.lexsort((time_us, place[codes]))
    return Timelines(
        tuple(ids[i] for i in order),
        np.concatenate([[0], np.cumsum(count[order])]).astype(np.int64),
        time_us[rank],
        rows["post_id"].combine_chunks().take(pa.array(rank)),
    )


def sides(facts: Facts, table: str) -> dict[str, set[str]]:
    """The accounts of each group in `members` or `controls`."""
    found: dict[str, set[str]] = {}
    rows = facts.engine.sql(f"SELECT DISTINCT group_id, account_id FROM {table} ORDER BY group_id, account_id")
    for row in rows.to_pylist():
        found.setdefault(row["group_id"], set()).add(row["account_id"])
    return found
