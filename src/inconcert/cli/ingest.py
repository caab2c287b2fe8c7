"""`inconcert ingest`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from inconcert.cli.bars import bars
from inconcert.cli.import_lines import import_lines, total_lines
from inconcert.cli.options import (
    FILE,
    case_argument,
    day_first_option,
    files_argument,
    format_option,
    insist_option,
    mapping_option,
    platform_option,
    verb,
    zone_option,
)
from inconcert.cli.terminal import complain, show, typed, unclickable
from inconcert.errors import NotAllRead

if TYPE_CHECKING:
    from inconcert.case import Case
    from inconcert.verbs.import_result import ImportResult


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
@day_first_option
@insist_option
@click.option("--role", type=click.Choice(["case", "control"]), default="case", show_default=True,
              help="control: a reference crowd, not what is investigated.")  # fmt: skip
@takes_media
@click.pass_context
def command(
    context: click.Context,
    case: Path,
    files: Sequence[Path],
    mapping: Mapping[str, str],
    format: str | None,
    platform: str | None,
    zone: str | None,
    day_first: bool | None,
    insist_private: bool,
    role: str,
    media: Path | None,
    ocr: bool,
    faces: bool,
    as_json: bool,
) -> None:
    """Read files into a case, packed or plain, or folders of them: exports of platforms and tools, and any table of posts.

    What a file is, is found by what is in it, and said; 'inconcert sources' lists what is known. Files of other things than
    posts (documents, indicators, trends) are kept beside them. Rows that cannot be read are set aside, counted, and kept
    with the reason in the table 'rejects'. A file that was read before is not read again. Private messages and files with
    live credentials are refused. If some of the files given cannot be read the others are, and the exit code is 1.

    Pictures and videos are found by the media ids or addresses of the posts, as <post id>.jpg or <post id>_1.jpg, and as
    avatars/<account id or handle>.jpg; files that the posts name and that lie beside them are found without --media.

    \b
    Example:
      inconcert ingest my-case posts.csv --map created_at=Zeit
    """
    from inconcert.verbs.ingest import ingest
    from inconcert.verbs.init import open_case

    opened = open_case(case)
    failures: Mapping[str, str] = {}
    with bars() as progress:
        try:
            done = ingest(
                opened, files, mapping=mapping, format=format, role=role, platform=platform, zone=zone, day_first=day_first,
                insist_private=insist_private, media=media, ocr=ocr, faces=faces, now=datetime.now(UTC), progress=progress,
            )  # fmt: skip
        except NotAllRead as partly:
            done, failures = list(partly.done), partly.failures
    show(done, _lines(opened, role, done), as_json=as_json)
    for file, why in failures.items():
        complain(f"not read: {unclickable(file)}: {unclickable(why)}")
    if failures:
        context.exit(NotAllRead.exit_code)


def _lines(case: Case, role: str, done: Sequence[ImportResult]) -> Iterator[str]:
    from inconcert.verbs.case_totals import case_totals

    yield from import_lines(done)
    yield from total_lines(done, case_totals(case, role))
    yield from _next_lines(case.path, role, done)


def _next_lines(case: Path, role: str, done: Sequence[ImportResult]) -> Iterator[str]:
    """What may come next."""
    if any(one.rows_rejected for one in done):
        yield f"what was set aside, with its bytes: {typed('rejects', case)}"
    if role == "case":
        yield f"next: {typed('investigate', '--case', case)}"
