"""Posts of Instagram as its website is sent them, in either of its two layouts: items, or nodes of a graph.

Posts go by the code of their address and accounts by their handle, as with 4CAT and CrowdTangle.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from inconcert.ingest.importer import Importer
from inconcert.ingest.native_values import reader, text_at
from inconcert.ingest.shape import Native, at, members
from inconcert.ingest.tools.zeeschuimer.capture import NO_HISTORY, how, owned, shape_of

_POST = {
    "post_id": "code shortcode",
    "handle": "user.username owner.username",
    "display_name": "user.full_name owner.full_name",
    "verified": "user.is_verified owner.is_verified",
    "avatar": "user.profile_pic_url owner.profile_pic_url",
    "created_at": "taken_at taken_at_timestamp",
    "text": "caption.text caption edge_media_to_caption.edges.0.node.text",
    "place": "location.name",
    "likes": "like_count edge_media_preview_like.count edge_liked_by.count",
    "replies": "comment_count edge_media_preview_comment.count edge_media_to_comment.count",
    "views": "play_count view_count video_view_count",
}
_post = reader(_POST)
_PICTURE = (
    "image_versions2.candidates.0.url", "display_url", "display_resources.0.src", "video_versions.0.url", "video_url",
)  # fmt: skip


def media_in(post: Native) -> list[str]:
    """The address of each picture of a post, one for a video."""
    slides = members(post, "carousel_media")
    slides = slides or [
        node
        for edge in members(post, "edge_sidecar_to_children", "edges")
        if isinstance(node := at(edge, "node"), dict)
    ]
    return [url for one in slides or [post] if (url := text_at(one, *_PICTURE))]


def posts(data: Native) -> Iterator[Mapping[str, Any]]:
    """The post."""
    yield owned({**_post(data), "media": media_in(data)})


ZEESCHUIMER_INSTAGRAM = Importer(
    name="zeeschuimer_instagram",
    title="Zeeschuimer, posts of Instagram",
    signatures=(),
    columns={},
    shape=shape_of(frozenset({"instagram.com", "instagram"}), posts, (*_POST, "media")),
    platform="instagram",
    plausible={"created_at": (0.99, 1.0), "handle": (0.99, 1.0), "media": (0.7, 1.0)},
    export=how("Instagram"),
    lacks=f"{NO_HISTORY} Comments, accounts that are tagged in a picture, and the profile beyond its name and picture.",
    layout="Both layouts with the names of fields as 4CAT reads them.",
)
