"""Captured lists of trending topics."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from inconcert import schema
from inconcert.normalise.batch import read_marks
from inconcert.normalise.given.sheet import GivenSheet, ReadRows, Unread, cell, moments, rows_of
from inconcert.normalise.numbers import read_counts

_COUNTS = ("rank", "heat", "reads", "discussions")


def _read(fields: pa.Table, constants: Mapping[str, str]) -> ReadRows:
    row_refs = fields["row_ref"].to_pylist()
    title = cell(fields, "title", constants)
    unread = [
        Unread(row_ref, "title", None, "a topic without a title", True)
        for row_ref, there in zip(row_refs, title.is_valid().to_pylist(), strict=True)
        if not there
    ]
    columns = {name: cell(fields, name, constants) for name in ("list", "category", "url")}
    read: dict[str, tuple[pa.Array, pa.Array]] = {name: read_counts(cell(fields, name, constants)) for name in _COUNTS}
    observed = moments(cell(fields, "observed_at", constants), constants)
    read["observed_at"] = (observed.time_us.cast(schema.UTC_US), observed.reason)
    read["is_advert"] = read_marks(cell(fields, "is_advert", constants))
    for name, (_, reasons) in read.items():
        written = cell(fields, name, constants)
        unread += [
            Unread(row_refs[place], name, written[place].as_py(), reason, False)
            for place, reason in enumerate(reasons.to_pylist())
            if reason is not None
        ]
    table = rows_of(
        "trends",
        {
            **columns,
            **{name: values for name, (values, _) in read.items()},
            "list": pc.fill_null(columns["list"], "trends"),
            "title": pc.fill_null(title, ""),
            "row_ref": fields["row_ref"].combine_chunks(),
        },
    )
    return ReadRows({"trends": table.filter(title.is_valid())}, tuple(unread))


TRENDS = GivenSheet(
    "trends",
    {
        "list": ("list", "list_name"),
        "observed_at": ("observed_at", "captured_at", "snapshot_time"),
        "rank": ("rank", "position", "排名"),
        "title": ("title", "topic", "trend", "keyword", "标题"),
        "category": ("category", "分类"),
        "url": ("url", "link"),
        "heat": ("heat", "hot", "hotness", "热度"),
        "reads": ("reads", "readcount", "阅读量"),
        "discussions": ("discussions", "discusscount", "讨论量"),
        "is_advert": ("is_advert", "ads", "is_ad", "promoted"),
    },
    (("title",),),
    _read,
)
