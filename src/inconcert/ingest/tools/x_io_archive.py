"""Twitter's archive of information operations: files of tweets and of users, in the platform's own columns.

Accounts below 5,000 followers carry hashes in place of ids and names. Lists are written as Python writes them, times are UTC
to the minute, and some releases hold ids of posts that went through floating point.
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
    "Ids and names of accounts below 5,000 followers are hashed anew in each release of the archive: the same account has "
    "another hash in another release, so do not compare accounts of two releases."
)
_ABSENT = frozenset({"absent"})

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
)

USERS = Importer(
    name="x_io_archive_users",
    title="Twitter information-operations archive, users",
    signatures=(
        signature("userid", "user_screen_name", "account_creation_date", "follower_count"),
        signature("userid", "screen_name", "account_creation_date", "follower_count"),
    ),
    columns=_ACCOUNT,
    platform="twitter",
    absent=_ABSENT,
    note=_HASHED,
)
