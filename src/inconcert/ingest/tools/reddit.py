"""Reddit comments and submissions: Pushshift and Arctic Shift archives, PRAW dumps."""

from __future__ import annotations

from inconcert.ingest.importer import Importer, signature

_REDDIT_GONE = frozenset({"[deleted]", "[removed]"})

REDDIT_COMMENTS = Importer(
    name="reddit_comments",
    title="Reddit, comments",
    signatures=(signature("body", "created_utc", "parent_id"),),
    columns={
        "post_id": ("name", "fullname", "id"),
        "account_id": ("author_fullname",),
        "handle": ("author", "author.name"),
        "created_at": ("created_utc",),
        "text": ("body",),
        "post_url": ("permalink",),
        "reply_to_id": ("parent_id",),
        "urls": ("link_url",),
        "likes": ("score", "ups"),
    },
    platform="reddit",
    absent=_REDDIT_GONE,
)

REDDIT_SUBMISSIONS = Importer(
    name="reddit_submissions",
    title="Reddit, submissions",
    signatures=(signature("title", "selftext", "created_utc"), signature("title", "num_comments", "created_utc")),
    columns={
        "post_id": ("name", "fullname", "id"),
        "account_id": ("author_fullname",),
        "handle": ("author", "author.name"),
        "created_at": ("created_utc",),
        "text": ("title",),
        "post_url": ("permalink",),
        "shared_id": ("crosspost_parent",),
        "urls": ("url",),
        "likes": ("score", "ups"),
        "replies": ("num_comments",),
    },
    platform="reddit",
    absent=_REDDIT_GONE,
)
