"""Captures of Zeeschuimer: what is told of lines that cannot be records, and that no line makes a shape fail."""

from __future__ import annotations

import contextlib
import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inconcert.ingest.importer import Importer
from inconcert.ingest.reading import open_reading
from inconcert.ingest.shape import Native, Passed, Unfit
from inconcert.ingest.tools.bazhuayu import WEIBO_BAZHUAYU
from inconcert.ingest.tools.weibo import WEIBO_CRAWLER_DATABASE
from inconcert.ingest.tools.weibo_status import WEIBO_STATUS
from inconcert.ingest.tools.zeeschuimer import ZEESCHUIMER

SAMPLES = Path(__file__).parent.parent / "contract" / "importers"
SHAPED = (*ZEESCHUIMER, WEIBO_STATUS, WEIBO_CRAWLER_DATABASE)
ODD = st.recursive(
    st.none() | st.booleans() | st.sampled_from(["", "x", "0", "\ud800", "<p", "1" * 400, "http://[", "l.x?u=%"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "user", "url"]), inner, max_size=3)
    ),
    max_leaves=6,
)


def natives(importer: Importer) -> list[Native]:
    """The objects of its sample, numbers as text."""
    (file,) = SAMPLES.glob(f"{importer.name}.*")
    return [json.loads(line, parse_int=str, parse_float=str) for line in file.read_text("utf-8").splitlines()]


def places(native: Any) -> Iterator[tuple[Any, Any]]:
    """Every (object or list, key or place) in an object."""
    found = native.items() if isinstance(native, dict) else enumerate(native) if isinstance(native, list) else ()
    for key, value in found:
        yield native, key
        yield from places(value)


@pytest.mark.parametrize("importer", SHAPED, ids=lambda importer: importer.name)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_odd_members_are_records_or_reasons(importer: Importer, data: st.DataObject) -> None:
    assert importer.shape is not None
    native = copy.deepcopy(data.draw(st.sampled_from(natives(importer))))
    for _ in range(data.draw(st.integers(1, 3))):
        holder, key = data.draw(st.sampled_from(list(places(native))))
        holder[key] = data.draw(ODD)
    assert importer.shape.fits(native, {}) in (True, False)
    with contextlib.suppress(Unfit, Passed):
        for record in importer.shape.records(native, {}):
            assert record.keys() <= set(importer.shape.fields)
            assert all(
                value is None or isinstance(value, str | bool) or all(isinstance(one, str) for one in value)
                for value in record.values()
            )


def read(path: Path, source: str | None = None) -> tuple[list[dict[str, Any]], list[str]]:
    """Records and reasons of a file."""
    batches = list(open_reading(path, source=source).batches())
    return [row for b in batches for row in b.fields.to_pylist()], [r.reason for b in batches for r in b.rejects]


def test_a_platform_that_is_not_known_is_named_with_the_remedy(tmp_path: Path) -> None:
    _, reasons = read(SAMPLES / "zeeschuimer.ndjson")
    assert len(reasons) == 1
    assert "linkedin.com" in reasons[0]
    assert "4CAT" in reasons[0]


def test_lines_of_another_platform_say_how_to_read_them(tmp_path: Path) -> None:
    path = tmp_path / "mixed.ndjson"
    lines = [(SAMPLES / f"zeeschuimer_{name}.ndjson").read_text("utf-8").splitlines() for name in ("tiktok", "gab")]
    path.write_text("\n".join([*lines[0], lines[1][0]]), encoding="utf-8")
    assert open_reading(path).importer.name == "zeeschuimer"
    rows, reasons = read(path)
    assert ({row["platform"] for row in rows}, reasons) == ({"tiktok", "gab"}, [])
    _, reasons = read(path, source="zeeschuimer_tiktok")
    assert reasons == [
        "captured on gab.com, while the file was taken for tiktok; read a file of several platforms with --format zeeschuimer"
    ]


def test_bazhuayu_says_what_is_assumed() -> None:
    reading = open_reading(SAMPLES / "weibo_bazhuayu.csv")
    assert reading.importer is WEIBO_BAZHUAYU
    assert any("标题 is the author" in note and "year" in note for note in reading.notes)
