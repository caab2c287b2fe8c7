"""Posts and comments of VK as its interface gives them: walls, news found by a search, comments; also those 4CAT collected."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from inconcert.ingest.importer import Importer
from inconcert.ingest.native_values import reader, text_at
from inconcert.ingest.shape import Native, Passed, Shape, Unfit, at, members

_POST = {
    "created_at": "date",
    "edited_at": "edited",
    "text": "text",
    "place": "geo.place.title geo.coordinates",
    "likes": "likes.count",
    "replies": "comments.count thread.count",
    "shares": "reposts.count",
    "views": "views.count",
}
_AUTHOR = {
    "handle": "screen_name domain",
    "bio": "about description",
    "location": "city.title country.title",
    "account_url": "site",
    "followers": "followers_count members_count",
    "verified": "verified",
    "avatar": "photo_200 photo_100 photo_50",
}
_MORE = (
    "post_id", "account_id", "display_name", "account_status", "post_url", "client", "channel_id", "thread_id", "reply_to_id",
    "reply_to_account", "shared_id", "shared_account", "urls", "mentions", "media", "deleted",
)  # fmt: skip
_GONE = {"deleted": "deleted", "banned": "suspended"}
_NAMED = re.compile(r"\[(id|club|public|event)(\d{1,19})\|")
_LINK = re.compile(r"(?:https?://|www\.|(?<![\w./])(?:vk\.com|vk\.cc|t\.me|clck\.ru)/)[^\s<>\"|\]»]+", re.IGNORECASE)
_KINDS = frozenset({"post", "copy", "reply", "photo", "video", "post_ads", "postpone", "suggest", "topic", "market"})
_post, _author = reader(_POST), reader(_AUTHOR)


def _fits(native: Native, head: Mapping[str, Any]) -> bool:
    return any(_is_post(one) for one in _listed(native)[:3])


def _is_post(item: Native) -> bool:
    """Posts have the wall they are on and their kind; comments name the post they are under."""
    if not {"id", "date", "from_id"} <= item.keys() or not isinstance(item.get("text"), str | None):
        return False
    return text_at(item, "post_type") in _KINDS or {"owner_id", "post_id"} <= item.keys() or "parents_stack" in item


def _listed(page: Native) -> list[Native]:
    """The posts of a page, with or without the response around it; a post may stand alone."""
    body = page["response"] if isinstance(page.get("response"), dict) else page
    return members(body, "items") if isinstance(body.get("items"), list) else [body]


def _records(native: Native, head: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Each post with its author, what it repeats, and the answers listed under a comment."""
    body = native["response"] if isinstance(native.get("response"), dict) else native
    if "error" in native and "response" not in native:
        raise Unfit(f"VK answered with an error: {str(at(native, 'error', 'error_msg'))[:100]}")
    authors = {
        account: one for name in ("profiles", "groups") for one in members(body, name) if (account := _id(one, name))
    }
    found = _listed(native)
    if not found:
        raise Passed("empty pages")
    for item in found:
        yield from _with_others(item, authors)


def _with_others(item: Native, authors: Mapping[str, Native]) -> Iterator[dict[str, Any]]:
    yield _record(item, authors)
    for original in members(item, "copy_history"):
        yield _record(original, authors)
    for answer in members(item, "thread", "items"):
        yield _record({"owner_id": item.get("owner_id"), "post_id": item.get("post_id"), **answer}, authors)


def _record(item: Native, authors: Mapping[str, Native]) -> dict[str, Any]:
    who = text_at(item, "from_id", "owner_id")
    post_id = _on(text_at(item, "owner_id", "to_id"), text_at(item, "id"))
    if post_id is None:
        raise Unfit("a post without its number, or without the wall it is on")
    wall = post_id.partition("_")[0]
    own = item.get("author_profile")
    author = own if isinstance(own, dict) and own else authors.get(who or "", {})
    return {
        **_post(item),
        **_author(author),
        "post_id": post_id,
        "account_id": who,
        "display_name": _name(author),
        "account_status": _GONE.get(text_at(author, "deactivated") or ""),
        "post_url": f"https://vk.com/wall{post_id}",
        "client": _client(item),
        "channel_id": wall,
        **_answered(item, wall),
        **_shared(item),
        **_within(item),
        "deleted": True if True in (item.get("is_deleted"), item.get("deleted")) else None,
    }


def _on(wall: str | None, number: str | None) -> str | None:
    """Posts and comments are numbered together on each wall: -1_45 is number 45 on the wall of community 1."""
    return f"{wall}_{number}" if wall and number else None


def _id(owner: Native, listed_under: str) -> str | None:
    """Communities are written with a minus, but not where they are listed."""
    id = text_at(owner, "id")
    return f"-{id}" if id and listed_under == "groups" and not id.startswith("-") else id


def _name(author: Native) -> str | None:
    whole = " ".join(part for key in ("first_name", "last_name") if (part := text_at(author, key)))
    return text_at(author, "name") or whole or None


def _client(item: Native) -> str | None:
    """By what it was posted: the site, its mobile page, an application, and on which system."""
    parts = (text_at(item, "post_source.type"), text_at(item, "post_source.platform"))
    return " ".join(part for part in parts if part) or None


def _answered(item: Native, wall: str) -> dict[str, str | None]:
    post = text_at(item, "post_id")
    answered = text_at(item, "reply_to_comment") or text_at(item, "parents_stack.0")
    thread = _on(wall, post) or _on(wall, text_at(item, "id"))
    return {
        "thread_id": thread,
        "reply_to_id": _on(wall, answered or post),
        "reply_to_account": text_at(item, "reply_to_user"),
    }


def _shared(item: Native) -> dict[str, str | None]:
    """The post repeated: the first of the history of copies, which goes back to the original."""
    copied = at(item, "copy_history", 0)
    return {
        "shared_id": _on(text_at(copied, "owner_id", "to_id"), text_at(copied, "id")),
        "shared_account": text_at(copied, "from_id", "owner_id"),
    }


def _within(item: Native) -> dict[str, list[str]]:
    """Links and accounts in the text, links and pictures attached to it; pictures by ids, which stay when they are reposted."""
    text = text_at(item, "text") or ""
    links = [link.rstrip(".,;:!?)") for link in _LINK.findall(text)]
    media: list[str] = []
    for attached in members(item, "attachments"):
        kind = text_at(attached, "type") or ""
        if kind == "link" and (link := text_at(attached, "link.url")) and link not in links:
            links.append(link)
        elif kind in ("photo", "posted_photo", "video", "graffiti"):
            id = _on(text_at(attached, f"{kind}.owner_id"), text_at(attached, f"{kind}.id"))
            media += [f"{kind}{id}"] if id else []
    named = [number if kind.lower() == "id" else f"-{number}" for kind, number in _NAMED.findall(text)]
    return {"urls": links, "mentions": named, "media": media}


VK = Importer(
    name="vk",
    title="VK, walls, searches and comments as its interface gives them, also through 4CAT",
    signatures=(),
    columns={},
    shape=Shape(
        _fits,
        _records,
        (*_POST, *_AUTHOR, *_MORE),
        told_by=tuple(
            f"{place}id {place}date {place}from_id {place}post_type|{place}post_id|{place}parents_stack"
            for place in ("", "items.", "response.items.")
        ),
        told="text, where there is one, is a string, and post_type one of VK's; beside post_id stands owner_id",
    ),
    platform="vk",
    plausible={"account_id": (0.99, 1.0), "created_at": (0.99, 1.0), "text": (0.3, 1.0)},
    export=(
        "Save the answers of wall.get, newsfeed.search or wall.getComments as they come, one a line or an array of them, asked "
        "with extended=1, so that names come along; in 4CAT, download the NDJSON file."
    ),
    lacks="Names of authors, unless asked for with extended=1. Who liked a post; posts of closed profiles and communities.",
    layout=(
        "As the published schema 5.199 has it. Assumed from memory: posts and comments share the numbers of their wall; "
        "answers before version 5 are not read."
    ),
)
