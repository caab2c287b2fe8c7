"""Exports of 4CAT, the capture and analysis toolkit of the Digital Methods Initiative: any platform, X and Telegram."""

from __future__ import annotations

from inconcert.ingest.importer import Importer, signature

FOURCAT_POST = {
    "post_id": ("id",),
    "account_id": ("author_id",),
    "handle": ("author",),
    "display_name": ("author_fullname", "author_display_name", "author_full", "author_name"),
    "followers": ("author_followers",),
    "verified": ("author_is_verified", "verified"),
    "avatar": ("author_avatar", "author_avatar_url"),
    "created_at": ("unix_timestamp | timestamp",),
    "observed_at": ("collected_at", "timestamp_collected"),
    "thread_id": ("thread_id",),
    "title": ("subject",),
    "text": ("body",),
    "post_url": ("link", "url"),
    "hashtags": ("hashtags",),
    "urls": ("urls", "links", "link_url"),
    "mentions": ("mentions",),
    "media": ("images", "image_urls", "image_url"),
    "likes": ("like_count", "likes", "num_likes"),
    "replies": ("reply_count", "replies", "comments", "num_comments"),
    "shares": ("retweet_count", "repost_count", "reposts", "shares"),
    "quotes": ("quote_count", "quotes"),
    "views": ("impression_count", "views", "plays"),
}
FOURCAT_EXPORT = "In 4CAT: open the data set, download it as CSV. {more}"
FOURCAT_LACKS = "What 4CAT leaves out of its tables: the raw objects behind them are downloaded from it as NDJSON."
FOURCAT_PLAUSIBLE = {"post_id": (0.99, 1.0), "handle": (0.9, 1.0), "created_at": (0.99, 1.0), "text": (0.5, 1.0)}

FOURCAT_X = Importer(
    name="4cat_x",
    title="4CAT, posts of X",
    signatures=(signature("id", "thread_id", "author", "body", "timestamp", "is_retweet", "retweeted_user"),),
    columns={
        **FOURCAT_POST,
        "language": ("language_guess",),
        "client": ("source",),
        "reply_to_account": ("replied_author", "reply_to"),
        "is_share": ("is_retweet",),
        "shared_account": ("retweeted_user",),
        "quoted_id": ("quote_tweet_id",),
        "media": ("images + videos", "images"),
        "place": ("place_name",),
    },
    platform="twitter",
    zone="UTC",
    plausible={**FOURCAT_PLAUSIBLE, "is_share": (0.9, 1.0)},
    export=FOURCAT_EXPORT.format(more="Posts captured with Zeeschuimer, or found through the API."),
    lacks="Which post a repost repeats: only its author is named, so that reposts are compared by their texts.",
    version="2",
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
        "declared_bot": ("author_is_bot",),
        "created_at": ("unix_timestamp | timestamp",),
        "edited_at": ("unix_timestamp_edited | timestamp_edited",),
        "text": ("body",),
        "channel_id": ("chat",),
        "reply_to_id": ("chat + reply_to",),
        "shared_account": ("author_forwarded_from_id | author_forwarded_from_username",),
        "urls": ("entities_linked",),
        "mentions": ("entities_mentioned",),
        "views": ("views",),
    },
    respelled={"account_id": ((r"^(\d+)$", r"user\1"),)},
    platform="telegram",
    zone="UTC",
    plausible={**FOURCAT_PLAUSIBLE, "account_id": (0.5, 1.0), "channel_id": (0.99, 1.0), "handle": (0.0, 1.0)},
    export=FOURCAT_EXPORT.format(more="4CAT reads public channels and groups with your own access to Telegram."),
    lacks="Which message a forwarded one repeats: only the channel that it came from is named. Posts are numbered "
    "otherwise than in exports of Telegram Desktop: give one case one of them.",
    version="3",
)

FOURCAT = Importer(
    name="4cat",
    title="4CAT, any platform",
    signatures=(signature("id", "thread_id", "author", "body", "timestamp"),),
    columns=FOURCAT_POST,
    zone="UTC",
    note="4CAT does not write which platform such a table is from: name it with --platform.",
    plausible=FOURCAT_PLAUSIBLE,
    export=FOURCAT_EXPORT.format(more="Every data source of 4CAT has these columns at least."),
    lacks=FOURCAT_LACKS,
    version="2",
)
