"""Inputs of the R package CooRTweet."""

from __future__ import annotations

from inconcert.ingest.importer import Importer, signature

COORTWEET = Importer(
    name="coortweet",
    title="CooRTweet, one object a row",
    signatures=(signature("object_id", "account_id", "content_id", "timestamp_share"),),
    columns={
        "post_id": ("content_id",),
        "account_id": ("account_id",),
        "created_at": ("timestamp_share",),
        "shared_id": ("object_id",),
    },
)

COORTWEET_WIDE = Importer(
    name="coortweet_wide",
    title="CooRTweet, objects of several kinds",
    signatures=tuple(
        signature("account_id", "post_id", kind, time)
        for kind in ("url_id", "hashtag_id", "domain_id", "phash_id")
        for time in ("timestamp", "timestamp_share")
    ),
    columns={
        "post_id": ("post_id",),
        "account_id": ("account_id",),
        "created_at": ("timestamp", "timestamp_share"),
        "urls": ("url_id",),
        "hashtags": ("hashtag_id",),
        "domains": ("domain_id",),
        "media": ("phash_id",),
    },
)
