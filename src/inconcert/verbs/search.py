"""`search`: posts and documents that hold certain words, in any language, with the places where they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from inconcert.case import Case
from inconcert.errors import InputError, UnknownName
from inconcert.hunting.query import Query, query
from inconcert.hunting.word_marks import word_marks
from inconcert.normalise.folding import fold_name
from inconcert.normalise.given.events import read_span
from inconcert.normalise.platforms import platform_name
from inconcert.progress import Progress, silent
from inconcert.verbs.export import check_target
from inconcert.verbs.hunt_csv import write_csv
from inconcert.verbs.import_given import GIVEN
from inconcert.verbs.search_rows import rows
from inconcert.verbs.search_texts import Found, Limits, find

PLACES: dict[str, tuple[str, str]] = {
    "posts": ("posts", "case"),
    "documents": ("documents", GIVEN),
    "control": ("posts", "control"),
}
"""Where to search -> table and role of the imports."""
ORDERS = ("rank", "time")
LIMIT = 20

_EXCERPT = 240
_BEFORE = 80


@dataclass(frozen=True)
class Excerpt:
    """A stretch of a field.   start: characters before it.   spans: places of the words in it, (first character, end)."""

    field: str
    text: str
    start: int
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Hit:
    """One post or document that answers.   score: see `bm25`; comparable within one of PLACES.   time: None when unknown."""

    place: str
    id: str
    account_id: str | None
    platform: str | None
    time: datetime | None
    title: str | None
    url: str | None
    excerpts: tuple[Excerpt, ...]
    score: float
    import_id: str
    file: str
    row_ref: int


@dataclass(frozen=True)
class Search:
    """hits: the best, or earliest.   found, searched: how many texts, by place.   notes: what the user should know."""

    words: tuple[str, ...]
    hits: tuple[Hit, ...]
    found: dict[str, int]
    searched: dict[str, int]
    notes: tuple[str, ...]


def search(
    case: Case,
    words: Sequence[str],
    *,
    places: Sequence[str] = ("posts", "documents"),
    account: Sequence[str] = (),
    platform: str | None = None,
    since: str | None = None,
    until: str | None = None,
    order: str = "rank",
    limit: int = LIMIT,
    export: Path | None = None,
    force: bool = False,
    progress: Progress = silent,
) -> Search:
    """Find the posts and documents that hold every word and phrase; see `hunting.query` for how words are written.

    Width, case, accents, punctuation, line breaks and Chinese script variants make no difference. Of documents, title, text
    and gloss are searched as one.
    places: of PLACES.   account: ids or handles.   since, until: dates as people write them, the day or month named included.
    order: "rank", the best first, or "time", the earliest.   limit: most hits returned.   export: CSV file for all of them.
    force: replace that file.
    InputError when nothing is looked for or a date cannot be read; UnknownName for a place, order or account.
    """
    for name, known in [*((place, PLACES) for place in places), (order, ORDERS)]:
        if name not in known:
            raise UnknownName("place to search" if known is PLACES else "order", name, known)
    sought = query(words)
    if export is not None:
        check_target(case, export, force=force)
    wanted = [
        place for place in PLACES if place in places and (not (account or platform) or PLACES[place][0] == "posts")
    ]
    if not wanted:
        raise InputError(
            "Documents have no account and no platform. Leave out --account and --platform, or search posts."
        )
    limits = Limits(
        accounts=_accounts(case, account, wanted) if account else None,
        platform=platform_name(platform) if platform else None,
        since_us=_moment("since", since)[0] if since else None,
        until_us=_moment("until", until)[1] if until else None,
    )
    answers: dict[str, Found] = {}
    for place in wanted:
        table, role = PLACES[place]
        told = partial(progress, f"searching {place}")
        answers[place] = find(table, case.parts(table, role), sought, limits, told)
    table = rows(case, answers, order, None if export is not None else limit)
    if export is not None:
        write_csv(table, export, {"words": " ".join(words)})
    return Search(
        tuple(words),
        tuple(_hit(row, sought) for row in table.slice(0, limit).to_pylist()),
        {place: len(found) for place, found in answers.items()},
        {place: found.searched for place, found in answers.items()},
        _notes(answers),
    )


def _hit(row: dict[str, Any], sought: Query) -> Hit:
    texts = {name: row[name] for name in ("title", "text", "gloss") if row[name]}
    excerpts = tuple(_excerpt(name, text, word_marks(text, sought.all)) for name, text in texts.items())
    about = ("place", "id", "account_id", "platform", "time", "title", "url", "score", "import_id", "file", "row_ref")
    return Hit(excerpts=excerpts, **{name: row[name] for name in about})


def _excerpt(field: str, text: str, marks: tuple[tuple[int, int], ...]) -> Excerpt:
    start = max(0, marks[0][0] - _BEFORE) if marks and len(text) > _EXCERPT else 0
    stretch = text[start : max(start + _EXCERPT, marks[0][1] if marks else 0)]
    spans = ((first - start, min(end - start, len(stretch))) for first, end in marks)
    return Excerpt(field, stretch, start, tuple(span for span in spans if span[0] < len(stretch)))


def _accounts(case: Case, names: Sequence[str], places: Sequence[str]) -> frozenset[str]:
    """Ids of the accounts of those ids or handles; UnknownName when there is none."""
    ids: set[str] = set()
    known: dict[str, set[str]] = {}
    for role in {PLACES[place][1] for place in places}:
        for part in case.parts("accounts", role):
            for row in pq.read_table(part, columns=["account_id", "handle"]).to_pylist():
                for name in (row["account_id"], row["handle"]):
                    if name and (folded := fold_name(name)):
                        known.setdefault(folded, set()).add(row["account_id"])
    for name in names:
        found = known.get(fold_name(name) or "")
        if not found:
            raise UnknownName("account", name, known)
        ids |= found
    return frozenset(ids)


def _moment(option: str, written: str) -> tuple[int, int]:
    """(first, end) of a date as people write it, microseconds, the end exclusive."""
    span = read_span(written.strip())
    if isinstance(span, str):
        raise InputError(f"--{option} '{written}' is {span}. Write it as 2024-03-01, 2024-03 or 2024-03-01T10:00:00Z.")
    return span[0], span[1]


def _notes(answers: Mapping[str, Found]) -> tuple[str, ...]:
    return tuple(
        f"{found.untimed:,} of {place} hold the words and have no time: left out, since a time is asked for."
        for place, found in answers.items()
        if found.untimed
    )
