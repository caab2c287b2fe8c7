"""Read files into a case: posts, and whatever else the importers know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.compute as pc
import pyarrow.parquet as pq

from inconcert.case import Case
from inconcert.engine.duckdb import DuckDB
from inconcert.errors import InputError, MissingExtra, UnknownName
from inconcert.ingest.reading import Reading, open_reading
from inconcert.ingest.stream.byte_stream import ByteStream
from inconcert.normalise.local_time import refuse_unknown_zone
from inconcert.progress import Progress, silent
from inconcert.verbs.import_members import import_members, refuse_unreadable
from inconcert.verbs.import_reading import import_reading
from inconcert.verbs.import_result import ImportResult
from inconcert.verbs.media_folder import beside, relative_name
from inconcert.verbs.sensitive_members import refuse_sensitive_members
from inconcert.verbs.two_ids import note_on, two_ids

if TYPE_CHECKING:
    from inconcert.verbs.import_media import MediaResult

ROLES = ("case", "control")


def ingest(
    case: Case,
    files: Sequence[Path],
    *,
    mapping: Mapping[str, str] | None = None,
    format: str | None = None,
    role: str = "case",
    platform: str | None = None,
    zone: str | None = None,
    insist_private: bool = False,
    media: Path | None = None,
    ocr: bool = False,
    faces: bool = False,
    now: datetime,
    progress: Progress = silent,
) -> list[ImportResult]:
    """Read files into the case, one import a file; a file that was read in the same way before is left alone.

    Of an archive every file in it is an import, named "archive.zip/posts.csv"; those that hold no posts or cannot be read are
    told in the notes of the last one, as long as one can be read.

    mapping: {field: column} that goes before what the column names suggest; an empty column unsets a field.
    format: name of an importer (see `sources`), found by what is in the file unless given.
    role: of posts: "case", or "control" for a reference crowd.
    platform: where the posts are from, when the files do not say.
    zone: of times that are written without one, as in "Asia/Shanghai"; without it the one that the tool always writes, else UTC.
    insist_private: read files of private messages and files with live credentials, which are refused otherwise.
    media: folder with the pictures and videos of the posts (see import_media); without it, those beside a file are read that
    it names. ocr, faces: also read the words in pictures, and test profile pictures.
    InputError, before anything is written, when a file cannot be read or does not fit; and when most records of a file cannot
    be used, in which case the files before it are in the case and it is not. UnknownName for a format, role or zone.
    """
    if role not in ROLES:
        raise UnknownName("role", role, ROLES)
    if zone is not None:
        refuse_unknown_zone(zone)
    if not files:
        raise InputError("No file was given. Name one, for instance: inconcert ingest CASE posts.csv")
    files = [Path(file) for file in files]
    case = replace(case, clock=lambda: now)

    def understand(stream: ByteStream, name: str) -> Reading:
        return open_reading(
            stream,
            name=name,
            mapping=mapping,
            source=format,
            platform=platform,
            zone=zone,
            insist_private=insist_private,
        )

    with case.lock():
        seen: dict[Path, str | None] = {}
        for file in files:
            seen[file] = refuse_sensitive_members(case, file, _shown(file), insist_private=insist_private)
            refuse_unreadable(case, file, _shown(file), understand)
        results: list[ImportResult] = []
        origins: list[Path] = []
        for file in files:
            sha256 = case.store_original(file, progress)
            take = partial(import_reading, case, sha256, role=role, insisted=seen[file], progress=progress)
            results += import_members(case, case.original(sha256), _shown(file), understand, take)
            origins += [file] * (len(results) - len(origins))
        results = _with_media(case, origins, results, media, ocr=ocr, faces=faces, progress=progress)
        lonely = _one_account(case, role)
        twice = note_on(two_ids(case, role))
    results = [replace(result, notes=(*result.notes, *lonely)) for result in results]
    return [*results[:-1], replace(results[-1], notes=(*results[-1].notes, *twice))]


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
    if media is not None:
        read = _read_media(case, media, ocr=ocr, faces=faces, progress=progress)
        return [*results[:-1], replace(results[-1], media=read)]
    done = []
    for file, result in zip(files, results, strict=True):
        names = {name for value in _media_values(case, result.import_id) if (name := relative_name(value))}
        folder = beside(file, names)
        if folder is None:
            done.append(result)
            continue
        try:
            read = _read_media(case, folder, ocr=ocr, faces=faces, only=sorted(names), progress=progress)
            done.append(replace(result, media=read))
        except MissingExtra as error:  # nobody asked for the pictures: the posts alone are a result
            note = f"Pictures that it names lie in {folder} and were not read. {error}"
            done.append(replace(result, notes=(*result.notes, note)))
    return done


def _read_media(
    case: Case, folder: Path, *, ocr: bool, faces: bool, only: Sequence[str] | None = None, progress: Progress
) -> MediaResult:
    # what pictures need is slow to load, and few exports have any
    from inconcert.verbs.import_media import import_media

    return import_media(case, folder, ocr=ocr, faces=faces, only=only, progress=progress)


def _media_values(case: Case, import_id: str) -> set[str]:
    file = case.path / "data" / import_id / "actions.parquet"
    if not file.exists():  # it holds other things than posts
        return set()
    values: set[str] = set()
    with pq.ParquetFile(file, read_dictionary=["kind"]) as actions:
        for group in range(actions.metadata.num_row_groups):
            kinds = actions.read_row_group(group, columns=["kind"])["kind"]
            if pc.any(of_media := pc.equal(kinds, "media")).as_py():
                objects = actions.read_row_group(group, columns=["object_id"])["object_id"]
                values.update(objects.filter(of_media).unique().to_pylist())
    return values


def _shown(file: Path) -> str:
    """Its name as text; bytes of a name that are no UTF-8 become U+FFFD."""
    return file.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _one_account(case: Case, role: str) -> tuple[str, ...]:
    """A note when all posts of that role are by one account."""
    if not (parts := case.parts("posts", role)):
        return ()
    engine = DuckDB()
    try:
        engine.attach("posts", parts)
        accounts = engine.sql("SELECT DISTINCT account_id FROM posts LIMIT 2")["account_id"].to_pylist()
    finally:
        engine.close()
    if len(accounts) != 1:
        return ()
    return (f"All posts read so far are by one account ('{accounts[0]}'): no two accounts can be compared yet.",)
