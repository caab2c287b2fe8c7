"""What tests of reading share: files made on the spot, read whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from inconcert.ingest.piece import Reject
from inconcert.ingest.reading import Reading, open_reading

Read = Callable[..., tuple[Reading, list[dict[str, Any]], list[Reject]]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write bytes to a file of that name and read it: the reading, its records as fields, its rejects."""

    def _read(
        content: bytes, name: str = "posts.csv", **options: Any
    ) -> tuple[Reading, list[dict[str, Any]], list[Reject]]:
        path = tmp_path / name
        path.write_bytes(content)
        reading = open_reading(path, **options)
        rows: list[dict[str, Any]] = []
        rejects: list[Reject] = []
        for batch in reading.batches():
            rows += batch.fields.to_pylist()
            rejects += batch.rejects
        return reading, rows, rejects

    return _read
