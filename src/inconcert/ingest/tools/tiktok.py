"""The TikTok Research API: pages of its answers as JSON, and tables of the same fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from inconcert.ingest.importer import Importer, signature
from inconcert.ingest.shape import Native, Shape, Unfit

_VIDEO = {
    "post_id": "id",
    "account_id": "username",
    "handle": "username",
    "created_at": "create_time",
    "text": "video_description",
    "location": "region_code",
    "mentions": "video_mention_list",
    "likes": "like_count",
    "replies": "comment_count",
    "shares": "share_count",
    "views": "view_count",
}
_USER = {
    "account_id": "username",
    "handle": "username",
    "display_name": "display_name",
    "bio": "bio_description",
    "account_url": "bio_url",
    "avatar": "avatar_url",
    "verified": "is_verified",
    "followers": "follower_count",
    "following": "following_count",
    "account_posts": "video_count",
}
_COMMENT = {"document_id": "id", "text": "text", "published_at": "create_time"}
_OF_VIDEOS = {"video_description", "region_code", "view_count", "share_count", "hashtag_names"}
_OF_USERS = {"bio_description", "follower_count", "following_count", "likes_count", "video_count"}
_OF_COMMENTS = {"parent_comment_id", "like_count", "reply_count", "create_time"}
_COUNTRY = (
    "The country of an account (location) is region_code: where the account was registered, by the word of TikTok, not "
    "where anybody is."
)
_LISTS = ("data.{name}", "{name}")


def _video_fits(video: Native, head: Mapping[str, Any]) -> bool:
    return "id" in video and "username" in video and len(_OF_VIDEOS & video.keys()) > 1 and "author" not in video


def _video(video: Native, head: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if "id" not in video:
        raise Unfit("no video of the Research API: id is missing")
    record = {field: video.get(name) for field, name in _VIDEO.items()}
    tags = video.get("hashtag_names")
    named = video.get("hashtag_info_list")
    if not tags and isinstance(named, list):
        tags = [one.get("hashtag_name") for one in named if isinstance(one, dict)]
    record["hashtags"] = [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else tags
    record["post_url"] = f"https://www.tiktok.com/@{video.get('username')}/video/{video['id']}"
    yield record


def _user_fits(user: Native, head: Mapping[str, Any]) -> bool:
    data = user.get("data")
    return len(_OF_USERS & (data if isinstance(data, dict) else user).keys()) > 2


def _user(user: Native, head: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    data = user.get("data")
    found: Native = {**user, **data} if isinstance(data, dict) else user
    if not isinstance(found.get("username"), str):
        raise Unfit('says nothing of whose profile it is; put the name asked for beside it, as "username"')
    yield {field: found.get(name) for field, name in _USER.items()}


def _comment_fits(comment: Native, head: Mapping[str, Any]) -> bool:
    return {"id", "video_id", "text"} <= comment.keys() and bool(_OF_COMMENTS & comment.keys())


def _comment(comment: Native, head: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if "id" not in comment:
        raise Unfit("no comment of the Research API: id is missing")
    yield {
        **{field: comment.get(name) for field, name in _COMMENT.items()},
        "title": f"Comment on the video {comment.get('video_id')}",
        "publisher": "TikTok",
    }


def _columns(fields: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    return {field: (name,) for field, name in fields.items()}


def _shape(
    fits: Callable[[Native, Mapping[str, Any]], bool],
    records: Callable[[Native, Mapping[str, Any]], Iterator[Mapping[str, Any]]],
    fields: tuple[str, ...],
    name: str,
    *told_by: str,
    told: str = "",
) -> Shape:
    under = tuple(path.format(name=name) for path in _LISTS) if name else ()
    return Shape(fits, records, fields, under, told_by=told_by, told=told)


TIKTOK_RESEARCH = Importer(
    name="tiktok_research",
    title="TikTok Research API, videos",
    shape=_shape(
        _video_fits,
        _video,
        (*_VIDEO, "hashtags", "post_url"),
        "videos",
        "id username",
        told=f"two or more of {', '.join(sorted(_OF_VIDEOS))} are there too, and no author",
    ),
    signatures=(
        signature("id", "username", "create_time", "video_description"),
        signature("id", "username", "create_time", "region_code"),
    ),
    columns={**_columns(_VIDEO), "hashtags": ("hashtag_names",)},
    platform="tiktok",
    note=_COUNTRY,
    plausible={"post_id": (0.99, 1.0), "handle": (0.99, 1.0), "created_at": (0.99, 1.0), "text": (0.5, 1.0)},
    export=(
        "Answers of video/query kept as JSON, one page a line or a file, or as a table; ask for all fields, and keep "
        "ids as text."
    ),
    lacks=(
        "Ids of accounts beside their names, which may change; which video another duets or stitches, pictures, and "
        "deleted videos."
    ),
    version="2",
)

TIKTOK_USERS = Importer(
    name="tiktok_research_users",
    title="TikTok Research API, users",
    shape=_shape(
        _user_fits,
        _user,
        tuple(_USER),
        "",
        told=f"Three or more of {', '.join(sorted(_OF_USERS))} are there, in the object or in data within it.",
    ),
    signatures=(signature("username", "display_name", "bio_description", "follower_count"),),
    columns=_columns(_USER),
    platform="tiktok",
    plausible={"handle": (0.99, 1.0), "followers": (0.9, 1.0)},
    export='Answers of user/info, one a line; they do not name the user, so add what was asked for as "username".',
    lacks="Posts, ids, and when an account was made.",
)

TIKTOK_COMMENTS = Importer(
    name="tiktok_research_comments",
    title="TikTok Research API, comments",
    shape=_shape(
        _comment_fits,
        _comment,
        (*_COMMENT, "title", "publisher"),
        "comments",
        f"id video_id text {'|'.join(sorted(_OF_COMMENTS))}",
    ),
    signatures=(signature("id", "video_id", "text", "create_time", "like_count"),),
    columns={**_columns(_COMMENT), "title": ("video_id",)},
    table="documents",
    note=(
        "TikTok does not say who wrote a comment: comments are kept as documents to search, and no account is compared "
        "by them."
    ),
    plausible={"text": (0.9, 1.0), "published_at": (0.99, 1.0)},
    export="Answers of video/comment/list kept as JSON, one page a line or a file, or as a table.",
    lacks="The authors of comments, and with them everything that could be compared.",
)
