"""One file becomes the tables of one import: read, normalised, joined with what was met before, written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from inconcert.errors import InputError
from inconcert.ingest.reading import Reading
from inconcert.progress import Progress
from inconcert.verbs.import_join import Joined, join
from inconcert.verbs.import_notes import lacking, on_insisting, on_named_ids, on_observations, on_zones
from inconcert.verbs.import_records import ImportRecords, Whole
from inconcert.verbs.import_tally import Tally
from inconcert.verbs.met_before import Before
from inconcert.verbs.passed import passed_note, passed_words


def import_file(
    reading: Reading,
    import_id: str,
    folder: Path,
    earlier: Mapping[str, Sequence[Path]],
    progress: Progress,
    whole: Whole | None = None,
) -> Tally:
    """Write posts, further observations of posts, accounts, actions and rejects of a file into a folder.

    earlier: Parquet files of what this import joins, by table; see `parts_before`.
    whole: for a part of a file, which is never refused because most of it cannot be used.
    InputError when the file has no records or most of them cannot be used.
    """
    with closing(Before(earlier, folder.parent)) as before:
        return import_next(reading, import_id, folder, before, progress, whole)


def import_next(
    reading: Reading,
    import_id: str,
    folder: Path,
    before: Before,
    progress: Progress,
    whole: Whole | None = None,
) -> Tally:
    """As `import_file`, one of several files: add what was written to `before` when it lies in the case."""
    try:
        records = ImportRecords(reading, import_id, folder, before, whole)
        for batch in reading.batches():
            records.add(batch)
            progress(f"reading {reading.file}", batch.bytes_done, reading.size, rows=records.rows_read)
        progress(f"joining {reading.file}", 0, None)
        _refuse_empty(reading, records)
        joined = join(records, import_id, reading.mapping, before.engine)
    except BaseException:
        before.forget_ids()
        raise
    set_aside, _ = records.rejects.told(fatal=True)
    return Tally(
        records.rows_read,
        records.rows_read - records.rejects.rows - joined.duplicate,
        records.rejects.rows,
        joined.duplicate,
        records.precision,
        set_aside,
        tuple(_notes(reading, records, joined, whole)),
        records.passed,
    )


def _refuse_empty(reading: Reading, records: ImportRecords) -> None:
    if records.rows_read == 0:
        what = (
            f"holds no posts ({passed_words(records.passed, 'posts')})"
            if records.passed
            else "names columns but holds no records"
        )
        raise InputError(f"{reading.file} {what}.")


def _notes(reading: Reading, records: ImportRecords, joined: Joined, whole: Whole | None) -> list[str]:
    unread, count = records.rejects.told(fatal=False)
    return [
        *([f"{count:,} values could not be read: {'; '.join(unread[:3])}"] if unread else []),
        *on_insisting(reading),
        *records.ids.notes(),
        *records.rejects.notes(),
        *passed_note(records.passed, "posts"),
        *records.times.notes(),
        *records.midnights.notes(),
        *on_zones(reading, records.zones),
        *on_observations(joined.observed, joined.filled),
        *on_named_ids(joined.named),
        *lacking(reading, records.n_actions + joined.actions),
        *(records.fill.warnings() if whole is None else []),
    ]
