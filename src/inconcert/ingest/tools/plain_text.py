"""Text and Markdown files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from inconcert.ingest.importer import Importer
from inconcert.ingest.shape import Native, Shape
from inconcert.ingest.tools.document import FIELDS, documents


def _fits(native: Native, head: Mapping[str, Any]) -> bool:
    return str(native.get("mime")).startswith("text/") and {"file", "part"} <= native.keys()


def _records(native: Native, head: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from documents(native)


PLAIN_TEXT = Importer(
    name="plain_text",
    title="Text or Markdown file",
    signatures=(),
    columns={},
    shape=Shape(
        fits=_fits,
        records=_records,
        fields=FIELDS,
        told="Running text: most lines are sentences, and the first could not name the columns of a table.",
    ),
    table="documents",
    plausible={"text": (1, 1)},
    export="Any file of running text. One whose first line could name the columns of a table is read as a table.",
    lacks="Author, address, date and language, unless the text says them. A text longer than 250,000 characters is several documents.",
)
