"""Videos as the TikTok Research API gives them."""

from __future__ import annotations

from inconcert.ingest.importer import Importer, signature

TIKTOK_RESEARCH = Importer(
    name="tiktok_research",
    title="TikTok Research API, videos",
    signatures=(signature("id", "username", "create_time", "video_description"),),
    columns={
        "post_id": ("id",),
        "handle": ("username",),
        "display_name": ("display_name",),
        "created_at": ("create_time",),
        "text": ("video_description",),
        "hashtags": ("hashtag_names",),
        "mentions": ("video_mention_list",),
        "likes": ("like_count",),
        "replies": ("comment_count",),
        "shares": ("share_count",),
        "views": ("view_count",),
    },
    platform="tiktok",
)
