"""Read files of posts into a case."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from inconcert import schema
from inconcert.case import Case, write_parquet
from inconcert.engine.duckdb import DuckDB
from inconcert.errors import InputError, MissingExtra, UnknownName
from inconcert.ingest.reading import Reading, open_reading
from inconcert.ledger import canonical
from inconcert.progress import Progress, silent
from inconcert.verbs.import_file import Tally, import_file
from inconcert.verbs.media_folder import beside, relative_name

if TYPE_CHECKING:
    from inconcert.verbs.import_media import MediaResult

ROLES = ("case", "control")


@dataclass(frozen=True)
class ImportResult:
    """What became of one file.

    importer: how it was read; `table` for tables of no known tool.   mapping: our field -> column of the file.
    unknown_columns: columns that were not read.   rows_read = rows_kept + rows_rejected + rows_duplicate.
    rows_duplicate: records that repeat another and add nothing.   precision: of its times, s, min or day; None without times.
    already: the case held this file, read in this way, before; nothing was done.
    notes: what the user should know.   reject_examples: one record set aside for each of the first few reasons.
    media: what became of its pictures and videos, or of the folder given with the last file.
    """

    import_id: str
    file: str
    importer: str
    encoding: str | None
    mapping: Mapping[str, str]
    unknown_columns: tuple[str, ...]
    rows_read: int
    rows_kept: int
    rows_rejected: int
    rows_duplicate: int
    precision: str | None
    already: bool
    notes: tuple[str, ...]
    reject_examples: tuple[str, ...]
    media: MediaResult | None = None


def ingest(
    case: Case,
    files: Sequence[Path],
    *,
    mapping: Mapping[str, str] | None = None,
    source: str | None = None,
    role: str = "case",
    platform: str | None = None,
    media: Path | None = None,
    ocr: bool = False,
    faces: bool = False,
    now: datetime,
    progress: Progress = silent,
) -> list[ImportResult]:
    """Read files into the case, one import a file; a file that was read in the same way before is left alone.

    mapping: {field: column} that goes before what the column names suggest; an empty column unsets a field.
    source: name of an importer, found by the columns unless given.   role: "case", or "control" for a reference crowd.
    platform: where the posts are from, when the files do not say.
    media: folder with the pictures and videos of the posts (see import_media); without it, those beside a file are read that
    it names. ocr, faces: also read the words in pictures, and test profile pictures.
    InputError, before anything is written, when a file cannot be read or does not fit; and when most records of a file cannot
    be used, in which case the files before it are in the case and it is not.
    """
    if role not in ROLES:
        raise UnknownName("role", role, ROLES)
    if not files:
        raise InputError("No file was given. Name one, for instance: inconcert ingest CASE posts.csv")
    files = [Path(file) for file in files]
    understand = partial(open_reading, mapping=mapping, source=source, platform=platform)
    for file in files:
        understand(file)
    case = replace(case, clock=lambda: now)
    with case.lock():
        results = []
        for file in files:
            sha256 = case.store_original(file, progress)
            reading = understand(case.original(sha256), name=_shown(file))
            results.append(_ingest_one(case, sha256, reading, role, progress))
        results = _with_media(case, files, results, media, ocr=ocr, faces=faces, progress=progress)
        lonely = _one_account(case, role)
    return [replace(result, notes=(*result.notes, *lonely)) for result in results]


def _with_media(
    case: Case,
    files: Sequence[Path],
    results: Sequence[ImportResult],
    media: Path | None,
    *,
    ocr: bool,
    faces: bool,
    progress: Progress,
) -> list[ImportResult]:
    """The results, with what became of the folder given (at the last of them) or of the files beside each export."""
    from inconcert.verbs.import_media import import_media

    if media is not None:
        read = import_media(case, media, ocr=ocr, faces=faces, progress=progress)
        return [*results[:-1], replace(results[-1], media=read)]
    done = []
    for file, result in zip(files, results, strict=True):
        names = {name for value in _media_values(case, result.import_id) if (name := relative_name(value))}
        folder = beside(file, names)
        if folder is None:
            done.append(result)
            continue
        try:
            read = import_media(case, folder, ocr=ocr, faces=faces, only=sorted(names), progress=progress)
            done.append(replace(result, media=read))
        except MissingExtra as error:  # nobody asked for the pictures: the posts alone are a result
            note = f"Pictures that it names lie in {folder} and were not read. {error}"
            done.append(replace(result, notes=(*result.notes, note)))
    return done


def _media_values(case: Case, import_id: str) -> list[str]:
    actions = pq.read_table(
        case.path / "data" / import_id / "actions.parquet", columns=["object_id"], filters=[("kind", "=", "media")]
    )
    return [str(value) for value in actions["object_id"].unique().to_pylist()]


def _shown(file: Path) -> str:
    """Its name as text; bytes of a name that are no UTF-8 become U+FFFD."""
    return file.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _ingest_one(case: Case, sha256: str, reading: Reading, role: str, progress: Progress) -> ImportResult:
    mapping = {**reading.mapping}
    if reading.author_in_file_name:
        mapping["account_id"] = "(name of the file)"
    id = _import_id(sha256, reading, role)
    done = ImportResult(
        import_id=id,
        file=reading.file,
        importer=reading.importer.name,
        encoding=reading.encoding,
        mapping=mapping,
        unknown_columns=reading.unknown_columns,
        rows_read=0,
        rows_kept=0,
        rows_rejected=0,
        rows_duplicate=0,
        precision=None,
        already=id in case.imports(),
        notes=reading.notes,
        reject_examples=(),
    )
    if done.already:
        return _read_before(case, done)
    _refuse_twice(case, sha256, reading.file, role)
    facts = {"file": reading.file, "original": sha256, "importer": reading.importer.name, "role": role}
    earlier = {name: case.parts(name, role) for name in ("posts", "actions")}
    with case.writing("data", id, facts) as folder:
        tally = import_file(reading, id, folder, earlier, progress)
        write_parquet(_imports_row(done, tally, sha256, reading.importer.version, role), folder / "imports.parquet")
    return _with_tally(done, tally)


ROLE_WORDS = {"case": "posts under investigation", "control": "the ordinary crowd"}


def _refuse_twice(case: Case, sha256: str, file: str, role: str) -> None:
    """InputError when the same bytes were read before: in another way, so that every post would count twice, or for the
    other role."""
    for part in (*case.parts("imports", "case"), *case.parts("imports", "control")):
        known = pq.read_table(part, columns=["import_id", "sha256", "role"]).to_pylist()[0]
        if known["sha256"] == sha256 and known["role"] != role:
            raise InputError(
                f"{file} is in this case already as {ROLE_WORDS[known['role']]}: a crowd cannot be held against itself. Give "
                "posts of other accounts, which nobody suspects, as --control."
            )
        if known["sha256"] == sha256:
            raise InputError(
                f"{file} was read into this case before, with other columns (import {known['import_id']}); read again, every "
                "post would count twice. Name another case for this reading: --case FOLDER, or the first argument of ingest."
            )


def _import_id(sha256: str, reading: Reading, role: str) -> str:
    """The same bytes read in the same way for the same role have the same id."""
    how = [reading.importer.name, reading.importer.version, reading.mapping, reading.platform, role]
    return hashlib.sha256(canonical([sha256, *how])).hexdigest()[:16]


def _with_tally(done: ImportResult, tally: Tally) -> ImportResult:
    return replace(
        done,
        rows_read=tally.rows_read,
        rows_kept=tally.rows_kept,
        rows_rejected=tally.rows_rejected,
        rows_duplicate=tally.rows_duplicate,
        precision=tally.precision,
        notes=(*done.notes, *tally.notes),
        reject_examples=tally.examples,
    )


def _imports_row(done: ImportResult, tally: Tally, sha256: str, version: str, role: str) -> pa.Table:
    row = {
        "import_id": done.import_id,
        "file": done.file,
        "sha256": sha256,
        "importer": done.importer,
        "importer_version": version,
        "encoding": done.encoding,
        "mapping": json.dumps(dict(done.mapping), ensure_ascii=False),
        "rows_read": tally.rows_read,
        "rows_kept": tally.rows_kept,
        "rows_rejected": tally.rows_rejected,
        "rows_duplicate": tally.rows_duplicate,
        "precision": tally.precision,
        "role": role,
    }
    return pa.Table.from_pylist([row], schema=schema.IMPORTS.arrow)


def _read_before(case: Case, done: ImportResult) -> ImportResult:
    row = pq.read_table(case.path / "data" / done.import_id / "imports.parquet").to_pylist()[0]
    counts = {name: row[name] for name in ("rows_read", "rows_kept", "rows_rejected", "rows_duplicate", "precision")}
    return replace(done, **counts, notes=(f"Read before as import {done.import_id}; nothing was done.", *done.notes))


def _one_account(case: Case, role: str) -> tuple[str, ...]:
    """A note when all posts of that role are by one account."""
    engine = DuckDB()
    try:
        engine.attach("posts", case.parts("posts", role))
        accounts = engine.sql("SELECT DISTINCT account_id FROM posts LIMIT 2")["account_id"].to_pylist()
    finally:
        engine.close()
    if len(accounts) != 1:
        return ()
    return (f"All posts read so far are by one account ('{accounts[0]}'): no two accounts can be compared yet.",)
