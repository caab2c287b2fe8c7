"""Records whose post was met before: kept until the whole file is read, then put where they belong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from inconcert import schema
from inconcert.engine.duckdb import DuckDB
from inconcert.normalise.absent import present
from inconcert.normalise.records import Normalised
from inconcert.verbs.import_tables import Tables, not_of, rewrite, rows, with_precision, without
from inconcert.verbs.met_again import MetAgain

_SELF = ("reply_to_id", "shared_id", "quoted_id")


@dataclass(frozen=True)
class Joined:
    """What became of them.   conflicting: records to set aside, see `MetAgain.conflicting`.   observed: further captures of posts.

    actions: how many were added.   idle: records, of these or of those whose place they took, that say nothing new.
    """

    conflicting: pa.Table
    observed: int
    actions: int
    idle: int


class PutOff:
    """Records that wait, in Parquet files of a folder; false while there are none."""

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

    def remove(self) -> None:
        """Take the files away."""
        self._tables.remove()

    def join(self, engine: DuckDB, new: Tables, late: Tables, precision: str | None, written: str | None) -> Joined:
        """Put what they add into the posts and actions of `new` and the post_observations of `late`.

        engine: holds earlier_ and new_ tables, see `MetAgain`. precision: of the times of this import; written: what its posts
        carry as such so far.
        """
        for name in ("posts", "actions"):
            engine.attach(f"again_{name}", [self._tables.path(name)])
        met = MetAgain(engine, precision)
        posts, put_off = new.path("posts"), self._tables.path("posts")
        captures = ((posts, met.records("observed", age=1)), (put_off, met.records("observed")))
        for file, observed in captures:
            for table in rows(file, observed):
                late.add("post_observations", schema.POST_OBSERVATIONS.check(table))
        own, replaced = met.records("first", "earliest"), met.records("observed", "same", age=1)
        if len(own):
            rewrite(
                posts,
                lambda table: without(table, "row_ref", replaced),
                (with_precision(table, written) for table in rows(put_off, own)),
            )
        further, reworded = met.further_actions(), met.reworded()
        if len(further) or len(reworded):
            more = schema.ACTIONS.check(further)
            rewrite(new.path("actions"), lambda actions: not_of(actions, reworded), [more])
        adding = pc.unique(further["row_ref"])
        idle = len(without(pa.table({"row_ref": met.records("same")}), "row_ref", adding))
        return Joined(
            conflicting=met.conflicting(),
            observed=sum(len(observed) for _, observed in captures),
            actions=len(further),
            idle=idle + len(met.records("same", age=1)),
        )

    def accounts(self, joined: Joined) -> Iterator[pa.Table]:
        """What the records that were not set aside say of their accounts."""
        return rows(self._tables.path("accounts"), joined.conflicting["row_ref"].combine_chunks(), others=True)


def _replaced(table: pa.Table, name: str, values: pa.Array | pa.ChunkedArray) -> pa.Table:
    place = table.column_names.index(name)
    return table.set_column(place, table.schema.field(place), values)
