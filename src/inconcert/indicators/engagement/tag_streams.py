"""The posts of hashtags: which groups use them, how many an hour, by whom, and in what words."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inconcert.engine.base import Value
from inconcert.indicators.engagement.tag_topics import terms
from inconcert.indicators.facts import Facts

HOUR_US = 3_600_000_000
FIRST_US, END_US = 946_684_800_000_000, 4_102_444_800_000_000
"""Times outside 2000 to 2099 are damage."""
Terms = list[frozenset[str]]
Onset = tuple[str, int]
"""A tag and the hour, since 1970, that parts its posts."""


@dataclass(frozen=True, eq=False)
class Hourly:
    """hours, ascending, since 1970, of those with posts; posts in each."""

    hours: NDArray[np.int64]
    posts: NDArray[np.int64]

    def since(self, hour: int) -> int:
        """Posts from that hour on."""
        return int(self.posts[self.hours >= hour].sum())


@dataclass(frozen=True)
class Voices:
    """Accounts that posted with a tag on one side of a moment: how many, their posts, the sum of squares of their
    posts each, and the Gini coefficient of those with its standard error (jackknife)."""

    accounts: int
    posts: int
    squares: int
    gini: float
    gini_error: float


def used(facts: Facts, least: int, accounts: int, most: int) -> list[tuple[str, str]]:
    """(group, tag) for the `most` tags of each group that its members used most, in at least so many posts of so many
    accounts."""
    params: dict[str, Value] = {"least": least, "accounts": accounts, "most": most, **_TIMES}
    return [(row["group_id"], row["tag"]) for row in facts.engine.sql(_USED, params).to_pylist()]


def volumes(facts: Facts, least: int) -> dict[str, int]:
    """Tag -> posts, for tags with at least so many."""
    rows = facts.engine.sql(_VOLUMES, {"least": least, **_TIMES}).to_pylist()
    return {row["tag"]: row["posts"] for row in rows}


def hourly(facts: Facts, tags: Collection[str]) -> dict[tuple[str, str | None], Hourly]:
    """(tag, None) -> posts an hour of everybody; (tag, group) -> of the group, where it has any."""
    names, params = _listed(tags)
    found: dict[tuple[str, str | None], list[tuple[int, int]]] = defaultdict(list)
    for row in facts.engine.sql(_HOURLY.format(names=names), params).to_pylist():
        found[row["tag"], row["group_id"]].append((row["hour"], row["posts"]))
    return {
        key: Hourly(np.array([hour for hour, _ in rows]), np.array([n for _, n in rows])) for key, rows in found.items()
    }


def sides(facts: Facts, tags: Collection[str]) -> dict[tuple[str, str, str], dict[str, tuple[int, int]]]:
    """(group, tag, member or control) -> account -> hours of its first and last post with the tag, and under the tag
    "" of its first and last post at all."""
    names, params = _listed(tags)
    found: dict[tuple[str, str, str], dict[str, tuple[int, int]]] = defaultdict(dict)
    for row in facts.engine.sql(_SIDES.format(names=names), params).to_pylist():
        found[row["group_id"], row["tag"], row["side"]][row["account_id"]] = row["first_hour"], row["last_hour"]
    return found


def voices(facts: Facts, onsets: Collection[Onset]) -> dict[tuple[Onset, bool], Voices]:
    """(onset, whether since) -> who posts with its tag."""
    moments, params = _moments(onsets)
    rows: dict[tuple[Onset, bool], list[tuple[int, int]]] = defaultdict(list)
    for row in facts.engine.sql(_VOICES.format(moments=moments), params).to_pylist():
        rows[(row["tag"], row["hour"]), bool(row["late"])].append((row["size"], row["accounts"]))
    return {key: _voices(np.array(pairs, dtype=np.float64)) for key, pairs in rows.items()}


def heard_before(facts: Facts, tag: str, hour: int, group: str) -> list[dict[str, int | str]]:
    """The ten accounts outside the group with most posts before the hour: account_id, earlier and later posts."""
    params: dict[str, Value] = {"tag": tag, "onset_us": hour * HOUR_US, "group": group, **_TIMES}
    rows: list[dict[str, int | str]] = facts.engine.sql(_HEARD, params).to_pylist()
    return rows


def told(facts: Facts, onsets: Collection[Onset], read: int) -> dict[tuple[Onset, bool], Terms]:
    """(onset, whether since) -> terms of at most `read` posts with its tag, spread evenly over those of that side."""
    moments, params = _moments(onsets)
    params |= {"read": read}
    beside: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for row in facts.engine.sql(_CHOSEN.format(moments=moments) + _BESIDE, params).to_pylist():
        beside[row["tag"], row["platform"], row["post_id"]].append(row["other"])
    found: dict[tuple[Onset, bool], Terms] = defaultdict(list)
    for row in facts.engine.sql(_CHOSEN.format(moments=moments) + _TEXTS, params).to_pylist():
        others = beside[row["tag"], row["platform"], row["post_id"]]
        found[(row["tag"], row["hour"]), bool(row["late"])].append(terms(row["text"], others, row["tag"]))
    return found


def _voices(pairs: NDArray[np.float64]) -> Voices:
    """pairs: rows of posts of an account, and how many accounts have as many; posts ascending."""
    size, accounts = pairs[:, 0], pairs[:, 1]
    n, posts = float(accounts.sum()), float((size * accounts).sum())
    below = np.cumsum(accounts) - accounts
    apart = float((size * accounts * (2 * below + accounts - n)).sum())  # sum of |difference| over pairs of accounts
    gini = apart / (n * posts)
    # leaving out one account of each size in turn
    earlier = np.cumsum(size * accounts) - size * accounts
    own = size * below - earlier + (posts - earlier - size * accounts) - size * (n - below - accounts)
    left = (apart - own) / np.maximum((n - 1) * (posts - size), 1)
    mean = float((left * accounts).sum()) / n
    error = math.sqrt((n - 1) / n * float((accounts * (left - mean) ** 2).sum()))
    return Voices(int(n), int(posts), int((size * size * accounts).sum()), gini, error)


def _listed(tags: Collection[str]) -> tuple[str, dict[str, Value]]:
    params: dict[str, Value] = {f"t{at}": tag for at, tag in enumerate(sorted(tags))}
    return ", ".join(f":{name}" for name in params), {**params, **_TIMES}


def _moments(onsets: Collection[Onset]) -> tuple[str, dict[str, Value]]:
    params: dict[str, Value] = {}
    rows = []
    for at, (tag, hour) in enumerate(sorted(onsets)):
        params |= {f"t{at}": tag, f"o{at}": hour}
        rows.append(
            f"SELECT :t{at} AS tag, CAST(:o{at} AS BIGINT) AS hour, CAST(:o{at} AS BIGINT) * {HOUR_US} AS onset_us"
        )
    return " UNION ALL ".join(rows), {**params, **_TIMES}


_TIMES: dict[str, Value] = {"first_us": FIRST_US, "end_us": END_US, "hour_us": float(HOUR_US)}
_TAGGED = "a.kind = 'hashtag' AND a.time_us >= :first_us AND a.time_us < :end_us"
_HOUR = "CAST(floor(a.time_us / :hour_us) AS BIGINT)"
_USED = f"""
SELECT group_id, tag FROM (
    SELECT group_id, tag, posts, row_number() OVER (PARTITION BY group_id ORDER BY posts DESC, tag) AS place FROM (
        SELECT m.group_id, a.object_id AS tag, count(DISTINCT a.post_id) AS posts, count(DISTINCT a.account_id) AS accounts
        FROM actions AS a JOIN members AS m ON m.account_id = a.account_id WHERE {_TAGGED}
        GROUP BY m.group_id, a.object_id) AS counted
    WHERE posts >= :least AND accounts >= :accounts) AS ranked
WHERE place <= :most ORDER BY group_id, tag"""
_VOLUMES = f"""
SELECT tag, posts FROM (SELECT a.object_id AS tag, count(*) AS posts FROM actions AS a WHERE {_TAGGED} GROUP BY a.object_id) AS c
WHERE posts >= :least ORDER BY tag"""
_HOURLY = f"""
SELECT a.object_id AS tag, CAST(NULL AS STRING) AS group_id, {_HOUR} AS hour, count(*) AS posts
FROM actions AS a WHERE {_TAGGED} AND a.object_id IN ({{names}}) GROUP BY a.object_id, {_HOUR}
UNION ALL
SELECT a.object_id, m.group_id, {_HOUR}, count(*) FROM actions AS a JOIN members AS m ON m.account_id = a.account_id
WHERE {_TAGGED} AND a.object_id IN ({{names}}) GROUP BY a.object_id, m.group_id, {_HOUR}
ORDER BY tag, group_id, hour"""
_SIDES = f"""
WITH sides AS (
    SELECT group_id, account_id, 'member' AS side FROM members UNION ALL SELECT group_id, account_id, 'control' FROM controls
),
dated AS (
    SELECT a.account_id, a.object_id AS tag, {_HOUR} AS hour FROM actions AS a WHERE {_TAGGED} AND a.object_id IN ({{names}})
    UNION ALL
    SELECT a.account_id, '', {_HOUR} FROM posts AS a
    WHERE a.kind <> 'share' AND a.time_us >= :first_us AND a.time_us < :end_us
),
ends AS (SELECT account_id, tag, min(hour) AS first_hour, max(hour) AS last_hour FROM dated GROUP BY account_id, tag)
SELECT s.group_id, e.tag, s.side, s.account_id, e.first_hour, e.last_hour
FROM ends AS e JOIN sides AS s ON s.account_id = e.account_id ORDER BY s.group_id, e.tag, s.side, s.account_id"""
_VOICES = f"""
WITH moments AS ({{moments}})
SELECT tag, hour, late, size, count(*) AS accounts FROM (
    SELECT m.tag, m.hour, CASE WHEN a.time_us >= m.onset_us THEN 1 ELSE 0 END AS late, a.account_id, count(*) AS size
    FROM actions AS a JOIN moments AS m ON m.tag = a.object_id WHERE {_TAGGED}
    GROUP BY m.tag, m.hour, CASE WHEN a.time_us >= m.onset_us THEN 1 ELSE 0 END, a.account_id) AS counted
GROUP BY tag, hour, late, size ORDER BY tag, hour, late, size"""
_HEARD = f"""
SELECT account_id, earlier, later FROM (
    SELECT a.account_id, count(CASE WHEN a.time_us < :onset_us THEN 1 END) AS earlier,
           count(CASE WHEN a.time_us >= :onset_us THEN 1 END) AS later
    FROM actions AS a LEFT JOIN members AS m ON m.account_id = a.account_id AND m.group_id = :group
    WHERE {_TAGGED} AND a.object_id = :tag AND m.account_id IS NULL GROUP BY a.account_id) AS counted
WHERE earlier > 0 ORDER BY earlier DESC, later, account_id LIMIT 10"""
_CHOSEN = f"""
WITH moments AS ({{moments}}),
placed AS (
    SELECT m.tag, m.hour, a.post_id, a.platform, a.time_us, CASE WHEN a.time_us >= m.onset_us THEN 1 ELSE 0 END AS late,
           row_number() OVER (PARTITION BY m.tag, m.hour, a.time_us >= m.onset_us ORDER BY a.time_us, a.post_id) AS place,
           count(*) OVER (PARTITION BY m.tag, m.hour, a.time_us >= m.onset_us) AS posts
    FROM actions AS a JOIN moments AS m ON m.tag = a.object_id WHERE {_TAGGED}
),
chosen AS (
    SELECT tag, hour, post_id, platform, time_us, late FROM placed
    WHERE floor(place * least(1.0, CAST(:read AS DOUBLE) / posts)) > floor((place - 1) * least(1.0, CAST(:read AS DOUBLE) / posts))
)"""
_TEXTS = """
SELECT c.tag, c.hour, c.late, c.platform, c.post_id, substr(p.text, 1, 500) AS text
FROM chosen AS c LEFT JOIN posts AS p ON p.post_id = c.post_id AND p.platform = c.platform
ORDER BY c.tag, c.hour, c.late, c.time_us, text, c.platform, c.post_id"""
_BESIDE = """
SELECT DISTINCT c.tag, c.platform, c.post_id, a.object_id AS other
FROM chosen AS c JOIN actions AS a ON a.post_id = c.post_id AND a.platform = c.platform
WHERE a.kind = 'hashtag' AND a.object_id <> c.tag ORDER BY c.tag, c.platform, c.post_id, other"""
