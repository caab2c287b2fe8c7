"""Documents an investigator holds beside the posts: pages, papers, tenders, leaks, with their gloss."""

from __future__ import annotations

from inconcert.schema.table import I64, UTC_US, Column, S, Table

_n = True

DOCUMENTS = Table(
    "documents",
    "one document, or one part of a long one: a page of a PDF, a stretch of a long text",
    (
        Column(
            "document_id", S, "id or address, of a part with #page=N or #part=N; 'D<record>-<file>' when it has none"
        ),
        Column("title", S, "", _n),
        Column("text", S, "what it says, in its own language", _n),
        Column("gloss", S, "what it says, in the language of the investigator", _n),
        Column("language", S, "of the text, as the source states it", _n),
        Column("author", S, "", _n),
        Column("publisher", S, "a site, a body, a newspaper", _n),
        Column("published_at", UTC_US, "", _n),
        Column("observed_at", UTC_US, "when it was captured", _n),
        Column("url", S, "where it was found", _n),
        Column("mime", S, "type of the file it was read from", _n),
        Column("import_id", S, "import that read it"),
        Column("row_ref", I64, "1-based record number in the source file"),
    ),
)
