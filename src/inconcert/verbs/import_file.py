"""One file becomes the tables of one import: read, normalised, joined with what was met before, written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from inconcert import schema
from inconcert.engine.duckdb import DuckDB
from inconcert.errors import InputError
from inconcert.ingest.piece import Reject
from inconcert.ingest.reading import Batch, Reading
from inconcert.normalise.absent import present
from inconcert.normalise.precision import Grain
from inconcert.normalise.records import Normalised, normalise
from inconcert.normalise.written import Written
from inconcert.progress import Progress
from inconcert.verbs.fill_rates import FillRates
from inconcert.verbs.import_ids import ImportIds
from inconcert.verbs.import_notes import lacking, on_insisting, on_named_ids, on_observations, on_zones
from inconcert.verbs.import_rejects import ImportRejects
from inconcert.verbs.import_tables import Tables, rewrite, with_precision, without
from inconcert.verbs.import_times import ImportTimes
from inconcert.verbs.met_again import twins
from inconcert.verbs.met_before import attach_before
from inconcert.verbs.native_numbers import NativeNumbers
from inconcert.verbs.passed import passed_note, passed_words
from inconcert.verbs.put_off import PutOff
from inconcert.verbs.same_ids import named_ids, with_named_ids
from inconcert.verbs.seen_ids import SeenIds

_SURE_ROWS = 1_000_000
"""Records after which a file of which most fail is given up."""
_AGAIN = "again"
_DESCRIPTION = ", ".join(
    f'"{column.name}"'
    for column in schema.ACCOUNTS.columns
    if column.name not in ("observed_at", "import_id", "row_ref")
)
"""What two descriptions of an account differ in; when and where they were read is no part of it."""


@dataclass(frozen=True)
class Tally:
    """Counts of one import; rows_read is the sum of the others.   precision: s, min, day, or None without times.

    examples: one record set aside for each of the commonest reasons.   notes: what the user should know of the result.
    passed: objects that hold no records of ours, by kind.   tables: rows by table, of files of other things than posts.
    """

    rows_read: int
    rows_kept: int
    rows_rejected: int
    rows_duplicate: int
    precision: str | None
    examples: tuple[str, ...]
    notes: tuple[str, ...]
    passed: Mapping[str, int] = field(default_factory=dict)
    tables: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Whole:
    """The file of which only records set aside before are read.   precision: of its times, None when nothing says."""

    reading: Reading
    precision: str | None


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
    engine = DuckDB()
    try:
        attach_before(engine, earlier)
        work = _Import(reading, import_id, folder, engine, whole)
        for batch in reading.batches():
            work.add(batch)
            progress(f"reading {reading.file}", batch.bytes_done, reading.size, rows=work.rows_read)
        progress(f"joining {reading.file}", 0, None)
        return work.finish()
    finally:
        engine.close()


class _Import:
    """The import while it is made: feed it every batch, then finish it."""

    def __init__(self, reading: Reading, import_id: str, folder: Path, engine: DuckDB, whole: Whole | None) -> None:
        self._reading, self._id, self._engine, self._whole = reading, import_id, engine, whole
        self._new, self._late, self._again = Tables(folder), Tables(folder), PutOff(folder / _AGAIN)
        self._rejects = ImportRejects(Tables(folder), reading, import_id)
        self._numbers = NativeNumbers(Tables(folder), import_id)
        self._times, self._ids, self._fill = (
            ImportTimes(whole.reading if whole else reading),
            ImportIds(reading),
            FillRates(reading),
        )
        self._zones: Counter[str] = Counter()
        self._passed: Counter[str] = Counter()
        self._met_posts, self._met_accounts = SeenIds(), SeenIds()
        self._met_posts.met(self._hashes("SELECT hash(post_id) AS h FROM earlier_posts"))
        self.rows_read = self._n_actions = 0
        self._grain = Grain()
        self._precision: str | None = None
        self._some_unnamed = False
        self._n_observed = self._n_named = 0

    def add(self, batch: Batch) -> None:
        """Normalise and write one batch; records whose post was met before wait for the end."""
        self.rows_read += batch.rows_read
        self._passed.update(batch.passed)
        self._ids.add(batch.fields, batch.rejects)
        self._rejects.add_read(batch.rejects, batch.rows_read - len(batch.fields))
        self._numbers.add(batch.held)
        again = self._met_before(batch.fields)
        written = self._times.of(batch.fields)
        first = self._normalise(batch.fields.filter(pa.array(~again)) if again.any() else batch.fields, written)
        self._precision = self._precision or self._precision_so_far()
        self._new.add("posts", with_precision(first.posts, self._precision))
        self._new.add("actions", first.actions)
        self._add_accounts(first.accounts)
        self._n_actions += len(first.actions)
        if again.any():
            waiting = batch.fields.filter(pa.array(again))
            self._again.add(waiting, self._normalise(self._again.by_record(waiting), written), self._precision)
        if self.rows_read >= _SURE_ROWS:
            self._refuse_if_useless()

    def finish(self) -> Tally:
        """Join what was put off, put the precision right, close the files."""
        if self.rows_read == 0:
            what = (
                f"holds no posts ({passed_words(self._passed, 'posts')})"
                if self._passed
                else "names columns but holds no records"
            )
            raise InputError(f"{self._reading.file} {what}.")
        self._new.close()
        self._numbers.close()
        self._again.close()
        precision = self._precision_so_far()
        for name in ("posts", "actions"):
            self._engine.attach(f"new_{name}", [self._new.path(name)])
        # To the day, two posts of the same words are no sign that one of them is a copy.
        unnamed = self._some_unnamed and precision in ("s", "min")
        copies = twins(self._engine) if unnamed else pa.array([], pa.string())
        self._late.add("post_observations", schema.POST_OBSERVATIONS.empty())
        repeated = self._join(precision) if self._again else 0
        if len(copies) or precision != self._precision:
            rewrite(self._new.path("posts"), lambda posts: with_precision(without(posts, "post_id", copies), precision))
        if len(copies):
            rewrite(self._new.path("actions"), lambda actions: without(actions, "post_id", copies))
        self._late.add("fill_rates", self._fill.table(self._id))
        self._late.close()
        self._again.remove()
        self._name_ids()
        self._refuse_if_useless()
        set_aside, _ = self._rejects.told(fatal=True)
        duplicate = repeated + len(copies)
        kept = self.rows_read - self._rejects.rows - duplicate
        return Tally(
            self.rows_read,
            kept,
            self._rejects.rows,
            duplicate,
            precision,
            set_aside,
            tuple(self._notes()),
            self._passed,
        )

    def _precision_so_far(self) -> str | None:
        return (self._whole and self._whole.precision) or self._grain.precision

    def _refuse_if_useless(self) -> None:
        if self._whole is None:
            self._ids.refuse_if_lost()
            self._rejects.refuse_if_most(self.rows_read)

    def _normalise(self, fields: pa.Table, written: Written) -> Normalised:
        done = normalise(
            fields, import_id=self._id, file=self._reading.file, platform=self._reading.platform, written=written
        )
        self._grain += done.counts.grain
        self._zones.update(done.counts.zones)
        self._fill.add(done.counts.filled, done.counts.kept)
        self._rejects.add_normalised(done.rejects, done.counts.set_aside)
        return done

    def _met_before(self, fields: pa.Table) -> NDArray[np.bool_]:
        """Which records have the id of a post met before, in this file or an earlier import."""
        again = np.zeros(len(fields), dtype=bool)
        if "post_id" not in fields.column_names:
            self._some_unnamed |= self._reading.has_posts
            return again
        ids = present(fields["post_id"].combine_chunks())
        self._some_unnamed |= ids.null_count > 0
        self._engine.attach("ids", pa.table({"id": ids}))
        named = ids.is_valid().to_numpy(zero_copy_only=False)
        again[named] = self._met_posts.met(self._hashes("SELECT hash(id) AS h FROM ids")[named])
        return again

    def _join(self, precision: str | None) -> int:
        """Put the records that waited where they belong; how many say nothing new."""
        joined = self._again.join(self._engine, self._new, self._late, precision, self._precision)
        refused = joined.conflicting
        self._rejects.add_read([self._contradicts(row) for row in refused.to_pylist()], len(refused))
        for table in self._again.accounts(joined):
            self._add_accounts(table)
        self._n_observed = joined.observed
        self._n_actions += joined.actions
        return joined.idle

    def _name_ids(self) -> None:
        """Tell apart ids that another platform uses for another account or post."""
        for name in ("accounts", "actions"):
            self._engine.attach(f"new_{name}", [self._new.path(name)])
        named = named_ids(self._engine)
        self._n_named = sum(map(len, named.values()))
        for name in ("posts", "post_observations", "accounts", "actions") if named else ():
            rewrite(self._new.path(name), lambda table: with_named_ids(table, named))

    def _contradicts(self, row: Mapping[str, object]) -> Reject:
        where = "" if row["first_import_id"] == self._id else f" of the import {row['first_import_id']}"
        reason = (
            f"the post id was met before with another {row['verdict']}, in record {row['first_row_ref']}{where}; "
            f"that record was kept"
        )
        return Reject(int(str(row["row_ref"])), self._reading.mapping["post_id"], str(row["post_id"]), reason)

    def _add_accounts(self, accounts: pa.Table) -> None:
        """Write the descriptions of accounts that this file has not given before."""
        self._engine.attach("described", accounts)
        met = self._met_accounts.met(self._hashes(f"SELECT hash({_DESCRIPTION}) AS h FROM described"))
        self._late.add("accounts", accounts.filter(pa.array(~met)))

    def _hashes(self, query: str) -> NDArray[np.uint64]:
        return np.asarray(self._engine.sql(query)["h"].to_numpy(), np.uint64)

    def _notes(self) -> list[str]:
        unread, count = self._rejects.told(fatal=False)
        return [
            *([f"{count:,} values could not be read: {'; '.join(unread[:3])}"] if unread else []),
            *on_insisting(self._reading),
            *self._ids.notes(),
            *passed_note(self._passed, "posts"),
            *on_zones(self._reading, self._zones),
            *on_observations(self._n_observed),
            *on_named_ids(self._n_named),
            *lacking(self._reading, self._n_actions),
            *(self._fill.warnings() if self._whole is None else []),
        ]
