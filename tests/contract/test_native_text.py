"""Every record of every importer, kept or set aside, resolves to the bytes that its source wrote for it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.contract.test_importers import ON_DISK, excerpt

from inconcert.errors import InputError
from inconcert.ingest.importers import IMPORTERS
from inconcert.ingest.reading import Reading, open_reading
from inconcert.ingest.stream.encoding import mark_length

LINE_ENDS = "\r\n"


def native_of_records(reading: Reading) -> dict[int, int]:
    """Number of the native object of every record, kept or not."""
    natives: dict[int, int] = {}
    for piece in reading.sheet.pieces(reading.sheet.columns):
        if piece.held is not None:
            natives |= dict(zip(piece.held.row_ref.tolist(), piece.held.native_ref.tolist(), strict=True))
        else:
            rows = [*piece.row_ref.tolist(), *(reject.row_ref for reject in piece.rejects)]
            natives |= {row: row for row in rows}
    return natives


def assert_resolves(path: Path, content: bytes) -> None:
    """What holds of every file, damaged or not."""
    try:
        reading = open_reading(path, insist_private=True)
        batches = list(reading.batches())
    except InputError:
        return
    texts = dict(reading.sheet.texts())
    natives = native_of_records(reading)
    rows = [row for batch in batches for row in batch.fields["row_ref"].to_pylist()]
    rows += [reject.row_ref for batch in batches for reject in batch.rejects]
    assert {natives[row] for row in rows} <= texts.keys()
    assert sum(batch.rows_read for batch in batches) == len(natives)
    if reading.format == "csv":
        assert_tiles(content, texts, reading.encoding or "utf-8", LINE_ENDS)
    elif reading.format == "json lines" and reading.unfolded is not None:
        assert_in_order(content, texts)
    elif reading.format == "json":
        assert_in_order(content, {number: text for number, text in texts.items() if text})


def assert_tiles(content: bytes, texts: dict[int, bytes], encoding: str, between: str) -> None:
    """The texts are the bytes of the file in its order, with nothing but line ends between them."""
    place = mark_length(content)
    for number in sorted(texts):
        found = content.find(texts[number], place)
        assert found >= 0, (number, texts[number])
        assert content[place:found].decode(encoding).strip(between) == ""
        place = found + len(texts[number])
    assert content[place:].decode(encoding).strip(between) == ""


def assert_in_order(content: bytes, texts: dict[int, bytes]) -> None:
    """The texts are stretches of the file, each beginning after the one before began."""
    place = -1
    for number in sorted(texts):
        found = content.find(texts[number], place + 1)
        found = (
            found if found >= 0 else content.find(texts[number], max(place, 0))
        )  # a page of which a name is there twice
        assert found >= 0, (number, texts[number][:100])
        place = found


def naive_objects(content: bytes, under: frozenset[str]) -> list[Any]:
    """The objects of a JSON file, and of lists at those paths within them, read whole by the standard library."""
    text = content.decode("utf-8-sig")
    try:
        whole = json.loads(text)
        outermost = whole if isinstance(whole, list) else [whole]
    except ValueError:
        outermost = [json.loads(line) for line in text.splitlines() if line.strip()]
    found: list[Any] = []
    for one in outermost:
        lists = [at(one, path.split(".")) for path in sorted(under)]
        inner = [item for listed in lists for item in listed if isinstance(item, dict)]
        found += inner or [one]
    return found


def at(value: Any, path: list[str]) -> list[Any]:
    if isinstance(value, list):
        return [one for each in value for one in (at(each, path) if isinstance(each, dict) else [])]
    found = value.get(path[0]) if isinstance(value, dict) else None
    if len(path) > 1:
        return at(found, path[1:])
    return found if isinstance(found, list) else []


@pytest.mark.parametrize("importer", IMPORTERS)
def test_the_bytes_of_an_excerpt_are_those_of_its_records(importer: str, tmp_path: Path) -> None:
    name, content = excerpt(importer)
    path = tmp_path / name
    path.write_bytes(content)
    assert_resolves(path, content)
    reading = open_reading(path, insist_private=True)
    texts = dict(reading.sheet.texts())
    if reading.format == "csv":
        separator = max(",;\t|", key=texts[0].decode(reading.encoding or "utf-8").count)
        text = content[mark_length(content) :].decode(reading.encoding or "utf-8")
        written = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) if row]
        found = [t.decode(reading.encoding or "utf-8") for t in texts.values()]
        records = [next(csv.reader(io.StringIO(text, newline=""), delimiter=separator)) for text in found[1:]]
        assert records == written[len(written) - len(records) :]
    elif reading.format in ("json", "json lines"):
        assert reading.unfolded is not None
        assert [json.loads(text) for text in texts.values()] == naive_objects(content, reading.unfolded)


@pytest.mark.parametrize("importer", IMPORTERS)
@settings(ON_DISK, max_examples=15)
@given(data=st.data())
def test_records_of_damaged_files_resolve_too(importer: str, tmp_path: Path, data: st.DataObject) -> None:
    name, content = excerpt(importer)
    damaged = bytearray(content)
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(damaged)))
        length = data.draw(st.sampled_from([0, 1, 50, 200, len(damaged)]))
        damaged[place : place + length] = data.draw(
            st.binary(max_size=20)
            | st.sampled_from([b'"', b"\0", b"\n", b"\r", b"{", b"}", b"[", b",", b"\xff", b"\xe6\x97"])
        )
    (tmp_path / name).write_bytes(damaged)
    assert_resolves(tmp_path / name, bytes(damaged))


def test_the_arrays_of_numbers_ascend(tmp_path: Path) -> None:
    """`Held` promises it, and what is resolved by it would be wrong otherwise."""
    for importer in IMPORTERS:
        name, content = excerpt(importer)
        (tmp_path / name).write_bytes(content)
        reading = open_reading(tmp_path / name, insist_private=True)
        for piece in reading.sheet.pieces(reading.sheet.columns):
            if piece.held is not None:
                assert (np.diff(piece.held.row_ref) == 1).all()
                assert (np.diff(piece.held.native_ref) >= 0).all()
