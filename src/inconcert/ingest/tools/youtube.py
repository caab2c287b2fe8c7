"""Videos, comments and channels of YouTube as YouTube Data Tools writes them."""

from __future__ import annotations

from inconcert.ingest.importer import Importer, signature

YOUTUBE_VIDEOS = Importer(
    name="youtube_videos",
    title="YouTube Data Tools, videos",
    signatures=(signature("videoId", "channelId", "publishedAt"), signature("videoId", "channelId", "publishedAtSQL")),
    columns={
        "post_id": ("videoId",),
        "account_id": ("channelId",),
        "display_name": ("channelTitle",),
        "created_at": ("publishedAt", "publishedAtSQL"),
        "title": ("videoTitle",),
        "text": ("videoDescription",),
        "language": ("defaultAudioLanguage | defaultLanguage",),
        "post_url": ("videoUrl",),
        "place": ("locationDescription", "latitude + longitude"),
        "media": ("thumbnail_maxres",),
        "likes": ("likeCount",),
        "replies": ("commentCount",),
        "views": ("viewCount",),
    },
    platform="youtube",
    zone="UTC",
    plausible={"post_id": (0.99, 1.0), "account_id": (0.99, 1.0), "created_at": (0.99, 1.0), "views": (0.8, 1.0)},
    export="The modules Video List and Video Info; choose CSV.",
    lacks="Comments (another module), profiles of channels, and who watched.",
    version="2",
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
        "reply_to_id": ("isReplyToId | isReplyTo | videoId",),
        "thread_id": ("videoId",),
        "likes": ("likeCount",),
        "replies": ("replyCount",),
    },
    platform="youtube",
    respelled={"account_id": ((r"^https?://(?:www\.)?youtube\.com/channel/", ""),)},
    zone="UTC",
    plausible={"post_id": (0.99, 1.0), "account_id": (0.95, 1.0), "created_at": (0.99, 1.0), "text": (0.95, 1.0)},
    export=(
        "The module Video Info (Video Comments in newer versions): the file of comments, one for each video; choose "
        "CSV."
    ),
    lacks="The video commented on, which only the name of the file says, and profiles of the commenters.",
    version="2",
)

YOUTUBE_CHANNELS = Importer(
    name="youtube_channels",
    title="YouTube Data Tools, channels",
    signatures=(signature("id", "title", "description", "publishedAt", "subscriberCount", "videoCount"),),
    columns={
        "account_id": ("id",),
        "handle": ("customUrl",),
        "display_name": ("title",),
        "bio": ("description",),
        "location": ("country",),
        "account_language": ("defaultLanguage",),
        "account_created_at": ("publishedAt",),
        "avatar": ("thumbnail",),
        "followers": ("subscriberCount",),
        "account_posts": ("videoCount",),
    },
    platform="youtube",
    zone="UTC",
    plausible={"account_id": (0.99, 1.0), "account_created_at": (0.99, 1.0), "followers": (0.5, 1.0)},
    export="The modules Channel List, Channel Search and Channel Network; choose CSV.",
    lacks="Videos (another module), and links between channels.",
    layout="From memory of what its module of channels writes; a table without these columns is not taken for one.",
)
