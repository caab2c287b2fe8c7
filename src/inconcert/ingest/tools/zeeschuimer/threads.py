"""Posts of Threads as its website is sent them; what they repost and quote stands inside and becomes records of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from inconcert.ingest.importer import Importer
from inconcert.ingest.native_values import reader, text_at
from inconcert.ingest.shape import Native, at
from inconcert.ingest.tools.zeeschuimer.capture import NO_HISTORY, how, owned, shape_of
from inconcert.ingest.tools.zeeschuimer.instagram import media_in

_POST = {
    "post_id": "code",
    "handle": "user.username",
    "display_name": "user.full_name",
    "verified": "user.is_verified",
    "avatar": "user.profile_pic_url",
    "created_at": "taken_at",
    "text": "caption.text",
    "reply_to_account": "text_post_app_info.reply_to_author.username",
    "likes": "like_count",
    "replies": "text_post_app_info.direct_reply_count",
    "shares": "text_post_app_info.repost_count",
    "quotes": "text_post_app_info.quote_count",
}
_post = reader(_POST)


def posts(data: Native) -> Iterator[Mapping[str, Any]]:
    """The post, then what it reposts and quotes."""
    inner = {
        field: at(data, "text_post_app_info", "share_info", kind)
        for field, kind in (("shared_id", "reposted_post"), ("quoted_id", "quoted_post"))
    }
    record: dict[str, Any] = {**_post(data), "media": media_in(data), "urls": _link(data)}
    record |= {field: text_at(post, "code") for field, post in inner.items()}
    record["shared_account"] = text_at(inner["shared_id"], "user.username")
    yield owned(record)
    for post in inner.values():
        if text_at(post, "code") and text_at(post, "user.username"):
            yield from posts(post)


def _link(data: Native) -> str | None:
    """The link of a preview, without the page of the platform that counts who follows it."""
    link = text_at(data, "text_post_app_info.link_preview_attachment.url")
    if link is None:
        return None
    try:
        parts = urlsplit(link)
        target = parse_qs(parts.query, max_num_fields=50).get("u") if parts.netloc.startswith("l.") else None
    except ValueError:
        return link
    return target[0] if target else link


ZEESCHUIMER_THREADS = Importer(
    name="zeeschuimer_threads",
    title="Zeeschuimer, posts of Threads",
    signatures=(),
    columns={},
    shape=shape_of(
        frozenset({"threads.net", "threads.com", "threads"}),
        posts,
        (*_POST, "media", "urls", "shared_id", "quoted_id", "shared_account"),
    ),
    platform="threads",
    plausible={"created_at": (0.99, 1.0), "handle": (0.99, 1.0)},
    export=how("Threads"),
    lacks=f"{NO_HISTORY} Which post is answered: only whose.",
    layout=(
        "Names of fields as 4CAT reads them; reposted and quoted posts (share_info) and the answered author are known from "
        "memory, and elsewhere a repost looks like a post without text."
    ),
)
