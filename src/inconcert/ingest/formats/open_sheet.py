"""Which format a file has, told by its bytes and never by its name."""

from __future__ import annotations

import re
from pathlib import Path

from inconcert.errors import InputError
from inconcert.ingest.formats.car import Car, is_car
from inconcert.ingest.formats.feed import Feed, is_feed
from inconcert.ingest.formats.html_page import HtmlPage, is_html
from inconcert.ingest.formats.json_records import JsonRecords
from inconcert.ingest.formats.parquet import MAGIC, Parquet
from inconcert.ingest.formats.pdf_pages import PdfPages, is_pdf
from inconcert.ingest.formats.plain_text import PlainText, is_prose
from inconcert.ingest.formats.separated import Separated
from inconcert.ingest.formats.telegram_pages import is_telegram_pages, refuse_telegram_pages
from inconcert.ingest.formats.value_list import ValueList, is_value_list
from inconcert.ingest.formats.warc import Warc, is_warc
from inconcert.ingest.natives import Natives
from inconcert.ingest.piece import Sheet
from inconcert.ingest.stream.byte_stream import ByteStream, Damaged
from inconcert.ingest.stream.encoding import SAMPLE_BYTES, as_utf8, detect, utf16_begins
from inconcert.ingest.stream.members import sole_member

_JSON = re.compile(rb"\s*(?:\{|\[\s*[{\]])")

_BEGINS = (
    (is_warc, Warc),
    (is_car, Car),
    (is_pdf, PdfPages),
    (is_feed, Feed),
    (is_telegram_pages, refuse_telegram_pages),
    (is_html, HtmlPage),
)
"""Formats told by their first bytes, whatever their encoding."""

_REFUSED = {
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"SQLite format 3": "an SQLite database: export its table as CSV",
    b"\xd0\xcf\x11\xe0": "an Office document: save its sheet as CSV, with the id columns as text",
    b"ARROW1": "an Arrow file: write it as Parquet",
    b"\x7fELF": "a program",
    b"Rar!": "a RAR archive: unpack it first",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive: unpack it first",
    b"\x04\x22\x4d\x18": "packed with lz4: unpack it first",
}


def open_sheet(given: Path | ByteStream, name: str) -> Sheet | Natives:
    """A file as a table, or as native objects; only its beginning is read. name: what messages call it.

    given: a file, packed or the only one in an archive if it is not plain, or the bytes of a file out of an archive.
    InputError when it is neither.
    """
    stream = sole_member(given, name) if isinstance(given, Path) else given
    sample = _beginning(stream, name)
    if sample.startswith(MAGIC):
        return Parquet(stream.path(), name)
    for magic, what in _REFUSED.items():
        if sample.startswith(magic):
            raise InputError(f"{name} is {what}, not a table of posts. CSV, TSV, JSON lines and Parquet are read.")
    for begins, opened in _BEGINS:
        if begins(sample):
            return opened(stream, sample, name)
    encoding = detect(sample, name)
    text = b"".join(as_utf8(iter([sample]), encoding))
    text = text[: utf16_begins(text)] if encoding == "utf-8" else text
    if not text.strip():
        raise InputError(f"{name} holds nothing but white space.")
    if _JSON.match(text):
        return JsonRecords(stream, encoding, name, text)
    if is_value_list(text):
        return ValueList(stream, encoding, text)
    if is_prose(text):
        return PlainText(stream, encoding, name, text)
    return Separated(stream, encoding, name, text)


def _beginning(stream: ByteStream, name: str) -> bytes:
    parts: list[bytes] = []
    size = 0
    try:
        for block in stream.blocks():
            parts.append(block)
            size += len(block)
            if size >= SAMPLE_BYTES:
                break
    except Damaged as damage:
        if not parts:
            raise InputError(f"{name} cannot be read: {damage}. Fetch it again.") from damage
    if not parts:
        raise InputError(f"{name} unpacks to nothing (0 bytes).")
    return b"".join(parts)
