"""Files of two encodings, names that stand twice, and values too long to be read: told, set aside, and the rest is read."""

from __future__ import annotations

import json
import resource
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.ingest.formats import json_window
from inconcert.ingest.formats.json_nesting import BRACKETS, Nesting
from inconcert.ingest.formats.repeated_names import REPEATED, repeats_names
from inconcert.ingest.piece import Reject
from inconcert.ingest.reading import Reading, open_reading
from inconcert.ingest.stream import byte_stream
from inconcert.ingest.stream.encoding import UTF16_WITHIN

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from([":", '":', ' ":"', "\\", '\\"']),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4) | st.sampled_from(["a", 'b"']), inner, max_size=4),
)  # fmt: skip
SPACES = st.sampled_from([(",", ":"), (", ", ": "), (" , ", " : "), ("\n,\t", "\r\n:")])


def read(path: Path) -> tuple[Reading, list[dict[str, object]], list[Reject]]:
    reading = open_reading(path)
    batches = list(reading.batches())
    rows = pa.concat_tables([batch.fields for batch in batches]).to_pylist()
    return reading, rows, [reject for batch in batches for reject in batch.rejects]


@given(VALUES, SPACES, st.booleans())
def test_names_are_told_to_be_there_twice_if_and_only_if_they_are(
    value: object, marks: tuple[str, str], ascii: bool
) -> None:
    written = json.dumps({"x": value}, separators=marks, ensure_ascii=ascii)
    assert not repeats_names(written, json.loads(written))
    twice = f'{{"y": [{{"k" :1,"l":{written},"\\u006b":2}}]}}'
    assert repeats_names(twice, json.loads(twice))


@pytest.mark.parametrize("layout", ["lines", "array", "pretty", "page"])
def test_a_name_that_stands_twice_is_told_and_the_last_counts(layout: str, tmp_path: Path) -> None:
    good = '{"author": "a", "text": "words"}'
    twice = '{"author": "a", "author": "b", "text": "words"}'
    inner = {
        "lines": f"{good}\n{twice}\n{good}\n",
        "array": f"[{good},{twice},{good}]",
        "pretty": f"{good}\n{twice}\n{good}".replace(", ", ",\n  ").replace("{", "{\n  "),
        "page": f'{{"data": [{good},{twice},{good}]}}',
    }
    path = tmp_path / "posts.json"
    path.write_text(inner[layout], "utf-8")
    reading, rows, rejects = read(path)
    assert [row["handle"] for row in rows] == ["a", "b", "a"]
    assert [(one.row_ref, one.reason, one.fatal) for one in rejects] == [(2, REPEATED, False)]
    assert b'"b"' in dict(reading.sheet.texts())[2]


def test_names_that_stand_twice_around_records_are_told_once(tmp_path: Path) -> None:
    path = tmp_path / "posts.jsonl"
    page = '{"meta": 1, "meta": 2, "data": [{"author": "a", "text": "words"}, {"author": "b", "text": "words"}]}'
    path.write_text(f"{page}\n", "utf-8")
    _, rows, rejects = read(path)
    assert len(rows) == 2
    assert [(one.row_ref, one.reason) for one in rejects] == [(1, REPEATED)]


@given(VALUES, st.integers(1, 7), st.sampled_from(["", ",", "]}", '"']))
def test_where_a_value_ends_is_found_whatever_the_pieces(value: object, step: int, after: str) -> None:
    written = json.dumps([value])
    nesting, text = Nesting(BRACKETS), written + after
    ends = (
        start + end
        for start in range(0, len(text), step)
        if (end := nesting.end(text[start : start + step], 0)) is not None
    )
    assert next(ends) == len(written)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> int:
    """Records of at most 64 KiB, in blocks of 16 KiB."""
    monkeypatch.setattr(json_window, "RECORD_BYTES_MAX", 1 << 16)
    monkeypatch.setattr(byte_stream, "_OUTPUT_BYTES", 1 << 14)
    return 1 << 16


LONG = {
    "a string": lambda size: json.dumps({"author": "x", "text": 'y" {[\\' * (size // 4)}),
    "many members": lambda size: json.dumps({"author": "x", "text": "y", "more": [{"z": ["}", 1]}] * (size // 8)}),
    "no object": lambda size: json.dumps("\\\"" * size),
}  # fmt: skip


@pytest.mark.parametrize("layout", ["[{}, {}, {}]", '{{\n"data": [\n{},\n{},\n{}\n]\n}}'])
@pytest.mark.parametrize("what", LONG)
def test_an_element_too_long_to_be_read_is_set_aside_and_the_rest_is_read(
    what: str, layout: str, small: int, tmp_path: Path
) -> None:
    good, long = '{"author": "a", "text": "words"}', LONG[what](small)
    path = tmp_path / "posts.json"
    path.write_text(layout.format(good, long, good), "utf-8")
    reading, rows, rejects = read(path)
    assert [(row["row_ref"], row["handle"]) for row in rows] == [(1, "a"), (3, "a")]
    (reject,) = rejects
    assert (reject.row_ref, reject.fatal) == (2, True)
    assert f"{len(long):,} characters, of which the first are kept" in reject.reason
    assert dict(reading.sheet.texts())[2] == long.encode()[:small]


def test_a_long_element_takes_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "posts.json"
    good = '{"author": "a", "text": "words"}'
    with path.open("w", encoding="utf-8") as file:
        file.write(f'[{good}, {{"author": "x", "text": "')
        for _ in range(120):
            file.write("y" * (1 << 20))
        file.write(f'"}}, {good}]')
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    _, rows, rejects = read(path)
    assert (len(rows), len(rejects)) == (2, 1)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 << 10  # KiB; the element alone has 120 MiB


def parts() -> Iterator[tuple[str, str, str, int]]:
    """Format, beginning of a file, what follows in another encoding, and how many records the beginning has."""
    rows = "".join(f"{n},user{n},some words of a post,2024-05-01T10:00:0{n}Z\n" for n in range(3))
    yield "csv", f"id,author,text,created_at\n{rows}", rows, 3
    lines = "".join(json.dumps({"id": n, "author": f"user{n}", "text": "some words"}) + "\n" for n in range(3))
    yield "json lines", lines, lines, 3
    yield "json", f"[{lines.strip().replace(chr(10), ',')}]", f"[{lines.strip().replace(chr(10), ',')}]", 3
    prose = "This is a sentence that somebody wrote down for others to read.\n" * 3
    yield "text", prose, prose.replace("This", "That"), 1


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(("format", "before", "after", "records"), list(parts()))
def test_utf16_after_utf8_is_set_aside_with_its_bytes(
    format: str, before: str, after: str, records: int, encoding: str, tmp_path: Path
) -> None:
    path = tmp_path / "file"
    path.write_bytes(before.encode() + after.encode(encoding))
    reading, rows, rejects = read(path)
    assert (reading.format, reading.encoding) == (format, "utf-8")
    assert len(rows) == records
    assert all("\ufffd" not in str(row) and "\0" not in str(row) for row in rows)
    assert rejects
    assert all(one.fatal for one in rejects)
    assert {one.reason for one in rejects} == {UTF16_WITHIN}
    refs = {one.row_ref for one in rejects}
    kept = b"".join(text for number, text in reading.sheet.texts() if number in refs)
    assert len(kept) >= 0.9 * len(after.encode(encoding)) - 20


@pytest.mark.parametrize("field", ["id", "author"])
@pytest.mark.parametrize("fault", [b"\xc0\xaf", b"\xe0\x80\xaf", b"\xff", b"caf\xe9", b"\xf8\x88\x80\x80\x80"])
def test_who_posted_is_never_read_by_guessing(field: str, fault: bytes, tmp_path: Path) -> None:
    """Overlong and other bytes that are no UTF-8: in the name of an author or post they cost the row, elsewhere they are told."""
    rows = [[str(n), f"user{n}", "Grüße an alle"] for n in range(20)]
    good = "\n".join(",".join(row) for row in rows)
    bad = [b"20", b"user20", b"words"]
    bad[("id", "author").index(field)] = fault
    told = [b"21", b"user21", b"words " + fault]
    path = tmp_path / "posts.csv"
    path.write_bytes(f"id,author,text\n{good}\n".encode() + b",".join(bad) + b"\n" + b",".join(told) + b"\n")
    _, kept, rejects = read(path)
    assert [row["row_ref"] for row in kept] == [*range(1, 21), 22]
    assert [(one.row_ref, one.column, one.fatal) for one in rejects] == [(21, field, True), (22, "text", False)]
