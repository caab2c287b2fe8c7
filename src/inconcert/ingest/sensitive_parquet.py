"""What a Parquet file shows of private messages and credentials: by the names of its columns, and keys in its texts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from inconcert.ingest.credential_names import KEYS, KEYS_SCREEN
from inconcert.ingest.screen import matches
from inconcert.ingest.sensitive_columns import columns_of_credentials, columns_of_messages, may_be_secret

_BATCH_ROWS = 50_000


def look_in_parquet(path: Path) -> tuple[str | None, str | None]:
    """What it shows of private messages, and of credentials, in words; (None, None) when nothing, or when it cannot be read."""
    try:
        with pq.ParquetFile(path) as file:
            schema = file.schema_arrow
            texts = [
                field.name for field in schema if pa.types.is_string(field.type) or pa.types.is_large_string(field.type)
            ]
            secret = {schema.names[place] for place in columns_of_credentials(schema.names)} & {*texts}
            addressed = {schema.names[place] for place in columns_of_messages(schema.names)}
            for batch in file.iter_batches(_BATCH_ROWS, columns=sorted({*texts, *addressed})):
                for name in batch.schema.names:
                    column = batch.column(name)
                    if name in addressed and column.null_count < len(column):
                        return f"a column '{name[:60]}' that says to whom each message was sent", None
                    if name in secret and any(may_be_secret(value) for value in column.drop_null().to_pylist()):
                        return None, f"a column '{name[:60]}' with values"
                    if name in texts and (what := _keys(column)):
                        return None, f"{what}, in a column '{name[:60]}'"
    except (pa.ArrowException, OSError):  # damaged, as whoever reads it will say
        pass
    return None, None


def _keys(column: pa.Array) -> str | None:
    if not matches(_content(column), KEYS_SCREEN):
        return None
    for value in column.drop_null().to_pylist():
        for key, what in KEYS:
            if key.search(value.encode("utf-8", "replace")):
                return what
    return None


def _content(column: pa.Array) -> pa.Buffer:
    """The bytes of all values, one after the other."""
    _, ends, data = column.buffers()
    if data is None or not len(column):
        return pa.py_buffer(b"")
    width = np.int64 if pa.types.is_large_string(column.type) else np.int32
    places = np.frombuffer(ends, width)[column.offset : column.offset + len(column) + 1]
    return data.slice(int(places[0]), int(places[-1] - places[0]))
