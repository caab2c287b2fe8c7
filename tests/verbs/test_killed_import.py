"""Killed in the middle of an import and started again: the same case, byte for byte in its tables, as one uninterrupted."""

from __future__ import annotations

import random
from pathlib import Path

import pyarrow.parquet as pq

from .killed_import import hashes, killed, uninterrupted, write_rows

ROWS = 100_000
KILLS = 5


def test_an_import_that_was_killed_gives_the_tables_of_one_that_was_not(tmp_path: Path) -> None:
    file = write_rows(tmp_path / "posts.csv", ROWS)
    whole_s = uninterrupted(tmp_path / "whole", file)
    chance = random.Random(5)
    moments_s = [whole_s * chance.uniform(place / KILLS, (place + 1) / KILLS) for place in range(KILLS - 1)]
    kills = list(killed(tmp_path / "killed", file, [0.0, *moments_s]))
    assert kills
    expected = hashes(tmp_path / "whole")
    assert hashes(tmp_path / "killed") == expected
    (imports,) = (tmp_path / "killed" / "data").rglob("imports.parquet")
    row = pq.read_table(imports).to_pylist()[0]
    assert row["rows_read"] == ROWS
    assert min(row["rows_kept"], row["rows_rejected"], row["rows_duplicate"]) > 0
    assert {Path(name).stem for name in expected} >= {
        "posts",
        "accounts",
        "actions",
        "rejects",
        "imports",
        "post_observations",
    }
