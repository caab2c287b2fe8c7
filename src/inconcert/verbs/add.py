"""`add`: what an investigator knows beside the posts: lists of accounts, events, storylines, followers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pyarrow as pa

from inconcert import schema
from inconcert.case import Case, write_parquet
from inconcert.errors import InputError, UnknownName
from inconcert.ingest.formats.flattened import as_table
from inconcert.ingest.formats.names import folded
from inconcert.ingest.formats.open_sheet import open_sheet
from inconcert.ingest.piece import Reject, Sheet, shown
from inconcert.ingest.values import readable
from inconcert.ledger import canonical
from inconcert.normalise.given import SHEETS, GivenSheet
from inconcert.normalise.given.follows import NEWEST_FIRST
from inconcert.normalise.given.lists import ROLES
from inconcert.normalise.given.sheet import MARK
from inconcert.progress import Progress, silent

GIVEN = "given"
"""Role of these imports: they are neither posts under investigation nor of the control."""
VERSION = "1"
EXAMPLES = 3


@dataclass(frozen=True)
class Added:
    """What became of one file.   tables: rows by table.   rows_rejected: records set aside.   already: it was there before."""

    import_id: str
    file: str
    mapping: Mapping[str, str]
    tables: Mapping[str, int]
    rows_read: int
    rows_rejected: int
    reject_examples: tuple[str, ...]
    already: bool


def add(
    case: Case,
    *,
    lists: Sequence[Path] = (),
    events: Sequence[Path] = (),
    storylines: Sequence[Path] = (),
    follows: Sequence[Path] = (),
    role: str | None = None,
    list_name: str | None = None,
    followed: str | None = None,
    newest_first: bool = False,
    now: datetime,
    progress: Progress = silent,
) -> list[Added]:
    """Read files into the case, one import each; a file read before in the same way is left alone.

    lists: accounts, with a column `role`, or all of the role given; list_name: its name, that of the file unless given.
    events: dated events. storylines: signs by which posts of a storyline are known; events among them (kind event) are read too.
    follows: who follows whom; followed: whose followers they are, where the file does not say; without a column of
    positions the order of the rows is that of following, the earliest first unless newest_first.
    UnknownName for a role; InputError when a file cannot be read, or holds nothing that can be used.
    """
    if role is not None and role not in ROLES:
        raise UnknownName("role of a list", role, ROLES)
    wanted = [
        *((SHEETS["lists"], Path(file)) for file in lists),
        *((SHEETS["events"], Path(file)) for file in events),
        *((SHEETS["storylines"], Path(file)) for file in storylines),
        *((SHEETS["follows"], Path(file)) for file in follows),
    ]
    if not wanted:
        raise InputError("No file was given. Name one, for instance: inconcert add CASE --events events.csv")

    def stated(given: GivenSheet, file: Path) -> dict[str, str]:
        """Fields of every record that the file need not have."""
        of_table = {
            "lists": {"role": role, "list": list_name or file.stem},
            "follows": {"followed_id": followed or None, "order": NEWEST_FIRST if newest_first else None},
        }.get(given.name, {})
        return {name: value for name, value in of_table.items() if value is not None}

    for given, file in wanted:
        _mapping(given, as_table(open_sheet(file, file.name), file.name), file.name, stated(given, file))
    dated = replace(case, clock=lambda: now)
    with dated.lock():
        return [_add_one(dated, given, file, stated(given, file), progress) for given, file in wanted]


def _add_one(case: Case, given: GivenSheet, file: Path, constants: Mapping[str, str], progress: Progress) -> Added:
    name = file.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    sha256 = case.store_original(file, progress)
    sheet = as_table(open_sheet(case.original(sha256), name), name)
    mapping = _mapping(given, sheet, name, constants)
    id = hashlib.sha256(canonical([sha256, given.name, VERSION, mapping, dict(constants)])).hexdigest()[:16]
    marked = {**constants, MARK: f"-{sha256[:4]}"}
    rows, rejects, read = _rows(given, sheet, mapping, marked, name, progress)
    counts = {table: len(found) for table, found in rows.items() if len(found)}
    worst = sorted(rejects, key=lambda reject: not reject.fatal)[:EXAMPLES]
    examples = tuple(
        f"row {r.row_ref}{f', {r.column}' if r.column else ''}: {r.reason}" + (f" ('{r.value}')" if r.value else "")
        for r in worst
    )
    done = Added(id, name, mapping, counts, read, sum(r.fatal for r in rejects), examples, id in case.imports(GIVEN))
    if not counts:
        first = f" For instance {examples[0]}." if examples else ""
        raise InputError(f"{name} holds no {given.name} that can be used: {read:,} records were read.{first}")
    if done.already:
        return done
    row = {
        "import_id": id, "file": name, "sha256": sha256, "importer": given.name, "importer_version": VERSION,
        "encoding": sheet.encoding, "mapping": json.dumps({**mapping, **{k: f"= {v}" for k, v in constants.items()}}, ensure_ascii=False),
        "rows_read": read, "rows_kept": read - done.rows_rejected, "rows_rejected": done.rows_rejected, "rows_duplicate": 0,
        "precision": None, "role": GIVEN,
    }  # fmt: skip
    facts = {"file": name, "original": sha256, "importer": given.name, "role": GIVEN}
    with case.writing("data", id, facts) as draft:
        write_parquet(pa.Table.from_pylist([row], schema=schema.IMPORTS.arrow), draft / "imports.parquet")
        for table, found in rows.items():
            stamped = found.append_column("import_id", pa.array([id] * len(found), pa.string()))
            write_parquet(schema.table(table).check(stamped), draft / f"{table}.parquet")
        set_aside = [
            {"import_id": id, "file": name, "row_ref": r.row_ref, "column": r.column, "value": r.value, "reason": r.reason, "fatal": r.fatal}
            for r in rejects
        ]  # fmt: skip
        write_parquet(pa.Table.from_pylist(set_aside, schema=schema.REJECTS.arrow), draft / "rejects.parquet")
    return done


def _mapping(given: GivenSheet, sheet: Sheet, name: str, constants: Mapping[str, str]) -> dict[str, str]:
    """Field -> column of the file; InputError when what is needed is not there."""
    by_spelling: dict[str, str] = {}
    for column in sheet.columns:
        by_spelling.setdefault(folded(column), column)
    mapping: dict[str, str] = {}
    for field, names in given.columns.items():
        known = next((by_spelling[folded(one)] for one in names if folded(one) in by_spelling), None)
        if known is not None and known not in mapping.values():
            mapping[field] = known
    for needed in given.needs:
        if not {*mapping, *constants} & set(needed):
            expected = ", ".join(f"'{one}'" for field in needed for one in given.columns[field][:2])
            raise InputError(
                f"{name} has no column that could be {' or '.join(needed)} of {given.name}. It has: "
                f"{', '.join(sheet.columns[:20])}. Name one of its columns {expected}."
            )
    return mapping


def _rows(
    given: GivenSheet,
    sheet: Sheet,
    mapping: Mapping[str, str],
    constants: Mapping[str, str],
    name: str,
    progress: Progress,
) -> tuple[dict[str, pa.Table], list[Reject], int]:
    """Rows by table, what was set aside, and records read."""
    rejects: list[Reject] = []
    parts: dict[str, list[pa.Table]] = {}
    read = 0
    for piece in sheet.pieces(list(dict.fromkeys(mapping.values()))):
        rejects += piece.rejects
        read += piece.rows_read
        kept = np.ones(len(piece.row_ref), dtype=bool)
        columns: dict[str, pa.Array] = {}
        for field, column in mapping.items():
            columns[field], doubts = readable(
                piece.columns[column], field, marked=sheet.encoding not in (None, "utf-8")
            )
            for doubt in doubts:
                rejects.append(
                    Reject(int(piece.row_ref[doubt.position]), column, shown(doubt.value), doubt.reason, doubt.fatal)
                )
                kept[doubt.position] &= not doubt.fatal
        fields = pa.table({**columns, "row_ref": pa.array(piece.row_ref, pa.int64())}).filter(pa.array(kept))
        done = given.read(fields, constants)
        rejects += [
            Reject(u.row_ref, mapping.get(u.column, u.column), u.value and shown(u.value), u.reason, u.fatal)
            for u in done.unread
        ]
        for table, rows in done.tables.items():
            parts.setdefault(table, []).append(rows)
        progress(f"reading {name}", sheet.done, None)
    return {table: pa.concat_tables(found) for table, found in parts.items()}, rejects, read
