"""Who was first with the rare things that listed accounts also posted: the material of lead and lag."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from inconcert.indicators.facts import Facts
from inconcert.normalise.dates import END_US, FIRST_US

SHARED = "shared"
"""Kind of an item that is a listed account's post, which others pass on: it can only follow."""

_SAME = "CASE WHEN lower({0}) = 'x' THEN 'twitter' ELSE lower({0}) END"
# an object carries its platform where a post of another one has the same id
_SHARED = """CASE WHEN substr(s.object_id, 1, length(s.platform) + 1) = concat(s.platform, ':')
      THEN substr(s.object_id, length(s.platform) + 2) ELSE s.object_id END"""
_LISTED = f"""
SELECT role, account_id FROM (
  SELECT l.role, a.account_id, a.platform, l.platform AS listed_platform
  FROM lists l JOIN (SELECT account_id, platform FROM accounts UNION SELECT account_id, platform FROM posts) a
    ON a.account_id = l.account_id
  UNION
  SELECT l.role, a.account_id, a.platform, l.platform AS listed_platform
  FROM lists l JOIN (
    SELECT account_id, platform, lower(handle) AS handle FROM accounts WHERE handle <> ''
    UNION SELECT account_id, platform, lower(account_id) AS handle FROM accounts
    UNION SELECT n.account_id, a.platform, lower(n.handle) AS handle
          FROM names n JOIN accounts a ON a.account_id = n.account_id WHERE n.handle <> ''
  ) a ON a.handle = lower(trim(replace(l.handle, '@', '')))
) found
WHERE role IN ('overt', 'independent')
  AND (listed_platform IS NULL OR {_SAME.format("listed_platform")} = {_SAME.format("platform")})
"""
_SIDES = f"""
SELECT account_id, min(CASE WHEN role = 'overt' THEN 1 ELSE 2 END) AS side FROM ({_LISTED}) listed GROUP BY account_id
"""
_SIDES_SHAPE = pa.schema([("account_id", pa.string()), ("side", pa.int64())])
_CONCERNED = "SELECT account_id FROM members UNION SELECT account_id FROM controls"
_POSTED = f"""
WITH concerned AS (SELECT account_id FROM sides UNION {_CONCERNED}),
  used AS (
    SELECT kind, object_id, account_id, post_id, time_us FROM actions
    WHERE kind IN ('text', 'near_text', 'url', 'hashtag', 'media', 'near_media')
  ),
  touched AS (SELECT DISTINCT used.kind, used.object_id FROM used JOIN sides ON sides.account_id = used.account_id),
  rare AS (
    SELECT used.kind, used.object_id, count(DISTINCT used.account_id) AS audience
    FROM used JOIN touched ON touched.kind = used.kind AND touched.object_id = used.object_id
    GROUP BY used.kind, used.object_id
    HAVING count(DISTINCT used.account_id)
      BETWEEN 2 AND CASE WHEN used.kind = 'hashtag' THEN :max_hashtag_accounts ELSE :max_accounts END
  ),
  placed AS (
    SELECT used.kind, used.object_id, rare.audience, used.account_id, used.post_id, used.time_us,
      row_number() OVER (
        PARTITION BY used.kind, used.object_id, used.account_id ORDER BY used.time_us, used.post_id
      ) AS place
    FROM used
    JOIN rare ON rare.kind = used.kind AND rare.object_id = used.object_id
    JOIN concerned ON concerned.account_id = used.account_id
    WHERE used.time_us >= :first_us AND used.time_us < :end_us
  )
SELECT kind, object_id, audience, account_id, post_id, time_us FROM placed WHERE place = 1
ORDER BY time_us, kind, object_id, account_id
"""
_PASSED_ON = f"""
WITH concerned AS ({_CONCERNED}),
  placed AS (
    SELECT o.account_id AS source_id, o.post_id AS object_id, o.time_us AS source_us,
      s.account_id, s.post_id, s.time_us,
      row_number() OVER (PARTITION BY o.post_id, s.account_id ORDER BY s.time_us, s.post_id) AS place
    FROM actions s
    JOIN posts o ON o.post_id = {_SHARED} AND o.platform = s.platform
    JOIN sides ON sides.account_id = o.account_id AND sides.side = 1
    JOIN concerned ON concerned.account_id = s.account_id
    WHERE s.kind = 'share' AND o.account_id <> s.account_id AND s.time_us >= o.time_us
      AND o.time_us >= :first_us AND s.time_us < :end_us
  )
SELECT source_id, object_id, source_us, account_id, post_id, time_us FROM placed WHERE place = 1
ORDER BY source_us, time_us, object_id, account_id
"""
_TAKEN_UP = f"""
WITH concerned AS ({_CONCERNED})
SELECT o.account_id, min(o.post_id) AS post_id, count(DISTINCT s.post_id) AS shares
FROM actions s
JOIN sides ON sides.account_id = s.account_id AND sides.side = 1
JOIN posts o ON o.post_id = {_SHARED} AND o.platform = s.platform
JOIN concerned ON concerned.account_id = o.account_id
WHERE s.kind = 'share' AND o.account_id <> s.account_id
GROUP BY o.account_id ORDER BY o.account_id
"""


@dataclass(frozen=True)
class Uses:
    """First uses: one row an account and item, in order of time.

    item: number of the item, from 0.   account: id.   time_us.   post: id.
    kind, audience: of each item; audience counts all accounts that used it, 0 where it is not known.
    """

    item: NDArray[np.int64]
    account: NDArray[np.object_]
    time_us: NDArray[np.int64]
    post: NDArray[np.object_]
    kind: tuple[str, ...]
    audience: NDArray[np.int64]


def sides(facts: Facts) -> dict[str, str]:
    """Account -> overt or independent, of the accounts in the data that a list names by id, or by handle and platform.

    Handles are compared without regard to case, former ones too; an account on both kinds of list is overt.
    The answer stays attached as the table `sides`, which the other functions read.
    """
    table = facts.engine.sql(_SIDES + " ORDER BY account_id")
    facts.engine.attach("sides", table.cast(_SIDES_SHAPE))
    rows = table.to_pylist()
    return {row["account_id"]: "overt" if row["side"] == 1 else "independent" for row in rows}


def posted(facts: Facts, *, max_accounts: int, max_hashtag_accounts: int) -> Uses:
    """First uses, by listed accounts, members and controls, of objects that a listed account used and few accounts in
    all."""
    rows = facts.engine.sql(
        _POSTED,
        {"max_accounts": max_accounts, "max_hashtag_accounts": max_hashtag_accounts, **_TIMES},
    )
    item = _numbered(rows["kind"].to_pylist(), rows["object_id"].to_pylist())
    starts = np.unique(item, return_index=True)[1]
    kinds, audience = rows["kind"].to_pylist(), rows["audience"].to_numpy()
    return Uses(
        item, _objects(rows["account_id"]), rows["time_us"].to_numpy(), _objects(rows["post_id"]),
        tuple(kinds[at] for at in starts), audience[starts].astype(np.int64),
    )  # fmt: skip


def passed_on(facts: Facts) -> Uses:
    """The posts of overt accounts that members or controls shared, each an item: the post itself and everybody's first
    share."""
    rows = facts.engine.sql(_PASSED_ON, _TIMES)
    objects, item = (
        rows["object_id"].to_pylist(),
        _numbered(rows["source_id"].to_pylist(), rows["object_id"].to_pylist()),
    )
    starts = np.unique(item, return_index=True)[1]
    sources, source_us = _objects(rows["source_id"])[starts], rows["source_us"].to_numpy()[starts]
    return Uses(
        np.concatenate([np.arange(len(starts)), item]),
        np.concatenate([sources, _objects(rows["account_id"])]),
        np.concatenate([source_us, rows["time_us"].to_numpy()]),
        np.concatenate([np.array([objects[at] for at in starts], object), _objects(rows["post_id"])]),
        (SHARED,) * len(starts),
        np.zeros(len(starts), np.int64),
    )


def taken_up(facts: Facts) -> dict[str, str]:
    """Member or control of whom an overt account shared a post -> the first such post by id."""
    rows = facts.engine.sql(_TAKEN_UP).to_pylist()
    return {row["account_id"]: row["post_id"] for row in rows}


_TIMES = {"first_us": FIRST_US, "end_us": END_US}


def _numbered(*columns: list[str]) -> NDArray[np.int64]:
    """The same number for the same values, in order of first appearance."""
    seen: dict[tuple[str, ...], int] = {}
    return np.array([seen.setdefault(key, len(seen)) for key in zip(*columns, strict=True)], np.int64)


def _objects(column: pa.ChunkedArray) -> NDArray[np.object_]:
    return np.array(column.to_pylist(), object)
