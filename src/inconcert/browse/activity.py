"""When somebody posts: by day, and by weekday and hour, on the clocks of any zone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from inconcert.browse.keys import PREFIX
from inconcert.browse.names import number
from inconcert.browse.view import View
from inconcert.errors import UnknownName
from inconcert.normalise.local_time import offsets_us, refuse_unknown_zone
from inconcert.report.zones import QUARTER_US

EVERYBODY, GROUPED = "", "*"
"""Whose activity: of the whole case, and of the accounts in groups above L0; besides, the id of a group or the key of an account."""

Days = tuple[tuple[date, int], ...]

_DAY = 86_400_000_000
_HOUR = 3_600_000_000
_EPOCH = date(1970, 1, 1)

_OF_ACCOUNT = f"""
SELECT (time_us - ((time_us % {QUARTER_US}) + {QUARTER_US}) % {QUARTER_US}) // {QUARTER_US} AS quarter, count(*) AS posts,
       count(*) FILTER (precision IS DISTINCT FROM 'day') AS clock
FROM posts WHERE account = ? AND time_us IS NOT NULL GROUP BY quarter ORDER BY quarter
"""
_OF_ACCOUNTS = f"""
SELECT a.key, (time_us - ((time_us % {QUARTER_US}) + {QUARTER_US}) % {QUARTER_US}) // {QUARTER_US} AS quarter, count(*) AS posts
FROM posts AS p JOIN (SELECT account, key FROM keys SEMI JOIN wanted USING (key)) AS a USING (account)
WHERE time_us IS NOT NULL GROUP BY a.key, quarter ORDER BY a.key, quarter
"""


@dataclass(frozen=True)
class Activity:
    """When somebody posts.   days: (day of the zone, posts), days without a post left out.   hours: shape (7, 24), posts by weekday,
    Monday first, and hour of the zone, of those whose time says more than the day.
    """

    zone: str
    days: tuple[tuple[date, int], ...]
    hours: NDArray[np.int64]


def activity(view: View, who: str = EVERYBODY, *, zone: str = "UTC") -> Activity:
    """When EVERYBODY, GROUPED, a group by its id or an account by its key posts. UnknownName for a zone or for somebody unknown.

    Times are cut to quarter hours, in which all zones in use differ from UTC.
    """
    refuse_unknown_zone(zone)
    if who.startswith(PREFIX):
        found = view.table(_OF_ACCOUNT, [number(view, who)])
    else:
        if who not in (EVERYBODY, GROUPED) and view.row("SELECT 1 FROM groups WHERE group_id = ?", [who]) is None:
            raise UnknownName("group", who, [row["group_id"] for row in view.rows("SELECT group_id FROM groups")])
        found = view.table("SELECT quarter, posts, clock FROM quarters WHERE who = ? ORDER BY quarter", [who])
    return as_activity(found, zone)


def as_activity(quarters: pa.Table, zone: str) -> Activity:
    """The activity of quarter hours: columns quarter (since 1970, UTC), posts, and clock, those whose time says more than the day."""
    local_us = _local_us(quarters["quarter"].to_numpy(), zone)
    posts, clock = (quarters[name].to_numpy() for name in ("posts", "clock"))
    hours = np.zeros((7, 24), np.int64)
    day = local_us // _DAY
    np.add.at(hours, ((day + 3) % 7, local_us % _DAY // _HOUR), clock)
    return Activity(zone, _by_day(day, posts), hours)


def members_days(view: View, group_id: str, *, zone: str = "UTC") -> dict[str, Days]:
    """Key of each member -> (day of the zone, posts); members without a timed post left out. UnknownName for a zone."""
    its = view.rows(
        "SELECT a.key FROM members AS m JOIN accounts AS a USING (account) WHERE m.group_id = ?", [group_id]
    )
    return accounts_days(view, [row["key"] for row in its], zone=zone)


def accounts_days(view: View, keys: Sequence[str], *, zone: str = "UTC") -> dict[str, Days]:
    """The same of accounts by their keys."""
    refuse_unknown_zone(zone)
    found = view.table(_OF_ACCOUNTS, wanted=pa.table({"key": pa.array(keys, pa.string())}))
    key = found["key"].to_numpy(zero_copy_only=False)
    day, posts = _local_us(found["quarter"].to_numpy(), zone) // _DAY, found["posts"].to_numpy()
    starts = [0, *(np.flatnonzero(key[1:] != key[:-1]) + 1).tolist(), len(key)] if len(key) else []
    return {str(key[a]): _by_day(day[a:b], posts[a:b]) for a, b in pairwise(starts)}


def _local_us(quarter: NDArray[Any], zone: str) -> NDArray[np.int64]:
    """What the clocks of a zone show at these quarter hours, as if it were UTC."""
    time_us = quarter.astype(np.int64) * QUARTER_US
    return time_us + offsets_us(time_us, zone)


def _by_day(day: NDArray[np.int64], posts: NDArray[np.int64]) -> Days:
    days, at = np.unique(day, return_inverse=True)
    counts = np.bincount(at, weights=posts, minlength=len(days)).astype(np.int64)
    return tuple((_EPOCH + timedelta(days=int(one)), int(n)) for one, n in zip(days, counts, strict=True))
