"""Posts found again from the ids that runs keep, each under the number by which page and working file know it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from inconcert.report.evidence import Quote
from inconcert.report.posts import TEXT_AT_MOST

_FOUND = f"""
SELECT a.number, p.account_id, p.post_id, epoch_us(p.created_at) AS time_us, p.created_precision AS precision,
       left(p.text, {TEXT_AT_MOST}) AS text, coalesce(length(p.text), 0) AS length, p.language, p.platform, p.kind,
       p.import_id, p.row_ref
FROM asked AS a JOIN posts AS p ON p.post_id = a.post_id
WHERE (a.account_id IS NULL OR p.account_id = a.account_id) AND (a.text_hash IS NULL OR p.text_hash = a.text_hash)
QUALIFY row_number() OVER (PARTITION BY a.number ORDER BY p.created_at NULLS LAST, p.import_id, p.row_ref) = 1
"""
_ASKED = pa.schema([(name, pa.string()) for name in ("number", "post_id", "account_id", "text_hash")])


@dataclass(frozen=True)
class Asked:
    """A post to be found: its number on the page and its id; its author or the hash of its text, where ids repeat."""

    number: str
    post_id: str
    account_id: str | None = None
    text_hash: str | None = None


@dataclass(frozen=True)
class Reference:
    """A post that stands for a statement.

    number: "T1.2", by which the working file finds it.   about: what it shows, as the run names it.
    """

    number: str
    about: str
    post: Quote


def quotes(con: duckdb.DuckDBPyConnection, asked: Iterable[Asked]) -> dict[str, Quote]:
    """Number -> post, of those the case holds; of several that fit, the earliest. Reads the table posts."""
    rows = [{name: getattr(one, name) for name in _ASKED.names} for one in asked]
    con.register("asked", pa.Table.from_pylist(rows, schema=_ASKED))
    found = con.sql(_FOUND).to_arrow_table().to_pylist()
    return {row.pop("number"): Quote(**row) for row in found}
