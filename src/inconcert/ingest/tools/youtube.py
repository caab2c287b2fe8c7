"""Videos and comments of YouTube: YouTube Data Tools and the API."""

from __future__ import annotations

from inconcert.ingest.importer import Importer, signature

YOUTUBE_VIDEOS = Importer(
    name="youtube_videos",
    title="YouTube Data Tools, videos",
    signatures=(signature("videoId", "channelId", "publishedAt"),),
    columns={
        "post_id": ("videoId",),
        "account_id": ("channelId",),
        "display_name": ("channelTitle",),
        "created_at": ("publishedAt",),
        "text": ("videoDescription", "videoTitle"),
        "language": ("defaultAudioLanguage", "defaultLanguage"),
        "likes": ("likeCount",),
        "replies": ("commentCount",),
        "views": ("viewCount",),
    },
    platform="youtube",
)

YOUTUBE_COMMENTS = Importer(
    name="youtube_comments",
    title="YouTube Data Tools, comments",
    signatures=(signature("id", "authorName", "text", "publishedAt"),),
    columns={
        "post_id": ("id",),
        "account_id": ("authorChannelId", "authorChannelUrl"),
        "handle": ("authorName",),
        "created_at": ("publishedAt",),
        "text": ("text",),
        "likes": ("likeCount",),
        "replies": ("replyCount",),
    },
    platform="youtube",
)

YOUTUBE_API = Importer(
    name="youtube_api",
    title="YouTube API v3, comment threads",
    signatures=(
        signature("id", "snippet.topLevelComment.snippet.textOriginal", "snippet.topLevelComment.snippet.publishedAt"),
    ),
    columns={
        "post_id": ("id",),
        "account_id": ("snippet.topLevelComment.snippet.authorChannelId.value",),
        "handle": ("snippet.topLevelComment.snippet.authorDisplayName",),
        "created_at": ("snippet.topLevelComment.snippet.publishedAt",),
        "text": ("snippet.topLevelComment.snippet.textOriginal",),
        "likes": ("snippet.topLevelComment.snippet.likeCount",),
        "replies": ("snippet.totalReplyCount",),
    },
    platform="youtube",
)
