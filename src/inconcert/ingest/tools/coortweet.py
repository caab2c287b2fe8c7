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
    plausible={"post_id": (0.99, 1.0), "created_at": (0.99, 1.0), "shared_id": (0.99, 1.0)},
    export="What the function prep_data of CooRTweet gives, written as CSV or Parquet.",
    lacks="Texts, accounts' profiles, and what kind of object was shared: each object is taken for a shared post.",
    version="2",
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
    plausible={"post_id": (0.99, 1.0), "created_at": (0.99, 1.0)},
    export="The data sets that come with CooRTweet, or tables with the same columns, as CSV or Parquet.",
    lacks="Texts and accounts' profiles; links, hashtags and pictures are numbers that stand for them.",
    version="2",
)
