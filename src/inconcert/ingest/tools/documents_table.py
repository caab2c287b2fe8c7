"""Tables of documents with their gloss, one a row."""

from __future__ import annotations

from inconcert.ingest.importer import Importer, signature

DOCUMENTS_TABLE = Importer(
    name="documents_table",
    title="Table of documents",
    signatures=(
        signature("title", "text", "gloss"),
        signature("text", "gloss", "publisher"),
        signature("document_id", "text"),
        signature("document_id", "title", "gloss"),
        signature("标题", "原文", "译文"),
    ),
    columns={
        "document_id": ("document_id", "doc_id", "id"),
        "title": ("title", "标题"),
        "text": ("text", "original", "原文", "正文"),
        "gloss": ("gloss", "translation", "译文", "翻译"),
        "language": ("language", "lang", "语言"),
        "author": ("author", "authors", "作者"),
        "publisher": ("publisher", "source", "site", "来源"),
        "published_at": ("published_at", "published", "date", "日期", "发布时间"),
        "observed_at": ("observed_at", "captured_at", "retrieved_at"),
        "url": ("url", "link", "链接"),
        "mime": ("mime", "mime_type", "content_type"),
    },
    table="documents",
    plausible={"text": (0.5, 1)},
    export="A table of your own with the columns title, text and gloss; document_id, language, author, publisher, "
    "published_at and url where they are known. JSON lines with these members are read as well.",
    lacks="Whatever has no column. A gloss is kept as it is given: nothing is translated.",
)
