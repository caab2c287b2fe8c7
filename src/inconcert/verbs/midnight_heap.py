"""Days that a file writes as midnights among finer times: no moments, though they look like one that many chose."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from inconcert import schema
from inconcert.normalise.precision import Grain
from inconcert.normalise.records import Normalised
from inconcert.verbs.import_tables import Tables, rewrite, rows


class MidnightHeap:
    """Feed it every batch; whether they are days is known at the end (`Grain.heap`), when all times have been counted."""

    def __init__(self) -> None:
        self._records: list[pa.Array] = []
        self._posts = 0

    def add(self, done: Normalised) -> None:
        """Remember which records are at midnight."""
        if len(done.midnights):
            self._records.append(done.midnights)

    def settle(self, new: Tables, grain: Grain) -> None:
        """Give the posts of such records the precision of a day, and their actions no time, in `posts` and `actions` of `new`."""
        if not grain.heap:
            return
        records = pa.array(np.concatenate([part.to_numpy() for part in self._records]), pa.int64())
        found = [_named(part) for part in rows(new.path("posts"), records)]
        if not found:
            return
        named = pa.concat_arrays(found)
        self._posts = len(named)
        rewrite(new.path("posts"), lambda posts: _as_days(posts, records))
        rewrite(new.path("actions"), lambda actions: _untimed(actions, named))

    def notes(self) -> list[str]:
        """A sentence on them; none when there is no heap."""
        if not self._posts:
            return []
        return [
            f"{self._posts:,} posts are at exactly 00:00:00, many more than chance or a scheduler puts there, among times that are finer. "
            "They were taken for days without a time of day, and are not compared by time."
        ]


def _named(table: pa.Table) -> pa.Array:
    """Platform and id of the post of each row: ids of two platforms may be alike."""
    return pc.binary_join_element_wise(table["platform"], table["post_id"], ":").combine_chunks()


def _as_days(posts: pa.Table, records: pa.Array) -> pa.Table:
    days = pc.is_in(posts["row_ref"], value_set=records)
    place = posts.column_names.index("created_precision")
    values = pc.if_else(days, pa.scalar("day"), posts["created_precision"])
    return posts.set_column(place, schema.POSTS.arrow.field("created_precision"), values)


def _untimed(actions: pa.Table, named: pa.Array) -> pa.Table:
    of_days = pc.is_in(_named(actions), value_set=named)
    place = actions.column_names.index("time_us")
    values = pc.if_else(of_days, pa.scalar(None, pa.int64()), actions["time_us"])
    return actions.set_column(place, schema.ACTIONS.arrow.field("time_us"), values)
