"""The tables of one import while its file is read: written batch by batch, put right at the end."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from inconcert import schema
from inconcert.engine.duckdb import DuckDB

_DISTINCT_TEXTS = frozenset({"text", "text_hash", "bio", "post_id", "url", "value"})
"""Columns whose values rarely repeat: a dictionary of them would only cost time."""


class Tables:
    """Parquet files `<name>.parquet` in a folder, open for writing until `close`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self._folder = folder
        self._writers: dict[str, pq.ParquetWriter] = {}

    def path(self, name: str) -> Path:
        """Where a table is written."""
        return self._folder / f"{name}.parquet"

    def add(self, name: str, table: pa.Table) -> None:
        """Append rows to a table of that name."""
        if name not in self._writers:
            self._writers[name] = open_writer(self.path(name), table.schema)
        if len(table):
            self._writers[name].write_table(table)

    def close(self) -> None:
        """Finish all files."""
        while self._writers:
            self._writers.popitem()[1].close()

    def remove(self) -> None:
        """Take the folder and its files away."""
        shutil.rmtree(self._folder)


def open_writer(file: Path, columns: pa.Schema) -> pq.ParquetWriter:
    """A writer of data tables: zstd, dictionaries where values repeat."""
    repeating = [
        field.name for field in columns if pa.types.is_string(field.type) and field.name not in _DISTINCT_TEXTS
    ]
    return pq.ParquetWriter(file, columns, compression="zstd", use_dictionary=repeating)


def rewrite(file: Path, change: Callable[[pa.Table], pa.Table], more: Iterable[pa.Table] = ()) -> None:
    """Write a table again, row group by row group: each as `change` makes it, and more rows, as they are, at the end."""
    draft = file.with_suffix(".new")
    with pq.ParquetFile(file) as old, open_writer(draft, old.schema_arrow) as new:
        for group in groups(old):
            new.write_table(change(group))
        for table in more:
            new.write_table(table)
    draft.replace(file)


def rows(file: Path, row_refs: pa.Array) -> Iterator[pa.Table]:
    """The records of those numbers in a table of an import, row group by row group."""
    return chosen(file, lambda table: pc.is_in(table["row_ref"], value_set=row_refs))


def chosen(file: Path, choose: Callable[[pa.Table], pa.Array]) -> Iterator[pa.Table]:
    """Of a table of an import the rows for which `choose` says so (bool), row group by row group."""
    with pq.ParquetFile(file) as held:
        for group in groups(held):
            if len(found := group.filter(choose(group))):
                yield found


def rows_in(engine: DuckDB, table: pa.Table, columns: Sequence[str], wanted: str) -> pa.BooleanArray:
    """Which rows of a table have the same values in these columns as a row that a query gives: bool, none of them NULL."""
    engine.attach("asked", table.select(columns).append_column("place", pa.array(np.arange(len(table)))))
    found = engine.sql(f"SELECT place FROM asked SEMI JOIN ({wanted}) USING ({', '.join(columns)})")
    mask = np.zeros(len(table), dtype=bool)
    mask[found["place"].to_numpy()] = True
    return pa.array(mask)


def with_precision(posts: pa.Table, precision: str | None) -> pa.Table:
    """Posts whose created_precision says so where they have a time; other tables as they are."""
    if "created_precision" not in posts.column_names:
        return posts
    place = posts.column_names.index("created_precision")
    rest = pc.if_else(posts["created_at"].is_valid(), pa.scalar(precision, pa.string()), pa.scalar(None, pa.string()))
    of_days = pc.fill_null(pc.equal(posts["created_precision"], "day"), False)
    values = pc.if_else(of_days, posts["created_precision"], rest)
    return posts.set_column(place, schema.POSTS.arrow.field("created_precision"), values)


def groups(file: pq.ParquetFile) -> Iterator[pa.Table]:
    """A file of any size, one row group at a time."""
    return (file.read_row_group(number) for number in range(file.metadata.num_row_groups))
