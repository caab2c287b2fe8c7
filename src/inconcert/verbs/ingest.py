"""Read files into a case: posts, and whatever else the importers know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from inconcert.case import Case
from inconcert.engine.duckdb import DuckDB
from inconcert.errors import InputError, NotAllRead, UnknownName
from inconcert.ingest.importers import IMPORTERS
from inconcert.ingest.reading import Reading, open_reading
from inconcert.ingest.stream.byte_stream import ByteStream
from inconcert.normalise.local_time import refuse_unknown_zone
from inconcert.progress import Progress, silent
from inconcert.verbs.companions import on_companions
from inconcert.verbs.import_result import ImportResult
from inconcert.verbs.ingest_batch import Batch
from inconcert.verbs.ingest_media import MediaWanted
from inconcert.verbs.read_so_far import ReadSoFar
from inconcert.verbs.two_ids import two_ids
from inconcert.verbs.two_ids_notes import notes_on

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
    day_first: bool | None = None,
    insist_private: bool = False,
    media: Path | None = None,
    ocr: bool = False,
    faces: bool = False,
    now: datetime,
    progress: Progress = silent,
) -> list[ImportResult]:
    """Read files, and the files in folders, into the case, one import a file; one that was read in the same way before is left
    alone.

    Of an archive every file in it is an import, named "archive.zip/posts.csv"; those that hold no posts or cannot be read are
    told in the notes of the last one, as long as one can be read. So it is with a folder, whose pictures and videos are read too.

    mapping: {field: column} that goes before what the column names suggest; an empty column unsets a field.
    format: name of an importer (see `sources`), found by what is in the file unless given.
    role: of posts: "case", or "control" for a reference crowd.
    platform: where the posts are from, when the files do not say.
    zone: of times that are written without one, as in "Asia/Shanghai"; without it the one that the tool always writes, else UTC.
    day_first: whether dates such as 3/4/2024 begin with the day, where the file itself leaves that open.
    insist_private: read files of private messages and files with live credentials, which are refused otherwise.
    media: folder with the pictures and videos of the posts (see import_media); without it, those beside a file are read that
    it names. ocr, faces: also read the words in pictures, and test profile pictures.
    InputError when nothing that was given can be read, or none of its records; NotAllRead, at the end, when that holds for some
    of what was given: the others are in the case. UnknownName, before anything is read, for a format, role or zone.
    """
    if role not in ROLES:
        raise UnknownName("role", role, ROLES)
    if format is not None and format not in IMPORTERS:
        raise UnknownName("format", format, IMPORTERS)
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
            day_first=day_first,
            insist_private=insist_private,
        )

    wanted = MediaWanted(media, ocr, faces)
    with case.lock(), closing(ReadSoFar(case, role)) as so_far:
        batch = Batch(case, files, understand, role, wanted, so_far, insist_private=insist_private, progress=progress)
        for file in files:
            batch.take(file)
        results = batch.finish()
        notes = (*on_companions(case, role, results), *_one_account(case, role), *notes_on(case, two_ids(case, role)))
    results = [*results[:-1], replace(results[-1], notes=(*results[-1].notes, *notes))]
    if batch.failures:
        raise NotAllRead(results, batch.failures)
    return results


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
