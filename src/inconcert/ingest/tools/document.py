"""What the readers of pages, papers and texts hand over as a document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from inconcert.ingest.formats.text_parts import parts
from inconcert.ingest.shape import Native, Passed

FIELDS = (
    "document_id", "title", "text", "language", "author", "publisher", "published_at", "observed_at", "url", "mime",
)  # fmt: skip


def documents(native: Native, place: str | None = None) -> Iterator[Mapping[str, Any]]:
    """The document of a native object with these members, in parts when it is long.

    place: where in the whole it stands, "page=3". Without a title it has the name of its file, `file`. Passed when it shows no text.
    """
    text = native.get("text")
    if not isinstance(text, str) or not text.strip():
        raise Passed("pages without text (a picture of text, or a page that programs fill)")
    texts = list(parts(text))
    for number, part in enumerate(texts, start=1):
        where = "&".join(one for one in (place, f"part={number}" if len(texts) > 1 else None) if one)
        url = native.get("url")
        known = {field: native.get(field) for field in FIELDS} | {"title": native.get("title") or native.get("file")}
        yield known | {"text": part, "document_id": f"{url}#{where}" if url and where else url}
