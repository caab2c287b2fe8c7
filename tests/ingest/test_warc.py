"""Web captures: every page is a document whatever its packing, and damage costs the record it is in."""

from __future__ import annotations

import gzip
import zlib
from collections import Counter
from pathlib import Path

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from inconcert.ingest.formats.content_coding import unpacked
from inconcert.ingest.reading import open_reading
from inconcert.ingest.stream.byte_stream import Damaged

from .conftest import Read

PAGE = "<html><head><title>T</title></head><body><p>Words shown: 舆论</p><script>words hidden</script></body></html>"
PACKED = {
    "gzip": gzip.compress(PAGE.encode()),
    "deflate": zlib.compress(PAGE.encode()),
    "br": brotli.compress(PAGE.encode()),
    "zstd": zstandard.compress(PAGE.encode()),
    "gzip, br": brotli.compress(gzip.compress(PAGE.encode())),
}
DEFLATE_BARE = zlib.compress(PAGE.encode())[2:-4]


def record(kind: str, content: bytes, length: int | None = None, url: str = "https://a.example/") -> bytes:
    head = f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Date: 2024-05-01T08:00:00Z\r\nWARC-Target-URI: {url}\r\n"
    head += f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(content) if length is None else length}\r\n\r\n"
    return head.encode() + content + b"\r\n\r\n"


def answer(body: bytes, *headers: str, status: str = "200 OK", mime: str = "text/html; charset=utf-8") -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {mime}", *headers, "", ""]).encode() + body


GOOD = record("response", answer(PAGE.encode()))


def texts(rows: list[dict[str, object]]) -> list[object]:
    return [row["text"] for row in rows]


@pytest.mark.parametrize(("coding", "body"), [*PACKED.items(), ("deflate", DEFLATE_BARE), ("gzip", PAGE.encode())])
def test_a_page_reads_the_same_in_every_coding_or_stored_unpacked(coding: str, body: bytes, read: Read) -> None:
    content = record("response", answer(body, f"Content-Encoding: {coding}"))
    _, rows, rejects = read(content, "a.warc")
    assert texts(rows) == ["Words shown: 舆论"]
    assert not rejects


@given(st.lists(st.integers(1, 60), min_size=1, max_size=8))
def test_chunks_of_any_size_are_joined(sizes: list[int]) -> None:
    from inconcert.ingest.formats.warc import Warc

    body, chunks, at = PAGE.encode(), b"", 0
    for number in range(10_000):
        piece = body[at : at + sizes[number % len(sizes)]]
        chunks += f"{len(piece):x}\r\n".encode() + piece + b"\r\n"
        at += len(piece)
        if not piece:
            break

    class Stream:
        size = done = 0

        def blocks(self):
            yield record("response", answer(chunks, "Transfer-Encoding: chunked"))

        def path(self) -> Path:
            raise NotImplementedError

    (items,) = Warc(Stream(), b"", "a.warc").items()
    assert [item.record and item.record["text"] for item in items] == ["Words shown: 舆论"]


def test_kinds_that_are_no_documents_are_counted(tmp_path: Path) -> None:
    kinds = [
        record("request", b"GET / HTTP/1.1\r\n\r\n"),
        record("response", answer(b"", status="302 Found")),
        record("response", answer(b"gone", status="404 Not Found")),
        record("response", answer(b"\x89PNG", mime="image/png")),
        record("response", answer(b"<p></p>")),
    ]
    (tmp_path / "a.warc").write_bytes(GOOD + b"".join(kinds))
    passed: Counter[str] = sum((batch.passed for batch in open_reading(tmp_path / "a.warc").batches()), Counter())
    assert passed.total() == len(kinds)
    assert {"request records", "redirects", "answers of status 404", "files of type image/png"} <= passed.keys()


@pytest.mark.parametrize(
    "damage",
    [
        b"garbage \x00\xff\r\nmore\r\n",
        record("response", answer(PACKED["gzip"][:40], "Content-Encoding: gzip")),
        record("response", answer(b"x", "Content-Encoding: lzma")),
        record("response", b"no header of a web server"),
        record("response", answer(PAGE.encode()), length=10),
        b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: many\r\n\r\n",
        record("response", answer(b"<a>" * 200_000)),
    ],
    ids=["garbage", "packing breaks off", "unknown coding", "no header", "short length", "no length", "too many tags"],
)
def test_damage_costs_the_record_it_is_in(damage: bytes, read: Read) -> None:
    _, rows, rejects = read(GOOD + damage + GOOD, "a.warc")
    whole = [text for text in texts(rows) if text == "Words shown: 舆论"]
    assert len(whole) == 2
    assert rejects


def test_a_file_that_ends_within_a_record_says_so(read: Read) -> None:
    _, rows, rejects = read(GOOD + GOOD[:-60], "a.warc")
    assert len(rows) == 1
    assert [reject.reason for reject in rejects] == ["the file ends within this record"]


@pytest.mark.parametrize(
    ("coding", "bomb"),
    [
        ("gzip", gzip.compress(bytes(3 << 20))),
        ("br", brotli.compress(bytes(3 << 20), quality=1)),
        ("zstd", zstandard.compress(bytes(3 << 20))),
        ("gzip,gzip", gzip.compress(gzip.compress(bytes(3 << 20)))),
    ],
    ids=["gzip", "br", "zstd", "gzip twice"],  # a gzip header holds the time: workers would collect different names
)
def test_no_coding_unpacks_beyond_the_bound(coding: str, bomb: bytes) -> None:
    with pytest.raises(Damaged, match="unpacks to more than 1 MiB"):
        unpacked(bomb, coding, 1 << 20)
    assert unpacked(bomb, coding, 3 << 20) == bytes(3 << 20)
