"""Posts over time of the case, of each group and of what they are compared with, by day or, in short cases, by hour."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inconcert.indicators.content.storyline_posts import attach_told
from inconcert.indicators.facts import Facts
from inconcert.normalise.dates import END_US, FIRST_US

Counts = NDArray[np.int64]
HOUR_US = 3_600_000_000
DAY_US = 24 * HOUR_US
CASE = ""
"""In the place of a group: all posts of the case."""
SILENCE_DAYS = 60
"""A longer silence ends a stretch of activity: a stray date must not lengthen the time that others are compared over."""
LEAST_DAYS = 60
"""Shorter stretches are counted by the hour."""

_BY_HOUR = """
SELECT {who} AS line, CAST(floor(time_us / 3600000000) AS BIGINT) AS hour, count(*) AS n, min(time_us) AS earliest_us
FROM {posts} WHERE time_us >= :first_us AND time_us < :end_us {condition}
GROUP BY {who}, CAST(floor(time_us / 3600000000) AS BIGINT) ORDER BY line, hour
"""
_TOLD = "(SELECT DISTINCT platform, post_id, storyline, role, time_us FROM told_posts) told"
_OF = "posts JOIN (SELECT DISTINCT group_id, account_id FROM {0}) {0} ON posts.account_id = {0}.account_id"


@dataclass(frozen=True)
class Volume:
    """counts: posts by bin from start_us on.   bin_us: a day or an hour.   period: bins of a week, or of a day.
    control: the same of the comparison, in the same bins; None without any.   first_us: first post of all."""

    first_us: int
    start_us: int
    bin_us: int
    period: int
    counts: Counts
    control: Counts | None

    @property
    def unit(self) -> str:
        """What a bin is."""
        return "day" if self.bin_us == DAY_US else "hour"

    @property
    def end_us(self) -> int:
        """End of the last bin."""
        return self.start_us + len(self.counts) * self.bin_us


def volumes(facts: Facts) -> dict[str, Volume]:
    """CASE and every group with posts -> its volume over its longest stretch without a silence, in order; times outside
    1995 to 2100 are errors and left out."""
    lines = _by_hour(facts, f"'{CASE}'", "posts", "AND role = 'case'")
    lines |= _by_hour(facts, "group_id", _OF.format("members"), "")
    control = _by_hour(facts, f"'{CASE}'", "posts", "AND role = 'control'")
    control |= _by_hour(facts, "group_id", _OF.format("controls"), "")
    return {line: _volume(hours, control.get(line)) for line, hours in lines.items()}


def storyline_volumes(facts: Facts) -> dict[str, Volume]:
    """Storyline -> the volume of the posts of the case that tell it; no storyline, nothing is read."""
    if "storylines" not in facts.held:
        return {}
    attach_told(facts.engine)
    told = _by_hour(facts, "storyline", _TOLD, "AND role = 'case'")
    return {line: _volume(hours, None) for line, hours in told.items()}


def _by_hour(facts: Facts, who: str, posts: str, condition: str) -> dict[str, Counts]:
    """Line -> rows of hour since 1970, posts in it, and the time of the first."""
    query = _BY_HOUR.format(who=who, posts=posts, condition=condition)
    rows = facts.engine.sql(query, {"first_us": FIRST_US, "end_us": END_US})
    found: dict[str, list[tuple[int, int, int]]] = {}
    for line, *numbers in zip(*(rows[name].to_pylist() for name in rows.column_names), strict=True):
        found.setdefault(line, []).append(tuple(numbers))
    return {line: np.array(hours, np.int64) for line, hours in found.items()}


def _volume(hours: Counts, control: Counts | None) -> Volume:
    breaks = np.flatnonzero(np.diff(hours[:, 0]) > SILENCE_DAYS * 24) + 1
    kept = max(np.split(hours, breaks), key=lambda part: (part[:, 1].sum(), -part[0, 0]))
    daily = kept[-1, 0] - kept[0, 0] >= LEAST_DAYS * 24
    step = 24 if daily else 1
    start, end = kept[0, 0] // step, kept[-1, 0] // step + 1
    return Volume(
        int(hours[0, 2]), int(start * step * HOUR_US), step * HOUR_US, 7 if daily else 24,
        _binned(kept, step, start, end), None if control is None else _binned(control, step, start, end),
    )  # fmt: skip


def _binned(hours: Counts, step: int, start: int, end: int) -> Counts:
    at = hours[:, 0] // step - start
    inside = (at >= 0) & (at < end - start)
    return np.bincount(at[inside], hours[inside, 1], minlength=end - start).astype(np.int64)
