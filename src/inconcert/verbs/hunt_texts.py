"""Every text of a case that carries a passage: of posts, of profiles, and words read in pictures; batch by batch."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import closing

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from inconcert import schema
from inconcert.case import Case
from inconcert.engine.duckdb import DuckDB
from inconcert.hunting.passage import Search
from inconcert.hunting.passage_marks import marks
from inconcert.media.wordings import picture_wordings
from inconcert.progress import Progress
from inconcert.verbs.seen_ids import SeenIds

TEXT_AT_MOST = 2_000
"""Characters of a text that are kept of one that carries a passage, around the first place marked."""

POST, PICTURE = "post", "picture"
EXACT, NEAR = "exact", "near"

BATCH = 20_000
_BYTES = 32 << 20
_BEFORE = 500  # characters kept before the first place marked, of a long text

CARRIED = pa.schema(
    {
        "passage": pa.int32(),
        "kind": pa.string(),
        "similarity": pa.float64(),
        "source": pa.string(),
        "platform": pa.string(),
        "account_id": pa.string(),
        "post_id": pa.string(),
        "post_kind": pa.string(),
        "time_us": pa.int64(),
        "precision": pa.string(),
        "text": pa.string(),
        "text_start": pa.int64(),
        "marks": pa.string(),
        "sha256": pa.string(),
        "import_id": pa.string(),
        "row_ref": pa.int64(),
    }
)
"""One text that carries one passage; see `hunt`."""

_POSTS = (
    "platform",
    "account_id",
    "post_id",
    "kind",
    "created_at",
    "created_precision",
    "text",
    "import_id",
    "row_ref",
)
_PROFILES = ("platform", "account_id", "display_name", "bio", "import_id", "row_ref")

_WORDINGS = """
SELECT platform, account_id, import_id, row_ref, {column} AS text, hash(platform, account_id, {column}) AS wording FROM described
WHERE {column} IS NOT NULL
"""


def carried(case: Case, role: str, search: Search, *, shown: bool, progress: Progress) -> pa.Table:
    """The texts of one role that carry passages of the search: columns CARRIED, one row a text and passage.

    shown: whether the text and the places to mark are wanted; without, text is NULL. A memory of what was found, not of
    what was searched.
    """
    found = [CARRIED.empty_table()]
    total = sum(pq.ParquetFile(part).metadata.num_rows for part in case.parts("posts", role))
    done = 0
    for rows in _posts(case, role):
        found.append(_carrying(rows, search, shown))
        done += rows.num_rows
        progress(f"reading posts of the {role}", done, total)
    for rows in (*_profiles(case, role), *_pictures(case, role)):
        found.append(_carrying(rows, search, shown))
    return pa.concat_tables(found)


def _posts(case: Case, role: str) -> Iterator[pa.Table]:
    for part in case.parts("posts", role):
        for batch in pq.ParquetFile(part).iter_batches(BATCH, columns=list(_POSTS)):
            rows = pa.Table.from_batches([batch])
            time_us = rows["created_at"].cast(pa.int64())
            rows = rows.drop_columns(["created_at"]).append_column("time_us", time_us)
            yield sourced(rows.rename_columns({"kind": "post_kind", "created_precision": "precision"}), POST)


def _profiles(case: Case, role: str) -> Iterator[pa.Table]:
    """Names and descriptions of profiles, each wording of an account once: descriptions may differ in anything else."""
    said = {"name of the profile": ("display_name", SeenIds()), "profile": ("bio", SeenIds())}
    with closing(DuckDB()) as engine:
        for part in case.parts("accounts", role):
            for batch in pq.ParquetFile(part).iter_batches(BATCH, columns=list(_PROFILES)):
                engine.attach("described", pa.Table.from_batches([batch]))
                for source, (column, seen) in said.items():
                    rows = engine.sql(_WORDINGS.format(column=column))
                    known = seen.met(np.asarray(rows["wording"].to_numpy(), np.uint64))
                    yield sourced(rows.filter(pa.array(~known)), source)


def _pictures(case: Case, role: str) -> Iterator[pa.Table]:
    """Posts and profiles with the words read in their pictures."""
    words = picture_wordings(_whole(case, "picture_texts", role))
    for rows, source in with_pictures(case, role, words):
        yield sourced(rows, source)


def with_pictures(case: Case, role: str, files: pa.Table) -> Iterator[tuple[pa.Table, str]]:
    """The rows of table media, of one role, whose file is among `files` (by its column sha256), with the columns of both; and
    the source they are: posts, then profiles."""
    joined = _whole(case, "media", role).join(files, "sha256", join_type="inner")
    for use, source in (("post", PICTURE), ("avatar", "picture of the profile")):
        chosen = joined.filter(pc.equal(joined["use"], use))
        for start in range(0, chosen.num_rows, BATCH):
            yield chosen.slice(start, BATCH), source


def _whole(case: Case, name: str, role: str) -> pa.Table:
    wanted = schema.table(name)
    return pa.concat_tables([wanted.empty(), *(wanted.check(pq.read_table(part)) for part in case.parts(name, role))])


def sourced(rows: pa.Table, source: str) -> pa.Table:
    """The rows with that source and every other column of CARRIED; NULL where they have none."""
    rows = rows.append_column("source", pa.repeat(source, rows.num_rows))
    known = set(rows.column_names)
    columns = [
        rows[field.name].cast(field.type) if field.name in known else pa.nulls(rows.num_rows, field.type)
        for field in CARRIED
    ]
    return pa.Table.from_arrays(columns, schema=CARRIED)


def _carrying(rows: pa.Table, search: Search, shown: bool) -> pa.Table:
    """Those of the rows that carry a passage; every distinct text is searched once."""
    found = [CARRIED.empty_table()]
    for piece in _pieces(rows.filter(rows["text"].is_valid())):
        coded = piece["text"].combine_chunks().dictionary_encode()
        texts = coded.dictionary.to_pylist()
        matches = search.find(coded.dictionary)
        codes = coded.indices.to_numpy(zero_copy_only=False)
        order = np.argsort(codes, kind="stable")
        low, high = (np.searchsorted(codes[order], matches.text, side=side) for side in ("left", "right"))
        times = high - low
        match = np.repeat(np.arange(len(times)), times)
        within = np.arange(len(match)) - np.repeat(np.cumsum(times) - times, times)
        columns = _said(texts, matches.text.tolist(), matches.window, shown) | {
            "passage": pa.array(matches.passage + 1, pa.int32()),
            "kind": pa.array(np.where(matches.exact, EXACT, NEAR).tolist(), pa.string()),
            "similarity": pa.array(matches.similarity),
        }
        chosen = piece.take(pa.array(order[low[match] + within]))
        taken = pa.array(match)
        arrays = [columns[name].take(taken) if name in columns else chosen[name] for name in CARRIED.names]
        found.append(pa.Table.from_arrays(arrays, schema=CARRIED))
    return pa.concat_tables(found)


def _pieces(rows: pa.Table) -> Iterator[pa.Table]:
    """The rows in pieces of at most _BYTES of text, or of one row."""
    sizes = np.cumsum(pc.binary_length(rows["text"]).to_numpy().astype(np.int64)) // _BYTES
    bounds = [0, *(np.flatnonzero(np.diff(sizes)) + 1).tolist(), rows.num_rows]
    for low, high in itertools.pairwise(bounds):
        if high > low:
            yield rows.slice(low, high - low)


def _said(texts: list[str], which: list[int], windows: tuple[str, ...], shown: bool) -> dict[str, pa.Array]:
    """What is kept of each text that carries a passage, where that begins in it, and the places to mark in it."""
    kept: list[tuple[str | None, int | None, str | None]] = []
    for text, window in zip((texts[t] for t in which), windows, strict=True):
        if not shown:
            kept.append((None, None, None))
            continue
        places = marks(text, window)
        start = max(0, places[0][0] - _BEFORE) if places and len(text) > TEXT_AT_MOST else 0
        spans = " ".join(f"{begin}-{end}" for begin, end in places)
        kept.append((text[start : start + TEXT_AT_MOST], start, spans))
    return {
        "text": pa.array([one[0] for one in kept], pa.string()),
        "text_start": pa.array([one[1] for one in kept], pa.int64()),
        "marks": pa.array([one[2] for one in kept], pa.string()),
    }
