"""Posts as pages show them: one in full, with every capture; or many, cut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from inconcert.browse.names import Who, masked, who
from inconcert.browse.view import View
from inconcert.errors import UnknownName

TEXT_AT_MOST = 2_000
"""Characters of a text in a list of posts."""
LINKED_AT_MOST = 50
"""Links, hashtags and the like shown of one post."""

_OWN = """
SELECT * EXCLUDE (text), length(text) AS length, left(text, $1) AS text FROM posts SEMI JOIN wanted USING (post)
"""
_LINKED = """
SELECT post, kind, id FROM held SEMI JOIN wanted USING (post)
QUALIFY row_number() OVER (PARTITION BY post, kind ORDER BY id) <= $1 ORDER BY ALL
"""
_REFERRED = """
SELECT p.post_id, p.platform, q.import_id, q.row_ref FROM post_ids AS p SEMI JOIN wanted USING (post_id, platform)
JOIN posts AS q USING (post)
"""


@dataclass(frozen=True)
class Place:
    """Where a post lies in the case, and its address."""

    import_id: str
    row_ref: int


@dataclass(frozen=True)
class Post:
    """One post. Times in microseconds since 1970 (UTC), None when unknown; precision: s, min or day.

    text: cut in lists, length: characters of the whole.   linked: kind of object (url, domain, hashtag, media) -> what it holds.
    replies_to, shares, quotes: the id of that post, and its place when the case holds it.   counts: likes, replies, shares, quotes
    and views, those that the source gives.   facts: client, place, language and the like, those it gives.
    """

    at: Place
    who: Who
    time_us: int | None
    precision: str | None
    zone_source: str | None
    platform: str
    kind: str
    text: str | None
    length: int
    linked: Mapping[str, tuple[str, ...]]
    replies_to: tuple[str, Place | None] | None
    shares: tuple[str, Place | None] | None
    quotes: tuple[str, Place | None] | None
    counts: Mapping[str, int]
    facts: Mapping[str, str]
    edited_us: int | None
    deleted: bool | None
    observed_us: int | None


@dataclass(frozen=True)
class Capture:
    """The post as it was captured another time; what a source leaves out is None."""

    at: Place
    text: str | None
    edited_us: int | None
    deleted: bool | None
    counts: Mapping[str, int]
    observed_us: int | None


@dataclass(frozen=True)
class PostPage:
    """A post with its whole text, its further captures, and how many posts of the case share or reply to it."""

    post: Post
    captures: tuple[Capture, ...]
    shared: int
    replied: int


_COUNTS = ("likes", "replies", "shares", "quotes", "views")
_FACTS = ("language", "client", "place", "ip_region", "channel_id", "thread_id", "url")
_REFERS = ("reply_to_id", "shared_id", "quoted_id")


def posts(view: View, numbers: Sequence[int], names: bool, *, most: int = TEXT_AT_MOST) -> list[Post]:
    """The posts of these numbers, in their order.   names: whether names are switched on.   most: characters of each text."""
    wanted = pa.table({"post": pa.array(sorted(set(numbers)), pa.int32())})
    rows = {row["post"]: row for row in view.rows(_OWN, [most], wanted=wanted)}
    held = view.rows(_LINKED, [LINKED_AT_MOST], wanted=wanted)
    referred = _referred(view, rows.values())
    people = who(view, [row["account"] for row in rows.values()], names)
    stated = [(number, name) for number, row in rows.items() for name in _FACTS if row[name] is not None]
    spoken = [row["text"] for row in rows.values()]
    # all at once, since the accounts that texts may name are looked up together
    told = iter(masked(view, [*spoken, *(rows[n][name] for n, name in stated), *(one["id"] for one in held)], names))
    texts = {number: next(told) for number in rows}
    facts: dict[int, dict[str, str]] = {}
    for number, name in stated:
        facts.setdefault(number, {})[name] = next(told) or ""
    linked: dict[int, dict[str, tuple[str, ...]]] = {}
    for one in held:
        kinds = linked.setdefault(one["post"], {})
        kinds[one["kind"]] = (*kinds.get(one["kind"], ()), next(told) or "")
    return [
        Post(
            at=Place(row["import_id"], row["row_ref"]),
            who=people[row["account"]],
            text=texts[number],
            length=row["length"] or 0,
            linked=linked.get(number, {}),
            counts={name: row[name] for name in _COUNTS if row[name] is not None},
            facts=facts.get(number, {}),
            zone_source=row["time_zone_source"],
            replies_to=_reference(row, "reply_to_id", referred),
            shares=_reference(row, "shared_id", referred),
            quotes=_reference(row, "quoted_id", referred),
            time_us=row["time_us"],
            precision=row["precision"],
            platform=row["platform"],
            kind=row["kind"],
            edited_us=row["edited_us"],
            deleted=row["deleted"],
            observed_us=row["observed_us"],
        )
        for number, row in ((number, rows[number]) for number in numbers if number in rows)
    ]


def post(view: View, import_id: str, row_ref: int, *, names: bool = False) -> PostPage:
    """The post that an import read from a record; UnknownName when it read none there."""
    found = view.row("SELECT post FROM post_places WHERE import_id = ? AND row_ref = ?", [import_id, row_ref])
    if found is None:
        raise UnknownName("post of this case", f"{import_id}/{row_ref}", ())
    (whole,) = posts(view, [found["post"]], names, most=1 << 31)
    captures = view.rows("SELECT * FROM captures WHERE post = ?", [found["post"]])
    texts = masked(view, [row["text"] for row in captures], names)
    answered = view.rows(
        "SELECT o.kind, sum(o.actions)::BIGINT AS n FROM posts AS p JOIN objects AS o ON o.id IN (p.post_id, p.platform || ':' || p.post_id) "
        "WHERE p.post = ? AND o.kind IN ('share', 'reply') GROUP BY o.kind",
        [found["post"]],
    )
    counted = {row["kind"]: row["n"] for row in answered}
    return PostPage(
        whole,
        tuple(
            Capture(
                Place(row["import_id"], row["row_ref"]), text, row["edited_us"], row["deleted"],
                {name: row[name] for name in _COUNTS if row[name] is not None}, row["observed_us"],
            )
            for row, text in zip(captures, texts, strict=True)
        ),
        counted.get("share", 0),
        counted.get("reply", 0),
    )  # fmt: skip


Referred = Mapping[tuple[str, str], Place]


def _referred(view: View, rows: Any) -> Referred:
    """(platform, id) of posts that are referred to -> their places."""
    pairs = sorted({(row[column], row["platform"]) for row in rows for column in _REFERS if row[column]})
    if not pairs:
        return {}
    wanted = pa.table(
        {
            "post_id": pa.array([id for id, _ in pairs], pa.string()),
            "platform": pa.array([platform for _, platform in pairs], pa.string()),
        }
    )
    found = view.rows(_REFERRED, wanted=wanted)
    return {(row["platform"], row["post_id"]): Place(row["import_id"], row["row_ref"]) for row in found}


def _reference(row: Mapping[str, Any], column: str, referred: Referred) -> tuple[str, Place | None] | None:
    return (row[column], referred.get((row["platform"], row[column]))) if row[column] else None
