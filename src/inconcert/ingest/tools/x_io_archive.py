"""Twitter's archive of information operations: files of tweets and of users, in the platform's own columns.

Accounts below 5,000 followers carry hashes in place of ids and names. Lists are written as Python writes them, times are
UTC to the minute, and some releases hold ids of posts that went through floating point.
"""

from __future__ import annotations

from inconcert.ingest.importer import Importer, signature

_ACCOUNT = {
    "account_id": ("userid",),
    "handle": ("user_screen_name", "screen_name"),
    "display_name": ("user_display_name", "display_name"),
    "bio": ("user_profile_description", "profile_description"),
    "location": ("user_reported_location", "reported_location"),
    "account_language": ("account_language",),
    "account_url": ("user_profile_url", "profile_url"),
    "account_created_at": ("account_creation_date",),
    "followers": ("follower_count",),
    "following": ("following_count",),
}
_HASHED = (
    "Ids and names of accounts below 5,000 followers are hashed anew in each release of the archive: the same account "
    "has another hash in another release, so do not compare accounts of two releases."
)
_ABSENT = frozenset({"absent"})
_EXPORT = (
    "The zip files of each disclosure that Twitter published from 2018 to 2022, now in the collections of libraries "
    "and universities: {name}."
)

TWEETS = Importer(
    name="x_io_archive",
    title="Twitter information-operations archive, tweets",
    signatures=(signature("tweetid", "userid", "tweet_text", "tweet_time", "tweet_client_name"),),
    columns={
        **_ACCOUNT,
        "post_id": ("tweetid",),
        "created_at": ("tweet_time",),
        "text": ("tweet_text",),
        "language": ("tweet_language",),
        "client": ("tweet_client_name",),
        "place": ("latitude + longitude",),
        "reply_to_id": ("in_reply_to_tweetid",),
        "reply_to_account": ("in_reply_to_userid",),
        "shared_id": ("retweet_tweetid",),
        "shared_account": ("retweet_userid",),
        "is_share": ("is_retweet",),
        "quoted_id": ("quoted_tweet_tweetid",),
        "urls": ("urls",),
        "hashtags": ("hashtags",),
        "mentions": ("user_mentions",),
        "likes": ("like_count",),
        "replies": ("reply_count",),
        "shares": ("retweet_count",),
        "quotes": ("quote_count",),
    },
    platform="twitter",
    absent=_ABSENT,
    note=_HASHED,
    zone="UTC",
    plausible={
        "post_id": (0.99, 1.0),
        "account_created_at": (0.99, 1.0),
        "text": (0.95, 1.0),
        "created_at": (0.99, 1.0),
        "client": (0.5, 1.0),
        "is_share": (0.9, 1.0),
        "place": (0.0, 0.2),
    },
    export=_EXPORT.format(name="the file whose name ends in tweets_csv_hashed.csv, or tweets_csv_unhashed.csv"),
    lacks=(
        "Pictures and videos, which came as separate files; posts that were deleted before the suspension; ordinary "
        "accounts."
    ),
    version="2",
)

USERS = Importer(
    name="x_io_archive_users",
    title="Twitter information-operations archive, users",
    signatures=(
        signature("userid", "user_screen_name", "account_creation_date", "follower_count"),
        signature("userid", "screen_name", "account_creation_date", "follower_count"),
    ),
    unlike=signature("tweetid", "tweet_text", "tweet_time"),
    columns=_ACCOUNT,
    platform="twitter",
    absent=_ABSENT,
    note=_HASHED,
    zone="UTC",
    plausible={"account_created_at": (0.99, 1.0), "followers": (0.99, 1.0)},
    export=_EXPORT.format(name="the file whose name ends in users_csv_hashed.csv"),
    lacks="Posts, and the dates of suspension.",
    version="2",
)

MEDIA = Importer(
    name="x_io_archive_media",
    title="Twitter information-operations archive, manifest of pictures and videos",
    signatures=tuple(signature("tweetid", name) for name in ("path", "file", "file_name", "media_id", "media_url")),
    columns={
        "post_id": ("tweetid | path",),
        "media": ("media_id", "file_name", "file", "path"),
        "url": ("media_url", "url"),
        "hash": ("sha256", "md5", "hash"),
    },
    table="post_media",
    platform="twitter",
    respelled={"post_id": ((r"^(?:.*/)?(\d+)-[^/]+$", r"\1"), (r"^.*\D.*$", "")), "media": ((r"^.*/", ""),)},
    plausible={"post_id": (0.99, 1.0)},
    export=(
        "List the members of the zip files of pictures and videos (unzip -Z1), put a header with the columns tweetid "
        "and path above; tweetid may be left empty, since the names of the files begin with it."
    ),
    lacks="The pictures and videos themselves: unpack them and give their folder with --media.",
    layout=(
        "The archive documents no manifest. Its zip files are known to hold SET/ACCOUNT/images/TWEETID-NAME.jpg, which "
        "is what is read out of the column of paths; the names of the columns are an assumption."
    ),
)
