"""A status of the Mastodon interface as records: the post itself, and what it boosts and quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from inconcert.ingest.formats.html_links import html_links
from inconcert.ingest.native_values import reader, text_at
from inconcert.ingest.shape import Native, Passed, Shape, Unfit, at, members
from inconcert.ingest.tools.fediverse_account import actor, author_of, known_as

_NUMBERED = {"truthsocial.com": "truthsocial", "gab.com": "gab"}
"""Networks that speak this language among themselves only; there the number of a post or account is its id."""

_HOST = re.compile(r"https?://(?:www\.)?([^/:\s]+)")
_PLAIN = {
    "handle": "account.acct",
    "display_name": "account.display_name",
    "bio": "account.note",
    "account_url": "account.url",
    "account_created_at": "account.created_at",
    "followers": "account.followers_count",
    "following": "account.following_count",
    "account_posts": "account.statuses_count",
    "declared_bot": "account.bot",
    "avatar": "account.avatar_static account.avatar",
    "created_at": "created_at",
    "edited_at": "edited_at",
    "title": "spoiler_text",
    "text": "content text",
    "language": "language",
    "post_url": "url",
    "client": "application.name",
    "likes": "favourites_count",
    "replies": "replies_count",
    "shares": "reblogs_count",
    "quotes": "quotes_count",
}
_FIELDS = (
    "post_id", "account_id", "account_status", "platform", "reply_to_id", "reply_to_account", "shared_id", "shared_account",
    "quoted_id", "urls", "hashtags", "mentions", "media",
)  # fmt: skip
_plain = reader(_PLAIN)


def _fits(native: Native, head: Mapping[str, Any]) -> bool:
    account = native.get("account")
    return {"id", "content", "created_at"} <= native.keys() and isinstance(account, dict) and "acct" in account


def _records(native: Native, head: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if native.get("visibility") == "direct":
        raise Passed("direct messages, which are not read")
    if _post_id(native) is None:
        raise Unfit("a status without an id")
    yield _record(native)
    for inner in (native.get("reblog"), _quoted(native)):
        if isinstance(inner, dict) and isinstance(inner.get("account"), dict) and _post_id(inner) is not None:
            yield _record(inner)


def _record(status: Native) -> dict[str, Any]:
    content = status.get("content")
    boosted, quoted, platform = status.get("reblog"), _quoted(status), _network(status)
    return {
        **_plain(status),
        "post_id": _post_id(status),
        "account_id": _account(status),
        "account_status": "suspended" if at(status, "account", "suspended") is True else None,
        "platform": platform,
        **_answer(status),
        "shared_id": _post_id(boosted),
        "shared_account": _account(boosted),
        "quoted_id": _post_id(quoted) or text_at(status, "quote.quoted_status_id", "quote_id"),
        "urls": html_links(content) if isinstance(content, str) else [],
        "hashtags": _each(status, "tags", "name"),
        "mentions": [name for one in members(status, "mentions") if (name := _mentioned(one, platform))],
        "media": _each(status, "media_attachments", "remote_url", "url", "id"),
    }


def _network(status: Any) -> str | None:
    found = _HOST.match(text_at(status, "uri", "url") or "")
    return _NUMBERED.get(found[1]) if found else None


def _post_id(status: Any) -> str | None:
    """The address by which all servers know it; the number of its server only where nothing else is written."""
    return text_at(status, "id") if _network(status) else text_at(status, "uri", "id")


def _account(status: Any) -> str | None:
    return text_at(status, "account.id") if _network(status) else known_as(at(status, "account"), at(status, "uri"))


def _quoted(status: Any) -> Any:
    """The quoted status: itself, or inside what says whether the quote was allowed."""
    return at(status, "quote", "quoted_status") or at(status, "quote")


def _mentioned(mention: Native, platform: str | None) -> str | None:
    return text_at(mention, "id") if platform else actor(mention.get("url")) or text_at(mention, "acct")


def _answer(status: Native) -> dict[str, str | None]:
    """What it answers. A server numbers posts and accounts for itself: the author and those mentioned tell who is meant, and
    of one on the author's own server also the address of the post; otherwise the number stands.
    """
    post, account = text_at(status, "in_reply_to_id"), text_at(status, "in_reply_to_account_id")
    if post is None or _network(status):
        return {"reply_to_id": post, "reply_to_account": account}
    who, local = None, False
    if account is not None and account == text_at(status, "account.id"):
        who, local = _account(status), "@" not in (text_at(status, "account.acct") or "@")
    for mention in members(status, "mentions"):
        if who is None and account is not None and text_at(mention, "id") == account:
            who, local = actor(mention.get("url")), "@" not in (text_at(mention, "acct") or "@")
    known = f"{who}/statuses/{post}" if who is not None and local else None
    return {"reply_to_id": known if known and author_of(known) else post, "reply_to_account": who or account}


def _each(status: Native, name: str, *keys: str) -> list[str]:
    return [value for one in members(status, name) if (value := text_at(one, *keys))]


STATUSES = Shape(_fits, _records, (*_PLAIN, *_FIELDS), told_by=("id account.acct created_at content",))
