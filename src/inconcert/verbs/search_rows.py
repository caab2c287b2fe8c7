"""The rows of posts and documents that a search chose, in their order."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from inconcert import schema
from inconcert.case import Case
from inconcert.hunting.searched import NO_TIME
from inconcert.verbs.search_prepared import ROWS as PREPARED
from inconcert.verbs.search_texts import Found, Ints

ROWS = pa.schema(
    {
        "place": pa.string(),
        "id": pa.string(),
        "account_id": pa.string(),
        "platform": pa.string(),
        "time": schema.UTC_US,
        "title": pa.string(),
        "text": pa.string(),
        "gloss": pa.string(),
        "url": pa.string(),
        "score": pa.float64(),
        "import_id": pa.string(),
        "file": pa.string(),
        "row_ref": pa.int64(),
    }
)
"""One text found; see `search`."""

_BATCH = 50_000
_IDS = {"post_id": "id", "document_id": "id"}
_ROLES = ("case", "control", "given")


def rows(case: Case, answers: Mapping[str, Found], order: str, most: int | None) -> pa.Table:
    """What was found, columns ROWS: the best first (order "rank"), or the earliest ("time"), those without a time last; ties
    by time, then as read. answers: place -> what was found there.   most: rows, None for all.
    """
    which, entry = _ordered(list(answers.values()), order)
    which, entry = which[:most], entry[:most]
    pieces, numbers = [ROWS.empty_table()], [np.zeros(0, np.int64)]
    for number, (place, found) in enumerate(answers.items()):
        of_place = np.flatnonzero(which == number)
        if found.view is not None and len(of_place):
            at = of_place[np.argsort(found.place[entry[of_place]], kind="stable")]
            lines = pa.table({"line": pa.array(found.place[entry[at]])})
            pieces.append(_as_rows(found.view.table(PREPARED[place], wanted=lines), place, found, entry[at]))
            numbers.append(at)
        for part in range(len(found.parts)):
            chosen = of_place[found.part[entry[of_place]] == part]
            for at, piece in _of_part(found, part, entry, chosen):
                pieces.append(_as_rows(piece, place, found, entry[at]))
                numbers.append(at)
    table = pa.concat_tables(pieces).take(pa.array(np.argsort(np.concatenate(numbers), kind="stable")))
    files = _files(case, answers)
    named = pa.array([files.get(one) for one in table["import_id"].to_pylist()], pa.string())
    return table.set_column(ROWS.names.index("file"), ROWS.field("file"), named)


def _ordered(found: list[Found], order: str) -> tuple[Ints, Ints]:
    """(number of the place, entry in it) of everything found, in order."""
    which = np.repeat(np.arange(len(found)), [len(one) for one in found])
    entry = np.concatenate([np.zeros(0, np.int64), *(np.arange(len(one)) for one in found)])
    time_us = np.concatenate([np.zeros(0, np.int64), *(one.time_us for one in found)])
    score = np.concatenate([np.zeros(0), *(one.score for one in found)])
    keys = (entry, which, time_us) if order == "time" else (entry, which, time_us, -score)
    sequence = np.lexsort(keys)
    return which[sequence], entry[sequence]


def _of_part(found: Found, part: int, entry: Ints, chosen: Ints) -> list[tuple[Ints, pa.Table]]:
    """The rows of one file among those chosen, with their numbers in the result."""
    if not len(chosen):
        return []
    chosen = chosen[np.argsort(found.place[entry[chosen]], kind="stable")]
    places = found.place[entry[chosen]]
    taken = []
    before = 0
    for batch in pq.ParquetFile(found.parts[part]).iter_batches(_BATCH):
        low, high = np.searchsorted(places, [before, before + batch.num_rows])
        if low < high:
            rows = pa.Table.from_batches([batch]).take(pa.array(places[low:high] - before))
            taken.append((chosen[low:high], rows))
        before += batch.num_rows
    return taken


def _as_rows(taken: pa.Table, place: str, found: Found, entries: Ints) -> pa.Table:
    taken = taken.rename_columns([_IDS.get(name, name) for name in taken.column_names])
    times: NDArray[np.int64] = found.time_us[entries]
    columns = {
        "place": pa.repeat(place, len(entries)),
        "time": pa.array(times, mask=times == NO_TIME).cast(schema.UTC_US),
        "score": pa.array(found.score[entries]),
    }
    arrays = []
    for field in ROWS:
        if field.name in columns:
            arrays.append(columns[field.name])
        elif field.name in taken.column_names:
            arrays.append(taken[field.name].cast(field.type))
        else:
            arrays.append(pa.nulls(taken.num_rows, field.type))
    return pa.Table.from_arrays(arrays, schema=ROWS)


def _files(case: Case, answers: Mapping[str, Found]) -> dict[str, str]:
    """Import -> name of its file."""
    views = [found.view for found in answers.values()]
    if views and views[0] is not None:
        return {row["import_id"]: row["file"] for row in views[0].rows("SELECT import_id, file FROM imports")}
    parts = [part for role in _ROLES for part in case.parts("imports", role)]
    told = (pq.read_table(part, columns=["import_id", "file"]).to_pylist()[0] for part in parts)
    return {row["import_id"]: row["file"] for row in told}
