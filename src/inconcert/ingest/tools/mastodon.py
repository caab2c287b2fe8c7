"""Statuses as Mastodon servers give them."""

from __future__ import annotations

from inconcert.ingest.importer import Importer, signature

MASTODON = Importer(
    name="mastodon",
    title="Mastodon API, statuses",
    signatures=(signature("id", "account.id", "account.acct", "content", "created_at"),),
    columns={
        "post_id": ("uri", "id"),
        "account_id": ("account.url", "account.id"),
        "handle": ("account.acct",),
        "display_name": ("account.display_name",),
        "bio": ("account.note",),
        "account_url": ("account.url",),
        "account_created_at": ("account.created_at",),
        "followers": ("account.followers_count",),
        "following": ("account.following_count",),
        "created_at": ("created_at",),
        "text": ("content",),
        "language": ("language",),
        "post_url": ("url",),
        "client": ("application.name",),
        "reply_to_id": ("in_reply_to_id",),
        "reply_to_account": ("in_reply_to_account_id",),
        "shared_id": ("reblog.uri", "reblog.id"),
        "shared_account": ("reblog.account.url", "reblog.account.id"),
        "quoted_id": ("quote.uri", "quote.id"),
        "hashtags": ("tags",),
        "mentions": ("mentions",),
        "media": ("media_attachments",),
        "likes": ("favourites_count",),
        "replies": ("replies_count",),
        "shares": ("reblogs_count",),
    },
    platform="mastodon",
    html=True,
)
