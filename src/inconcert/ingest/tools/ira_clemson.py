"""The Russian troll tweets that Linvill and Warren published through FiveThirtyEight."""

from __future__ import annotations

from inconcert.ingest.importer import Importer, signature

IRA_CLEMSON = Importer(
    name="ira_clemson",
    title="Russian troll tweets of Linvill and Warren",
    signatures=(signature("external_author_id", "author", "content", "publish_date", "account_category"),),
    columns={
        "post_id": ("tweet_id",),
        "account_id": ("alt_external_id",),
        "handle": ("author",),
        "followers": ("followers",),
        "following": ("following",),
        "created_at": ("publish_date",),
        "text": ("content",),
        "language": ("language",),
        "post_url": ("article_url",),
        "is_share": ("retweet",),
        "urls": ("tco1_step1",),
    },
    platform="twitter",
)
