"""What a search found, with nobody named who is not named on pages."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from inconcert.browse.people import accounts_shown, texts_shown
from inconcert.browse.view import View

AT_ONCE = 5_000
"""Rows whose texts are masked together."""

_TEXTS = ("title", "text", "gloss")
_LEFT_OUT = ("id", "url")
"""What leads to a post, and so to whoever wrote it; import and row say which post it is."""


def masked_rows(view: View, rows: pa.Table) -> pa.Table:
    """The rows of `search_rows`, accounts called as pages call them, and ids and addresses of posts left out."""
    return pa.concat_tables([rows.slice(0, 0), *_masked(view, rows)])


def _masked(view: View, rows: pa.Table) -> Iterator[pa.Table]:
    for start in range(0, rows.num_rows, AT_ONCE):
        batch = rows.slice(start, AT_ONCE)
        ids = batch["account_id"].to_pylist()
        people = accounts_shown(view, [id for id in ids if id is not None])
        # an account of a control has no name on pages
        columns = {"account_id": [people[id].shown if id in people else None for id in ids]}
        for name in _TEXTS:
            texts = batch[name].to_pylist()
            shown = texts_shown(view, [text or "" for text in texts])
            columns[name] = [new if old is not None else None for old, new in zip(texts, shown, strict=True)]
        # ids of documents are their own, and lead to nobody
        documents = [place == "documents" for place in batch["place"].to_pylist()]
        for name in _LEFT_OUT:
            columns[name] = [v if keep else None for v, keep in zip(batch[name].to_pylist(), documents, strict=True)]
        yield pa.table(
            {name: pa.array(columns[name], batch.schema.field(name).type) if name in columns else batch[name] for name in batch.column_names}
        ).cast(batch.schema)  # fmt: skip
