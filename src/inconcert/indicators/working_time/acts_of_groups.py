"""When the accounts of a group, and of its control, posted: at most one post an account and quarter hour."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from inconcert.engine.base import Engine
from inconcert.indicators.reading import Point
from inconcert.indicators.working_time.common_rhythm import Acts
from inconcert.indicators.working_time.offset_posterior import QUARTERS

QUARTER_US: Final = 900_000_000
SENSIBLE: Final = {"from_us": 946_684_800_000_000, "to_us": 4_102_444_800_000_000}
"""2000 to 2099: times outside are errors of export, not posts."""

_WHO = """
who AS (
    SELECT group_id, account_id, 'group' AS side FROM (SELECT DISTINCT group_id, account_id FROM members)
    UNION ALL
    SELECT group_id, account_id, 'control' AS side FROM (SELECT DISTINCT group_id, account_id FROM controls)
),
acts AS (
    SELECT DISTINCT who.group_id, who.side, who.account_id, posts.platform, posts.time_us - posts.time_us % 900000000 AS quarter_us
    FROM who JOIN posts ON posts.account_id = who.account_id
    WHERE posts.time_us >= :from_us AND posts.time_us < :to_us AND (who.side = 'control' OR posts.role = 'case')
)
"""

_ACTS = f"""
WITH {_WHO}
SELECT DISTINCT group_id, side, account_id, quarter_us FROM acts
ORDER BY group_id, side, account_id, quarter_us
"""

_WEEK = f"""
WITH {_WHO}
SELECT group_id, platform, quarter, count(*) AS n FROM (
    -- 1970 began on a Thursday, 288 quarter hours after a Monday
    SELECT group_id, platform, (CAST(quarter_us / 900000000 AS BIGINT) + 288) % 672 AS quarter FROM acts WHERE side = 'group'
)
GROUP BY group_id, platform, quarter ORDER BY group_id, platform, quarter
"""


@dataclass(frozen=True)
class GroupActs:
    """Of one group: its acts and those of its control, and the accounts of the former by number."""

    group_id: str
    group: Acts
    control: Acts
    accounts: tuple[str, ...]

    def generator(self, seed: int) -> np.random.Generator:
        """Randomness of this group's own: depends on what was posted when, not on names or on other groups."""
        return np.random.default_rng(
            [seed, len(self.group), int(self.group.quarter.sum()), int(self.group.day.sum()) % 2**32]
        )


def acts_of_groups(engine: Engine) -> Iterator[GroupActs]:
    """Every group of `members`, by its id; groups without a post have empty acts."""
    groups = engine.sql("SELECT DISTINCT group_id FROM members ORDER BY group_id")["group_id"].to_pylist()
    rows = engine.sql(_ACTS, SENSIBLE)
    codes = rows["group_id"].combine_chunks().dictionary_encode()
    number = {name: i for i, name in enumerate(codes.dictionary.to_pylist())}
    group = codes.indices.to_numpy(zero_copy_only=False)
    mine = np.asarray(rows["side"].to_numpy() == "group")
    account = rows["account_id"].combine_chunks().dictionary_encode()
    names = account.dictionary.to_pylist()
    who = account.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    quarter = rows["quarter_us"].to_numpy() // QUARTER_US
    for name in groups:
        # rows come by group, so that each is a slice
        at = number.get(name, -1)
        span = slice(*np.searchsorted(group, [at, at + 1])) if at >= 0 else slice(0, 0)
        own = mine[span]
        acts, ids = _acts(who[span][own], quarter[span][own])
        control, _ = _acts(who[span][~own], quarter[span][~own])
        yield GroupActs(name, acts, control, tuple(names[i] for i in ids))


def week_by_platform(engine: Engine) -> dict[str, tuple[Point, ...]]:
    """Group -> points of the chart `clock`: posts by platform and quarter hour of the UTC week."""
    points: dict[str, list[Point]] = {}
    for row in engine.sql(_WEEK, SENSIBLE).to_pylist():
        points.setdefault(row["group_id"], []).append(
            Point(row["platform"], x=float(row["quarter"]), y=float(row["n"]))
        )
    return {group: tuple(found) for group, found in points.items()}


def _acts(account: NDArray[np.int64], quarter: NDArray[np.int64]) -> tuple[Acts, NDArray[np.int64]]:
    """Accounts numbered by what they did, most posts first, so that names play no part; with the old number of each."""
    ids, code, size = np.unique(account, return_inverse=True, return_counts=True)
    since = quarter - (quarter.min() if len(quarter) else 0)
    total, squares = np.bincount(code, since, len(ids)), np.bincount(code, since.astype(np.float64) ** 2, len(ids))
    order = np.lexsort((ids, squares, total, -size))
    rank = np.empty(len(ids), dtype=np.int64)
    rank[order] = np.arange(len(ids))
    new = rank[code]
    by = np.lexsort((quarter, new))
    return Acts(new[by], quarter[by] // QUARTERS, quarter[by] % QUARTERS), ids[order]
