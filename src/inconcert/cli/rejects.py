"""`inconcert rejects`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from inconcert.cli.bars import bars
from inconcert.cli.options import (
    FILE,
    case_argument,
    day_first_option,
    force_option,
    format_option,
    mapping_option,
    platform_option,
    verb,
    zone_option,
)
from inconcert.cli.terminal import show

if TYPE_CHECKING:
    from inconcert.verbs.reject_groups import Example, RejectGroup
    from inconcert.verbs.rejects import Rejects
    from inconcert.verbs.retry import Retried


@verb("rejects", "Show what could not be read, and read it again.")
@case_argument
@click.argument("named", metavar="[IMPORT or FILE]", required=False)
@click.option("--reason", metavar="TEXT", help="Only reasons with these words.")
@click.option(
    "--limit", type=click.IntRange(0), default=3, show_default=True, help="Most records shown of each reason."
)
@click.option("--all", is_flag=True, help="Every reason, not only the commonest.")
@click.option("--export", type=FILE, metavar="FILE",
              help="Write the records set aside, as their source wrote them, to a file to mend and ingest.")  # fmt: skip
@force_option
@click.option("--retry", is_flag=True, help="Read the records set aside again, with the options that follow.")
@mapping_option
@format_option
@platform_option
@zone_option
@day_first_option
def command(
    case: Path,
    named: str | None,
    reason: str | None,
    limit: int,
    all: bool,
    export: Path | None,
    force: bool,
    retry: bool,
    mapping: Mapping[str, str],
    format: str | None,
    platform: str | None,
    zone: str | None,
    day_first: bool | None,
    as_json: bool,
) -> None:
    """Show the records and values that were set aside when files were read: by file, column and reason, how many, the bytes
    that the source wrote for the first of them (at most 300 characters), and what to do. IMPORT or FILE: of that import, or of the files of that name, alone.

    After a change (another column, another format, a newer version of Inconcert) --retry reads the records set aside again,
    and no other; what can be read now becomes an import of its own. --export writes them to a file in the layout of their
    source instead, for a person to mend and ingest.

    \b
    Example:
      inconcert rejects my-case --retry --map account_id=user
    """
    from inconcert.verbs.init import open_case
    from inconcert.verbs.rejects import rejects

    with bars() as progress:
        done = rejects(
            open_case(case), named, reason=reason, limit=limit, all=all, export=export, retry=retry, mapping=mapping,
            format=format, platform=platform, zone=zone, day_first=day_first, force=force, now=datetime.now(UTC), progress=progress,
        )  # fmt: skip
    show(done, _lines(done), as_json=as_json)


def _lines(done: Rejects) -> Iterator[str]:
    for one in done.retries:
        yield from _retried(one)
    if done.exported is not None:
        file = done.exported
        yield f"{file.path}: {file.records:,} records, {file.layout}, {file.encoding}; mend them and ingest that file"
        yield from (f"note: {note}" for note in file.notes)
        return
    yield f"{done.rows:,} records are set aside" + (" still" if done.retries else "")
    for group in done.groups:
        yield from _group(group)
    if done.reasons > len(done.groups):
        yield f"{done.reasons - len(done.groups):,} further reasons: --all shows them"
    yield from (f"what import {id} set aside was read again by import {by}" for id, by in done.retried.items())


def _retried(one: Retried) -> Iterator[str]:
    if one.import_id is not None:
        yield (
            f"{one.file}: {one.rows_kept:,} of {one.rows_read:,} records that were set aside are kept now (import "
            f"{one.import_id}), {one.rows_duplicate:,} repeat another, {one.rows_rejected:,} are set aside again"
        )
    else:
        yield f"{one.file} (import {one.retries}): nothing was added"
    yield from (f"  note: {note}" for note in one.notes)


def _group(group: RejectGroup) -> Iterator[str]:
    yield ""
    yield f"{group.file} (import {group.import_id}){f', {group.column}' if group.column else ''}: {group.reason}"
    if group.fatal:
        yield f"  {group.rows:,} records set aside, {group.share:.2%} of the file"
    else:
        yield f"  {group.rejects:,} values left out or changed in {group.rows:,} records, {group.share:.2%} of the file"
    if group.remedy:
        yield f"  what to do: {group.remedy}"
    for example in group.examples:
        yield from _example(example)


def _example(example: Example) -> Iterator[str]:
    value = f": '{example.value}'" if example.value and example.value != example.raw else ""
    yield f"  row {example.row}{value}" if example.row is not None else f"  {example.value or ''}"
    if example.raw is not None:
        whole = f" … ({example.raw_bytes:,} bytes)" if len(example.raw) >= SHOWN else ""
        yield f"    {example.raw}{whole}"


SHOWN = 300
"""Characters of a record that are shown."""
