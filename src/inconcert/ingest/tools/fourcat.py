"""Exports of 4CAT, the capture and analysis toolkit of the Digital Methods Initiative."""

from __future__ import annotations

from inconcert.ingest.importer import Importer, signature

_FOURCAT = {
    "post_id": ("id",),
    "account_id": ("author_id",),
    "handle": ("author",),
    "created_at": ("unix_timestamp", "timestamp"),
    "text": ("body",),
    "post_url": ("link", "url"),
    "hashtags": ("hashtags",),
    "urls": ("urls",),
    "mentions": ("mentions",),
    "media": ("images", "image_urls"),
    "likes": ("like_count", "likes"),
    "replies": ("reply_count", "comments"),
    "shares": ("retweet_count", "repost_count", "shares"),
    "quotes": ("quote_count",),
    "views": ("impression_count", "views"),
}

FOURCAT_X = Importer(
    name="4cat_x",
    title="4CAT, posts of X",
    signatures=(signature("id", "thread_id", "author", "body", "timestamp", "is_retweet", "retweeted_user"),),
    columns={
        **_FOURCAT,
        "display_name": ("author_fullname",),
        "language": ("language_guess",),
        "client": ("source",),
        "reply_to_account": ("replied_author",),
        "is_share": ("is_retweet",),
        "shared_account": ("retweeted_user",),
        "quoted_id": ("quote_tweet_id",),
    },
    platform="twitter",
)

FOURCAT_TELEGRAM = Importer(
    name="4cat_telegram",
    title="4CAT, messages of Telegram",
    signatures=(signature("id", "thread_id", "chat", "author", "body", "timestamp"),),
    columns={
        "post_id": ("id",),
        "account_id": ("author",),
        "handle": ("author_username",),
        "display_name": ("author_name",),
        "created_at": ("unix_timestamp", "timestamp"),
        "text": ("body",),
        "shared_account": ("author_forwarded_from_id",),
        "urls": ("entities_linked",),
        "mentions": ("entities_mentioned",),
        "views": ("views",),
    },
    platform="telegram",
)

FOURCAT = Importer(
    name="4cat",
    title="4CAT, any platform",
    signatures=(signature("id", "thread_id", "author", "body", "timestamp"),),
    columns=_FOURCAT,
)
