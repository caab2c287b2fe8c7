"""Tables of the Meta Content Library: posts and comments of Facebook, Instagram and Threads."""

from __future__ import annotations

from inconcert.ingest.importer import Importer, signature

_STATISTICS = {
    "likes": ("statistics.reaction_count | statistics.like_count",),
    "replies": ("statistics.comment_count", "statistics.reply_count"),
    "shares": ("statistics.share_count",),
    "views": ("statistics.views",),
}
_NOTE = (
    "These tables do not say whether they hold Facebook, Instagram or Threads: name it with --platform. Missing views "
    "are not zero views."
)
_EXPORT = (
    "Searches in the library's clean room, downloaded as CSV, or saved from its R or Python client; keep ids as text. "
    "Add the fields {fields}, which are not given unless asked for."
)

META_CONTENT_LIBRARY = Importer(
    name="meta_content_library",
    title="Meta Content Library, posts",
    signatures=(signature("id", "creation_time", "post_owner.id"),),
    columns={
        "post_id": ("id",),
        "account_id": ("post_owner.id",),
        "handle": ("post_owner.username",),
        "display_name": ("post_owner.name",),
        "created_at": ("creation_time",),
        "edited_at": ("modified_time",),
        "text": ("text",),
        "language": ("lang",),
        "post_url": ("mcl_url",),
        "channel_id": ("surface.id",),
        "shared_id": ("shared_post_id",),
        "is_share": ("is_reshare",),
        "urls": ("link_url",),
        "hashtags": ("hashtags",),
        "media": ("multimedia",),
        **_STATISTICS,
    },
    note=_NOTE,
    zone="UTC",
    plausible={"post_id": (0.99, 1.0), "account_id": (0.95, 1.0), "created_at": (0.99, 1.0), "text": (0.3, 1.0)},
    export=_EXPORT.format(fields="text, lang, hashtags, link_url, shared_post_id, is_reshare and mcl_url"),
    lacks=(
        "Ordinary accounts: only owners of public pages, groups and profiles above a size are included; public "
        "addresses."
    ),
    version="2",
)

META_CONTENT_LIBRARY_COMMENTS = Importer(
    name="meta_content_library_comments",
    title="Meta Content Library, comments",
    signatures=(signature("id", "creation_time", "text", "parent_comment_id"),),
    columns={
        "post_id": ("id",),
        "account_id": ("owner.id", "comment_owner.id"),
        "handle": ("owner.username", "comment_owner.username"),
        "display_name": ("owner.name", "comment_owner.name"),
        "created_at": ("creation_time",),
        "edited_at": ("modified_time",),
        "text": ("text",),
        "language": ("lang",),
        "post_url": ("mcl_url",),
        "thread_id": ("post_id", "parent_post_id"),
        "reply_to_id": ("parent_comment_id | post_id", "parent_comment_id | parent_post_id"),
        "media": ("multimedia",),
        **_STATISTICS,
    },
    note=_NOTE,
    zone="UTC",
    plausible={"post_id": (0.99, 1.0), "created_at": (0.99, 1.0), "text": (0.8, 1.0)},
    export=_EXPORT.format(fields="text, owner.id, parent_comment_id and post_id"),
    lacks="The owners of most comments: those of ordinary accounts are withheld, and such comments are set aside.",
    layout=(
        "The columns owner.* and parent_comment_id are documented; that the post commented on stands in post_id is an "
        "assumption."
    ),
)
