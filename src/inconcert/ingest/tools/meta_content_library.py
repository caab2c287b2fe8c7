"""Tables of the Meta Content Library."""

from __future__ import annotations

from inconcert.ingest.importer import Importer, signature

META_CONTENT_LIBRARY = Importer(
    name="meta_content_library",
    title="Meta Content Library",
    signatures=(signature("id", "creation_time", "post_owner.id"),),
    columns={
        "post_id": ("id",),
        "account_id": ("post_owner.id",),
        "handle": ("post_owner.username",),
        "display_name": ("post_owner.name",),
        "created_at": ("creation_time",),
        "text": ("text",),
        "language": ("lang",),
        "post_url": ("mcl_url",),
        "shared_id": ("shared_post_id",),
        "is_share": ("is_reshare",),
        "urls": ("link_url",),
        "hashtags": ("hashtags",),
        "likes": ("statistics.reaction_count", "statistics.like_count"),
        "replies": ("statistics.comment_count",),
        "shares": ("statistics.share_count",),
        "views": ("statistics.views",),
    },
)
