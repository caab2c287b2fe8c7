"""Answers of Bluesky's servers: feeds of authors, results of a search, threads; also posts that 4CAT collected there."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any

from inconcert.ingest.importer import Importer
from inconcert.ingest.native_values import reader, text_at
from inconcert.ingest.shape import Native, Passed, Shape, Unfit, at, members
from inconcert.ingest.tools.bluesky_record import FIELDS, POST, owner, post, says_bot

_AUTHOR = reader(
    {
        "account_id": "did",
        "handle": "handle",
        "display_name": "displayName display_name",
        "avatar": "avatar",
        "account_created_at": "createdAt created_at",
    }
)
_COUNTS = reader(
    {
        "likes": "likeCount like_count",
        "replies": "replyCount reply_count",
        "shares": "repostCount repost_count",
        "quotes": "quoteCount quote_count",
    }
)
_MORE = ("handle", "account_created_at", "verified", "likes", "replies", "shares", "quotes", "observed_at")
_NO_HANDLE = "handle.invalid"
"""What servers show for an account whose name does not lead back to it."""


def _fits(native: Native, head: Mapping[str, Any]) -> bool:
    threads = (at(native, "thread", "post"), at(native, "thread", 0, "value", "post"))
    return any(_is_view(one) for one in (native, native.get("post"), *threads))


def _is_view(view: Any) -> bool:
    uri, author = text_at(view, "uri") or "", at(view, "author")
    return (
        uri.startswith("at://")
        and isinstance(author, dict)
        and "did" in author
        and isinstance(at(view, "record"), dict)
    )


def _records(native: Native, head: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The repost that put a post into the feed, the post, and the posts shown with it."""
    views = list(_shown(native))
    if not views:
        raise (
            Passed("posts that were deleted, or hidden from whoever asked") if _is_hidden(native) else Unfit("no post")
        )
    first = views[0]
    if str(text_at(native, "reason.$type", "reason.py_type")).endswith("reasonRepost"):
        yield _repost(native["reason"], first)
    seen: set[str] = set()
    for view in views:
        for one in (view, _quoted(view)):
            if one is not None and one["uri"] not in seen:
                seen.add(one["uri"])
                yield _record(one)


def _shown(native: Native) -> Iterator[Native]:
    """The posts of an item of a feed or of a thread, from the one it is about outwards."""
    waiting: deque[Any] = deque([native])  # and no function that calls itself: threads can be long
    while waiting:
        item = waiting.popleft()
        view = item if _is_view(item) else at(item, "post")
        if _is_view(view):
            yield view
        waiting += [item.get("thread"), item.get("parent")] if isinstance(item, dict) else []
        waiting += [at(item, "reply", name) for name in ("parent", "root")] if at(item, "reply") is not None else []
        waiting += members(item, "replies")
        waiting += [one.get("value") for one in members(item, "thread")]


def _is_hidden(native: Native) -> bool:
    return any(
        at(one, mark) is True for one in (native, native.get("post")) for mark in ("notFound", "blocked", "detached")
    )


def _quoted(view: Native) -> Native | None:
    """The quoted post as the server shows it, in the form of the others."""
    for quoted in (at(view, "embed", "record", "record"), at(view, "embed", "record")):
        as_view = {**quoted, "record": quoted.get("value")} if isinstance(quoted, dict) else None
        if as_view is not None and _is_view(as_view) and f"/{POST}/" in str(as_view["uri"]):
            return as_view
    return None


def _record(view: Native) -> dict[str, Any]:
    author = view["author"]
    status = text_at(author, "verification.verifiedStatus", "verification.verified_status")
    return {
        **_AUTHOR(author),
        "handle": None if author.get("handle") == _NO_HANDLE else text_at(author, "handle"),
        "verified": status == "valid" if status is not None else None,
        "declared_bot": says_bot(author.get("labels")),
        **post(view["uri"], view["record"]),
        **_COUNTS(view),
        "observed_at": text_at(view, "4CAT_metadata.collected_at"),
    }


def _repost(reason: Any, view: Native) -> dict[str, Any]:
    by = at(reason, "by")
    return {
        **_AUTHOR(by),
        "post_id": text_at(reason, "uri"),
        "created_at": text_at(reason, "indexedAt", "indexed_at"),
        "shared_id": view["uri"],
        "shared_account": text_at(view, "author.did") or owner(view["uri"]),
        "is_share": True,
    }


BLUESKY = Importer(
    name="bluesky",
    title="Bluesky, feeds, searches and threads as its servers answer, also through 4CAT",
    signatures=(),
    columns={},
    shape=Shape(
        _fits,
        _records,
        tuple(dict.fromkeys((*FIELDS, *_MORE))),
        under=("feed", "posts"),
        told_by=tuple(
            f"{place}uri {place}author.did {place}record"
            for place in ("", "post.", "thread.post.", "thread.value.post.")
        ),
        told="the address (uri) begins with at://",
    ),
    platform="bluesky",
    plausible={"account_id": (1.0, 1.0), "created_at": (0.99, 1.0), "handle": (0.8, 1.0)},
    note=(
        "The time of a Bluesky post is what its author's program says and can be backdated. That of a repost is when the server "
        "had it."
    ),
    export=(
        "Save the answers of app.bsky.feed.getAuthorFeed, searchPosts or getPostThread as they come, one a line or one a file; in "
        "4CAT, download the NDJSON file."
    ),
    lacks="Who liked a post, profiles beyond name and picture, and the address of a repost in answers before 2025.",
    layout="As documented; the spelling of the Python SDK, which 4CAT writes, is read too.",
)
