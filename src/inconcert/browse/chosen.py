"""Accounts and posts that somebody put together, read as if they were a group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyarrow as pa

from inconcert.browse.activity import Activity, as_activity
from inconcert.browse.group_tables import bits
from inconcert.browse.groups import Shared
from inconcert.browse.names import Who, as_who
from inconcert.browse.objects import things
from inconcert.browse.posts import Post, posts
from inconcert.browse.view import View
from inconcert.normalise.local_time import refuse_unknown_zone
from inconcert.report.zones import QUARTER_US

OBJECTS_AT_MOST = 500
"""Objects in common that are ranked: those of the most accounts chosen."""

_ACCOUNTS = """
SELECT a.* FROM accounts AS a SEMI JOIN wanted USING (id) ORDER BY a.n_posts DESC, a.account LIMIT $1 OFFSET $2
"""
_QUARTERS = f"""
SELECT (p.time_us - ((p.time_us % {QUARTER_US}) + {QUARTER_US}) % {QUARTER_US}) // {QUARTER_US} AS quarter, count(*) AS posts,
       count(*) FILTER (p.precision IS DISTINCT FROM 'day') AS clock
FROM posts AS p {{chosen}} WHERE p.time_us IS NOT NULL GROUP BY quarter ORDER BY quarter
"""
_BY_ACCOUNT = "SEMI JOIN (SELECT account FROM accounts SEMI JOIN wanted USING (id)) USING (account)"
_BY_PLACE = "SEMI JOIN (SELECT post FROM post_places SEMI JOIN wanted USING (import_id, row_ref)) USING (post)"
_POSTS = f"SELECT p.post FROM posts AS p {_BY_PLACE} ORDER BY p.time_us NULLS LAST, p.post LIMIT $1 OFFSET $2"
_OBJECTS = f"""
WITH firsts AS (
    SELECT a.account, a.object, min(a.time_us) AS time_us FROM actions AS a {_BY_ACCOUNT} GROUP BY ALL
), beside AS (
    SELECT *, time_us - lag(time_us) OVER (PARTITION BY object ORDER BY time_us NULLS LAST, account) AS gap_us
    FROM firsts SEMI JOIN (
        SELECT object FROM firsts GROUP BY object HAVING count(*) > 1 ORDER BY count(*) DESC, object LIMIT {OBJECTS_AT_MOST}
    ) USING (object)
)
SELECT object, count(*)::INTEGER AS members, min(gap_us) AS closest_us, max(time_us) - min(time_us) AS span_us,
       min(time_us) AS first_us, any_value(o.accounts) AS accounts
FROM beside JOIN objects AS o USING (object) GROUP BY object ORDER BY object
"""


@dataclass(frozen=True)
class Chosen:
    """One account.   created_us: of the account; first_us, last_us: of its posts; None when unknown."""

    who: Who
    posts: int
    created_us: int | None
    first_us: int | None
    last_us: int | None


def chosen_accounts(
    view: View, ids: Sequence[str], *, names: bool = False, offset: int = 0, limit: int = 100
) -> tuple[Chosen, ...]:
    """The accounts of these ids, those with the most posts first; ids that the case does not hold left out."""
    rows = view.rows(_ACCOUNTS, [limit, offset], wanted=_ids(ids))
    return tuple(
        Chosen(as_who(view, row, names), row["n_posts"], row["created_us"], row["first_us"], row["last_us"])
        for row in rows
    )


def chosen_posts(
    view: View, places: Sequence[tuple[str, int]], *, names: bool = False, offset: int = 0, limit: int = 50
) -> tuple[Post, ...]:
    """The posts at these places, (import id, row), in the order of time."""
    found = view.column(_POSTS, [limit, offset], wanted=_places(places))
    return tuple(posts(view, found.tolist(), names))


def chosen_activity(
    view: View, ids: Sequence[str], places: Sequence[tuple[str, int]] = (), *, zone: str = "UTC"
) -> Activity:
    """When the posts at these places were posted, or, without places, all posts of these accounts. UnknownName for a zone."""
    refuse_unknown_zone(zone)
    if places:
        return as_activity(view.table(_QUARTERS.format(chosen=_BY_PLACE), wanted=_places(places)), zone)
    return as_activity(view.table(_QUARTERS.format(chosen=_BY_ACCOUNT), wanted=_ids(ids)), zone)


def chosen_objects(view: View, ids: Sequence[str], *, names: bool = False, limit: int = 30) -> tuple[Shared, ...]:
    """What at least two of these accounts have in common, the most telling of OBJECTS_AT_MOST first; see `Shared`."""
    found, telling = _ranked(view, tuple(sorted(set(ids))))
    rows = found.slice(0, limit).to_pylist()
    shown = things(view, [row["object"] for row in rows], names)
    return tuple(
        Shared(
            place, shown[row["object"]], row["members"], surprise, row["closest_us"], row["span_us"], row["first_us"]
        )
        for place, (surprise, row) in enumerate(zip(telling, rows, strict=False), start=1)
    )  # fmt: skip


@lru_cache(maxsize=16)
def _ranked(view: View, ids: tuple[str, ...]) -> tuple[pa.Table, list[float]]:
    """What these accounts have in common, the most telling first, and the bits of each; a set and a view never change."""
    found = view.table(_OBJECTS, wanted=_ids(ids))
    members, accounts = (found[name].to_numpy().astype(np.float64) for name in ("members", "accounts"))
    everybody = view.rows("SELECT count(*) AS n FROM accounts WHERE n_posts > 0")[0]["n"]
    telling = bits(members, np.full(len(members), float(len(ids))), accounts, everybody)
    order = np.lexsort((found["object"].to_numpy(), accounts, -telling))
    return found.take(pa.array(order)), telling[order].tolist()


def _ids(ids: Sequence[str]) -> pa.Table:
    return pa.table({"id": pa.array(sorted(set(ids)), pa.string())})


def _places(places: Sequence[tuple[str, int]]) -> pa.Table:
    return pa.table(
        {
            "import_id": pa.array([import_id for import_id, _ in places], pa.string()),
            "row_ref": pa.array([row for _, row in places], pa.int64()),
        }
    )
