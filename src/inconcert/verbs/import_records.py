"""The records of one file, batch by batch: normalised and written, but for those whose post was met before, which wait."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from inconcert.ingest.reading import Batch, Reading
from inconcert.normalise.absent import present
from inconcert.normalise.precision import Grain
from inconcert.normalise.records import Normalised, normalise
from inconcert.normalise.written import Written
from inconcert.verbs.fill_rates import FillRates
from inconcert.verbs.import_accounts import ImportAccounts
from inconcert.verbs.import_ids import ImportIds
from inconcert.verbs.import_rejects import ImportRejects
from inconcert.verbs.import_tables import Tables, with_precision
from inconcert.verbs.import_times import ImportTimes
from inconcert.verbs.met_before import Before
from inconcert.verbs.midnight_heap import MidnightHeap
from inconcert.verbs.native_numbers import NativeNumbers
from inconcert.verbs.put_off import PutOff

SURE_ROWS = 1_000_000
"""Records after which a file of which most fail is given up."""
_WAITING = "waiting"


@dataclass(frozen=True)
class Whole:
    """The file of which only records set aside before are read.   precision: of its times, None when nothing says."""

    reading: Reading
    precision: str | None


class ImportRecords:
    """What was read of a file so far: feed it every batch, then `close` it.

    folder: of its tables.   new: posts and actions as they are first written.   again: records that wait.   written: the precision those of `new` carry.
    zones: {where a zone comes from: posts}.   passed: objects that hold none of our records, by kind.
    some_unnamed: whether posts without ids are among them.
    """

    def __init__(self, reading: Reading, import_id: str, folder: Path, before: Before, whole: Whole | None) -> None:
        self._reading, self._id, self._before, self._whole = reading, import_id, before, whole
        self.folder = folder
        self.new, self.again = Tables(folder), PutOff(folder / _WAITING)
        self.accounts = ImportAccounts(before.engine, Tables(folder), Tables(folder / _WAITING / "doubtful"))
        self.rejects = ImportRejects(Tables(folder), reading, import_id)
        self.times, self.ids, self.fill = (
            ImportTimes(whole.reading if whole else reading),
            ImportIds(reading),
            FillRates(reading),
        )
        self.midnights = MidnightHeap()
        self.zones: Counter[str] = Counter()
        self.passed: Counter[str] = Counter()
        self.written: str | None = None
        self.some_unnamed = False
        self.rows_read = self.n_actions = 0
        self._numbers = NativeNumbers(Tables(folder), import_id)
        self.grain = Grain()
        self._met = before.post_ids()

    @property
    def precision(self) -> str | None:
        """Of the times so far."""
        return (self._whole and self._whole.precision) or self.grain.precision

    def add(self, batch: Batch) -> None:
        """Normalise and write one batch."""
        self.rows_read += batch.rows_read
        self.passed.update(batch.passed)
        self.ids.add(batch.fields, batch.rejects)
        self.rejects.add_read(batch.rejects, batch.rows_read - len(batch.fields))
        self._numbers.add(batch.held)
        again = self._met_before(batch.fields)
        written = self.times.of(batch.fields)
        first = self._normalise(batch.fields.filter(pa.array(~again)) if again.any() else batch.fields, written)
        self.written = self.written or self.precision
        self.new.add("posts", with_precision(first.posts, self.written))
        self.new.add("actions", first.actions)
        self.accounts.add(first.accounts)
        self.n_actions += len(first.actions)
        if again.any():
            waiting = batch.fields.filter(pa.array(again))
            self.again.add(waiting, self._normalise(self.again.by_record(waiting), written), self.written)
        if self.rows_read >= SURE_ROWS:
            self.refuse_if_useless()

    def refuse_if_useless(self) -> None:
        """InputError when most of it cannot be used; a part of a file is never refused for that."""
        if self._whole is None:
            self.ids.refuse_if_lost()
            self.rejects.refuse_if_most(self.rows_read)

    def close(self) -> None:
        """Finish the files, but for those that joining adds to."""
        self.new.close()
        self._numbers.close()
        self.again.close()

    def _normalise(self, fields: pa.Table, written: Written) -> Normalised:
        done = normalise(
            fields, import_id=self._id, file=self._reading.file, platform=self._reading.platform, written=written
        )
        self.grain += done.counts.grain
        self.midnights.add(done)
        self.zones.update(done.counts.zones)
        self.fill.add(done.counts.filled, done.counts.kept)
        self.rejects.add_normalised(done.rejects, done.counts.set_aside)
        return done

    def _met_before(self, fields: pa.Table) -> NDArray[np.bool_]:
        """Which records have the id of a post met before, in this file or an earlier import; a few that have not, see PerhapsSeen."""
        again = np.zeros(len(fields), dtype=bool)
        if "post_id" not in fields.column_names:
            self.some_unnamed |= self._reading.has_posts
            return again
        ids = present(fields["post_id"].combine_chunks())
        self.some_unnamed |= ids.null_count > 0
        self._before.engine.attach("ids", pa.table({"id": ids}))
        named = ids.is_valid().to_numpy(zero_copy_only=False)
        hashes = self._before.engine.sql("SELECT hash(id) AS h FROM ids")["h"].to_numpy()
        again[named] = self._met.met(np.asarray(hashes, np.uint64)[named])
        return again
