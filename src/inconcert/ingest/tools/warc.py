"""Web captures: WARC files, and the WARC files within WACZ archives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from inconcert.ingest.importer import Importer
from inconcert.ingest.shape import Native, Passed, Shape
from inconcert.ingest.tools.document import FIELDS, documents


def _fits(native: Native, head: Mapping[str, Any]) -> bool:
    return "warc_type" in native and ("kind" in native or "mime" in native)


def _records(native: Native, head: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if "kind" in native:
        raise Passed(str(native["kind"]))
    url = str(native.get("url") or "")
    if url.startswith("urn:"):
        raise Passed("records that a crawler keeps about its pages")
    page = native.get("page")
    yield from documents({**native, "title": native.get("title") or url}, f"page={page}" if page else None)


WARC = Importer(
    name="warc",
    title="Web captures (WARC, WACZ)",
    signatures=(),
    columns={},
    shape=Shape(
        fits=_fits,
        records=_records,
        fields=FIELDS,
        told="The file, unpacked, begins with WARC/; of a WACZ archive the WARC files in it are read.",
    ),
    table="documents",
    plausible={"text": (1, 1), "url": (1, 1), "observed_at": (1, 1)},
    export="Capture pages with ArchiveWeb.page, Browsertrix, wget --warc-file or any other crawler that writes WARC.",
    lacks="Pictures, films and data of programs; the text of pages that only appears once a program has run in the browser, "
    "unless the crawler stored it as a page.",
    note="Pages hold menus and footers as well as their article; answers that are no pages (pictures, redirects, errors) are counted.",
)
