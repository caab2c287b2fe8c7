"""Accounts of different imports that wrote the same at the same moments, and which of them are one person under two ids.

Tools name accounts differently: by number, by handle, by address. Where they name posts differently too, two exports of one
account look like two accounts that copy each other to the second. So do two accounts that a program feeds; `one_person` has the rule
that tells them apart.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from inconcert.case import Case
from inconcert.engine.duckdb import DuckDB
from inconcert.ingest.importers import IMPORTERS
from inconcert.ingest.tools.table import TABLE
from inconcert.verbs.case_precision import RESOLUTION_S, case_precision
from inconcert.verbs.one_person import Named, Pair, Source, because
from inconcert.verbs.same_moments import Met, SameMoments

MEMORY = "256MB"

_NAMED = """
SELECT account_id, list(DISTINCT import_id) AS imports, list(DISTINCT lower(ltrim(handle, '@'))) AS handles,
       list(DISTINCT lower(trim(display_name))) AS names
FROM accounts WHERE account_id IN (SELECT id FROM ids) GROUP BY account_id
"""
_IN_COMMON = """
WITH files AS (
    SELECT DISTINCT import_id, account_id FROM accounts
    WHERE import_id IN (SELECT one FROM wanted UNION SELECT other FROM wanted)
), sizes AS (
    SELECT import_id, count(*) AS n FROM files GROUP BY import_id
)
SELECT w.one, w.other, count(b.account_id) / least(any_value(m.n), any_value(n.n)) AS share
FROM wanted AS w
JOIN sizes AS m ON m.import_id = w.one
JOIN sizes AS n ON n.import_id = w.other
JOIN files AS a ON a.import_id = w.one
LEFT JOIN files AS b ON b.import_id = w.other AND b.account_id = a.account_id
GROUP BY w.one, w.other
"""


@dataclass(frozen=True)
class TwoIds:
    """Two ids in different imports, `one` that of the account with more posts.   posts: at one moment in both.   most: posts of
    the one with fewer.   because: why they are one person (`one_person`); None when nothing but their posts says so.
    files: an import of each.
    """

    one: str
    other: str
    posts: int
    most: int
    because: str | None
    files: tuple[str, str]


def two_ids(case: Case, role: str = "case") -> tuple[TwoIds, ...]:
    """Pairs of ids that wrote half of their posts or more at the same moments in the same words, or have one handle and wrote at one
    moment; most posts in common first. () with fewer than two imports of that role."""
    posts, accounts, imports = (tuple(case.parts(name, role)) for name in ("posts", "accounts", "imports"))
    if len(posts) < 2:
        return ()
    step_us = RESOLUTION_S[case_precision(case, role) or "s"] * 1_000_000
    return _found(posts, accounts, imports, step_us)


def ids_of_one(found: Sequence[TwoIds]) -> dict[str, str]:
    """Id -> the id under which that person is counted, for every other id of a person."""
    counted: dict[str, str] = {}
    for pair in found:
        if pair.because is not None:
            one, other = _last(counted, pair.one), _last(counted, pair.other)
            if one != other:
                counted[other] = one
    return {id: _last(counted, id) for id in sorted(counted)}


def _last(counted: Mapping[str, str], id: str) -> str:
    while id in counted:
        id = counted[id]
    return id


@lru_cache(maxsize=2)
def _found(
    posts: tuple[Path, ...], accounts: tuple[Path, ...], imports: tuple[Path, ...], step_us: int
) -> tuple[TwoIds, ...]:
    read = [row for part in imports for row in pq.read_table(part).to_pylist()]
    tools = {row["import_id"]: _tool(row) for row in read}
    if None not in tools.values() and len(set(tools.values())) == 1:
        return ()  # one tool names every account in one way
    engine = DuckDB(memory_limit=MEMORY)
    try:
        engine.attach("posts", posts)
        engine.attach("accounts", accounts)
        return _judged(engine, SameMoments(engine, step_us), tools)
    finally:
        engine.close()


def _tool(row: Mapping[str, str]) -> tuple[str, str] | None:
    """Who names the accounts of an import; None for tables, whose columns may hold anything."""
    importer = IMPORTERS.get(row["importer"], TABLE)
    if importer is TABLE or importer.general:
        return None
    return row["importer"], json.loads(row["mapping"]).get("account_id", "")


def _judged(engine: DuckDB, met: SameMoments, tools: Mapping[str, tuple[str, str] | None]) -> tuple[TwoIds, ...]:
    pairs = met.pairs()
    if not pairs:
        return ()
    ids = sorted({id for pair in pairs for id in (pair.one, pair.other)})
    engine.attach("ids", pa.table({"id": pa.array(ids, pa.string())}))
    named = {
        row["account_id"]: Named(*(frozenset(filter(None, row[name])) for name in ("imports", "handles", "names")))
        for row in engine.sql(_NAMED).to_pylist()
    }
    writers = met.writers()
    said = because(
        [Pair(pair.one, pair.other, pair.copies) for pair in pairs],
        named,
        {id: Source(tool, writers.get(id, 0)) for id, tool in tools.items()},
        _in_common(engine, pairs, named),
    )
    found = [
        _two_ids(pair, said.get((pair.one, pair.other)), named)
        for pair in pairs
        if (pair.one, pair.other) in said or (pair.copies and not named[pair.one].imports & named[pair.other].imports)
    ]
    counted = ids_of_one(found)
    told = (pair for pair in found if pair.because or _last(counted, pair.one) != _last(counted, pair.other))
    return tuple(sorted(told, key=lambda pair: (pair.because is None, -pair.posts, pair.one, pair.other)))


def _two_ids(pair: Met, said: str | None, named: Mapping[str, Named]) -> TwoIds:
    one, other = (pair.one, pair.other) if pair.ones >= pair.others else (pair.other, pair.one)
    files = min(named[one].imports), min(named[other].imports)
    return TwoIds(one, other, pair.posts, min(pair.ones, pair.others), said, files)


def _in_common(engine: DuckDB, pairs: Sequence[Met], named: Mapping[str, Named]) -> dict[tuple[str, str], float]:
    """Of every two imports of a pair, the share of the ids of the smaller that both have."""
    both = sorted({(min(a, b), max(a, b)) for p in pairs for a in named[p.one].imports for b in named[p.other].imports})
    columns = {name: pa.array([pair[at] for pair in both], pa.string()) for at, name in enumerate(("one", "other"))}
    engine.attach("wanted", pa.table(columns))
    return {(row["one"], row["other"]): row["share"] for row in engine.sql(_IN_COMMON).to_pylist()}
