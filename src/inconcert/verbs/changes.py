"""What changed between two captures of an account or a post: facts, each with both records that show it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

import pyarrow as pa

from inconcert import schema
from inconcert.case import Case, import_order
from inconcert.engine.duckdb import DuckDB
from inconcert.errors import InputError, UnknownName

FOLLOWER_FACTOR = 2.0
FOLLOWER_LEAST = 1_000
"""Followers jump when they at least double or halve from one capture to the next, and by so many; many accounts double from 3 to 6."""

_OF = "PARTITION BY what, platform, account_id, post_id"
_THEN = "CASE WHEN timed THEN observed_us END, place, row_ref"

# said: whether the record says so itself; what only follows from its being there, that an account or post exists, counts as a
# beginning and never as a return. Where captures have no times, every value counts where it was met first: the same file may
# hold records of many moments, and overlapping exports repeat them.
_CHANGES = f"""
WITH several AS (
    SELECT platform, account_id FROM accounts GROUP BY ALL HAVING count(*) > 1
), described AS (
    SELECT *, CAST(NULL AS VARCHAR) AS post_id FROM accounts SEMI JOIN several USING (platform, account_id)
), captured AS (
    SELECT platform, account_id, post_id, text, deleted, observed_at, import_id, row_ref
    FROM posts SEMI JOIN post_observations USING (platform, post_id)
    UNION ALL
    SELECT platform, account_id, post_id, text, deleted, observed_at, import_id, row_ref FROM post_observations
), stated AS (
    SELECT 'handle' AS what, handle AS value, lower(ltrim(handle, '@＠')) AS folded, CAST(NULL AS BIGINT) AS n, TRUE AS said,
           platform, account_id, post_id, observed_at, import_id, row_ref
    FROM described WHERE handle IS NOT NULL
    UNION ALL
    SELECT 'display-name', display_name, trim(display_name), NULL, TRUE, platform, account_id, post_id, observed_at, import_id, row_ref
    FROM described WHERE display_name IS NOT NULL
    UNION ALL
    SELECT 'bio', bio, trim(bio), NULL, TRUE, platform, account_id, post_id, observed_at, import_id, row_ref
    FROM described WHERE bio IS NOT NULL
    UNION ALL
    SELECT 'created-at', strftime(created_at, '%Y-%m-%dT%H:%M:%SZ'), CAST(epoch_us(created_at) AS VARCHAR), epoch_us(created_at), TRUE,
           platform, account_id, post_id, observed_at, import_id, row_ref
    FROM described WHERE created_at IS NOT NULL
    UNION ALL
    SELECT 'followers', CAST(followers AS VARCHAR), CAST(followers AS VARCHAR), followers, TRUE,
           platform, account_id, post_id, observed_at, import_id, row_ref
    FROM described WHERE followers IS NOT NULL
    UNION ALL
    SELECT 'status', status, CASE WHEN status IN ('suspended', 'banned') THEN 'suspended'
                                  WHEN status IN ('deleted', 'deactivated', 'removed') THEN 'deleted'
                                  ELSE coalesce(status, 'active') END, NULL, status IS NOT NULL,
           platform, account_id, post_id, observed_at, import_id, row_ref
    FROM described
    UNION ALL
    SELECT 'text', text, text, NULL, TRUE, platform, account_id, post_id, observed_at, import_id, row_ref
    FROM captured WHERE text IS NOT NULL
    UNION ALL
    SELECT 'deleted', CASE WHEN deleted THEN 'deleted' WHEN NOT deleted THEN 'there' END,
           CASE WHEN deleted THEN 'deleted' ELSE 'there' END, NULL, deleted IS NOT NULL,
           platform, account_id, post_id, observed_at, import_id, row_ref
    FROM captured
), known AS (
    SELECT stated.*, place, epoch_us(observed_at) AS observed_us, bool_and(observed_at IS NOT NULL) OVER ({_OF}) AS timed
    FROM stated JOIN import_order USING (import_id)
), begun AS (
    SELECT * FROM known QUALIFY said OR row_number() OVER ({_OF} ORDER BY {_THEN}) = 1
), told AS (
    SELECT * FROM begun QUALIFY timed OR row_number() OVER ({_OF}, folded ORDER BY place, row_ref) = 1
), beside AS (
    SELECT *, lag({{{{'value': value, 'folded': folded, 'n': n, 'observed_at': observed_at, 'place': place, 'import_id': import_id,
                   'row_ref': row_ref}}}}) OVER ({_OF} ORDER BY {_THEN}) AS b
    FROM told
), changed AS (
    SELECT *, CASE WHEN timed AND b.observed_at <> observed_at THEN 'captured' WHEN b.place <> place THEN 'imported'
                   ELSE 'unknown' END AS ordered_by
    FROM beside WHERE b.folded <> folded
)
SELECT CASE what WHEN 'text' THEN 'post-edited' WHEN 'deleted' THEN CASE WHEN folded = 'deleted' THEN 'post-deleted' ELSE 'post-restored' END
            WHEN 'status' THEN CASE WHEN folded IN ('suspended', 'deleted', 'renamed') THEN 'account-' || folded
                                    WHEN folded = 'active' AND b.folded IN ('suspended', 'deleted') THEN 'account-restored'
                                    ELSE 'account-status' END
            ELSE what END AS kind,
       platform, account_id, post_id, b.value AS before, value AS after, ordered_by,
       b.observed_at AS before_observed_at, b.import_id AS before_import_id, b.row_ref AS before_row_ref,
       observed_at AS after_observed_at, import_id AS after_import_id, row_ref AS after_row_ref,
       row_number() OVER ({_OF} ORDER BY {_THEN}) AS place
FROM changed
WHERE what NOT IN ('followers', 'created-at')
   OR what = 'followers' AND ordered_by <> 'unknown' AND abs(n - b.n) >= {{least}}
      AND greatest(n, b.n) >= {{factor}} * least(n, b.n)
   OR what = 'created-at' AND abs(n - b.n) >= 172800000000
      AND NOT (date_trunc('month', make_timestamp(n)) = date_trunc('month', make_timestamp(b.n))
               AND 1 IN (day(make_timestamp(n)), day(make_timestamp(b.n))))
"""
_COUNTS = """
SELECT kind, count(*) AS n FROM changes GROUP BY kind
"""
_CHANGED = """
SELECT count(DISTINCT (platform, account_id)) AS accounts, count(DISTINCT (platform, post_id)) FILTER (post_id IS NOT NULL) AS posts
FROM changes
"""
_ROWS = """
SELECT changes.* FROM changes JOIN change_kinds USING (kind)
QUALIFY :limit = 0 OR row_number() OVER (PARTITION BY kind ORDER BY platform, account_id, post_id, place) <= :limit
ORDER BY change_kinds.nth, platform, account_id, post_id, place
"""

_NAMED = """
SELECT DISTINCT account_id FROM (SELECT account_id, handle FROM accounts UNION ALL SELECT account_id, NULL FROM posts)
WHERE account_id IN (SELECT name FROM wanted) OR lower(ltrim(handle, '@＠')) IN (SELECT lower(ltrim(name, '@＠')) FROM wanted)
ORDER BY account_id
"""


@dataclass(frozen=True)
class Changes:
    """rows: table CHANGES, by kind in the order of CHANGE_KINDS, then by account.   counts: changes by kind.

    accounts, posts: how many accounts changed, and how many posts.   imports: how many files were compared.
    """

    rows: pa.Table
    counts: Mapping[str, int]
    accounts: int
    posts: int
    imports: int


def changes(
    case: Case,
    *,
    kinds: Sequence[str] = (),
    accounts: Sequence[str] = (),
    follower_factor: float = FOLLOWER_FACTOR,
    follower_least: int = FOLLOWER_LEAST,
    limit: int = 20,
) -> Changes:
    """Facts that differ between captures of accounts and posts of the case, each with both records that show it.

    kinds: of `schema.CHANGE_KINDS`, all when empty.   accounts: ids or handles, all when empty.
    follower_factor, follower_least: smallest ratio and difference of followers from one capture to the next that is a jump.
    limit: most rows given of each kind, 0 for all; the counts are always those of all.
    A post that a later file does not hold is no change: a file seldom holds everything.
    UnknownName for a kind that does not exist; InputError when the case holds no posts or accounts, or not the one named.
    """
    for kind in kinds:
        if kind not in schema.CHANGE_KINDS:
            raise UnknownName("kind of change", kind, schema.CHANGE_KINDS)
    if not 1 <= follower_factor < math.inf or follower_least < 0 or limit < 0:
        raise InputError(
            f"A jump of followers is a factor of at least 1 and a number of at least 0, and a limit is at least 0; got {follower_factor:g}, "
            f"{follower_least} and {limit}."
        )
    imports = case.imports("case")
    if not imports:
        raise InputError(
            f"The case {case.path} holds no posts. Read some first: inconcert ingest {case.typed} posts.csv"
        )
    with closing(DuckDB()) as engine:
        for name in ("accounts", "posts", "post_observations"):
            engine.attach(name, case.parts(name) or schema.table(name).empty())
        engine.attach("import_order", import_order(case.statements(), imports))
        query = _CHANGES.format(factor=float(follower_factor), least=int(follower_least))
        chosen = [f"kind IN ({', '.join(repr(kind) for kind in kinds)})"] if kinds else []
        if accounts:
            engine.attach("wanted", pa.table({"name": pa.array(accounts, pa.string())}))
            named = engine.sql(_NAMED)
            if not len(named):
                raise InputError(f"No account of the case has the id or handle {', '.join(accounts)}.")
            engine.attach("named", named)
            chosen.append("account_id IN (SELECT account_id FROM named)")
        engine.keep("changes", f"SELECT * FROM ({query}) WHERE {' AND '.join(chosen) or 'TRUE'}")
        order = list(schema.CHANGE_KINDS)
        engine.attach("change_kinds", pa.table({"kind": order, "nth": list(range(len(order)))}))
        counted = {row["kind"]: row["n"] for row in engine.sql(_COUNTS).to_pylist()}
        return Changes(
            rows=schema.CHANGES.check(engine.sql(_ROWS, {"limit": limit})),
            counts={kind: counted[kind] for kind in order if kind in counted},
            **engine.sql(_CHANGED).to_pylist()[0],
            imports=len(imports),
        )
