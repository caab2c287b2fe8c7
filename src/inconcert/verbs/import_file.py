"""One file becomes the tables of one import: read, normalised, joined with what was met before, written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from inconcert import schema
from inconcert.engine.duckdb import DuckDB
from inconcert.errors import InputError
from inconcert.ingest.piece import Reject
from inconcert.ingest.reading import Batch, Reading
from inconcert.normalise.absent import present
from inconcert.normalise.precision import Grain
from inconcert.normalise.records import Normalised, day_orders_of, normalise
from inconcert.progress import Progress
from inconcert.verbs.import_rejects import ImportRejects
from inconcert.verbs.import_tables import Tables, rewrite, with_precision
from inconcert.verbs.met_again import judge, twins
from inconcert.verbs.seen_ids import SeenIds

_TIMES = ("created_at", "account_created_at")
_DAY_AND_MONTH = r"^\s*\d{1,2}[-/]\d{1,2}[-/]\d{4}"
_SELF = ("reply_to_id", "shared_id", "quoted_id")
_SURE_ROWS = 1_000_000
"""Records after which a file of which most fail is given up."""
_AGAIN = "again"


@dataclass(frozen=True)
class Tally:
    """Counts of one import; rows_read is the sum of the others.   precision: s, min, day, or None without times.

    examples: one record set aside for each of the commonest reasons.   notes: what the user should know of the result.
    """

    rows_read: int
    rows_kept: int
    rows_rejected: int
    rows_duplicate: int
    precision: str | None
    examples: tuple[str, ...]
    notes: tuple[str, ...]


def import_file(
    reading: Reading, import_id: str, folder: Path, earlier: Mapping[str, Sequence[Path]], progress: Progress
) -> Tally:
    """Write posts, accounts, actions and rejects of a file into a folder.

    earlier: Parquet files of "posts" and "actions" of the imports that this one joins.
    InputError when the file has no records or most of them cannot be used.
    """
    engine = DuckDB()
    try:
        for name in ("posts", "actions"):
            engine.attach(f"earlier_{name}", list(earlier[name]) or schema.table(name).empty())
        work = _Import(reading, import_id, folder, engine)
        for batch in reading.batches():
            work.add(batch)
            progress(f"reading {reading.file}", batch.bytes_done, reading.size)
        progress(f"joining {reading.file}", 0, None)
        return work.finish()
    finally:
        engine.close()


class _Import:
    """The import while it is made: feed it every batch, then finish it."""

    def __init__(self, reading: Reading, import_id: str, folder: Path, engine: DuckDB) -> None:
        self._reading, self._id, self._engine = reading, import_id, engine
        self._new, self._again = Tables(folder), Tables(folder / _AGAIN)
        self._accounts = Tables(folder)
        self._rejects = ImportRejects(Tables(folder), reading, import_id)
        self._day_orders: dict[str, frozenset[str]] | None = None
        self._met_posts, self._met_accounts = SeenIds(), SeenIds()
        self._met_posts.met(self._hashes("SELECT hash(post_id) AS h FROM earlier_posts"))
        self._read = self._n_actions = 0
        self._grain = Grain()
        self._precision: str | None = None
        self._some_unnamed = False
        self._any_again = False

    def add(self, batch: Batch) -> None:
        """Normalise and write one batch; records whose post was met before wait for the end."""
        self._read += batch.rows_read
        self._rejects.add_read(batch.rejects, batch.rows_read - len(batch.fields))
        again = self._met_before(batch.fields)
        orders = self._orders(batch.fields)
        first = self._normalise(batch.fields.filter(pa.array(~again)) if again.any() else batch.fields, orders)
        self._precision = self._precision or self._grain.precision
        self._new.add("posts", with_precision(first.posts, self._precision))
        self._new.add("actions", first.actions)
        self._add_accounts(first.accounts)
        self._n_actions += len(first.actions)
        if again.any():
            self._put_off(batch.fields.filter(pa.array(again)), orders)
        if self._read >= _SURE_ROWS:
            self._rejects.refuse_if_most(self._read)

    def finish(self) -> Tally:
        """Join what was put off, put the precision right, close the files."""
        if self._read == 0:
            raise InputError(f"{self._reading.file} names columns but holds no records.")
        self._new.close()
        self._again.close()
        precision = self._grain.precision
        for name in ("posts", "actions"):
            self._engine.attach(f"new_{name}", [self._new.path(name)])
        posts, actions, repeated = self._join(precision) if self._any_again else ([], [], 0)
        # To the day, two posts of the same words are no sign that one of them is a copy.
        unnamed = self._some_unnamed and precision in ("s", "min")
        copies = twins(self._engine) if unnamed else pa.array([], pa.string())
        if len(copies) or posts or precision != self._precision:
            rewrite(self._new.path("posts"), without_posts=copies, precision=precision, more=posts)
        if len(copies) or actions:
            rewrite(self._new.path("actions"), without_posts=copies, more=actions)
        self._accounts.close()
        self._again.remove()
        self._rejects.refuse_if_most(self._read)
        set_aside, _ = self._rejects.told(fatal=True)
        duplicate = repeated + len(copies)
        kept = self._read - self._rejects.rows - duplicate
        return Tally(self._read, kept, self._rejects.rows, duplicate, precision, set_aside, tuple(self._notes()))

    def _normalise(self, fields: pa.Table, orders: Mapping[str, frozenset[str]]) -> Normalised:
        done = normalise(
            fields, import_id=self._id, file=self._reading.file, platform=self._reading.platform, day_orders=orders
        )
        self._grain += done.counts.grain
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

    def _orders(self, fields: pa.Table) -> dict[str, frozenset[str]]:
        """Which of day and month comes first in dates such as 3/4/2024: only the whole file can tell, so it is asked once."""
        if self._day_orders is None:
            times = [fields[name] for name in _TIMES if name in fields.column_names]
            if not any(pc.any(pc.match_substring_regex(values, _DAY_AND_MONTH)).as_py() for values in times):
                return {}
            self._day_orders = dict.fromkeys(_TIMES, frozenset())
            for batch in self._reading.only(_TIMES).batches():
                for name, proven in day_orders_of(batch.fields).items():
                    self._day_orders[name] |= proven
        return self._day_orders

    def _put_off(self, fields: pa.Table, orders: Mapping[str, frozenset[str]]) -> None:
        """Keep records for the end, their actions by record: post ids would not tell whose an action is."""
        ids = present(fields["post_id"].combine_chunks())
        for name in _SELF:
            if name in fields.column_names:  # a post's own id there means nothing, and is about to be hidden
                own = pc.fill_null(pc.equal(fields[name].combine_chunks(), ids), False)
                fields = _replaced(
                    fields, name, pc.if_else(own, pa.scalar(None, pa.string()), fields[name].combine_chunks())
                )
        done = self._normalise(_replaced(fields, "post_id", fields["row_ref"].cast(pa.string())), orders)
        place = pc.index_in(done.posts["row_ref"], value_set=fields["row_ref"].combine_chunks())
        posts = _replaced(done.posts, "post_id", pc.take(ids, place))
        self._again.add("posts", with_precision(posts, self._precision))
        place = done.actions.column_names.index("post_id")
        by_row = done.actions.set_column(
            place, pa.field("row_ref", pa.int64()), done.actions["post_id"].cast(pa.int64())
        )
        self._again.add("actions", by_row)
        self._again.add("accounts", done.accounts)
        self._any_again = True

    def _join(self, precision: str | None) -> tuple[list[pa.Table], list[pa.Table], int]:
        """Posts and actions that the records put off add, and how many of these records add nothing."""
        for name in ("posts", "actions"):
            self._engine.attach(f"again_{name}", [self._again.path(name)])
        judged = judge(self._engine, precision)
        verdict = judged.verdicts["verdict"]
        refused = judged.verdicts.filter(pc.is_in(verdict, value_set=pa.array(["author", "time", "text"])))
        own = judged.verdicts.filter(pc.equal(verdict, "first"))["row_ref"].combine_chunks()
        self._rejects.add_read([self._contradicts(row) for row in refused.to_pylist()], len(refused))
        adding = np.union1d(judged.actions["row_ref"].to_numpy(), own.to_numpy())
        repeated = len(judged.verdicts) - len(refused) - len(adding)
        posts = pq.read_table(self._again.path("posts"))
        posts = posts.filter(pc.is_in(posts["row_ref"], value_set=own))
        accounts = pq.read_table(self._again.path("accounts"))
        bad = pc.is_in(accounts["row_ref"], value_set=refused["row_ref"].combine_chunks())
        self._add_accounts(accounts.filter(pc.invert(bad)))
        actions = schema.ACTIONS.check(judged.actions)
        self._n_actions += len(actions)
        return ([posts] if len(posts) else []), ([actions] if len(actions) else []), repeated

    def _contradicts(self, row: Mapping[str, object]) -> Reject:
        where = "" if row["first_import_id"] == self._id else f" of the import {row['first_import_id']}"
        reason = (
            f"the post id was met before with another {row['verdict']}, in record {row['first_row_ref']}{where}; "
            f"that record was kept"
        )
        return Reject(int(str(row["row_ref"])), self._reading.mapping["post_id"], str(row["post_id"]), reason)

    def _add_accounts(self, accounts: pa.Table) -> None:
        """Write the accounts that were not described before in this file."""
        self._engine.attach("described", accounts)
        met = self._met_accounts.met(self._hashes("SELECT hash(account_id, platform) AS h FROM described"))
        self._accounts.add("accounts", accounts.filter(pa.array(~met)))

    def _hashes(self, query: str) -> NDArray[np.uint64]:
        return np.asarray(self._engine.sql(query)["h"].to_numpy(), np.uint64)

    def _notes(self) -> list[str]:
        notes = []
        unread, count = self._rejects.told(fatal=False)
        if unread:
            notes.append(f"{count:,} values could not be read: {'; '.join(unread[:3])}")
        if not self._reading.has_posts:
            notes.append("It only describes accounts: no columns of posts were found.")
            return notes
        if "created_at" not in self._reading.mapping:
            notes.append("No column of times was found, so nothing can be compared by time: --map created_at=COLUMN")
        if not self._n_actions:
            notes.append(
                "Nothing in it can be compared: no shared post, reply, link, hashtag, mention or media, and no text of 25 "
                "characters or more."
            )
        return notes


def _replaced(table: pa.Table, name: str, values: pa.Array | pa.ChunkedArray) -> pa.Table:
    place = table.column_names.index(name)
    return table.set_column(place, table.schema.field(place), values)
