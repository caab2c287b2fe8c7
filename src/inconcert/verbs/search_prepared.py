"""The texts that a query finds, out of the letters of a prepared view: the answers of `search_texts.find`, without reading the texts."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from inconcert.browse.letter_search import Texts
from inconcert.browse.view import View
from inconcert.hunting.query import Query
from inconcert.hunting.relevance import bm25
from inconcert.hunting.searched import NO_TIME
from inconcert.verbs.search_texts import Found, Limits

ROWS = {
    "posts": "SELECT p.line, p.post_id, a.id AS account_id, p.platform, p.text, p.url, p.import_id, p.row_ref "
    "FROM posts AS p SEMI JOIN wanted USING (line) JOIN accounts AS a USING (account) ORDER BY p.line",
    "documents": "SELECT * FROM documents SEMI JOIN wanted USING (line) ORDER BY line",
}
"""Table -> the query for rows by their line: the place of a row in all files of the table, one after another."""

_HOLDING = """
SELECT q.line FROM (
    SELECT DISTINCT p.account, p.post_id FROM actions AS a JOIN posts AS p USING (post)
    SEMI JOIN (SELECT object FROM objects SEMI JOIN wanted USING (kind, id)) USING (object)
) AS held JOIN posts AS q ON q.account = held.account AND q.post_id = held.post_id
"""


def find(view: View, table: str, query: Query, limits: Limits) -> Found:
    """The rows of a table that answer a query; `place` is their line."""
    texts = view.texts[table]
    chosen = np.flatnonzero(_within(view, texts, limits))
    counts = np.zeros((len(chosen), len(query.all)), np.int32)
    refused = np.zeros(len(chosen), bool)
    for number, term in enumerate(query.all):
        counts[:, number] = texts.times(term, chosen)
    for term in query.none:
        refused |= texts.times(term, chosen) > 0
    lengths = texts.lengths(chosen)
    answers = np.flatnonzero((counts > 0).all(axis=1) & ~refused)
    time_us = texts.time_us[chosen[answers]]
    kept = answers[time_us != NO_TIME] if limits.timed else answers
    searched, letters = len(chosen), int(lengths.sum())
    score = bm25(counts[kept], lengths[kept], (counts > 0).sum(axis=0), searched, letters / max(searched, 1))
    place = chosen[kept]
    return Found(
        (), np.zeros(len(kept), np.int64), place, texts.time_us[place], score, searched, len(answers) - len(kept), view
    )


def accounts_named(view: View, folded: str) -> list[str]:
    """Ids of the accounts of that id or handle, folded by `fold_name`; else of that key or pseudonym of pages."""
    rows = view.rows(
        "SELECT DISTINCT a.id FROM names AS n JOIN accounts AS a USING (account) WHERE n.folded = ?", [folded]
    )
    rows = rows or view.rows("SELECT id FROM accounts WHERE key = $1 OR pseudonym = upper($1)", [folded])
    return [row["id"] for row in rows]


def account_names(view: View) -> list[str]:
    """Every name that `accounts_named` knows."""
    return [row["folded"] for row in view.rows("SELECT DISTINCT folded FROM names WHERE folded IS NOT NULL")]


def _within(view: View, texts: Texts, limits: Limits) -> NDArray[np.bool_]:
    """Which texts are to be searched; those without a time are, so that they can be counted."""
    kept = np.ones(len(texts), bool)
    if limits.accounts is not None:
        kept &= _marked(view, limits.accounts)[texts.account]
    if limits.platform is not None:
        code = texts.platforms.index(limits.platform) if limits.platform in texts.platforms else -1
        kept &= texts.platform == code
    for kind, ids in limits.holding.items():
        held = np.zeros(len(texts), bool)
        held[_holding(view, kind, ids)] = True
        kept &= held
    none = texts.time_us == NO_TIME
    if limits.since_us is not None:
        kept &= (texts.time_us >= limits.since_us) | none
    if limits.until_us is not None:
        kept &= (texts.time_us < limits.until_us) | none
    return kept


def _marked(view: View, ids: Collection[str]) -> NDArray[np.bool_]:
    """(accounts + 1,) whether an account is one of these; the last stands for those without a number."""
    wanted = pa.table({"id": pa.array(sorted(ids), pa.string())})
    numbers = view.column("SELECT account FROM accounts SEMI JOIN wanted USING (id)", wanted=wanted)
    marked = np.zeros(view.rows("SELECT count(*) AS n FROM accounts")[0]["n"] + 1, bool)
    marked[numbers] = True
    return marked


def _holding(view: View, kind: str, ids: Collection[str]) -> NDArray[np.int64]:
    """Lines of the posts that hold one of these objects."""
    columns: Mapping[str, pa.Array] = {"kind": pa.repeat(kind, len(ids)), "id": pa.array(sorted(ids), pa.string())}
    return view.column(_HOLDING, wanted=pa.table(columns))
