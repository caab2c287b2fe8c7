"""Answers of the CrowdTangle API, kept as JSON: posts of Facebook and Instagram, with the account each was made by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from inconcert.ingest.importer import Importer
from inconcert.ingest.shape import Native, Shape, Unfit, at, members
from inconcert.ingest.tools.addresses import POST_ID

_POST = {
    "post_id": ("postUrl",),
    "post_url": ("postUrl",),
    "created_at": ("date",),
    "observed_at": ("updated",),
    "text": ("message",),
    "language": ("languageCode",),
    "account_id": ("account", "platformId"),
    "handle": ("account", "handle"),
    "display_name": ("account", "name"),
    "avatar": ("account", "profileImage"),
    "account_url": ("account", "url"),
    "followers": ("account", "subscriberCount"),
    "verified": ("account", "verified"),
    "location": ("account", "pageAdminTopCountry"),
    "replies": ("statistics", "actual", "commentCount"),
    "shares": ("statistics", "actual", "shareCount"),
    "views": ("statistics", "actual", "viewCount"),
}
_LIKES = ("likeCount", "favoriteCount")


def _fits(post: Native, head: Mapping[str, Any]) -> bool:
    return {"platformId", "postUrl"} <= post.keys() and isinstance(post.get("account"), dict)


def _record(post: Native, head: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if not _fits(post, head):
        raise Unfit("no post of CrowdTangle: platformId, postUrl or account is missing")
    record = {field: at(post, *path) for field, path in _POST.items()}
    platform = str(post.get("platform") or at(post, "account", "platform") or "").lower() or None
    if platform == "instagram":  # accounts go by their names there, as in the tables
        record |= {"text": post.get("description"), "account_id": None}
    links = [one.get("expanded") or one.get("original") for one in members(post, "expandedLinks")]
    pictures = [one.get("full") or one.get("url") for one in members(post, "media")]
    counts = at(post, "statistics", "actual")
    record["urls"] = [link for link in links or [post.get("link")] if isinstance(link, str)]
    record["media"] = [picture for picture in pictures if isinstance(picture, str)]
    record["likes"] = next((at(counts, name) for name in _LIKES if at(counts, name) is not None), None)
    record["platform"] = platform
    record["channel_id"] = at(post, "account", "platformId") if _in_group(post) else None
    yield record


def _in_group(post: Native) -> bool:
    return bool(at(post, "account", "accountType") == "facebook_group")


CROWDTANGLE_API = Importer(
    name="crowdtangle_api",
    title="CrowdTangle API, posts as JSON",
    shape=Shape(
        _fits,
        _record,
        (*_POST, "urls", "media", "likes", "platform", "channel_id"),
        under=("result.posts", "posts"),
        told_by=("platformId postUrl account",),
    ),
    signatures=(),
    columns={},
    respelled={"post_id": POST_ID},
    zone="UTC",
    note="In groups, the group stands for the authors of its posts, whom CrowdTangle does not name.",
    plausible={"account_id": (0.3, 1.0), "created_at": (0.99, 1.0), "followers": (0.9, 1.0)},
    export=(
        "The service is closed. Answers of its /posts and /posts/search that were kept as JSON are read as they are."
    ),
    lacks="Accounts of people, which post is shared, and comments themselves.",
    layout=(
        "From memory of the documentation of the closed service: objects in result.posts with platformId, postUrl, "
        "date (UTC), account and statistics.actual. Objects without these are set aside."
    ),
)
