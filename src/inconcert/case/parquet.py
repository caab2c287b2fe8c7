"""Arrow tables as Parquet files: the same table gives the same bytes, however it is chunked."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq


def write_parquet(table: pa.Table, file: Path) -> None:
    """Write the table; chunk borders and schema metadata, which carry no meaning, do not reach the file."""
    pq.write_table(table.replace_schema_metadata(None).combine_chunks(), file, compression="zstd")
