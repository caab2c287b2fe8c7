"""`inconcert ingest`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from inconcert.cli.bars import bars
from inconcert.cli.options import case_argument, files_argument, mapping_option, platform_option, source_option, verb
from inconcert.cli.terminal import show

if TYPE_CHECKING:
    from inconcert.verbs.ingest import ImportResult


@verb("ingest", "Read files of posts into a case.")
@case_argument
@files_argument
@mapping_option
@source_option
@platform_option
@click.option("--role", type=click.Choice(["case", "control"]), default="case", show_default=True,
              help="control: a reference crowd, not what is investigated.")  # fmt: skip
def command(
    case: Path,
    files: Sequence[Path],
    mapping: Mapping[str, str],
    source: str | None,
    platform: str | None,
    role: str,
    as_json: bool,
) -> None:
    """Read files of posts into a case: CSV, TSV, JSONL or Parquet, plain, .gz or .zst.

    Columns are found by their names and shown; rows that cannot be read are set aside, counted, and kept with the reason
    in the table 'rejects'. A file that was read before is not read again.

    \b
    Example:
      inconcert ingest my-case posts.csv --map created_at=Zeit
    """
    from inconcert.verbs.ingest import ingest
    from inconcert.verbs.init import open_case

    with bars() as progress:
        done = ingest(
            open_case(case), files, mapping=mapping, source=source, role=role, platform=platform,
            now=datetime.now(UTC), progress=progress,
        )  # fmt: skip
    show(done, import_lines(done), as_json=as_json)


def import_lines(done: Sequence[ImportResult]) -> Iterator[str]:
    """What was read, in words."""
    for one in done:
        yield f"{one.file}: {one.rows_kept:,} of {one.rows_read:,} rows kept"
        if one.rows_rejected:
            yield f"  {one.rows_rejected:,} rows set aside, for instance:"
            yield from (f"    {example}" for example in one.reject_examples)
        if one.rows_duplicate:
            yield f"  {one.rows_duplicate:,} rows left out that repeat another"
        times = f", times to the {PRECISIONS.get(one.precision, one.precision)}" if one.precision else ", no times"
        yield f"  read as {one.importer}{f', {one.encoding}' if one.encoding else ''}{times}"
        yield "  columns: " + ", ".join(
            field if field == column else f"{field} from '{column}'" for field, column in one.mapping.items()
        )
        if one.unknown_columns:
            yield "  columns not used: " + ", ".join(one.unknown_columns)
        yield from (f"  note: {note}" for note in one.notes)


PRECISIONS = {"s": "second", "min": "minute"}
