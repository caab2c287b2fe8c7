"""Posts and users as the X API v2 gives them, and as twarc-csv flattens them."""

from __future__ import annotations

from inconcert.ingest.importer import Importer, signature
from inconcert.ingest.tools.x_api_page import POSTS_PAGE, USERS_PAGE

X_API_V2 = Importer(
    name="x_api_v2",
    shape=POSTS_PAGE,
    title="X API v2, as JSON or flattened by twarc-csv",
    signatures=(
        signature("id", "author_id", "created_at", "text", "conversation_id"),
        signature("id", "author_id", "created_at", "text", "public_metrics.retweet_count"),
        signature("id", "author_id", "created_at", "text", "edit_history_tweet_ids"),
    ),
    columns={
        "post_id": ("id",),
        "account_id": ("author_id",),
        "handle": ("author.username",),
        "display_name": ("author.name",),
        "bio": ("author.description",),
        "location": ("author.location",),
        "account_url": ("author.url",),
        "account_created_at": ("author.created_at",),
        "followers": ("author.public_metrics.followers_count",),
        "following": ("author.public_metrics.following_count",),
        "account_posts": ("author.public_metrics.tweet_count",),
        "verified": ("author.verified",),
        "avatar": ("author.profile_image_url",),
        "thread_id": ("conversation_id",),
        "place": ("geo.full_name", "geo.place_id"),
        "observed_at": ("__twarc.retrieved_at",),
        "created_at": ("created_at",),
        "text": ("note_tweet.text | text",),
        "language": ("lang",),
        "client": ("source",),
        "reply_to_id": ("referenced_tweets.replied_to.id",),
        "reply_to_account": ("in_reply_to_user_id",),
        "shared_id": ("referenced_tweets.retweeted.id",),
        "shared_account": ("retweeted_user_id",),
        "quoted_id": ("referenced_tweets.quoted.id",),
        "urls": ("entities.urls",),
        "hashtags": ("entities.hashtags",),
        "mentions": ("entities.mentions",),
        "media": ("attachments.media", "attachments.media_keys"),
        "likes": ("public_metrics.like_count",),
        "replies": ("public_metrics.reply_count",),
        "shares": ("public_metrics.retweet_count",),
        "quotes": ("public_metrics.quote_count",),
        "views": ("public_metrics.impression_count",),
    },
    platform="twitter",
    plausible={"text": (0.99, 1.0), "created_at": (0.9, 1.0), "shared_id": (0.0, 0.95), "handle": (0.5, 1.0)},
    export=(
        "Ask for the expansions author_id, referenced_tweets.id, attachments.media_keys and geo.place_id, and keep the "
        "answers as they come, one page a line; or use twarc2, with or without its CSV plugin."
    ),
    lacks=(
        "Who liked or followed; deleted posts; the names of authors, where the expansion author_id was not asked for."
    ),
    version="2",
)

X_API_V2_USERS = Importer(
    name="x_api_v2_users",
    shape=USERS_PAGE,
    title="X API v2, users",
    signatures=(signature("id", "username", "name", "public_metrics.followers_count"),),
    columns={
        "account_id": ("id",),
        "handle": ("username",),
        "display_name": ("name",),
        "bio": ("description",),
        "location": ("location",),
        "account_url": ("url",),
        "account_created_at": ("created_at",),
        "followers": ("public_metrics.followers_count",),
        "following": ("public_metrics.following_count",),
        "account_posts": ("public_metrics.tweet_count",),
        "verified": ("verified",),
        "avatar": ("profile_image_url",),
        "observed_at": ("__twarc.retrieved_at",),
    },
    platform="twitter",
    plausible={"followers": (0.5, 1.0), "account_created_at": (0.5, 1.0)},
    export=(
        "Pages of the user lookup, or lists of followers; ask for created_at, description, location and public_metrics."
    ),
    lacks="Posts.",
    version="2",
)
