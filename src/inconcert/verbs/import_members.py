"""The files that an investigator gives, and the files in them: each that can be read becomes an import of its own."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from inconcert.case import Case, scratch
from inconcert.errors import InputError, MissingExtra
from inconcert.ingest.reading import Reading
from inconcert.ingest.stream.byte_stream import ByteStream
from inconcert.ingest.stream.members import UNREADABLE, Unread, members, none_readable, path_inside
from inconcert.ingest.stream.no_data import PICTURES, VIDEOS
from inconcert.verbs.import_result import ImportResult
from inconcert.verbs.unread_notes import unread_notes

Understand = Callable[[ByteStream, str], Reading]
"""How the bytes of a file of that name are opened; InputError when they cannot be read."""

_FOLDER = "members"


def refuse_unreadable(case: Case, file: Path, name: str, understand: Understand) -> None:
    """InputError unless something in the file can be understood; of an archive no more is read than that takes.

    Call it under the lock of the case, as what needs to be unpacked is unpacked there.
    """
    unread: list[Unread] = []
    with closing(_readings(case, file, name, understand)) as found:
        for one in found:
            if isinstance(one, Reading):
                return
            unread.append(one)
    raise InputError(none_readable(name, unread))


def import_members(
    case: Case, file: Path, name: str, understand: Understand, take: Callable[[Reading], ImportResult]
) -> list[ImportResult]:
    """What `take` makes of every file in a file that can be read, one after the other; what was not read is in the notes.

    InputError when nothing can be read; under the lock of the case, as `refuse_unreadable`.
    """
    results: list[ImportResult] = []
    unread: list[Unread] = []
    for one in _readings(case, file, name, understand):
        if isinstance(one, Unread):
            unread.append(one)
            continue
        try:
            results.append(take(one))
        except InputError as refusal:
            if not path_inside(one.file):
                raise
            unread.append(Unread(path_inside(one.file), UNREADABLE, str(refusal)))
    if not results:
        raise InputError(none_readable(name, unread))
    return [*results[:-1], replace(results[-1], notes=(*results[-1].notes, *_notes(name, unread)))]


def _readings(case: Case, file: Path, name: str, understand: Understand) -> Generator[Reading | Unread, None, None]:
    for one in members(file, name, _folder(case)):
        if isinstance(one, Unread):
            yield one
            continue
        try:
            reading = understand(one.stream, f"{name}/{one.path}" if one.path else name)
        except (InputError, MissingExtra) as refusal:
            if not one.path:
                raise
            yield Unread(one.path, UNREADABLE, str(refusal))
            continue
        yield reading


def _folder(case: Case) -> Path:
    return case.path / scratch.NAME / _FOLDER


def _notes(name: str, unread: Sequence[Unread]) -> Iterator[str]:
    """What was passed over, in sentences."""
    yield from unread_notes(name, unread)
    if any(one.kind in (PICTURES, VIDEOS) for one in unread if one.reason is None):
        yield f"To read the pictures and videos in {name}, unpack it and name the folder: --media FOLDER"
