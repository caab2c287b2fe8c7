"""`search`: posts and documents that hold certain words, in any language, with the places where they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from inconcert.browse.view import View
from inconcert.case import Case
from inconcert.errors import InputError, UnknownName
from inconcert.hunting.query import Query, query
from inconcert.hunting.word_marks import word_marks
from inconcert.normalise.folding import fold_hashtag, fold_name
from inconcert.normalise.given.events import read_span
from inconcert.normalise.platforms import platform_name
from inconcert.normalise.urls import domain as as_domain
from inconcert.progress import Progress, silent
from inconcert.verbs import search_prepared
from inconcert.verbs.export import check_target
from inconcert.verbs.hunt_csv import write_csv
from inconcert.verbs.import_given import GIVEN
from inconcert.verbs.masked_rows import masked_rows
from inconcert.verbs.prepare import prepared
from inconcert.verbs.results import result
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
    group: str | None = None,
    hashtag: Sequence[str] = (),
    domain: Sequence[str] = (),
    platform: str | None = None,
    since: str | None = None,
    until: str | None = None,
    order: str = "rank",
    limit: int = LIMIT,
    offset: int = 0,
    export: Path | None = None,
    masked: bool = False,
    force: bool = False,
    progress: Progress = silent,
) -> Search:
    """Find the posts and documents that hold every word and phrase; see `hunting.query` for how words are written.

    Width, case, accents, punctuation, line breaks and Chinese script variants make no difference. Of documents, title, text
    and gloss are searched as one.
    places: of PLACES.   account: ids or handles.   group: id of a group, whose members wrote the posts.   hashtag, domain: posts that
    hold one of these, and one of those; domains as they are registered.   since, until: dates as people write them, the day or
    month named included.   order: "rank", the best first, or "time", the earliest.   limit: most hits returned, after the first
    `offset`.   export: CSV file for all of them.   masked: the file calls accounts as pages do, in texts too, and leaves out ids and addresses
    of posts.   force: replace that file.
    Without words, every post that fits the rest is found. A case that is prepared is searched in its prepared letters.
    InputError when nothing is looked for, a date or name cannot be read, or a case is not prepared that is to be masked;
    UnknownName for a place, order, account or group.
    """
    if export is not None:
        check_target(case, export, force=force)
    table, answers, sought = found_rows(
        case, words, places=places, account=account, group=group, hashtag=hashtag, domain=domain, platform=platform, since=since,
        until=until, order=order, most=None if export is not None else offset + limit, progress=progress,
    )  # fmt: skip
    if export is not None:
        write_csv(masked_rows(_needed(case), table) if masked else table, export, {"words": " ".join(words)})
    return Search(
        tuple(words),
        tuple(_hit(row, sought) for row in table.slice(offset, limit).to_pylist()),
        {place: len(found) for place, found in answers.items()},
        {place: found.searched for place, found in answers.items()},
        _notes(answers),
    )


def found_rows(
    case: Case,
    words: Sequence[str],
    *,
    places: Sequence[str] = ("posts", "documents"),
    account: Sequence[str] = (),
    group: str | None = None,
    hashtag: Sequence[str] = (),
    domain: Sequence[str] = (),
    platform: str | None = None,
    since: str | None = None,
    until: str | None = None,
    order: str = "rank",
    most: int | None = None,
    progress: Progress = silent,
) -> tuple[pa.Table, dict[str, Found], Query]:
    """What `search` finds, whole: rows of `search_rows.ROWS`, the first `most` of them; the answers by place, and what was looked for."""
    for name, known in [*((place, PLACES) for place in places), (order, ORDERS)]:
        if name not in known:
            raise UnknownName("place to search" if known is PLACES else "order", name, known)
    of_posts = bool(account or group or hashtag or domain or platform)
    sought = query(words) if words or not of_posts else Query((), ())
    wanted = [place for place in PLACES if place in places and (not of_posts or PLACES[place][0] == "posts")]
    if not wanted:
        raise InputError(
            "Documents have no account, group, hashtag, domain or platform. Leave these out, or search posts."
        )
    view = prepared(case)
    views = {place: None if place == "control" else view for place in wanted}
    limits = Limits(
        accounts=_authors(case, view, account, group, wanted),
        platform=platform_name(platform) if platform else None,
        since_us=_moment("since", since)[0] if since else None,
        until_us=_moment("until", until)[1] if until else None,
        holding=_holding(hashtag, domain),
    )
    answers: dict[str, Found] = {}
    for place in wanted:
        table, role = PLACES[place]
        told = partial(progress, f"searching {place}")
        held = views[place]
        if held is not None:
            answers[place] = search_prepared.find(held, table, sought, limits)
        else:
            answers[place] = find(table, case.parts(table, role), sought, limits, told)
    return rows(case, answers, order, most), answers, sought


def _needed(case: Case) -> View:
    view = prepared(case)
    if view is None:
        raise InputError(f"Only a case that is prepared can be masked. Run: inconcert prepare {case.typed}")
    return view


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


def _authors(
    case: Case, view: View | None, names: Sequence[str], group: str | None, places: Sequence[str]
) -> frozenset[str] | None:
    """Ids of the accounts of those names and in that group; None: any. UnknownName when there is none."""
    found = None
    if names:
        prepared_too = view is not None and "control" not in places
        found = _prepared_accounts(view, names) if prepared_too and view is not None else _accounts(case, names, places)
    if group is not None:
        members = result(case, "members")
        its = members.filter(pc.equal(members["group_id"], group))["account_id"].to_pylist()
        if not its:
            raise UnknownName("group", group, pc.unique(members["group_id"]).to_pylist())
        found = frozenset(its) if found is None else found & frozenset(its)
    return found


def _prepared_accounts(view: View, names: Sequence[str]) -> frozenset[str]:
    ids: set[str] = set()
    for name in names:
        folded = fold_name(name)
        found = search_prepared.accounts_named(view, folded) if folded else []
        if not found:
            raise UnknownName("account", name, search_prepared.account_names(view))
        ids |= set(found)
    return frozenset(ids)


def _holding(hashtags: Sequence[str], domains: Sequence[str]) -> dict[str, frozenset[str]]:
    """Kind of action -> its objects, in the spelling of the table `actions`. InputError for what can be none."""
    asked = {
        "hashtag": {tag: fold_hashtag(tag) for tag in hashtags},
        "domain": {name: as_domain(name) for name in domains},
    }
    for kind, spelt in asked.items():
        for written, found in spelt.items():
            if found is None:
                raise InputError(f"--{kind} '{written[:60]}' is no {kind}. Write it as it stands in a post.")
    return {kind: frozenset(filter(None, spelt.values())) for kind, spelt in asked.items() if spelt}


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
