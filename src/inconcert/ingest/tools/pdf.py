"""PDF files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from inconcert.ingest.importer import Importer
from inconcert.ingest.shape import Native, Shape
from inconcert.ingest.tools.document import FIELDS, documents


def _fits(native: Native, head: Mapping[str, Any]) -> bool:
    return native.get("mime") == "application/pdf" and {"file", "page", "pages"} <= native.keys()


def _records(native: Native, head: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    title = native.get("title") or native.get("file")
    several = native.get("pages") != "1"
    yield from documents({**native, "title": f"{title}, page {native.get('page')}" if several else title})


PDF = Importer(
    name="pdf",
    title="PDF file",
    signatures=(),
    columns={},
    shape=Shape(fits=_fits, records=_records, fields=FIELDS, told="The file begins with %PDF-."),
    table="documents",
    export="Any PDF file; pip install 'inconcert[pdf]' reads them. Every page of paper is a document.",
    lacks="Text of scanned pages: they are counted, and need a program that reads pictures of text. The order of columns and "
    "footnotes is that of the file, and sentences end at the page.",
)
