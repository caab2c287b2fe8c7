"""Posts and users of the X API v2: pages with "data" and "includes", lines of a stream, and what twarc flattens.

The posts that a page includes, because others refer to them, become records like those asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from inconcert.ingest.shape import Native, Passed, Shape, at, members

PROFILE = {
    "handle": ("username",),
    "display_name": ("name",),
    "bio": ("description",),
    "location": ("location",),
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
    "language": ("lang",),
    "client": ("source",),
    "thread_id": ("conversation_id",),
    "likes": ("public_metrics", "like_count"),
    "replies": ("public_metrics", "reply_count"),
    "shares": ("public_metrics", "retweet_count"),
    "quotes": ("public_metrics", "quote_count"),
    "views": ("public_metrics", "impression_count"),
    "observed_at": ("__twarc", "retrieved_at"),
}
_REFERENCES = {"replied_to": "reply_to_id", "retweeted": "shared_id", "quoted": "quoted_id"}
_LISTS = {
    "urls": ("urls", ("unwound_url", "expanded_url", "url")),
    "hashtags": ("hashtags", ("tag",)),
    "mentions": ("mentions", ("id", "username")),
}
_OF_USERS = {"public_metrics", "created_at", "description", "verified", "profile_image_url", "protected"}


def _is_post(one: Native) -> bool:
    known = {"author_id", "conversation_id", "public_metrics"} & one.keys()
    return {"id", "text"} <= one.keys() and (
        "edit_history_tweet_ids" in one or ("author_id" in known and len(known) > 1)
    )


def _is_user(one: Native) -> bool:
    return {"id", "username", "name"} <= one.keys() and bool(_OF_USERS & one.keys()) and "text" not in one


def _data(page: Native) -> list[Native]:
    found = page.get("data", page)
    return [found] if isinstance(found, dict) else members(page, "data")


def _listed(page: Native, kind: str) -> dict[str, Native]:
    name = "media_key" if kind == "media" else "id"
    return {one[name]: one for one in members(page, "includes", kind) if isinstance(one.get(name), str)}


def _fits_posts(page: Native, head: Mapping[str, Any]) -> bool:
    return any(_is_post(one) or ("data" in page and "author_id" in one and "text" in one) for one in _data(page)[:1])


def _fits_users(page: Native, head: Mapping[str, Any]) -> bool:
    return any(_is_user(one) or ("data" in page and {"id", "username"} <= one.keys()) for one in _data(page)[:1])


def _posts(page: Native, head: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    own = [one for one in _data(page) if one is not page or "id" in page]
    if not own:
        raise Passed("pages without posts")
    whole = {"__twarc": page.get("__twarc")}
    kinds = {kind: _listed(page, kind) for kind in ("users", "tweets", "places", "media")}
    inner = {
        one["id"]: one
        for post in own
        for one in members(post, "referenced_tweets")
        if _is_post(one) and isinstance(one["id"], str)
    }
    kinds["tweets"] = {**inner, **kinds["tweets"]}
    known = {str(one.get("id")) for one in own}
    for post in (*own, *(one for id, one in kinds["tweets"].items() if id not in known)):
        yield _record({**whole, **post}, kinds)


def _record(post: Native, kinds: Mapping[str, Mapping[str, Native]]) -> dict[str, Any]:
    record = {field: at(post, *path) for field, path in _POST.items()}
    author = kinds["users"].get(str(post.get("author_id"))) or post.get("author") or post.get("author_user")
    record |= profile(author)
    record["text"] = at(post, "note_tweet", "text") or post.get("text")
    record["reply_to_account"] = post.get("in_reply_to_user_id") or at(post, "in_reply_to_user", "id")
    for reference in reversed(members(post, "referenced_tweets")):
        if (field := _REFERENCES.get(str(reference.get("type")))) is not None:
            record[field] = reference.get("id")
    if record.get("shared_id") is not None:
        record["shared_account"] = at(kinds["tweets"].get(str(record["shared_id"])), "author_id")
    entities = at(post, "note_tweet", "entities") or post.get("entities")
    for field, (name, keys) in _LISTS.items():
        values = (next((one[key] for key in keys if one.get(key)), None) for one in members(entities, name))
        record[field] = [value for value in values if isinstance(value, str)]
    record["media"] = _media(post, kinds["media"])
    record["place"] = _place(post, kinds["places"])
    return record


def _media(post: Native, known: Mapping[str, Native]) -> list[str]:
    """Addresses of the pictures, else the platform's keys for them."""
    keys = at(post, "attachments", "media_keys")
    listed = [known.get(str(key), {"media_key": key}) for key in keys] if isinstance(keys, list) else []
    listed = [*listed, *members(post, "attachments", "media")] if not any("url" in one for one in listed) else listed
    found = (one.get("url") or one.get("preview_image_url") or one.get("media_key") for one in listed)
    return list(dict.fromkeys(value for value in found if isinstance(value, str)))


def _place(post: Native, known: Mapping[str, Native]) -> str | None:
    """Name of the place; else its coordinates, latitude first; else the platform's id of it."""
    id = at(post, "geo", "place_id")
    name = at(known.get(str(id)), "full_name") or at(post, "geo", "full_name") or at(post, "geo", "place", "full_name")
    longitude, latitude = (at(post, "geo", "coordinates", "coordinates", place) for place in (0, 1))
    return name or (f"{latitude}, {longitude}" if latitude and longitude else id)


def profile(user: Any) -> dict[str, Any]:
    """The fields of a user, all None when there is none; the link of the profile in full where the source has it."""
    link = at(user, "entities", "url", "urls", 0, "expanded_url") or at(user, "url")
    return {**{field: at(user, *path) for field, path in PROFILE.items()}, "account_url": link}


def _users(page: Native, head: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    own = [one for one in _data(page) if one is not page or "id" in page]
    if not own:
        raise Passed("pages without users")
    captured = at(page, "__twarc", "retrieved_at")
    for user in own:
        yield {"account_id": user.get("id"), **profile(user), "observed_at": captured}


_PROFILE_FIELDS = (*PROFILE, "account_url")
POSTS_PAGE = Shape(
    fits=_fits_posts,
    records=_posts,
    fields=(
        *_POST,
        *_PROFILE_FIELDS,
        *_REFERENCES.values(),
        *_LISTS,
        "text",
        "reply_to_account",
        "shared_account",
        "media",
        "place",
    ),
    told_by=(
        "id text edit_history_tweet_ids",
        "id text author_id conversation_id|public_metrics",
        "data.author_id data.text",
        "data.id data.text data.edit_history_tweet_ids",
    ),
)
USERS_PAGE = Shape(
    fits=_fits_users,
    records=_users,
    fields=("account_id", *_PROFILE_FIELDS, "observed_at"),
    told_by=(f"id username name {'|'.join(sorted(_OF_USERS))}", "data.id data.username"),
    told="an object with text is a post",
)
