"""Documents of an investigator become rows: what says something is kept, dates that cannot be read cost the date."""

from __future__ import annotations

import pyarrow as pa

from inconcert import schema
from inconcert.normalise.given import SHEETS
from inconcert.normalise.given.sheet import MARK


def test_documents() -> None:
    given = pa.table(
        {
            "document_id": ["A", None, None, None],
            "text": ["原文", None, " ", "words"],
            "gloss": ["original", "gloss alone", None, None],
            "url": [None, "https://a.example/", None, None],
            "published_at": ["2024-01-02", "last spring", None, "2024-01-02T03:04:05+08:00"],
            "row_ref": pa.array([1, 2, 3, 4], pa.int64()),
        }
    )
    read = SHEETS["documents"].read(given, {MARK: "-ab12"})
    table = read.tables["documents"]
    stamped = table.append_column("import_id", pa.array(["i"] * len(table)))
    assert schema.DOCUMENTS.check(stamped).num_rows == 3
    assert table["document_id"].to_pylist() == ["A", "https://a.example/", "D4-ab12"]
    assert [str(time) for time in table["published_at"].to_pylist()] == [
        "2024-01-02 00:00:00+00:00", "None", "2024-01-01 19:04:05+00:00",
    ]  # fmt: skip
    assert {(one.row_ref, one.column, one.fatal) for one in read.unread} == {
        (3, "text", True),
        (2, "published_at", False),
    }
