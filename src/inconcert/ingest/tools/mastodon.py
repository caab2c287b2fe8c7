"""Statuses as Mastodon servers give them."""

from __future__ import annotations

from inconcert.ingest.importer import Importer, signature
from inconcert.ingest.tools.mastodon_status import STATUSES

PROFILE_PAGE = ((r"^(https?://[^/\s]+)/@([^/@\s]+)/?$", r"\1/users/\2"),)
"""The page of an account as its address, as `fediverse_account.actor` writes it."""

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
    respelled=dict.fromkeys(("account_id", "shared_account"), PROFILE_PAGE),
    platform="mastodon",
    html=True,
    shape=STATUSES,
    plausible={"account_id": (0.99, 1.0), "created_at": (0.99, 1.0), "text": (0.5, 1.0)},
    export=(
        "Save the answers of a server's interface as they come, for instance of /api/v1/accounts/ID/statuses or "
        "/api/v1/timelines/tag/NAME, as one array or one status a line."
    ),
    lacks=(
        "Who liked or boosted a post, and posts that the server asked has not fetched or has removed. Servers number posts for "
        "themselves: a reply to a post of another server carries only the number of the server asked."
    ),
    layout=(
        "As documented; /@name and /users/name on one server are taken for the same account, which holds for Mastodon. Truth "
        "Social and Gab, which use the same form, are told by the addresses of their posts."
    ),
    version="3",
)
