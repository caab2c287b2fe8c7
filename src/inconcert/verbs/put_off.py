"""Records whose post was met before: kept until the whole file is read, then put where they belong."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from inconcert import schema
from inconcert.engine.duckdb import DuckDB
from inconcert.normalise.absent import present
from inconcert.normalise.records import Normalised
from inconcert.verbs.import_tables import Tables, chosen, rewrite, with_precision
from inconcert.verbs.met_again import MetAgain

_SELF = ("reply_to_id", "shared_id", "quoted_id")


class PutOff:
    """Records that wait, in Parquet files of a folder; false while there are none. After `close` `judge` says what becomes of
    them, and the other functions do it, until `remove`."""

    def __init__(self, folder: Path) -> None:
        self._tables = Tables(folder)
        self._any = False

    def __bool__(self) -> bool:
        return self._any

    def by_record(self, fields: pa.Table) -> pa.Table:
        """The fields to normalise: with record numbers for post ids, which would not tell whose an action is."""
        ids = present(fields["post_id"].combine_chunks())
        for name in _SELF:
            if name in fields.column_names:  # a post's own id there means nothing, and is about to be hidden
                cells = fields[name].combine_chunks()
                own = pc.fill_null(pc.equal(cells, ids), False)
                fields = _replaced(fields, name, pc.if_else(own, pa.scalar(None, pa.string()), cells))
        return _replaced(fields, "post_id", fields["row_ref"].cast(pa.string()))

    def add(self, fields: pa.Table, done: Normalised, precision: str | None) -> None:
        """Keep records: as they were read, and as `by_record` of them was normalised."""
        place = pc.index_in(done.posts["row_ref"], value_set=fields["row_ref"].combine_chunks())
        posts = _replaced(done.posts, "post_id", pc.take(present(fields["post_id"].combine_chunks()), place))
        self._tables.add("posts", with_precision(posts, precision))
        at = done.actions.column_names.index("post_id")
        record = pa.field("row_ref", pa.int64())
        self._tables.add("actions", done.actions.set_column(at, record, done.actions["post_id"].cast(pa.int64())))
        self._tables.add("accounts", done.accounts)
        self._any = True

    def close(self) -> None:
        """Finish the files."""
        self._tables.close()

    def judge(self, engine: DuckDB, precision: str | None) -> MetAgain:
        """What becomes of them.   engine: holds earlier_ and new_ tables, see `MetAgain`.   precision: of this import's times."""
        for name in ("posts", "actions"):
            engine.attach(f"again_{name}", [self._tables.path(name)])
        return MetAgain(engine, precision)

    def observations(self, met: MetAgain, new: Tables) -> Iterator[pa.Table]:
        """Further captures of posts, of these records or of those in `new` whose place they take: POST_OBSERVATIONS."""
        for file, age in ((new.path("posts"), 1), (self._tables.path("posts"), 2)):
            if met.count(("observed",), age):
                observed = chosen(file, partial(met.rows, verdicts=("observed",), age=age))
                yield from map(schema.POST_OBSERVATIONS.check, observed)

    def put_in_place(self, met: MetAgain, new: Tables, written: str | None) -> None:
        """Put what they add into the posts and actions of `new`.   written: precision that its posts carry so far."""
        if met.count(("first", "earliest")):
            own = chosen(self._tables.path("posts"), lambda posts: met.rows(posts, ("first", "earliest")))
            rewrite(
                new.path("posts"),
                lambda posts: posts.filter(pc.invert(met.rows(posts, ("observed", "same"), 1))),
                (with_precision(posts, written) for posts in own),
            )
        if met.n_further() or met.n_reworded():
            rewrite(
                new.path("actions"),
                lambda actions: actions.filter(pc.invert(met.of_reworded(actions))),
                (schema.ACTIONS.check(actions) for actions in met.further_actions()),
            )

    def accounts(self, met: MetAgain) -> Iterator[pa.Table]:
        """What the records that were not set aside say of their accounts."""
        return chosen(self._tables.path("accounts"), lambda table: pc.invert(met.rows(table, ("author", "time"))))

    def remove(self) -> None:
        """Take the files away."""
        self._tables.remove()


def _replaced(table: pa.Table, name: str, values: pa.Array | pa.ChunkedArray) -> pa.Table:
    place = table.column_names.index(name)
    return table.set_column(place, table.schema.field(place), values)
