"""Storylines: what is told, known by phrases, hashtags, titles and links in any language; dated events among them are taken too."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pyarrow as pa

from inconcert.normalise.folding import fold_hashtag
from inconcert.normalise.given.events import as_table, event_rows
from inconcert.normalise.given.sheet import MARK, ZONE, GivenSheet, ReadRows, Unread, cell

SIGNS: dict[str, str] = {
    "phrase": "phrase", "slogan": "phrase", "keyword": "phrase", "text": "phrase",
    "hashtag": "hashtag", "tag": "hashtag",
    "title": "title", "article_title": "title", "document_title": "title", "headline": "title",
    "link": "link", "url": "link",
}  # fmt: skip
"""What a file may call a sign -> what it is called here."""
LONGEST = 1_000
"""Longest pattern, characters: no phrase is longer, and matchers give up on much longer ones."""
MOST_SIGNS = 1_000
"""Signs of one file that are taken: each is looked for in every text."""
DIRECTIONS = ("pushed", "targeted", "pun")
_TITLES = ("narrative", "storyline")
_FIELDS = ("storyline", "title", "kind", "pattern", "language", "gloss", "direction", "source", "note", "date", "id")


def _read(fields: pa.Table, constants: Mapping[str, str]) -> ReadRows:
    columns = {name: cell(fields, name, constants).to_pylist() for name in _FIELDS}
    records = [
        {"row_ref": row_ref, **{name: columns[name][i] for name in _FIELDS}}
        for i, row_ref in enumerate(fields["row_ref"].to_pylist())
    ]
    titles = {record["storyline"]: record["title"] for record in reversed(records) if record["title"]} | {
        record["storyline"] or record["id"]: record["title"] or record["gloss"]
        for record in records
        if (record["kind"] or "").lower() in _TITLES
    }
    ids = {record["id"] for record in records}
    signs: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []
    unread: list[Unread] = []
    for record in records:
        kind = (record["kind"] or "phrase").lower()
        if kind == "event":
            events.append(
                {**record, "event_id": record["id"], "title": record["title"] or record["gloss"] or record["pattern"]}
            )
        elif kind in _TITLES and not record["pattern"]:
            continue
        elif kind not in SIGNS and kind not in _TITLES:
            unread.append(
                Unread(
                    record["row_ref"], "kind", kind, f"not a sign posts are known by; one of {', '.join(SIGNS)}", True
                )
            )
        elif len(signs) >= MOST_SIGNS:
            unread.append(
                Unread(record["row_ref"], "pattern", record["pattern"], f"beyond {MOST_SIGNS} signs of one file", True)
            )
        elif found := _sign(record, SIGNS.get(kind, "phrase"), titles, ids, constants.get(MARK, "")):
            signs.append(found)
        else:
            unread.append(
                Unread(
                    record["row_ref"],
                    "pattern",
                    record["pattern"],
                    f"no words, tag or address of at most {LONGEST:,} characters to look for",
                    True,
                )
            )
    dated, undated = event_rows(events, constants.get(MARK, ""), constants.get(ZONE))
    return ReadRows(
        {"storylines": as_table("storylines", signs), "events": as_table("events", dated)}, (*unread, *undated)
    )


def _sign(
    record: Mapping[str, Any], kind: str, titles: Mapping[str, str | None], ids: Collection[str | None], mark: str
) -> dict[str, Any] | None:
    """A storyline written with its signs is called by its title, else by its name: an id of a row is none."""
    pattern = record["pattern"]
    if pattern and kind == "hashtag":
        pattern = fold_hashtag(pattern)
    if not pattern or len(pattern) > LONGEST:
        return None
    storyline = record["storyline"] or record["id"] or f"N{record['row_ref']}{mark}"
    named = record["storyline"] if record["storyline"] not in ids else None
    pun = "pun" in (record["note"] or "").lower().split() or record["direction"] == "pun"
    return {
        "storyline": storyline,
        "title": titles.get(storyline) or record["title"] or named or record["gloss"] or record["pattern"],
        "kind": kind,
        "pattern": pattern,
        "language": record["language"],
        "gloss": record["gloss"],
        "direction": "pun" if pun else record["direction"] if record["direction"] in DIRECTIONS else None,
        "source": record["source"],
        "row_ref": record["row_ref"],
    }


STORYLINES = GivenSheet(
    "storylines",
    {
        "storyline": ("storyline", "storyline_id", "narrative", "narrative_id"),
        "id": ("id",),
        "title": ("title", "storyline_title"),
        "kind": ("kind", "type"),
        "pattern": ("pattern", "original", "phrase", "hashtag", "keyword"),
        "language": ("language", "lang"),
        "gloss": ("gloss", "meaning", "translation"),
        "direction": ("direction",),
        "date": ("date",),
        "source": ("source", "reference"),
        "note": ("note", "notes"),
    },
    (("pattern", "title"),),
    _read,
)
