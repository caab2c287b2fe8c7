"""The Russian troll tweets that Linvill and Warren published through FiveThirtyEight."""

from __future__ import annotations

from inconcert.ingest.importer import Importer, signature

_MONTH_FIRST = (
    (r"^(\d{1,2})/(\d{1,2})/(\d{4}) ", r"\3-\1-\2 "),
    (r"^(\d{4})-(\d)-", r"\1-0\2-"),
    (r"-(\d) ", r"-0\1 "),
    (r" (\d):", r" 0\1:"),
)
"""10/2/2017 9:58 is 2017-10-02 09:58 in these files, always."""

IRA_CLEMSON = Importer(
    name="ira_clemson",
    title="Russian troll tweets of Linvill and Warren",
    signatures=(signature("external_author_id", "author", "content", "publish_date", "account_category"),),
    columns={
        "post_id": ("tweet_id",),
        "account_id": ("alt_external_id",),
        "handle": ("author",),
        "location": ("region",),
        "followers": ("followers",),
        "following": ("following",),
        "account_posts": ("updates",),
        "created_at": ("publish_date",),
        "observed_at": ("harvested_date",),
        "text": ("content",),
        "language": ("language",),
        "post_url": ("article_url",),
        "is_share": ("retweet",),
        "urls": ("tco1_step1 + tco2_step1 + tco3_step1", "tco1_step1"),
    },
    respelled={"location": ((r"^Unknown$", ""),), "created_at": _MONTH_FIRST, "observed_at": _MONTH_FIRST},
    platform="twitter",
    note=(
        "Region and language are the guesses of the listening service that collected the tweets, and account_category "
        "and account_type are codes that the publishers gave; the categories are not read, but stay in the raw "
        "records. Ids in external_author_id have lost digits: alt_external_id is read instead."
    ),
    plausible={
        "post_id": (0.99, 1.0),
        "account_id": (0.99, 1.0),
        "text": (0.99, 1.0),
        "created_at": (0.99, 1.0),
        "is_share": (0.99, 1.0),
        "urls": (0.3, 1.0),
    },
    export="The numbered CSV files IRAhandle_tweets_1.csv and following, as FiveThirtyEight publishes them.",
    lacks="Which post a retweet repeats, replies, likes, and the zone of its times, which are written to the minute.",
    version="2",
)
