"""The texts of a case that a query finds: posts and documents, batch by batch, as places in their tables."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq
from numpy.typing import NDArray

from inconcert.browse.view import View
from inconcert.copies.searchable import searchables
from inconcert.hunting.passage import Lettered, lettered
from inconcert.hunting.query import Query, Term
from inconcert.hunting.relevance import bm25
from inconcert.hunting.searched import BATCH, FIELDS, NO_TIME, TIMES
from inconcert.hunting.word_kernel import occurrences

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Limits:
    """What is searched. accounts: ids; platform: in its one spelling; since_us, until_us: microseconds, the end exclusive.
    None: any.   holding: kind of action -> objects of which a post must hold one.
    """

    accounts: Collection[str] | None = None
    platform: str | None = None
    since_us: int | None = None
    until_us: int | None = None
    holding: Mapping[str, Collection[str]] = field(default_factory=dict)

    @property
    def timed(self) -> bool:
        """Whether a time is asked for."""
        return self.since_us is not None or self.until_us is not None


@dataclass(frozen=True)
class Found:
    """n texts that answer a query.

    parts: Parquet files of the table.   part (n,): which of them.   place (n,): row in it.   time_us (n,): or NO_TIME.
    score (n,): see `bm25`.   searched: texts looked through.   untimed: answers left out because a time is asked for and they
    have none.   view: the prepared view they were found in; then there are no parts, and `place` is the row in all of them.
    """

    parts: tuple[Path, ...]
    part: Ints
    place: Ints
    time_us: Ints
    score: NDArray[np.float64]
    searched: int
    untimed: int
    view: View | None = None

    def __len__(self) -> int:
        return len(self.place)


@dataclass(frozen=True)
class _Looked:
    """One batch: its answers, and of all texts looked at those with each word (containing), letters and how many."""

    part: Ints
    place: Ints
    time_us: Ints
    counts: NDArray[np.int32]
    lengths: Ints
    containing: Ints
    letters: int
    searched: int
    untimed: int


def find(
    table: str, parts: Sequence[Path], query: Query, limits: Limits, progress: Callable[[int, int], None]
) -> Found:
    """The rows of a table that answer a query. progress: (rows done, rows in all)."""
    held = [_holding(parts, kind, ids) for kind, ids in limits.holding.items()]
    total = sum(pq.ParquetFile(part).metadata.num_rows for part in parts)
    looked: list[_Looked] = []
    done = 0
    for number, part in enumerate(parts):
        before = 0
        for rows in _batches(table, part):
            looked.append(_look(table, number, before, rows, query, limits, held))
            before += rows.num_rows
            done += rows.num_rows
            progress(done, total)
    nothing = np.zeros(0, np.int64)
    searched = sum(one.searched for one in looked)
    score = np.zeros(0)
    if looked:
        counts = np.concatenate([one.counts for one in looked])
        lengths = np.concatenate([one.lengths for one in looked])
        containing = np.sum([one.containing for one in looked], axis=0)
        score = bm25(counts, lengths, containing, searched, sum(one.letters for one in looked) / max(searched, 1))
    return Found(
        tuple(parts),
        np.concatenate([nothing, *(one.part for one in looked)]),
        np.concatenate([nothing, *(one.place for one in looked)]),
        np.concatenate([nothing, *(one.time_us for one in looked)]),
        score,
        searched,
        sum(one.untimed for one in looked),
    )


def _batches(table: str, part: Path) -> Iterator[pa.Table]:
    about = ("account_id", "post_id", "platform") if table == "posts" else ()
    for batch in pq.ParquetFile(part).iter_batches(BATCH, columns=[*FIELDS[table], *TIMES[table], *about]):
        yield pa.Table.from_batches([batch])


Held = frozenset[tuple[str, str]]
"""Posts that hold an object: (account id, post id)."""


def _holding(parts: Sequence[Path], kind: str, ids: Collection[str]) -> Held:
    """The posts of the tables of actions beside these parts that hold one of these objects."""
    found: set[tuple[str, str]] = set()
    wanted = (ds.field("kind") == kind) & ds.field("object_id").isin(pa.array(sorted(ids), pa.string()))
    for file in (part.with_name("actions.parquet") for part in parts):
        if file.is_file():
            rows = pq.read_table(file, columns=["account_id", "post_id"], filters=wanted)
            found |= set(zip(rows["account_id"].to_pylist(), rows["post_id"].to_pylist(), strict=True))
    return frozenset(found)


def _look(
    table: str, part: int, before: int, rows: pa.Table, query: Query, limits: Limits, held: Sequence[Held]
) -> _Looked:
    times = pc.coalesce(*(rows[name] for name in TIMES[table])).cast(pa.int64())
    time_us = pc.fill_null(times, NO_TIME).to_numpy()
    place = np.flatnonzero(_within(rows, time_us, limits, held))
    taken = rows if len(place) == rows.num_rows else rows.take(pa.array(place))
    counts = np.zeros((len(place), len(query.all)), np.int32)
    refused = np.zeros(len(place), bool)
    lengths = np.zeros(len(place), np.int64)
    for name in FIELDS[table]:
        form = lettered(searchables(taken[name].combine_chunks()))
        lengths += np.diff(form.start)
        for number, term in enumerate(query.all):
            counts[:, number] += _times(form, term)
        for term in query.none:
            refused |= _times(form, term) > 0
    answers = np.flatnonzero((counts > 0).all(axis=1) & ~refused)
    timed = time_us[place[answers]] != NO_TIME if limits.timed else np.ones(len(answers), bool)
    kept = answers[timed]
    return _Looked(
        np.full(len(kept), part, np.int64),
        before + place[kept],
        time_us[place[kept]],
        counts[kept],
        lengths[kept],
        (counts > 0).sum(axis=0),
        int(lengths.sum()),
        len(place),
        len(answers) - len(kept),
    )


def _times(form: Lettered, term: Term) -> NDArray[np.int32]:
    found: NDArray[np.int32] = occurrences(
        form.letters, form.start, form.border, term.letters, term.open_start, term.open_end
    )
    return found


def _within(rows: pa.Table, time_us: Ints, limits: Limits, held: Sequence[Held]) -> NDArray[np.bool_]:
    """Which rows are to be searched; those without a time are, so that they can be counted."""
    kept = np.ones(rows.num_rows, bool)
    if limits.accounts is not None:
        kept &= pc.is_in(rows["account_id"], value_set=pa.array(sorted(limits.accounts), pa.string())).to_numpy()
    if limits.platform is not None:
        kept &= pc.equal(rows["platform"], limits.platform).to_numpy()
    for posts in held:
        pairs = zip(rows["account_id"].to_pylist(), rows["post_id"].to_pylist(), strict=True)
        kept &= np.fromiter((pair in posts for pair in pairs), bool, rows.num_rows)
    none = time_us == NO_TIME
    if limits.since_us is not None:
        kept &= (time_us >= limits.since_us) | none
    if limits.until_us is not None:
        kept &= (time_us < limits.until_us) | none
    return kept
