"""Duplicates against an oracle that reads one record after the other, over batches of every size and two files."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inconcert.case import create_case
from inconcert.ingest import reading
from inconcert.ingest.stream import supply
from inconcert.verbs.ingest import ingest
from inconcert.verbs.seen_ids import SeenIds

NOW = datetime(2026, 11, 21, tzinfo=UTC)
Record = tuple[str, str, str]
RECORDS = st.lists(
    st.tuples(st.sampled_from(["1", "é", "я", "日", "😀", ""]), st.sampled_from("ab"), st.sampled_from(["", "x", "y"])),
    max_size=15,
)
FILLER = [(f"filler {n}", "c", "") for n in range(16)]


def _one_after_the_other(files: Sequence[list[Record]]) -> tuple[list[tuple[int, int, int]], set[tuple[str, str]]]:
    """(kept, set aside, duplicate) of each file, and the hashtags of posts with an id."""
    author_of: dict[str, str] = {}
    tags: set[tuple[str, str]] = set()
    counts = []
    for records in files:
        kept = aside = duplicate = 0
        for id, author, tag in records:
            new = bool(id) and id not in author_of
            if id and author_of.setdefault(id, author) != author:
                aside += 1
            elif not id or new or (tag and (id, tag) not in tags):
                kept += 1
                tags |= {(id, tag)} if id and tag else set()
            else:
                duplicate += 1
        counts.append((kept, aside, duplicate))
    return counts, tags


@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=RECORDS, second=RECORDS, batch_rows=st.sampled_from([2, 7, 50]))
def test_duplicates_are_those_of_a_slow_reading(
    first: list[Record], second: list[Record], batch_rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "BATCH_ROWS", batch_rows)
    monkeypatch.setattr(supply, "BLOCK_BYTES", 60)
    files = [first + FILLER, [*FILLER, *second, ("last", "c", "")]]
    expected, tags = _one_after_the_other(files)
    with tempfile.TemporaryDirectory() as folder:
        case = create_case(Path(folder) / "case", now=NOW)
        paths = [Path(folder) / name for name in ("first.csv", "second.csv")]
        for path, records in zip(paths, files, strict=True):
            with path.open("w", encoding="utf-8", newline="") as out:
                csv.writer(out, quoting=csv.QUOTE_ALL).writerows([("id", "author", "hashtags"), *records])
        results = ingest(case, paths, now=NOW)
        actions = pa.concat_tables([pq.read_table(part) for part in case.parts("actions")]).to_pylist()
        posts = pa.concat_tables([pq.read_table(part) for part in case.parts("posts")])["post_id"].to_pylist()
    assert [(r.rows_kept, r.rows_rejected, r.rows_duplicate) for r in results] == expected
    found = [(a["post_id"], a["object_id"]) for a in actions if a["kind"] == "hashtag" and a["post_id"][:4] != "row:"]
    assert sorted(found) == sorted(tags)
    assert len(posts) == len(set(posts))


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(1, 300), max_size=300), max_size=5))
def test_seen_ids_are_a_set(arrays: list[list[int]]) -> None:
    seen = SeenIds()
    known: set[int] = set()
    for array in arrays:
        met = seen.met(np.array(array, np.uint64))
        for value, before in zip(array, met, strict=True):
            assert before == (value in known)
            known.add(value)


def test_seen_ids_grow() -> None:
    seen = SeenIds()
    hashes = np.random.default_rng(1).integers(2, 2**63, 300_000).astype(np.uint64)
    assert not seen.met(hashes).any()
    assert seen.met(hashes[::-1].copy()).all()
