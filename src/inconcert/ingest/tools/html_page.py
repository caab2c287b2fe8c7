"""A web page saved as one HTML file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from inconcert.ingest.importer import Importer
from inconcert.ingest.shape import Native, Shape
from inconcert.ingest.tools.document import FIELDS, documents


def _fits(native: Native, head: Mapping[str, Any]) -> bool:
    return native.get("mime") == "text/html" and "file" in native and "fault" not in native


def _records(native: Native, head: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from documents(native)


HTML_PAGE = Importer(
    name="html_page",
    title="Saved web page (HTML)",
    signatures=(),
    columns={},
    shape=Shape(
        fits=_fits,
        records=_records,
        fields=FIELDS,
        told="Text that begins with <!doctype html>, <html or another element of a page.",
    ),
    table="documents",
    plausible={"text": (1, 1)},
    export="Save the page in a browser as HTML, or with SingleFile, which writes down address and time.",
    lacks="Pictures, and what the page would have loaded later. Its address is only known where the browser or the page says it.",
    layout="HTML is documented; the comments of browsers and of SingleFile with address and time are from memory.",
)
