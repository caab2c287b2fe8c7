"""The tables of one import while its file is read: written batch by batch, put right at the end."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from inconcert import schema

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


def rewrite(
    file: Path,
    *,
    without_posts: pa.Array,
    precision: str | None = None,
    more: Sequence[pa.Table] = (),
) -> None:
    """Write a table of posts or actions again: without the posts of those ids, and with more rows at the end.

    precision: what created_precision becomes where the table has that column.
    """
    draft = file.with_suffix(".new")
    with pq.ParquetFile(file) as old, open_writer(draft, old.schema_arrow) as new:
        for table in (*_groups(old), *more):
            kept = table.filter(pc.invert(pc.is_in(table["post_id"], value_set=without_posts)))
            new.write_table(with_precision(kept, precision))
    draft.replace(file)


def with_precision(posts: pa.Table, precision: str | None) -> pa.Table:
    """Posts whose created_precision says so where they have a time; other tables as they are."""
    if "created_precision" not in posts.column_names:
        return posts
    place = posts.column_names.index("created_precision")
    values = pc.if_else(posts["created_at"].is_valid(), pa.scalar(precision, pa.string()), pa.scalar(None, pa.string()))
    return posts.set_column(place, schema.POSTS.arrow.field("created_precision"), values)


def _groups(file: pq.ParquetFile) -> Iterator[pa.Table]:
    return (file.read_row_group(number) for number in range(file.metadata.num_row_groups))
