"""Hits of a search as pages show them: masked, and cut only afterwards, so that no name is cut in two and left standing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from inconcert.browse.found_posts import Stretch, found_posts, stretches
from inconcert.browse.names import Who
from inconcert.browse.people import accounts_shown
from inconcert.browse.posts import Place
from inconcert.browse.view import View
from inconcert.errors import InputError, UnknownName
from inconcert.hunting.query import Term, query, words
from inconcert.normalise.folding import fold_name
from inconcert.verbs.search import Hit, Search
from inconcert.verbs.search_prepared import accounts_named

AROUND = 2_000
"""Characters masked before and after a stretch that is shown; no name is as long."""
SHOWN = 420
"""Characters shown of one field."""
BEFORE = 120
LISTED = 10
"""Accounts named when a name may mean several."""

_POSTS = """
SELECT w.n, substr(p.text, w.start + 1, $1) AS text, length(p.text) AS length
FROM wanted AS w JOIN post_places AS a USING (import_id, row_ref) JOIN posts AS p USING (post)
"""
_DOCUMENTS = """
SELECT w.n, substr(CASE w.field WHEN 'title' THEN d.title WHEN 'gloss' THEN d.gloss ELSE d.text END, w.start + 1, $1) AS text,
       length(CASE w.field WHEN 'title' THEN d.title WHEN 'gloss' THEN d.gloss ELSE d.text END) AS length
FROM wanted AS w JOIN documents AS d USING (import_id, row_ref)
"""


@dataclass(frozen=True)
class Part:
    """A stretch of one field.   before, after: whether the field goes on there."""

    field: str
    stretch: Stretch
    before: bool
    after: bool


@dataclass(frozen=True)
class ShownHit:
    """One hit.   at: address of the post; None for a document.   who: None for a document."""

    hit: Hit
    at: Place | None
    who: Who | None
    parts: tuple[Part, ...]


def shown_hits(view: View, found: Search, *, names: bool = False) -> tuple[ShownHit, ...]:
    """The hits of a search in posts and documents of a prepared case.   names: whether names are switched on."""
    try:
        terms = query(found.words).all if found.words else ()
    except InputError:
        terms = ()
    posts = [Place(hit.import_id, hit.row_ref) for hit in found.hits if hit.place == "posts"]
    people = found_posts(view, posts, names=names)
    parts = _parts(view, found.hits, terms, names)
    hits = []
    for n, hit in enumerate(found.hits):
        at = Place(hit.import_id, hit.row_ref) if hit.place == "posts" else None
        hits.append(ShownHit(hit, at, people.get(at) if at is not None else None, tuple(parts.get(n, ()))))
    return tuple(hits)


def typed(line: str) -> list[str]:
    """The words of a search as somebody typed them on one line."""
    return words(line)


def keys_called(view: View, names: Sequence[str], *, several: bool = False) -> list[str]:
    """The keys of accounts by their ids, handles, keys or names on pages, sorted.

    several: whether a name may mean several accounts. UnknownName for a name nobody has, InputError for one that may mean several.
    """
    ids: set[str] = set()
    for name in names:
        folded = fold_name(name)
        found = accounts_named(view, folded) if folded else []
        if not found:
            raise UnknownName("account of this case", name, ())
        if len(found) > 1 and not several:
            listed = ", ".join(sorted(one.key for one in accounts_shown(view, found[:LISTED]).values()))
            raise InputError(
                f"'{name}' may be any of {len(found):,} accounts: {listed}. Give the key of the one you mean."
            )
        ids |= set(found)
    return sorted(one.key for one in accounts_shown(view, sorted(ids)).values())


def _parts(view: View, hits: Sequence[Hit], terms: Sequence[Term], names: bool) -> dict[int, list[Part]]:
    """Number of the hit -> its parts."""
    wanted: list[dict[str, Any]] = []
    for n, hit in enumerate(hits):
        for excerpt in hit.excerpts:
            start = max(0, excerpt.start - AROUND)
            wanted.append({"n": len(wanted), "hit": n, "field": excerpt.field, "start": start, "from": excerpt.start,
                           "import_id": hit.import_id, "row_ref": hit.row_ref, "place": hit.place})  # fmt: skip
    texts: dict[int, dict[str, Any]] = {}
    for place, sql in (("posts", _POSTS), ("documents", _DOCUMENTS)):
        of_place = [one for one in wanted if one["place"] == place]
        if of_place:
            rows = pa.Table.from_pylist(of_place, schema=_WANTED)
            texts |= {row["n"]: row for row in view.rows(sql, [2 * AROUND + SHOWN], wanted=rows)}
    asked = [one for one in wanted if one["n"] in texts]
    found: dict[int, list[Part]] = {}
    shown = stretches(view, [texts[one["n"]]["text"] or "" for one in asked], terms, names=names)
    for one, stretch in zip(asked, shown, strict=True):
        length = texts[one["n"]]["length"] or 0
        ends = one["start"] + 2 * AROUND + SHOWN >= length
        found.setdefault(one["hit"], []).append(_cut(one, stretch, ends))
    return found


_WANTED = pa.schema({"n": pa.int64(), "field": pa.string(), "start": pa.int64(), "import_id": pa.string(), "row_ref": pa.int64()})  # fmt: skip


def _cut(one: dict[str, Any], stretch: Stretch, ends: bool) -> Part:
    """SHOWN characters around the first mark that stands far enough from where the text was cut."""
    margin = AROUND // 2 if one["start"] else 0
    marks = [span for span in stretch.spans if span[0] >= margin]
    first = marks[0][0] if marks else min(one["from"] - one["start"], len(stretch.text))
    begin = max(0, first - BEFORE) if first > SHOWN // 2 or one["start"] else 0
    text = stretch.text[begin : begin + SHOWN]
    spans = tuple((a - begin, min(b - begin, len(text))) for a, b in stretch.spans if begin <= a < begin + len(text))
    return Part(one["field"], Stretch(text, spans), bool(begin or one["start"]), begin + SHOWN < len(stretch.text) or not ends)  # fmt: skip
