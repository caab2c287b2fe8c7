"""When somebody posts: by day, and by weekday and hour, on the clocks of any zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inconcert.browse.keys import PREFIX
from inconcert.browse.names import number
from inconcert.browse.view import View
from inconcert.errors import UnknownName
from inconcert.normalise.local_time import offsets_us, refuse_unknown_zone
from inconcert.report.zones import QUARTER_US

EVERYBODY, GROUPED = "", "*"
"""Whose activity: of the whole case, and of the accounts in groups above L0; besides, the id of a group or the key of an account."""

_DAY = 86_400_000_000
_HOUR = 3_600_000_000
_EPOCH = date(1970, 1, 1)

_OF_ACCOUNT = f"""
SELECT (time_us - ((time_us % {QUARTER_US}) + {QUARTER_US}) % {QUARTER_US}) // {QUARTER_US} AS quarter, count(*) AS posts,
       count(*) FILTER (precision IS DISTINCT FROM 'day') AS clock
FROM posts WHERE account = ? AND time_us IS NOT NULL GROUP BY quarter ORDER BY quarter
"""
_OF_MEMBERS = f"""
SELECT a.key, (time_us - ((time_us % {QUARTER_US}) + {QUARTER_US}) % {QUARTER_US}) // {QUARTER_US} AS quarter, count(*) AS posts
FROM posts AS p JOIN members AS m USING (account) JOIN accounts AS a USING (account)
WHERE m.group_id = ? AND time_us IS NOT NULL GROUP BY a.key, quarter ORDER BY a.key, quarter
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
    local_us = _local_us(found["quarter"].to_numpy(), zone)
    posts, clock = (found[name].to_numpy() for name in ("posts", "clock"))
    hours = np.zeros((7, 24), np.int64)
    day = local_us // _DAY
    np.add.at(hours, ((day + 3) % 7, local_us % _DAY // _HOUR), clock)
    return Activity(zone, _by_day(day, posts), hours)


def members_days(view: View, group_id: str, *, zone: str = "UTC") -> dict[str, tuple[tuple[date, int], ...]]:
    """Key of each member -> (day of the zone, posts); members without a timed post left out. UnknownName for a zone."""
    refuse_unknown_zone(zone)
    found = view.table(_OF_MEMBERS, [group_id])
    keys = found["key"].combine_chunks().dictionary_encode()
    code = keys.indices.to_numpy(zero_copy_only=False)
    day, posts = _local_us(found["quarter"].to_numpy(), zone) // _DAY, found["posts"].to_numpy()
    return {key: _by_day(day[code == n], posts[code == n]) for n, key in enumerate(keys.dictionary.to_pylist())}


def _local_us(quarter: NDArray[Any], zone: str) -> NDArray[np.int64]:
    """What the clocks of a zone show at these quarter hours, as if it were UTC."""
    time_us = quarter.astype(np.int64) * QUARTER_US
    return time_us + offsets_us(time_us, zone)


def _by_day(day: NDArray[np.int64], posts: NDArray[np.int64]) -> tuple[tuple[date, int], ...]:
    days, at = np.unique(day, return_inverse=True)
    counts = np.bincount(at, weights=posts, minlength=len(days)).astype(np.int64)
    return tuple((_EPOCH + timedelta(days=int(one)), int(n)) for one, n in zip(days, counts, strict=True))
