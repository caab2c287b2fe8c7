"""`inconcert ingest`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from inconcert.cli.bars import bars
from inconcert.cli.options import (
    FILE,
    case_argument,
    files_argument,
    format_option,
    insist_option,
    mapping_option,
    platform_option,
    verb,
    zone_option,
)
from inconcert.cli.terminal import show

if TYPE_CHECKING:
    from inconcert.verbs.import_media import MediaResult
    from inconcert.verbs.import_result import ImportResult


COLUMNS_SHOWN = 30

media_options = (
    click.option("--media", type=FILE, metavar="FOLDER", help="Folder with the pictures and videos of the posts."),
    click.option("--ocr", is_flag=True, help="Also read the words in pictures (slow: seconds each)."),
    click.option("--faces", is_flag=True, help="Also test profile pictures for generated faces."),
)


def takes_media(function: Callable[..., None]) -> Callable[..., None]:
    """The options for pictures and videos."""
    for option in reversed(media_options):
        function = option(function)
    return function


@verb("ingest", "Read files into a case, whatever tool they are from.")
@case_argument
@files_argument
@mapping_option
@format_option
@platform_option
@zone_option
@insist_option
@click.option("--role", type=click.Choice(["case", "control"]), default="case", show_default=True,
              help="control: a reference crowd, not what is investigated.")  # fmt: skip
@takes_media
def command(
    case: Path,
    files: Sequence[Path],
    mapping: Mapping[str, str],
    format: str | None,
    platform: str | None,
    zone: str | None,
    insist_private: bool,
    role: str,
    media: Path | None,
    ocr: bool,
    faces: bool,
    as_json: bool,
) -> None:
    """Read files into a case, packed or plain: exports of platforms and tools, and any table of posts.

    What a file is, is found by what is in it, and said; 'inconcert sources' lists what is known. Files of other things than
    posts (documents, indicators, trends) are kept beside them. Rows that cannot be read are set aside, counted, and kept
    with the reason in the table 'rejects'. A file that was read before is not read again. Private messages and files with
    live credentials are refused.

    Pictures and videos are found by the media ids or addresses of the posts, as <post id>.jpg or <post id>_1.jpg, and as
    avatars/<account id or handle>.jpg; files that the posts name and that lie beside them are found without --media.

    \b
    Example:
      inconcert ingest my-case posts.csv --map created_at=Zeit
    """
    from inconcert.verbs.ingest import ingest
    from inconcert.verbs.init import open_case

    with bars() as progress:
        done = ingest(
            open_case(case), files, mapping=mapping, format=format, role=role, platform=platform,
            zone=zone, insist_private=insist_private, media=media, ocr=ocr, faces=faces, now=datetime.now(UTC), progress=progress,
        )  # fmt: skip
    show(done, (*import_lines(done), *_next_lines(case, role, done)), as_json=as_json)


def _next_lines(case: Path, role: str, done: Sequence[ImportResult]) -> Iterator[str]:
    """What may come next."""
    if any(one.rows_rejected for one in done):
        yield f"what was set aside, with its bytes: inconcert rejects {case}"
    if role == "case":
        yield f"next: inconcert investigate --case {case}"


def import_lines(done: Sequence[ImportResult]) -> Iterator[str]:
    """What was read, in words."""
    for one in done:
        given = ", ".join(f"{n:,} rows of {table}" for table, n in one.tables.items())
        yield f"{one.file}: {one.rows_kept:,} of {one.rows_read:,} rows kept" + (f" ({given})" if given else "")
        if one.rows_rejected:
            yield f"  {one.rows_rejected:,} rows set aside, for instance:"
            yield from (f"    {example}" for example in one.reject_examples)
        if one.rows_duplicate:
            yield f"  {one.rows_duplicate:,} rows left out that repeat another"
        times = f", times to the {PRECISIONS.get(one.precision, one.precision)}" if one.precision else ", no times"
        times = "" if one.tables else times
        yield f"  read as {one.importer}{f', {one.encoding}' if one.encoding else ''}{times}: {one.why}"
        yield "  columns: " + ", ".join(
            field if field == column else f"{field} from '{column}'" for field, column in one.mapping.items()
        )
        if one.unknown_columns:
            more = len(one.unknown_columns) - COLUMNS_SHOWN
            shown = ", ".join(one.unknown_columns[:COLUMNS_SHOWN])
            yield f"  columns not used: {shown}{f' and {more:,} more' if more > 0 else ''}"
        yield from (f"  note: {note}" for note in one.notes)
        if one.media is not None:
            yield from media_lines(one.media)


def media_lines(read: MediaResult) -> Iterator[str]:
    """What became of a folder of pictures and videos, in words."""
    yield f"{read.folder}: {read.matched:,} of {read.files:,} files belong to posts or profiles of the case"
    if read.already:
        yield "  all of them were read before; nothing was done"
    elif read.pictures:
        yield f"  {read.pictures:,} pictures and frames of {read.posts:,} posts, {read.accounts:,} accounts"
    if read.texts:
        yield f"  {read.texts:,} lines read in them"
    if read.faces:
        yield f"  {read.faces:,} profile pictures tested"
    if read.unmatched:
        yield f"  {read.unmatched:,} files left alone that nobody names"
    if read.set_aside:
        yield f"  {read.set_aside:,} files set aside, for instance:"
        yield from (f"    {example}" for example in read.reject_examples)
    yield from (f"  note: {note}" for note in read.notes)


PRECISIONS = {"s": "second", "min": "minute"}
