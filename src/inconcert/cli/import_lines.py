"""What became of files that were read, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from inconcert.cli.terminal import unclickable

if TYPE_CHECKING:
    from inconcert.verbs.case_totals import CaseTotals
    from inconcert.verbs.import_media import MediaResult
    from inconcert.verbs.import_result import ImportResult

COLUMNS_SHOWN = 20
FILES_SHOWN = 25
"""Files told one by one; of those after them, only what needs a look."""
NAMES_SHOWN = 5
PRECISIONS = {"s": "second", "min": "minute"}


def import_lines(done: Sequence[ImportResult]) -> Iterator[str]:
    """First, in short, what the case held before; then every file; last what is to be said of several of them, once."""
    before = [one for one in done if one.already]
    new = [one for one in done if not one.already]
    yield from _already(before)
    times = Counter(note for one in new for note in set(one.notes))
    told = [one for place, one in enumerate(new) if place < FILES_SHOWN or one.rows_rejected or one.media is not None]
    for one in told:
        yield from _file(one, times)
    if left := [one for one in new if one not in told]:
        kept, read = sum(one.rows_kept for one in left), sum(one.rows_read for one in left)
        yield f"{len(left):,} further files without anything to look at: {kept:,} of {read:,} records kept"
    shown = {id(one) for one in told}
    for note, count in times.items():
        if count > 1:
            yield f"note on {count:,} files: {unclickable(note)}"
        elif not any(note in one.notes for one in told if id(one) in shown):
            yield f"note: {unclickable(note)}"
    for one in before:
        yield from (f"note: {unclickable(note)}" for note in one.notes)
        if one.media is not None:
            yield from media_lines(one.media)


def _already(before: Sequence[ImportResult]) -> Iterator[str]:
    names = [unclickable(one.file) for one in before]
    if len(names) == 1:
        yield f"{names[0]}: read before (import {before[0].import_id}), nothing was done"
    elif names:
        more = f" and {len(names) - NAMES_SHOWN:,} more" if len(names) > NAMES_SHOWN else ""
        yield f"{len(names):,} files were read before, nothing was done: {', '.join(names[:NAMES_SHOWN])}{more}"


def _file(one: ImportResult, times: Counter[str]) -> Iterator[str]:
    given = ", ".join(f"{n:,} rows of {table}" for table, n in one.tables.items())
    kept = f"{one.rows_kept:,} of {one.rows_read:,} records kept" + (f" ({given})" if given else "")
    yield f"{unclickable(one.file)}: {kept} (import {one.import_id})"
    precision = f", times to the {PRECISIONS.get(one.precision, one.precision)}" if one.precision else ", no times"
    how = f"{one.importer}{f', {one.encoding}' if one.encoding else ''}{'' if one.tables else precision}"
    yield f"  read as {how}: {unclickable(one.why)}"
    if not one.shaped:
        yield "  columns: " + ", ".join(
            field if field == column else f"{field} from '{unclickable(column)}'"
            for field, column in one.mapping.items()
        )
    if one.unknown_columns:
        more = len(one.unknown_columns) - COLUMNS_SHOWN
        shown = unclickable(", ".join(one.unknown_columns[:COLUMNS_SHOWN]))
        yield f"  columns not used: {shown}{f' and {more:,} more' if more > 0 else ''}"
    if one.rows_rejected:
        yield f"  {one.rows_rejected:,} records set aside, for instance:"
        yield from (f"    {unclickable(example)}" for example in one.reject_examples)
    if one.rows_duplicate:
        yield f"  {one.rows_duplicate:,} records left out: their posts were met before, in this file or another, and they say nothing new"
    yield from (f"  note: {unclickable(note)}" for note in one.notes if times[note] == 1)
    if one.media is not None:
        yield from media_lines(one.media)


def total_lines(done: Sequence[ImportResult], now: CaseTotals) -> Iterator[str]:
    """What was read in all, and what the case holds now."""
    new = [one for one in done if not one.already]
    if new:
        read, kept, aside, repeated = (
            sum(getattr(one, name) for one in new)
            for name in ("rows_read", "rows_kept", "rows_rejected", "rows_duplicate")
        )
        files = f"{len(new):,} new file{'s' if len(new) > 1 else ''}"
        yield f"in all: {files}, {read:,} records: {kept:,} kept, {aside:,} set aside, {repeated:,} repeated"
    what = "the control crowd" if now.role == "control" else "the case"
    yield f"{what} now holds {now.posts:,} posts and {now.accounts:,} accounts"


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
