"""What was set aside, by file, column and reason, with the first records of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from inconcert import schema
from inconcert.case import Case
from inconcert.engine.duckdb import DuckDB
from inconcert.ingest.stream.encoding import spelled
from inconcert.verbs.native_bytes import native_bytes
from inconcert.verbs.reject_remedies import remedy

RAW_CHARACTERS_SHOWN = 300
_CHARACTER_BYTES_MAX = 4

# Numbers and ids within a reason differ from record to record: they do not make another reason.
_KINDS = """
SELECT r.import_id, r."column", r.reason, r.fatal, r.row_ref, r.value,
       regexp_replace(r.reason, '[0-9a-f]{16}|[0-9][0-9,.]*[0-9]|[0-9]', '…', 'g') AS kind
FROM rejects AS r JOIN asked AS a ON a.import_id = r.import_id AND (a.set_aside OR NOT r.fatal)
WHERE contains(lower(r.reason), a.reason)
"""
_GROUPS = """
SELECT import_id, "column", kind, fatal, count(*) AS n, count(DISTINCT reason) AS reasons, min(reason) AS reason,
       count(DISTINCT row_ref) AS records
FROM kinds GROUP BY import_id, "column", kind, fatal
ORDER BY fatal DESC, records DESC, n DESC, import_id, "column" NULLS FIRST, kind
"""
_FIRST = """
SELECT import_id, "column", kind, fatal, row_ref, value FROM kinds
QUALIFY row_number() OVER (PARTITION BY import_id, "column", kind, fatal ORDER BY row_ref, value) <= :limit
ORDER BY row_ref, value
"""
_REASONS = """
SELECT min(reason) AS reason FROM kinds GROUP BY kind ORDER BY count(*) DESC, kind
"""
_ROWS = "SELECT DISTINCT row_ref FROM kinds WHERE fatal AND row_ref IS NOT NULL ORDER BY row_ref"

Imports = Mapping[str, Mapping[str, Any]]
"""{import id: its row of `imports`}."""


@dataclass(frozen=True)
class Example:
    """One record or value set aside.   row: number of the record.   value: the beginning of what could not be read.

    raw: the beginning of what the source wrote for the record, bytes that are no text as ⟨FF⟩; None where the original does
    not tell it.   raw_bytes: length of the whole.
    """

    row: int | None
    value: str | None
    raw: str | None = None
    raw_bytes: int | None = None


@dataclass(frozen=True)
class RejectGroup:
    """Records (fatal) or values of kept records (not fatal) of one file that were set aside for one reason.

    rejects: how many.   rows: in how many records.   share: of the records of the file, in [0, 1].
    column: as the file calls it; None for whole records.   reason: where it names numbers that differ, they are "…".
    remedy: what to do, None where nothing is known.
    """

    import_id: str
    file: str
    column: str | None
    reason: str
    fatal: bool
    rejects: int
    rows: int
    share: float
    remedy: str | None
    examples: tuple[Example, ...] = ()


def reject_groups(
    case: Case, imports: Imports, asked: Mapping[str, bool], reason: str | None, *, limit: int, most: int | None
) -> tuple[list[RejectGroup], int]:
    """Every reason, records before values and the commonest first, at most `most`; and how many there are in all.

    asked: {import id: whether the records that it set aside are asked for, beside values}.   reason: part of it.
    limit: most examples of each reason.
    """
    with _kinds(case, asked, reason) as engine:
        found = engine.sql(_GROUPS).to_pylist()
        first = engine.sql(_FIRST, {"limit": limit}).to_pylist()
    examples: defaultdict[tuple[object, ...], list[Example]] = defaultdict(list)
    for row in first:
        examples[_key(row)].append(Example(row["row_ref"], row["value"]))
    groups = [_group(row, imports, tuple(examples[_key(row)])) for row in found[:most]]
    return _with_bytes(case, imports, groups), len(found)


def reject_reasons(case: Case, asked: Mapping[str, bool]) -> list[str]:
    """One wording of every reason, the commonest first.   asked: see `reject_groups`."""
    with _kinds(case, asked, None) as engine:
        return [str(reason) for reason in engine.sql(_REASONS)["reason"].to_pylist()]


def rows_set_aside(case: Case, import_id: str, reason: str | None) -> list[int]:
    """Numbers of the records that an import set aside, ascending.   reason: part of it, None for all."""
    with _kinds(case, {import_id: True}, reason) as engine:
        return [int(row) for row in engine.sql(_ROWS)["row_ref"].to_pylist()]


@contextmanager
def _kinds(case: Case, asked: Mapping[str, bool], reason: str | None) -> Iterator[DuckDB]:
    files = [case.path / "data" / id / "rejects.parquet" for id in asked]
    told = [file for file in files if file.is_file()]
    engine = DuckDB()
    try:
        engine.attach("rejects", told or schema.REJECTS.empty())
        sought = pa.repeat((reason or "").lower(), len(asked))
        columns = {"import_id": pa.array(asked, pa.string()), "set_aside": pa.array(asked.values(), pa.bool_())}
        engine.attach("asked", pa.table({**columns, "reason": sought}))
        engine.keep("kinds", _KINDS)
        yield engine
    finally:
        engine.close()


def _key(row: Mapping[str, Any]) -> tuple[object, ...]:
    return row["import_id"], row["column"], row["kind"], row["fatal"]


def _group(row: Mapping[str, Any], imports: Imports, examples: tuple[Example, ...]) -> RejectGroup:
    read = imports[row["import_id"]]
    while read.get("retries") in imports:  # a retry reads records of the file of which the first import read all
        read = imports[read["retries"]]
    return RejectGroup(
        import_id=row["import_id"],
        file=read["file"],
        column=row["column"],
        reason=row["reason"] if row["reasons"] == 1 else row["kind"],
        fatal=row["fatal"],
        rejects=row["n"],
        rows=row["records"],
        share=row["records"] / max(read["rows_read"], 1),
        remedy=remedy(row["reason"]),
        examples=examples,
    )


def _with_bytes(case: Case, imports: Imports, groups: Sequence[RejectGroup]) -> list[RejectGroup]:
    wanted: defaultdict[str, set[int]] = defaultdict(set)
    for group in groups:
        wanted[group.import_id] |= {one.row for one in group.examples if one.row is not None}
    raw: dict[tuple[str, int | None], tuple[str, int]] = {}
    for id, rows in wanted.items():
        if not rows:  # pictures and videos have no numbers, and no original in common
            continue
        encoding = imports[id]["encoding"] or "utf-8"
        for row, content in native_bytes(case, imports[id], rows):
            beginning = spelled(content[: _CHARACTER_BYTES_MAX * RAW_CHARACTERS_SHOWN], encoding)
            raw[id, row] = beginning[:RAW_CHARACTERS_SHOWN], len(content)
    return [
        replace(
            group,
            examples=tuple(
                replace(one, raw=raw[group.import_id, one.row][0], raw_bytes=raw[group.import_id, one.row][1])
                if (group.import_id, one.row) in raw
                else one
                for one in group.examples
            ),
        )
        for group in groups
    ]
