"""Pages of the X API v2: posts under "data", their authors, referenced posts and places under "includes"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from inconcert.ingest.shape import Native, Shape, at, members

PROFILE = {
    "handle": ("username",),
    "display_name": ("name",),
    "bio": ("description",),
    "location": ("location",),
    "account_url": ("url",),
    "account_created_at": ("created_at",),
    "followers": ("public_metrics", "followers_count"),
    "following": ("public_metrics", "following_count"),
    "account_posts": ("public_metrics", "tweet_count"),
    "verified": ("verified",),
    "avatar": ("profile_image_url",),
}
_POST = {
    "post_id": ("id",),
    "account_id": ("author_id",),
    "created_at": ("created_at",),
    "text": ("text",),
    "language": ("lang",),
    "client": ("source",),
    "thread_id": ("conversation_id",),
    "reply_to_account": ("in_reply_to_user_id",),
    "likes": ("public_metrics", "like_count"),
    "replies": ("public_metrics", "reply_count"),
    "shares": ("public_metrics", "retweet_count"),
    "quotes": ("public_metrics", "quote_count"),
    "views": ("public_metrics", "impression_count"),
    "media": ("attachments", "media_keys"),
    "observed_at": ("__twarc", "retrieved_at"),
}
_REFERENCES = {"replied_to": "reply_to_id", "retweeted": "shared_id", "quoted": "quoted_id"}
_OF_POSTS = {"author_id", "edit_history_tweet_ids"}
_LISTS = {
    "urls": ("urls", ("unwound_url", "expanded_url", "url")),
    "hashtags": ("hashtags", ("tag",)),
    "mentions": ("mentions", ("id", "username")),
}


def _listed(page: Native, kind: str) -> dict[str, Native]:
    return {one["id"]: one for one in members(page, "includes", kind) if isinstance(one.get("id"), str)}


def _data(page: Native) -> list[Native]:
    found = page.get("data")
    return [found] if isinstance(found, dict) else members(page, "data")


def _fits_posts(page: Native, head: Mapping[str, Any]) -> bool:
    return any({"id", "text"} <= one.keys() and _OF_POSTS & one.keys() for one in _data(page)[:1])


def _fits_users(page: Native, head: Mapping[str, Any]) -> bool:
    return any("username" in one and "id" in one for one in _data(page)[:1])


def _posts(page: Native, head: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The posts of the page and those they refer to, each with its author."""
    users, others, places = (_listed(page, kind) for kind in ("users", "tweets", "places"))
    captured = {"__twarc": page.get("__twarc")}
    own = _data(page)
    known = {one.get("id") for one in own}
    for post in (*own, *(one for id, one in others.items() if id not in known)):
        yield _record({**captured, **post}, users, others, places)


def _record(
    post: Native, users: Mapping[str, Native], others: Mapping[str, Native], places: Mapping[str, Native]
) -> dict[str, Any]:
    record = {field: at(post, *path) for field, path in _POST.items()}
    author = users.get(str(post.get("author_id")), post.get("author"))
    record |= {field: at(author, *path) for field, path in PROFILE.items()}
    for reference in reversed(members(post, "referenced_tweets")):
        if (field := _REFERENCES.get(str(reference.get("type")))) is not None:
            record[field] = reference.get("id")
    if record.get("shared_id") is not None:
        record["shared_account"] = at(others.get(str(record["shared_id"])), "author_id")
    for field, (name, keys) in _LISTS.items():
        values = (next((one[key] for key in keys if one.get(key)), None) for one in members(post, "entities", name))
        record[field] = [value for value in values if isinstance(value, str)]
    place = at(post, "geo", "place_id")
    record["place"] = at(places.get(str(place)), "full_name") or place
    return record


def _users(page: Native, head: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for user in _data(page):
        yield {"account_id": user.get("id"), **{field: at(user, *path) for field, path in PROFILE.items()}}


POSTS_PAGE = Shape(
    fits=_fits_posts,
    records=_posts,
    fields=(*_POST, *PROFILE, *_REFERENCES.values(), "shared_account", *_LISTS, "place"),
)
USERS_PAGE = Shape(fits=_fits_users, records=_users, fields=("account_id", *PROFILE))
