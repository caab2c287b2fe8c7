"""`actors`: the register of overt actors, each with its term and its evidence, and which official post is whose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from inconcert import schema
from inconcert.case import Case
from inconcert.indicators.content.official_outlets import official_outlets
from inconcert.report.posts import attached
from inconcert.verbs.import_given import GIVEN
from inconcert.verbs.sets import set_named

UNLISTED = "no listed actor has this account"
BEFORE, AFTER = "before its actor's term", "after its actor's term"
UNDATED = "it has no time, and its actor is listed for a term"
_MAPPED = "mapped"
_LISTED = pa.schema([
    ("actor", pa.int64()), ("account_id", pa.string()), ("handle", pa.string()), ("platform", pa.string()), ("since_us", pa.int64()),
    ("until_us", pa.int64()),
])  # fmt: skip

_MAPPING = """
WITH held AS (SELECT account_id, platform, handle FROM accounts UNION SELECT account_id, platform, NULL FROM posts),
  stands AS (
    SELECT DISTINCT actor, held.account_id, since_us, until_us FROM listed JOIN held
      ON (held.account_id IN (listed.account_id, listed.platform || ':' || listed.account_id)
        OR (listed.account_id IS NULL AND lower(held.handle) = lower(listed.handle)))
      AND (listed.platform IS NULL OR lower(listed.platform) = lower(held.platform))),
  official AS (
    SELECT DISTINCT posts.post_id, posts.account_id, posts.platform, epoch_us(posts.created_at) AS time_us FROM posts
    WHERE account_id IN (SELECT account_id FROM chosen) OR (import_id, row_ref) IN (SELECT (import_id, row_ref) FROM chosen_posts)
       OR (SELECT everything FROM scope) AND account_id IN (SELECT account_id FROM stands)),
  judged AS (
    SELECT official.*, actor, CASE
      WHEN actor IS NULL THEN 0
      WHEN time_us IS NULL AND (since_us IS NOT NULL OR until_us IS NOT NULL) THEN 1
      WHEN time_us < since_us THEN 2
      WHEN time_us >= until_us THEN 3
      ELSE 4 END AS fit
    FROM official LEFT JOIN stands ON stands.account_id = official.account_id)
SELECT post_id, account_id, platform, time_us, actor, fit FROM judged
QUALIFY row_number() OVER (PARTITION BY post_id, account_id, platform ORDER BY fit DESC, actor) = 1
ORDER BY time_us, platform, account_id, post_id
"""
_WHY = {0: UNLISTED, 1: UNDATED, 2: BEFORE, 3: AFTER, 4: _MAPPED}


@dataclass(frozen=True)
class Actor:
    """One listed official account.

    name: as the list shows it, else its handle or id.   since, until: dates of its term, "" where the list gives none.   evidence: where the list
    says so, "" for none.   posts: that are its own, within the term.   first, last: dates of these, "" without any.
    """

    name: str
    list: str
    account: str
    platform: str
    since: str
    until: str
    evidence: str
    posts: int
    first: str
    last: str


@dataclass(frozen=True)
class Unmapped:
    """An official post that is no listed actor's.   account: its author's id.   at: its date, "" for none."""

    post_id: str
    account: str
    at: str
    why: str


@dataclass(frozen=True)
class Register:
    """actors: by list and name; bundled ones only where they have posts.   posts: official ones.   mapped: of these, to a listed actor.   unmapped: the
    others, oldest first.   without_evidence: names of actors for which the list gives no source."""

    actors: tuple[Actor, ...]
    posts: int
    mapped: int
    unmapped: tuple[Unmapped, ...]
    without_evidence: tuple[str, ...]


def actors(case: Case, *, within: str | None = None) -> Register:
    """The accounts of lists of the role overt, and whose each official post is; nothing is written.

    within: a set, whose posts, and those of whose accounts, are said to be official; without it those of all listed accounts. A handle
    counts only where the list gives no id. UnknownName for a set.
    """
    listed = _listed(case)
    chosen = set_named(case, within) if within is not None else None
    accounts = list(chosen.accounts) if chosen is not None and not chosen.posts else []
    rows = list(chosen.posts) if chosen is not None else []
    tables = {
        "listed": pa.Table.from_pylist([{"actor": n, **row} for n, row in enumerate(listed)], schema=_LISTED),
        "chosen": pa.table({"account_id": pa.array(accounts, pa.string())}),
        "chosen_posts": pa.table({
            "import_id": pa.array([id for id, _ in rows], pa.string()), "row_ref": pa.array([row for _, row in rows], pa.int64()),
        }),
        "scope": pa.table({"everything": [chosen is None]}),
    }  # fmt: skip
    with attached(case, tables, ()) as con:
        posts = con.execute(_MAPPING).fetchall()
    own: dict[int, list[int | None]] = {}
    unmapped = []
    for post, account, _, time_us, actor, fit in posts:
        if _WHY[fit] == _MAPPED:
            own.setdefault(actor, []).append(time_us)
        else:
            unmapped.append(Unmapped(post, account, _day(time_us), _WHY[fit]))
    shown = [
        (row, own.get(n, []))
        for n, row in enumerate(listed)
        if n in own or not row["bundled"]
    ]  # fmt: skip
    register = tuple(
        sorted(
            (_actor(row, times) for row, times in shown), key=lambda one: (one.list, one.name, one.account, one.since)
        )
    )
    return Register(
        register, len(posts), len(posts) - len(unmapped), tuple(unmapped), tuple(one.name for one in register if not one.evidence),
    )  # fmt: skip


def _listed(case: Case) -> list[dict[str, Any]]:
    """Rows of lists of the role overt with their terms; the bundled ones last."""
    terms: dict[tuple[str, int], Mapping[str, Any]] = {
        (row["import_id"], row["row_ref"]): row
        for part in case.parts("terms", GIVEN)
        for row in schema.TERMS.check(pq.read_table(part)).to_pylist()
    }
    given = [schema.LISTS.check(pq.read_table(part)) for part in case.parts("lists", GIVEN)]
    return [
        {
            **row, "since_us": None, "until_us": None, "bundled": bundled,
            **{name: value for name, value in terms.get((row["import_id"], row["row_ref"]), {}).items() if name.endswith("_us")},
        }
        for table, bundled in (*((one, False) for one in given), (official_outlets(), True))
        for row in table.to_pylist()
        if row["role"] == "overt"
    ]  # fmt: skip


def _actor(row: Mapping[str, Any], times: Iterable[int | None]) -> Actor:
    dated = sorted(time for time in times if time is not None)
    return Actor(
        name=row["display_name"] or row["handle"] or row["account_id"], list=row["list"],
        account=row["account_id"] or f"@{row['handle']}", platform=row["platform"] or "", since=_day(row["since_us"]),
        # the term ends before this moment: its last day is the one before
        until=_day(row["until_us"] - 1) if row["until_us"] is not None else "", evidence=row["source"] or "",
        posts=len(list(times)), first=_day(dated[0]) if dated else "", last=_day(dated[-1]) if dated else "",
    )  # fmt: skip


def _day(time_us: int | None) -> str:
    return "" if time_us is None else datetime.fromtimestamp(time_us // 1_000_000, UTC).date().isoformat()
