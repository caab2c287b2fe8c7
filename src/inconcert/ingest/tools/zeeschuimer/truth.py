"""Posts of Truth Social, which speaks Mastodon's language; what they repost, quote and answer stands inside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from inconcert.ingest.formats.html_text import without_tags
from inconcert.ingest.importer import Importer
from inconcert.ingest.native_values import reader, text_at
from inconcert.ingest.shape import Native, members
from inconcert.ingest.tools.zeeschuimer.capture import NO_HISTORY, how, owned, shape_of

_POST = {
    "post_id": "id",
    "account_id": "account.id",
    "handle": "account.acct account.username",
    "display_name": "account.display_name",
    "bio": "account.note",
    "location": "account.location",
    "account_url": "account.website",
    "account_created_at": "account.created_at",
    "followers": "account.followers_count",
    "following": "account.following_count",
    "account_posts": "account.statuses_count",
    "verified": "account.verified",
    "declared_bot": "account.bot",
    "avatar": "account.avatar",
    "created_at": "created_at",
    "edited_at": "edited_at",
    "text": "content",
    "language": "language",
    "post_url": "url",
    "urls": "card.url",
    "channel_id": "group.id",
    "reply_to_id": "in_reply_to_id in_reply_to.id",
    "reply_to_account": "in_reply_to_account_id in_reply_to.account.id",
    "shared_id": "reblog.id",
    "shared_account": "reblog.account.id",
    "quoted_id": "quote_id quote.id",
    "likes": "favourites_count",
    "replies": "replies_count",
    "shares": "reblogs_count",
}
_LISTS = {"hashtags": ("tags", "name"), "mentions": ("mentions", "username"), "media": ("media_attachments", "url")}
_post = reader(_POST)


def posts(data: Native, *, html: bool = False) -> Iterator[Mapping[str, Any]]:
    """The post, then the posts inside it.   html: whether its text still has its tags, which the extension takes off posts
    that were shown by themselves.
    """
    record: dict[str, Any] = dict(_post(data))
    for field in ("text", "bio") if html else ("bio",):
        if isinstance(record[field], str):
            record[field] = without_tags(record[field])
    record |= {
        field: [v for one in members(data, name) if (v := text_at(one, key))] for field, (name, key) in _LISTS.items()
    }
    yield owned(record)
    for name in ("reblog", "quote", "in_reply_to"):
        inner = data.get(name)
        if isinstance(inner, dict) and text_at(inner, "id") and text_at(inner, "account.id", "account.acct"):
            yield from posts(inner, html=True)


ZEESCHUIMER_TRUTH = Importer(
    name="zeeschuimer_truth",
    title="Zeeschuimer, posts of Truth Social",
    signatures=(),
    columns={},
    shape=shape_of(frozenset({"truthsocial.com", "truthsocial", "truth"}), posts, (*_POST, *_LISTS)),
    platform="truthsocial",
    plausible={"created_at": (0.99, 1.0), "account_id": (0.99, 1.0)},
    export=how("Truth Social"),
    lacks=NO_HISTORY,
    layout="Names of fields as 4CAT reads them and as Mastodon documents the rest.",
)
