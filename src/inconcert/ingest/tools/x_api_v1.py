"""Statuses and users of Twitter's API v1.1, as twarc 1 and streams of those years kept them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from inconcert.ingest.importer import Importer
from inconcert.ingest.shape import Native, Passed, Shape, Unfit, at, members

_USER = {
    "account_id": ("id_str",),
    "handle": ("screen_name",),
    "display_name": ("name",),
    "bio": ("description",),
    "location": ("location",),
    "account_language": ("lang",),
    "account_created_at": ("created_at",),
    "followers": ("followers_count",),
    "following": ("friends_count",),
    "account_posts": ("statuses_count",),
    "verified": ("verified",),
    "avatar": ("profile_image_url_https",),
}
_STATUS = {
    "post_id": ("id_str",),
    "created_at": ("created_at",),
    "language": ("lang",),
    "reply_to_id": ("in_reply_to_status_id_str",),
    "reply_to_account": ("in_reply_to_user_id_str",),
    "shared_id": ("retweeted_status", "id_str"),
    "shared_account": ("retweeted_status", "user", "id_str"),
    "quoted_id": ("quoted_status_id_str",),
    "likes": ("favorite_count",),
    "replies": ("reply_count",),
    "shares": ("retweet_count",),
    "quotes": ("quote_count",),
}
_LISTS = {
    "urls": ("urls", ("expanded_url", "url")),
    "hashtags": ("hashtags", ("text",)),
    "mentions": ("user_mentions", ("id_str", "screen_name")),
}
_INNER = ("retweeted_status", "quoted_status")
_NOTICES = {"limit": "limit notices", "warning": "warnings", "scrub_geo": "location deletion notices"}
_LINK = re.compile(r">([^<]*)<")


def _is_status(one: Native) -> bool:
    return "id_str" in one and isinstance(at(one, "user", "id_str"), str) and "created_at" in one


def _fits(one: Native, head: Mapping[str, Any]) -> bool:
    return _is_status(one) or isinstance(at(one, "delete", "status", "user_id_str"), str)


def _records(one: Native, head: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The status, and within it the status it shares and the one it quotes."""
    for key, kind in _NOTICES.items():
        if key in one and "id_str" not in one:
            raise Passed(kind)
    if isinstance(gone := at(one, "delete", "status"), dict):
        yield {"post_id": gone.get("id_str"), "account_id": gone.get("user_id_str"), "deleted": True}
        return
    if not _is_status(one):
        raise Unfit("no status of the API v1.1: id_str, user.id_str or created_at is missing")
    yield _record(one)
    for name in _INNER:
        if isinstance(inner := one.get(name), dict) and _is_status(inner):
            yield _record(inner)
            if isinstance(quoted := inner.get("quoted_status"), dict) and _is_status(quoted):
                yield _record(quoted)


def _record(status: Native) -> dict[str, Any]:
    record = {field: at(status, *path) for field, path in _STATUS.items()} | _profile(status.get("user"))
    long = status.get("extended_tweet")
    record["text"] = at(long, "full_text") or status.get("full_text") or status.get("text")
    entities = at(long, "entities") or status.get("entities")
    for field, (name, keys) in _LISTS.items():
        values = (next((item[key] for key in keys if item.get(key)), None) for item in members(entities, name))
        record[field] = [value for value in values if isinstance(value, str)]
    pictures = next(
        (found for where in (long, status) if (found := members(where, "extended_entities", "media"))), None
    )
    addresses = (
        item.get("media_url_https") or item.get("media_url") for item in pictures or members(entities, "media")
    )
    record["media"] = [address for address in addresses if isinstance(address, str)]
    source = status.get("source")
    label = _LINK.search(source[:1000]) if isinstance(source, str) else None
    record["client"] = label[1] if label else source
    longitude, latitude = (at(status, "coordinates", "coordinates", place) for place in (0, 1))
    record["place"] = at(status, "place", "full_name") or (
        f"{latitude}, {longitude}" if latitude and longitude else None
    )
    return record


def _profile(user: Any) -> dict[str, Any]:
    link = at(user, "entities", "url", "urls", 0, "expanded_url") or at(user, "url")
    return {**{field: at(user, *path) for field, path in _USER.items()}, "account_url": link}


def _fits_users(one: Native, head: Mapping[str, Any]) -> bool:
    return {"id_str", "screen_name", "followers_count"} <= one.keys()


def _users(one: Native, head: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The user, and the latest status where it is attached."""
    if not isinstance(one.get("id_str"), str):
        raise Unfit("no user of the API v1.1: id_str is missing")
    status = one.get("status")
    if isinstance(status, dict) and "id_str" in status:
        yield _record({**status, "user": one})
    else:
        yield _profile(one)


_FIELDS = (*_STATUS, *_USER, "account_url", *_LISTS, "text", "media", "client", "place", "deleted")
_EXPORT = (
    "Archives of the API as it was until 2023: twarc 1 wrote one object a line; pages and arrays are read as well."
)

X_API_V1 = Importer(
    name="x_api_v1",
    title="Twitter API v1.1, JSON",
    shape=Shape(
        _fits,
        _records,
        _FIELDS,
        under=("statuses",),
        told_by=("id_str created_at user.id_str", "delete.status.user_id_str"),
    ),
    signatures=(),
    columns={},
    platform="twitter",
    plausible={"text": (0.9, 1.0), "created_at": (0.9, 1.0), "followers": (0.9, 1.0), "shared_id": (0.0, 0.95)},
    export=_EXPORT,
    lacks="Views, threads, and the time of capture.",
    version="2",
)

X_API_V1_USERS = Importer(
    name="x_api_v1_users",
    title="Twitter API v1.1, users as JSON",
    shape=Shape(_fits_users, _users, _FIELDS, under=("users",), told_by=("id_str screen_name followers_count",)),
    signatures=(),
    columns={},
    platform="twitter",
    plausible={"followers": (0.9, 1.0), "account_created_at": (0.9, 1.0)},
    export=_EXPORT,
    lacks="Posts, but for the latest one where it is attached to the user.",
)
