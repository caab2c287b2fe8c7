"""Who answered, shared and quoted the posts of a set of accounts, as far as the data hold it, and what the counters say beside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from inconcert.indicators.facts import Facts

# One row a post that answers, shares or quotes a post of the set; a share that also replies is one act. DISTINCT guards against
# a post that several imports hold.
_ACTS = """
WITH own AS (
    SELECT {of}.group_id, posts.platform, posts.post_id, posts.account_id FROM posts
    INNER JOIN {of} ON {of}.account_id = posts.account_id WHERE posts.kind <> 'share'
), acts AS (
    SELECT platform, post_id, account_id, role, coalesce(shared_id, reply_to_id, quoted_id) AS target FROM posts
    WHERE shared_id IS NOT NULL OR reply_to_id IS NOT NULL OR quoted_id IS NOT NULL
)
SELECT own.group_id, own.account_id AS author, acts.account_id AS engager, acts.platform,
       CASE WHEN peers.account_id IS NULL THEN 0 ELSE 1 END AS inside, count(DISTINCT acts.post_id) AS acts,
       min(acts.post_id) AS post_id
FROM own INNER JOIN acts ON acts.platform = own.platform AND acts.target = own.post_id
LEFT JOIN {of} AS peers ON peers.group_id = own.group_id AND peers.account_id = acts.account_id
GROUP BY own.group_id, own.account_id, acts.account_id, acts.platform, CASE WHEN peers.account_id IS NULL THEN 0 ELSE 1 END
ORDER BY own.group_id, author, engager, acts.platform"""
_COUNTERS = """
SELECT {of}.group_id, posts.platform, posts.account_id, posts.post_id,
       coalesce(likes, 0) + coalesce(replies, 0) + coalesce(shares, 0) + coalesce(quotes, 0) AS counted,
       CASE WHEN likes IS NULL AND replies IS NULL AND shares IS NULL AND quotes IS NULL THEN 0 ELSE 1 END AS known
FROM posts INNER JOIN {of} ON {of}.account_id = posts.account_id WHERE posts.kind <> 'share'
ORDER BY {of}.group_id, counted DESC, posts.platform, posts.post_id"""


@dataclass(eq=False)
class Engagement:
    """What is known of the engagement with one set's posts; own acts on own posts count nowhere.

    inside, outside: engager -> acts in the data.   authors: outside engager -> authors it engaged with.   platforms: where outsiders did.
    counted: engagement of every post whose source has counters, most first.   posts: own posts.   witnesses: outside acts (engager, post).
    """

    inside: dict[str, int] = field(default_factory=dict)
    outside: dict[str, int] = field(default_factory=dict)
    platforms: set[str] = field(default_factory=set)
    counted: list[int] = field(default_factory=list)
    posts: int = 0
    witnesses: list[tuple[str, str]] = field(default_factory=list)

    @property
    def known(self) -> int:
        """Acts in the data."""
        return sum(self.inside.values()) + sum(self.outside.values())

    @property
    def unknown(self) -> int:
        """Acts that the counters have beyond those in the data: by whom is not known."""
        return max(0, sum(self.counted) - self.known)

    @property
    def outside_bounds(self) -> tuple[float, float] | None:
        """Least and greatest share of the engagement that can have come from outside; None without any."""
        total = self.known + self.unknown
        if not total:
            return None
        out = sum(self.outside.values())
        return out / total, (out + self.unknown) / total


def engagements(facts: Facts, of: str) -> dict[str, Engagement]:
    """Group -> engagement with its posts. of: `members` or `controls`."""
    found: dict[str, Engagement] = {}
    for row in _rows(facts, _COUNTERS.format(of=of)):
        one = found.setdefault(row["group_id"], Engagement())
        one.posts += 1
        if row["known"]:
            one.counted.append(row["counted"])
    for row in _rows(facts, _ACTS.format(of=of)):
        if row["author"] == row["engager"]:
            continue
        one = found.setdefault(row["group_id"], Engagement())
        side = one.inside if row["inside"] else one.outside
        side[row["engager"]] = side.get(row["engager"], 0) + row["acts"]
        if not row["inside"]:
            one.platforms.add(row["platform"])
            one.witnesses.append((row["engager"], row["post_id"]))
    return found


def _rows(facts: Facts, query: str) -> Iterable[dict[str, Any]]:
    rows: list[dict[str, Any]] = facts.engine.sql(query).to_pylist()
    return rows
