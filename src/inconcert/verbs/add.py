"""`add`: what an investigator knows beside the posts: lists of accounts, events, storylines, followers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from inconcert.case import Case, write_parquet
from inconcert.errors import InputError, UnknownName
from inconcert.ingest.formats.flattened import as_table
from inconcert.ingest.formats.names import folded
from inconcert.ingest.formats.open_sheet import open_sheet
from inconcert.ingest.importer import Importer
from inconcert.ingest.masking import masked
from inconcert.ingest.piece import Sheet
from inconcert.ingest.reading import Reading
from inconcert.ledger import canonical
from inconcert.normalise.given import SHEETS, GivenSheet
from inconcert.normalise.given.follows import NEWEST_FIRST
from inconcert.normalise.given.lists import ROLES
from inconcert.normalise.local_time import refuse_unknown_zone
from inconcert.progress import Progress, silent
from inconcert.verbs.import_given import GIVEN, import_given, refuse_without_needs
from inconcert.verbs.import_result import ImportResult, begun, finished, imports_row, read_before
from inconcert.verbs.sensitive_members import refuse_sensitive_members

VERSION = "1"
EXAMPLES = 3


@dataclass(frozen=True)
class Added:
    """What became of one file.   tables: rows by table.   rows_rejected: records set aside.   already: it was there before.

    notes: what the user should know.
    """

    import_id: str
    file: str
    mapping: Mapping[str, str]
    tables: Mapping[str, int]
    rows_read: int
    rows_rejected: int
    reject_examples: tuple[str, ...]
    already: bool
    notes: tuple[str, ...] = ()


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
    zone: str | None = None,
    insist_private: bool = False,
    now: datetime,
    progress: Progress = silent,
) -> list[Added]:
    """Read files into the case, one import each; a file read before in the same way is left alone.

    lists: accounts, with a column `role`, or all of the role given; list_name: its name, that of the file unless given.
    events: dated events. storylines: signs by which posts of a storyline are known; events among them (kind event) are read too.
    follows: who follows whom; followed: whose followers they are, where the file does not say; without a column of
    positions the order of the rows is that of following, the earliest first unless newest_first.
    zone: of times that are written without one, as in "Asia/Shanghai"; without it UTC.
    insist_private: read files of private messages and files with live credentials, which are refused otherwise.
    UnknownName for a role or zone; InputError, before anything is written, when a file cannot be read, or holds nothing that can be used.
    """
    if role is not None and role not in ROLES:
        raise UnknownName("role of a list", role, ROLES)
    if zone is not None:
        refuse_unknown_zone(zone)
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

    dated = replace(case, clock=lambda: now)
    with dated.lock():
        seen = {}
        for given, file in wanted:
            seen[file] = refuse_sensitive_members(dated, file, _shown(file), insist_private=insist_private)
            _reading(given, file, _shown(file), stated(given, file), zone)
        return [_add_one(dated, given, file, stated(given, file), zone, seen[file], progress) for given, file in wanted]


def _add_one(
    case: Case,
    given: GivenSheet,
    file: Path,
    constants: Mapping[str, str],
    zone: str | None,
    insisted: str | None,
    progress: Progress,
) -> Added:
    name = _shown(file)
    sha256 = case.store_original(file, progress)
    reading = replace(_reading(given, case.original(sha256), name, constants, zone), insisted=insisted)
    how = [sha256, given.name, VERSION, reading.mapping, dict(constants), *([zone] if zone is not None else [])]
    id = hashlib.sha256(canonical(how)).hexdigest()[:16]
    result = begun(reading, id, already=id in case.imports(GIVEN))
    if result.already:
        result = read_before(case, result)
        return _added(result)
    facts = {"file": name, "original": sha256, "importer": given.name, "role": GIVEN}
    if insisted is not None:
        facts["insisted"] = insisted
    with case.writing("data", id, facts) as draft:
        result = finished(result, import_given(given, reading, constants, sha256, id, draft, progress))
        stated = {field: f"= {value}" for field, value in constants.items()}
        said = replace(result, mapping={**result.mapping, **stated})
        write_parquet(imports_row(said, reading, sha256, GIVEN), draft / "imports.parquet")
    return _added(result)


def _added(result: ImportResult) -> Added:
    return Added(
        import_id=result.import_id,
        file=result.file,
        mapping=result.mapping,
        tables=result.tables,
        rows_read=result.rows_read,
        rows_rejected=result.rows_rejected,
        reject_examples=result.reject_examples[:EXAMPLES],
        already=result.already,
        notes=result.notes,
    )


def _shown(file: Path) -> str:
    """Its name as text; bytes of a name that are no UTF-8 become U+FFFD."""
    return file.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _reading(given: GivenSheet, path: Path, name: str, constants: Mapping[str, str], zone: str | None) -> Reading:
    """The file as one of that table; InputError when it lacks what the table needs."""
    sheet = as_table(open_sheet(path, name), name)
    mapping = _mapping(given, sheet)
    reading = Reading(
        file=name,
        size=path.stat().st_size,
        format=sheet.format,
        encoding=sheet.encoding,
        importer=Importer(given.name, given.name, (), given.columns, table=given.name, version=VERSION),
        mapping=mapping,
        unknown_columns=tuple(masked(column) for column in sheet.columns if column not in mapping.values()),
        platform=None,
        notes=sheet.notes,
        sheet=sheet,
        why="named by the option",
        zone=zone,
        zone_given=zone is not None,
    )
    refuse_without_needs(given, reading, constants)
    return reading


def _mapping(given: GivenSheet, sheet: Sheet) -> dict[str, str]:
    """Field -> column of the file."""
    by_spelling: dict[str, str] = {}
    for column in sheet.columns:
        by_spelling.setdefault(folded(column), column)
    mapping: dict[str, str] = {}
    for field, names in given.columns.items():
        known = next((by_spelling[folded(one)] for one in names if folded(one) in by_spelling), None)
        if known is not None and known not in mapping.values():
            mapping[field] = known
    return mapping
