"""Who answers which post: how many accounts, and how many of each group."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from inconcert.indicators.engagement.quiet_posts import Answered
from inconcert.indicators.facts import Facts

Key = tuple[str, str]


class Repliers:
    """sizes: (platform, post) -> accounts in the data that answered it, for posts that at least `crowd` answered.
    members: ((platform, post), group) -> members of the group among them, the author of the post excepted, where there
        are any.
    groups: all that have members.   linked: members of a group that must have answered a post to link it to the
        group."""

    def __init__(self, facts: Facts, crowd: int, linked: int) -> None:
        rows = facts.engine.sql(_SIZES, {"crowd": crowd}).to_pylist()
        self.sizes: dict[Key, int] = {(row["platform"], row["post_id"]): row["repliers"] for row in rows}
        rows = facts.engine.sql(_MEMBERS).to_pylist()
        self.members: dict[tuple[Key, str], int] = {
            ((row["platform"], row["post_id"]), row["group_id"]): row["repliers"] for row in rows
        }
        self._linked = linked
        self._most: dict[Key, tuple[int, str]] = {}
        for (key, group), members in self.members.items():  # the first of equals stays
            if key not in self._most or members > self._most[key][0]:
                self._most[key] = members, group
        rows = facts.engine.sql(
            "SELECT account_id, min(group_id) AS group_id FROM members GROUP BY account_id"
        ).to_pylist()
        self.groups = sorted({row["group_id"] for row in rows})
        self._group_of: dict[str, str] = {row["account_id"]: row["group_id"] for row in rows}

    def group(self, post: Answered, share: float) -> str | None:
        """The group whose member wrote the post, else that with most members among its repliers, if they are that
        share of them."""
        if post.author in self._group_of:
            return self._group_of[post.author]
        members, group = self._most.get(post.key, (0, None))
        return (
            group if group is not None and members >= max(self._linked, share * self.sizes.get(post.key, 0)) else None
        )

    def most(self, post: Answered) -> tuple[int, str | None]:
        """Members among its repliers of the group that has most of them, and that group; (0, None) where no group has
        any."""
        return self._most.get(post.key, (0, None))

    def elsewhere(self, group: str | None, without: Collection[Key]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """The group's share of the repliers of all other posts, and how many repliers those have."""
        sizes = {key: n for key, n in self.sizes.items() if key not in without}
        shares = [0 if group is None else self.members.get((key, group), 0) / n for key, n in sizes.items()]
        return np.array(shares, dtype=np.float64), np.array(list(sizes.values()), dtype=np.int64)


_ANSWERS = """
WITH answers AS (
    SELECT r.platform, r.reply_to_id AS post_id, r.account_id FROM posts AS r
    LEFT JOIN posts AS p ON p.platform = r.platform AND p.post_id = r.reply_to_id
    WHERE r.reply_to_id IS NOT NULL AND r.kind <> 'share' AND (p.account_id IS NULL OR p.account_id <> r.account_id)
    GROUP BY r.platform, r.reply_to_id, r.account_id
)"""
_SIZES = f"""{_ANSWERS}
SELECT platform, post_id, repliers FROM (
    SELECT platform, post_id, count(*) AS repliers FROM answers GROUP BY platform, post_id) AS sizes
WHERE repliers >= :crowd ORDER BY platform, post_id"""
_MEMBERS = f"""{_ANSWERS}
SELECT a.platform, a.post_id, m.group_id, count(DISTINCT a.account_id) AS repliers
FROM answers AS a JOIN members AS m ON m.account_id = a.account_id
GROUP BY a.platform, a.post_id, m.group_id ORDER BY a.platform, a.post_id, m.group_id"""
