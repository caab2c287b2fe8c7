"""Answers of the YouTube Data API v3 kept as JSON: videos, search results, comments, channels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from inconcert.ingest.importer import Importer
from inconcert.ingest.shape import Native, Passed, Shape, Unfit, at, members

_KINDS = {
    "youtube#video": "video",
    "youtube#searchResult": "video",
    "youtube#playlistItem": "video",
    "youtube#commentThread": "thread",
    "youtube#comment": "comment",
    "youtube#channel": "channel",
}
_PASSED = {
    "youtube#playlist": "playlists",
    "youtube#caption": "caption tracks",
    "youtube#activity": "activities",
    "youtube#subscription": "subscriptions",
    "youtube#videoCategory": "categories of videos",
    "youtube#i18nRegion": "regions",
}
_ENVELOPES = ("ListResponse",)
_VIDEO = {
    "account_id": ("snippet", "channelId"),
    "display_name": ("snippet", "channelTitle"),
    "created_at": ("snippet", "publishedAt"),
    "title": ("snippet", "title"),
    "text": ("snippet", "description"),
    "place": ("recordingDetails", "locationDescription"),
    "likes": ("statistics", "likeCount"),
    "replies": ("statistics", "commentCount"),
    "views": ("statistics", "viewCount"),
}
_COMMENT = {
    "post_id": ("id",),
    "account_id": ("snippet", "authorChannelId", "value"),
    "handle": ("snippet", "authorDisplayName"),
    "avatar": ("snippet", "authorProfileImageUrl"),
    "created_at": ("snippet", "publishedAt"),
    "text": ("snippet", "textOriginal"),
    "likes": ("snippet", "likeCount"),
}
_CHANNEL = {
    "account_id": ("id",),
    "handle": ("snippet", "customUrl"),
    "display_name": ("snippet", "title"),
    "bio": ("snippet", "description"),
    "location": ("snippet", "country"),
    "account_created_at": ("snippet", "publishedAt"),
    "avatar": ("snippet", "thumbnails", "high", "url"),
    "followers": ("statistics", "subscriberCount"),
    "account_posts": ("statistics", "videoCount"),
}
_SIZES = ("maxres", "standard", "high", "medium", "default")


def _fits(item: Native, head: Mapping[str, Any]) -> bool:
    return str(item.get("kind")).startswith("youtube#")


def _records(item: Native, head: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """A video, a channel, or a comment; a thread is its first comment and the replies that the answer holds."""
    kind = str(item.get("kind"))
    if kind in _PASSED:
        raise Passed(_PASSED[kind])
    if kind.endswith(_ENVELOPES):
        raise Passed("answers without items")
    shaped = _KINDS.get(kind)
    if shaped == "thread":
        yield from _thread(item)
    elif shaped == "comment":
        yield _comment(item, None, None)
    elif shaped == "channel" or at(item, "id", "kind") == "youtube#channel":
        id = at(item, "id", "channelId") or item.get("id")
        yield {field: at({**item, "id": id}, *path) for field, path in _CHANNEL.items()}
    elif at(item, "id", "kind") == "youtube#playlist":
        raise Passed("playlists")
    elif shaped == "video":
        yield _video(item)
    else:
        raise Unfit(f"an object of the kind {kind[:60]!r}, which holds neither video, comment nor channel")


def _video(item: Native) -> dict[str, Any]:
    id = at(item, "id", "videoId") or at(item, "snippet", "resourceId", "videoId")
    id = id or at(item, "contentDetails", "videoId") or item.get("id")
    if not isinstance(id, str):
        raise Unfit("a video without an id")
    record = {field: at(item, *path) for field, path in _VIDEO.items()}
    if owner := at(item, "snippet", "videoOwnerChannelId"):  # of a playlist: its maker is in channelId
        record |= {"account_id": owner, "display_name": at(item, "snippet", "videoOwnerChannelTitle")}
        record["created_at"] = at(item, "contentDetails", "videoPublishedAt")
    language = at(item, "snippet", "defaultAudioLanguage") or at(item, "snippet", "defaultLanguage")
    pictures = (at(item, "snippet", "thumbnails", size, "url") for size in _SIZES)
    record |= {
        "post_id": id,
        "post_url": f"https://www.youtube.com/watch?v={id}",
        "language": language,
        "media": next((picture for picture in pictures if picture), None),
    }
    return record


def _thread(item: Native) -> Iterator[dict[str, Any]]:
    first = at(item, "snippet", "topLevelComment")
    if not isinstance(first, dict):
        raise Unfit("a thread of comments without its first comment; ask for the part snippet")
    video = at(item, "snippet", "videoId") or at(first, "snippet", "videoId")
    yield _comment({"id": item.get("id"), **first}, video, at(item, "snippet", "totalReplyCount"))
    for reply in members(item, "replies", "comments"):
        yield _comment(reply, video, None)


def _comment(comment: Native, video: str | None, replies: str | None) -> dict[str, Any]:
    record = {field: at(comment, *path) for field, path in _COMMENT.items()}
    snippet = comment.get("snippet")
    video = at(snippet, "videoId") or video
    changed = at(snippet, "updatedAt")
    record |= {
        "text": record["text"] if record["text"] is not None else at(snippet, "textDisplay"),
        "reply_to_id": at(snippet, "parentId") or video,
        "thread_id": video,
        "edited_at": changed if changed != record["created_at"] else None,
        "replies": replies,
    }
    return record


YOUTUBE_API = Importer(
    name="youtube_api",
    title="YouTube Data API v3",
    shape=Shape(
        _fits,
        _records,
        tuple(
            dict.fromkeys(
                (
                    *_COMMENT,
                    *_VIDEO,
                    *_CHANNEL,
                    "post_url",
                    "language",
                    "media",
                    "reply_to_id",
                    "thread_id",
                    "edited_at",
                )
            )
        ),
        told_by=("kind",),
        told="kind begins with youtube#",
        under=("items",),
    ),
    signatures=(),
    columns={},
    platform="youtube",
    plausible={"account_id": (0.9, 1.0)},
    export=(
        "Answers of videos, search, playlistItems, commentThreads, comments and channels kept as JSON, one a line or a "
        "file, with the parts snippet, statistics and replies. A thread holds at most five replies: fetch the others "
        "with comments."
    ),
    lacks="Who watched or liked; numbers of dislikes; deleted comments.",
    layout="From memory of the published reference of the API; objects of kinds that it does not name are set aside.",
    version="2",
)
