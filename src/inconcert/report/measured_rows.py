"""Which readings of the run `indicators` are printed, found in its tables: the telling ones, and how many there are of all."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from inconcert.case import Run
from inconcert.indicators.reading import Point
from inconcert.report.masking import telling, tokens
from inconcert.report.measured import LIST_GROUP, Indicators, Measured, OfGroup, Seen, Tally
from inconcert.report.post_references import Asked, Reference, quotes

PER_INDICATOR, OF_MEMBERS, OUTSIDE, QUIET = 2, 6, 24, 60
"""Readings printed: of one indicator on members of one group, and of all indicators; found ones outside groups; and others there."""

WITNESSES_AT_MOST, POINTS_AT_MOST = 20, 50_000
"""Of one reading."""

_TALLY = """
SELECT coalesce(group_id, '') AS owner, indicator, measure, subject, count(*) FILTER (state IN ('found', 'not found')) AS n,
       count(*) FILTER (state = 'found') AS found, count(*) FILTER (state = 'described') AS described, count(*) FILTER (state = 'too little') AS too_little
FROM indicators WHERE subject <> 'group' GROUP BY ALL ORDER BY owner, indicator, measure, subject
"""
_OF_GROUPS = "SELECT * FROM indicators WHERE subject = 'group' ORDER BY reading"
_MEMBERS = f"""
SELECT * EXCLUDE (place, rank) FROM (
    SELECT *, row_number() OVER (PARTITION BY group_id ORDER BY place, q_value, reading) AS rank FROM (
        SELECT *, row_number() OVER (PARTITION BY group_id, indicator ORDER BY q_value, p_value, reading) AS place
        FROM indicators WHERE subject <> 'group' AND state = 'found' AND group_id IS NOT NULL
    ) WHERE place <= {PER_INDICATOR}
) WHERE rank <= {OF_MEMBERS} ORDER BY group_id, rank
"""
_OUTSIDE = f"""
SELECT * EXCLUDE (place) FROM (
    SELECT *, row_number() OVER (PARTITION BY indicator, measure ORDER BY q_value, p_value, reading) AS place
    FROM indicators WHERE subject <> 'group' AND state = 'found' AND NOT list_contains($1, coalesce(group_id, ''))
) ORDER BY place, q_value, reading LIMIT {OUTSIDE}
"""
_QUIET = f"""
SELECT * FROM indicators
WHERE subject NOT IN ('group', 'account', 'pair') AND state <> 'found' AND NOT list_contains($1, coalesce(group_id, ''))
ORDER BY state = 'too little', state = 'not found', q_value NULLS LAST, reading LIMIT {QUIET}
"""
_NAMED = """
SELECT account_id, handle, display_name FROM accounts
WHERE account_id IN (SELECT unnest($1)) OR lower(handle) IN (SELECT unnest($2)) GROUP BY ALL ORDER BY ALL
"""


def measured(con: duckdb.DuckDBPyConnection, run: Run, standing: Sequence[str]) -> Indicators:
    """What is printed of a run. standing: ids of the groups of the report. Reads posts and accounts."""
    con.read_parquet(str(run.path / "indicators.parquet")).create_view("indicators", replace=True)
    of_groups = _rows(con, _OF_GROUPS)
    shown = [*standing, *sorted({r["subject_id"] for r in of_groups if r["subject_id"].startswith(LIST_GROUP)})]
    known = set(shown)
    of_groups = [row for row in of_groups if row["subject_id"] in known]
    of_members = [row for row in _rows(con, _MEMBERS) if row["group_id"] in known]
    found, quiet = _rows(con, _OUTSIDE, [shown]), _rows(con, _QUIET, [shown])
    complete = _complete(con, run, [*of_groups, *of_members, *found, *quiet])
    tallies: dict[str, list[Tally]] = {}
    for row in _rows(con, _TALLY):
        owner = row.pop("owner")
        tallies.setdefault(owner if owner in known else "", []).append(Tally(**row))
    groups = {
        id: OfGroup(
            group_id=id,
            readings=tuple(complete[row["reading"]] for row in of_groups if row["subject_id"] == id),
            members=tuple(complete[row["reading"]] for row in of_members if row["group_id"] == id),
            tallies=tuple(tallies.get(id, ())),
            balance=tuple(_of(run, "control_balance", id)),
            controls=_sources(_of(run, "controls", id)),
            families=tuple(item for row in _of(run, "standings", id) for item in json.loads(row["families"] or "[]")),
        )
        for id in shown
    }
    return Indicators(
        groups=groups,
        found=tuple(complete[row["reading"]] for row in found),
        quiet=tuple(complete[row["reading"]] for row in quiet),
        tallies=_together(tallies.get("", ())),
        not_run=_not_run(run),
        named=_named(con, complete.values()),
    )


def _complete(con: duckdb.DuckDBPyConnection, run: Run, rows: Sequence[Mapping[str, Any]]) -> dict[int, Measured]:
    """Reading -> it with its points and witnesses, in the order in which the run holds them."""
    wanted = [row["reading"] for row in rows]
    points: dict[int, list[Point]] = {}
    for row in _of_readings(run.path / "indicator_points.parquet", wanted):
        its = points.setdefault(row.pop("reading"), [])
        if len(its) < POINTS_AT_MOST:
            its.append(Point(**row))
    witnesses: dict[int, list[dict[str, Any]]] = {}
    for row in _of_readings(run.path / "indicator_witnesses.parquet", wanted):
        its_witnesses = witnesses.setdefault(row["reading"], [])
        if len(its_witnesses) < WITNESSES_AT_MOST:
            its_witnesses.append({**row, "number": f"I{row['reading']}.{len(its_witnesses) + 1}"})
    posts = quotes(
        con,
        [
            Asked(w["number"], w["post_id"], w["account_id"])
            for its in witnesses.values()
            for w in its
            if w["post_id"] is not None
        ],
    )

    def seen(witness: Mapping[str, Any]) -> Seen:
        number, why = witness["number"], witness["why"]
        post = Reference(number, why, posts[number]) if number in posts else None
        return Seen(witness["account_id"], post, why)

    return {
        row["reading"]: Measured(
            f"I{row['reading']}",
            row,
            tuple(points.get(row["reading"], ())),
            tuple(seen(w) for w in witnesses.get(row["reading"], ())),
        )
        for row in rows
    }


def _of_readings(file: Path, wanted: Sequence[int]) -> list[dict[str, Any]]:
    if not file.is_file() or not wanted:
        return []
    kept = ds.dataset(file).to_table(filter=ds.field("reading").isin(pa.array(wanted, pa.int64())))
    rows: list[dict[str, Any]] = kept.to_pylist()
    return rows


def _rows(con: duckdb.DuckDBPyConnection, query: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = con.sql(query, params=list(parameters)).to_arrow_table().to_pylist()
    return rows


def _of(run: Run, table: str, group_id: str) -> list[dict[str, Any]]:
    if table not in run.tables:
        return []
    whole = run.table(table)
    rows: list[dict[str, Any]] = whole.filter(pc.equal(whole.column("group_id"), group_id)).to_pylist()
    return rows


def _sources(rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for row in rows:
        counted[row["source"]] = counted.get(row["source"], 0) + 1
    return dict(sorted(counted.items()))


def _together(tallies: Iterable[Tally]) -> tuple[Tally, ...]:
    """Tallies of the same measure added up, over all that belongs to no group of the report."""
    added: dict[tuple[str, str, str], Tally] = {}
    for one in tallies:
        key = (one.indicator, one.measure, one.subject)
        before = added.get(key, Tally(*key, 0, 0, 0, 0))
        added[key] = Tally(
            *key,
            before.n + one.n,
            before.found + one.found,
            before.described + one.described,
            before.too_little + one.too_little,
        )
    return tuple(added.values())


def _not_run(run: Run) -> tuple[tuple[str, str], ...]:
    if "indicators_not_run" not in run.tables:
        return ()
    return tuple((row["indicator"], row["needs"]) for row in run.table("indicators_not_run").to_pylist())


def _named(con: duckdb.DuckDBPyConnection, readings: Iterable[Measured]) -> dict[str, tuple[str, ...]]:
    """Accounts named anywhere in these readings, by id or handle, with the handles and names they are known by."""
    ids: dict[str, None] = {}
    written_names: dict[str, None] = {}
    for one in readings:
        if one.row["subject"] in ("account", "followed"):
            ids[one.row["subject_id"]] = None
        ids |= dict.fromkeys(seen.account_id for seen in one.witnesses)
        written = [one.row["subject_id"], one.row["says"], one.row["lacking"] or ""]
        written += [text for p in one.points[:2_000] for text in (p.layer, p.label or "")]
        written += [seen.why for seen in one.witnesses]
        for text in dict.fromkeys(written):
            written_names |= dict.fromkeys(t.strip(".@#") for t in tokens(text[:2_000]) if telling(t))
            if len(text) <= 100:
                written_names[text.strip(" @#")] = None
    named: dict[str, dict[str, None]] = {id: {} for id in ids}
    asked = [*ids, *written_names]
    for id, handle, name in con.execute(_NAMED, [asked, [name.casefold() for name in written_names]]).fetchall():
        named.setdefault(id, {}).update(dict.fromkeys(n for n in (handle, name) if n))
    return {id: tuple(names) for id, names in named.items()}
