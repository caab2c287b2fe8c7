"""WARC files of web captures (ISO 28500): the pages, texts and PDFs in them as objects, other records by their kind.

warcio reads the headers and undoes chunks; records are cut here, so that one that is damaged costs no other.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Iterator

from warcio.bufferedreaders import ChunkedDataReader
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser

from inconcert.errors import MissingExtra
from inconcert.ingest.formats.content_coding import unpacked
from inconcert.ingest.formats.html_page import TooLarge, decoded, page
from inconcert.ingest.formats.pdf_pages import EXTRA, UnreadablePdf, pages
from inconcert.ingest.natives import Item, as_item
from inconcert.ingest.shape import Native
from inconcert.ingest.stream.byte_stream import ByteStream, Damaged
from inconcert.ingest.stream.forward import Forward

MARK = b"WARC/"
PAYLOAD_BYTES_MAX = 64 << 20
"""Longer records are passed over: films, archives."""

_HEADER_BYTES_MAX = 1 << 20
_LINE_BYTES_MAX = 64 << 10
_CHUNK_CHARACTERS = 8 << 20
_READ_BYTES = 64 << 10
_WITH_CONTENT = ("response", "resource", "conversion")
_HTML = ("text/html", "application/xhtml+xml")
_TEXT = ("text/plain",)
_PDF = ("application/pdf", "application/x-pdf")


def is_warc(sample: bytes) -> bool:
    """Whether the bytes begin like a WARC file."""
    return sample.lstrip(b"\r\n").startswith(MARK)


class Warc:
    """A WARC file (`natives.Natives`).

    An object has warc_type, kind (what it is, for those that hold no document, in the plural), url, observed_at, status, and
    of documents the members of `html_page.page`; of PDFs, one object a page of paper.
    """

    format = "warc"
    encoding: str | None = None

    def __init__(self, stream: ByteStream, sample: bytes, name: str) -> None:
        """name: what messages call the file."""
        self.notes: tuple[str, ...] = ()
        self._stream = stream

    @property
    def done(self) -> int:
        """Bytes of the file read so far."""
        return self._stream.done

    def items(self, under: frozenset[str] = frozenset()) -> Iterator[list[Item]]:
        """All records, many at a time."""
        items: list[Item] = []
        size = 0
        for item in _records(Forward(self._stream.blocks())):
            items.append(item)
            size += len(item.text)
            if size >= _CHUNK_CHARACTERS or len(items) >= 1000:
                yield items
                items, size = [], 0
        yield items

    def first(self, under: frozenset[str], count: int) -> list[Item]:
        """The first record that can be read: one tells a WARC file."""
        return self._first

    @functools.cached_property
    def _first(self) -> list[Item]:
        found = (item for item in _records(Forward(self._stream.blocks())) if item.record is not None)
        return [item for item, _ in zip(found, range(1), strict=False)]


def _records(source: Forward) -> Iterator[Item]:
    while line := source.line(_LINE_BYTES_MAX):
        if not line.strip():
            continue
        if not line.startswith(MARK):
            start, passed = source.place - len(line), _pass_over(source)
            shown = line[:1000].decode("utf-8", "replace")
            yield Item(None, shown, f"{passed + len(line):,} bytes from byte {start:,} on are no WARC record")
            continue
        header = _header(source, line)
        length = _length(header)
        if header is None or length is None:
            yield Item(None, line.decode("utf-8", "replace"), "a WARC record whose header cannot be read")
            continue
        yield from _record(source, header, length)
    if source.damage is not None:
        yield Item(None, "", source.damage)


def _pass_over(source: Forward) -> int:
    """Pass the lines before the next record; how many bytes they have."""
    passed = 0
    while not source.ahead(MARK) and (line := source.line(_LINE_BYTES_MAX)):
        passed += len(line)
    return passed


def _header(source: Forward, first: bytes) -> StatusAndHeaders | None:
    """The header of a record; None when it is longer than any is, or has no end."""
    lines, size = [first], len(first)
    while size < _HEADER_BYTES_MAX and (line := source.line(_LINE_BYTES_MAX)):
        lines.append(line)
        size += len(line)
        if not line.strip():
            return StatusAndHeadersParser(["WARC/"], verify=False).parse(io.BytesIO(b"".join(lines)))
    return None


def _length(header: StatusAndHeaders | None) -> int | None:
    stated = (header and header.get_header("Content-Length")) or ""
    return int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 16 else None


def _record(source: Forward, header: StatusAndHeaders, length: int) -> Iterator[Item]:
    kind = (header.get_header("WARC-Type") or "unnamed").lower()
    native: Native = {
        "warc_type": kind,
        "url": (header.get_header("WARC-Target-URI") or "").strip("<>") or None,
        "observed_at": header.get_header("WARC-Date"),
    }
    if kind not in _WITH_CONTENT or length > PAYLOAD_BYTES_MAX:
        passed = source.skip(length)
        what = f"{kind} records" if kind not in _WITH_CONTENT else f"records of more than {PAYLOAD_BYTES_MAX >> 20} MiB"
        yield as_item({**native, "kind": what}, None if passed == length else "the file ends within this record")
        return
    content = source.read(length)
    if len(content) < length:
        yield Item(None, str(native["url"]), "the file ends within this record")
        return
    cut = header.get_header("WARC-Truncated")
    doubt = f"its crawler stored it incompletely ({cut[:40]})" if cut else None
    try:
        yield from _documents(native, header.get_header("Content-Type") or "", content, doubt)
    except Damaged as damage:
        yield Item(None, str(native["url"]), str(damage))


def _documents(native: Native, stated: str, content: bytes, doubt: str | None) -> Iterator[Item]:
    """The objects of one answer; Damaged when it should hold a document and cannot be unpacked."""
    if native["warc_type"] == "response" and stated.replace(" ", "").lower().startswith("application/http"):
        source = io.BytesIO(content)
        http = _http(source)
        status = http.get_statuscode() if http else ""
        if http is None or not status.isdigit():
            raise Damaged("an answer of a web server whose header cannot be read")
        native |= {"status": status}
        if not 200 <= int(status) < 300:
            yield as_item(
                {**native, "kind": "redirects" if status.startswith("3") else f"answers of status {status[:3]}"}
            )
            return
        stated = http.get_header("Content-Type") or ""
        content = content[source.tell() :]
        if _mime(stated) in (*_HTML, *_TEXT, *_PDF):
            content = _body(http, content)
    mime = _mime(stated)
    if mime in _HTML or mime in _TEXT:
        try:
            read = page(content, _charset(stated)) if mime in _HTML else _text(content, _charset(stated))
        except TooLarge as error:
            raise Damaged(f"a page {error}, which is not read") from error
        fault = read.pop("fault")
        yield as_item({**read, **native}, doubt or fault)
    elif mime in _PDF:
        yield from _pdf(native, content, doubt)
    else:
        yield as_item({**native, "kind": f"files of type {mime[:60] or 'unknown'}"}, doubt)


def _pdf(native: Native, content: bytes, doubt: str | None) -> Iterator[Item]:
    try:
        for sheet, fault in pages(io.BytesIO(content)):
            yield as_item({**sheet, **native}, doubt) if sheet else Item(None, str(native["url"]), fault)
    except UnreadablePdf as error:
        yield Item(None, str(native["url"]), f"a PDF file that {error}")
    except MissingExtra:
        yield as_item({**native, "kind": f"PDF files, which need pip install 'inconcert[{EXTRA}]'"})


def _http(source: io.BytesIO) -> StatusAndHeaders | None:
    try:
        return StatusAndHeadersParser(["HTTP/"], verify=False).parse(source)
    except EOFError:
        return None


def _body(http: StatusAndHeaders, content: bytes) -> bytes:
    if (http.get_header("Transfer-Encoding") or "").strip().lower() == "chunked":
        reader = ChunkedDataReader(io.BytesIO(content))  # what is stored without chunks passes as it is
        content = b"".join(iter(functools.partial(reader.read, _READ_BYTES), b""))
    return unpacked(content, http.get_header("Content-Encoding") or "", PAYLOAD_BYTES_MAX)


def _text(content: bytes, charset: str | None) -> Native:
    text, fault = decoded(content, charset)
    return {"mime": "text/plain", "text": text.strip() or None, "fault": fault}


def _mime(stated: str) -> str:
    return stated.split(";")[0].strip().lower()


def _charset(stated: str) -> str | None:
    found = (part.partition("=") for part in stated.split(";")[1:])
    return next((value.strip() for name, _, value in found if name.strip().lower() == "charset"), None)
