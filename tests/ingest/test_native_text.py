"""The bytes of records in files of every encoding and layout, to the byte, with what is at fault in them."""

from __future__ import annotations

import codecs
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inconcert.ingest.formats import json_walk, json_window
from inconcert.ingest.formats.json_document import from_document
from inconcert.ingest.formats.json_lines import from_lines
from inconcert.ingest.formats.open_sheet import open_sheet
from inconcert.ingest.natives import Item, native_texts
from inconcert.ingest.piece import Sheet
from inconcert.ingest.stream.byte_stream import Damaged
from inconcert.ingest.stream.encoding import as_utf8, bytes_of, spelled, text_of

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "gb18030", "cp1252")
MARKS = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE, "utf-32-le": codecs.BOM_UTF32_LE}
UNDER = frozenset({"data", "chats.list.messages"})


def texts(path: Path, content: bytes) -> list[bytes]:
    path.write_bytes(content)
    opened = open_sheet(path, path.name)
    found = opened.texts() if isinstance(opened, Sheet) else native_texts(opened, UNDER)
    return [text for _, text in found]


def in_pieces(content: bytes, size: int) -> list[bytes]:
    return [content[place : place + size] for place in range(0, len(content), size)]


@given(st.binary(max_size=60), st.sampled_from(ENCODINGS), st.integers(1, 9))
def test_every_byte_can_be_had_again_whatever_the_encoding(content: bytes, encoding: str, size: int) -> None:
    kept = b"".join(as_utf8(iter([b"", *in_pieces(content, size)]), encoding, kept=True))
    assert bytes_of(text_of(kept, encoding), encoding) == content
    if encoding != "utf-8":  # so that records are cut at the same places, whether bytes at fault are kept or marked
        marked = b"".join(as_utf8(iter([b"", *in_pieces(content, size)]), encoding))
        assert [len(part) for part in marked.split(b"\n")] == [len(part) for part in kept.split(b"\n")]
    assert spelled(content, encoding).isprintable() or any(
        not c.isprintable() for c in content.decode(encoding, "replace")
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separated_text_gives_the_bytes_of_its_own_encoding(tmp_path: Path, encoding: str, end: str) -> None:
    records = [f"sep=;{end}author;text", "阿;x", f'b;"two{end}lines"', 'c;"never closed', "d;y"]
    mark = MARKS.get(encoding, codecs.BOM_UTF8)
    found = texts(tmp_path / "posts.csv", mark + (end + end).join(records).encode(encoding) + end.encode(encoding))
    assert found == [record.encode(encoding) for record in records]


def test_bytes_that_the_encoding_does_not_know_come_back(tmp_path: Path) -> None:
    lines = [b"author,text", *[b"M\xfcller,sch\xf6n \x81\x8d"] * 3, b"x,y"]
    assert texts(tmp_path / "posts.csv", b"\n".join(lines)) == lines
    wide = ["a,b".encode("utf-16-le"), "x,".encode("utf-16-le") + b"\x00\xd8", "z,w".encode("utf-16-le")]
    assert texts(tmp_path / "wide.csv", codecs.BOM_UTF16_LE + "\n".encode("utf-16-le").join(wide)) == wide


def test_long_lines_and_cut_off_records_come_whole(tmp_path: Path) -> None:
    open_quote = b'2,"' + b"x" * 5000
    assert texts(tmp_path / "posts.csv", b"id,text\n1,a\n" + open_quote + b"\n3,b\n")[2] == open_quote
    no_json = b'{"author": "' + b"x" * 5000
    assert texts(tmp_path / "posts.jsonl", b'{"author": "a"}\n' + no_json + b'\n{"author": "b"}\n')[1] == no_json


def as_lines(objects: list[object]) -> bytes:
    return "\n".join(json.dumps(one, ensure_ascii=False) for one in objects).encode()


PAGES = [
    {"meta": {"n": 1.50}, "data": [{"id": 12345678901234567890, "t": "日"}, {"id": 2}], "includes": [1e3]},
    {"id": 3, "data": {"x": 1}},
    {
        "data": [{"id": 4}],
        "chats": {"list": [{"id": "c1", "messages": [{"id": 5}]}, {"id": "c2", "messages": [{"id": 6}]}]},
    },
    {"data": []},
]
OBJECTS = [
    '{"id": 5}',
    '{"id": 6}',
    '{"id": 12345678901234567890, "t": "日"}',
    '{"id": 2}',
    '{"id": 3, "data": {"x": 1}}',
    '{"id": 4}',
]


@pytest.mark.parametrize("layout", ["lines", "array", "one after the other"])
def test_objects_in_pages_are_as_they_are_written(tmp_path: Path, layout: str) -> None:
    """Numbers stay numbers: the text is the file's, and not written anew."""
    written = {
        "lines": as_lines(PAGES),  # type: ignore[arg-type]
        "array": json.dumps(PAGES, ensure_ascii=False).encode(),
        "one after the other": b"\n".join(json.dumps(page, ensure_ascii=False, indent=1).encode() for page in PAGES),
    }[layout]
    found = texts(tmp_path / "pages.json", written)
    assert all(text in written for text in found)
    wanted = [json.loads(one) for one in OBJECTS]
    assert sorted(map(json.dumps, (json.loads(text) for text in found if text != b'{"data": []}'))) == sorted(
        map(json.dumps, wanted)
    )


def test_a_page_on_a_line_keeps_the_head_after_its_list() -> None:
    (items,) = from_lines(iter([as_lines(PAGES[:1])]), UNDER)  # type: ignore[arg-type]
    assert [item.head for item in items] == [{"meta": {"n": "1.5"}, "includes": ["1000.0"]}] * 2
    assert [item.text for item in items] == OBJECTS[2:4]


def test_a_name_that_is_there_twice_gives_the_whole_line() -> None:
    line = b'{"data": [{"id": 1}], "data": [{"id": 2}]}'
    (items,) = from_lines(iter([line]), UNDER)
    assert [(item.record, item.text.encode()) for item in items] == [({"id": "2"}, line)]


def items_of(document: bytes, size: int = 7) -> list[Item]:
    return [item for items in from_document(iter(in_pieces(document, size)), UNDER) for item in items]


@given(st.lists(st.dictionaries(st.text(max_size=3), st.integers() | st.text(max_size=4) | st.lists(st.integers(), max_size=2), max_size=3), max_size=5),
       st.integers(1, 20), st.sampled_from([None, 1]))  # fmt: skip
def test_a_document_is_cut_into_the_texts_of_its_objects(
    objects: list[dict[str, object]], size: int, indent: int | None
) -> None:
    written = json.dumps({"name": "x", "data": objects}, indent=indent, ensure_ascii=False)
    found = items_of(written.encode(), size)
    assert [json.loads(item.text) for item in found] == objects
    assert all(item.text in written and item.source is None for item in found)


def test_faults_in_a_document_are_told_and_their_bytes_kept() -> None:
    good, bad = b'{"id": "1"}', b'{"id": "\xff\xfe", "t": "\xe6\x97"}'
    items = items_of(b'{"data": [' + good + b", " + bad + b"]}")
    assert [item.source for item in items] == [None, bad]
    assert [item.record for item in items] == [{"id": "1"}, {"id": "\ufffd\ufffd", "t": "\ufffd\ufffd"}]
    assert items[1].reason is not None
    assert "U+FFFD" in items[1].reason


@pytest.mark.parametrize(
    ("document", "found"),
    [
        (b'{"a": 1} {"b": nonsense} {"c": 3}', [b'{"a": 1}', b'{"b": nonsense}', b'{"c": 3}']),
        (b'{"a": 1} {"b" 2} {"c": 3}', [b'{"a": 1}', b'{"b" 2}', b'{"c": 3}']),
        (b'{"data": [{"id": 1}, {"id": x}], "n": {bad}, "data": [{"id": 3}]}', [b'{"id": 1}', b'{"id": x}', b"{bad}", b'{"id": 3}']),
        (b'{"data": [{"id": 1}, {"id": 2', [b'{"id": 1}', b'{"id": 2']),
        (b'{"data": [{"id": 1}, ', [b'{"id": 1}', b""]),
        (b'{"a": {"b": 1}', [b'{"a": {"b": 1}']),
        (b'{"data": [{"id": 1}, 7, "x"]}', [b'{"id": 1}', b"7", b'"x"']),
        (b'[{"id": 1}, {"data": [{"id": 2}]}, [], {}]', [b'{"id": 1}', b'{"id": 2}', b"{}"]),
        (b"{}", [b"{}"]),
    ],
)  # fmt: skip
def test_what_is_no_json_is_set_aside_with_its_bytes_and_the_rest_is_read(document: bytes, found: list[bytes]) -> None:
    items = items_of(document)
    assert [item.text.encode() for item in items] == found
    for item in items:
        try:
            good = isinstance(json.loads(item.text), dict)
        except ValueError:
            good = False
        assert (item.record is not None) == good


def test_a_document_that_breaks_off_keeps_what_came_before() -> None:
    def breaking_off() -> object:
        yield b'[{"id": 1}, {"id": "\xe6'
        raise Damaged("the gzip data end early")

    items = [item for items in from_document(breaking_off()) for item in items]  # type: ignore[arg-type]
    assert [item.record for item in items] == [{"id": "1"}, None, None]
    assert items[1].source == b'{"id": "\xe6'
    assert items[2].reason == "the gzip data end early"


@pytest.mark.parametrize("size", [7, 1000])
def test_an_object_longer_than_any_record_is_set_aside_with_its_beginning(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (json_window, json_walk):
        monkeypatch.setattr(module, "RECORD_BYTES_MAX", 100)
    long = json.dumps({f"member{n}": "x" * 20 for n in range(20)}).encode()
    items = items_of(b'{"id": 1} ' + long + b' {"id": 2}', size)
    assert [item.record for item in items] == [{"id": "1"}, None, {"id": "2"}]
    assert len(items[1].text) >= 100 - size
    assert long.startswith(items[1].text.encode())
    assert "longer than" in str(items[1].reason)
    (one,) = items_of(long[:-1] + b', "data": [{"id": 3}]}', size)
    assert one.record == {"id": "3"}


def test_several_paths_are_gone_through_in_one_order_in_every_process() -> None:
    """Sets of strings have another order in every process, and numbers of records must not."""
    page = {"chats": {"list": [{"messages": [{"id": 2}]}]}, "data": [{"id": 1}]}
    (items,) = from_lines(iter([as_lines([page])]), UNDER)
    assert [item.record for item in items] == [{"id": "2"}, {"id": "1"}]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(
    st.lists(st.text(alphabet='a,"\n;日é', max_size=6), min_size=1, max_size=8),
    st.sampled_from(["utf-8", "utf-16-le", "gb18030"]),
)
def test_natives_of_json_lines_are_the_lines(tmp_path: Path, values: list[str], encoding: str) -> None:
    lines = [
        json.dumps({"author": value, "text": "我们的国家是在北京的"}, ensure_ascii=False).encode(encoding)
        for value in values
    ]
    content = MARKS.get(encoding, b"") + "\n".encode(encoding).join(lines)
    assert texts(tmp_path / "posts.jsonl", content) == lines
