"""Documents: pages, papers and leaks as searchable texts, their gloss kept beside the original."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from inconcert import schema
from inconcert.normalise.given.sheet import MARK, GivenSheet, ReadRows, Unread, cell, moments, rows_of

_SAYS = ("title", "text", "gloss")
_PLAIN = (*_SAYS, "language", "author", "publisher", "url", "mime")
_TIMES = ("published_at", "observed_at")


def _read(fields: pa.Table, constants: Mapping[str, str]) -> ReadRows:
    row_ref = fields["row_ref"].combine_chunks()
    columns = {name: cell(fields, name, constants) for name in _PLAIN}
    kept = pc.or_(pc.or_(*(columns[name].is_valid() for name in _SAYS[:2])), columns["gloss"].is_valid())
    unread = [
        Unread(row, "text", None, "a document without title, text and gloss", True)
        for row in row_ref.filter(pc.invert(kept)).to_pylist()
    ]
    for name in _TIMES:
        written = cell(fields, name, constants)
        read = moments(written, constants)
        columns[name] = read.time_us.cast(schema.UTC_US)
        bad = read.reason.is_valid()
        unread += [
            Unread(row, name, value, reason, False)
            for row, value, reason in zip(
                *(values.filter(bad).to_pylist() for values in (row_ref, written, read.reason)), strict=True
            )
        ]
    numbered = pc.binary_join_element_wise("D", row_ref.cast(pa.string()), constants.get(MARK, ""), "")
    named = pc.coalesce(cell(fields, "document_id", constants), columns["url"], numbered)
    table = rows_of("documents", {**columns, "document_id": named, "row_ref": row_ref})
    return ReadRows({"documents": table.filter(kept)}, tuple(unread))


DOCUMENTS = GivenSheet(
    "documents",
    {
        "document_id": ("document_id", "doc_id", "id"),
        "title": ("title", "headline", "标题"),
        "text": ("text", "original", "body", "content", "原文", "正文"),
        "gloss": ("gloss", "translation", "译文", "翻译"),
        "language": ("language", "lang", "语言"),
        "author": ("author", "authors", "作者"),
        "publisher": ("publisher", "source", "site", "来源"),
        "published_at": ("published_at", "date", "published", "日期", "发布时间"),
        "observed_at": ("observed_at", "captured_at", "retrieved_at"),
        "url": ("url", "link", "链接"),
        "mime": ("mime", "mime_type", "content_type"),
    },
    (_SAYS,),
    _read,
)
