"""Exports of 4CAT whose columns tell the platform: TikTok, Instagram, Threads, Bluesky and VK."""

from __future__ import annotations

from inconcert.ingest.importer import Importer, signature
from inconcert.ingest.tools.fourcat import FOURCAT_EXPORT, FOURCAT_LACKS, FOURCAT_PLAUSIBLE, FOURCAT_POST

_CAPTURED = FOURCAT_EXPORT.format(more="Posts captured with Zeeschuimer while somebody looked at them.")

FOURCAT_TIKTOK = Importer(
    name="4cat_tiktok",
    title="4CAT, videos of TikTok",
    signatures=(signature("id", "thread_id", "author", "body", "timestamp", "tiktok_url", "plays"),),
    columns={
        **FOURCAT_POST,
        "account_id": ("author",),
        "account_posts": ("author_videos",),
        "place": ("location_created",),
        "post_url": ("tiktok_url",),
        "urls": (),
        "media": ("thumbnail_url",),
    },
    platform="tiktok",
    zone="UTC",
    plausible={**FOURCAT_PLAUSIBLE, "views": (0.9, 1.0)},
    export=_CAPTURED,
    lacks="Which video another duets with, and comments.",
)

FOURCAT_INSTAGRAM = Importer(
    name="4cat_instagram",
    title="4CAT, posts of Instagram",
    signatures=(
        signature("id", "thread_id", "author", "body", "timestamp", "num_likes", "num_comments", "media_url"),
        signature("id", "thread_id", "author", "body", "timestamp", "num_likes", "num_comments", "thumbnail_url"),
    ),
    columns={
        **FOURCAT_POST,
        "media": ("image_url", "thumbnail_url"),
        "mentions": ("usertags",),
        "place": ("location_name | location_city", "location_name"),
    },
    platform="instagram",
    zone="UTC",
    plausible=FOURCAT_PLAUSIBLE,
    export=_CAPTURED,
    lacks="Numeric ids of accounts, and comments.",
)

FOURCAT_THREADS = Importer(
    name="4cat_threads",
    title="4CAT, posts of Threads",
    signatures=(
        signature("id", "author", "body", "timestamp", "author_is_verified", "is_paid_partnership", "reposts"),
    ),
    columns={**FOURCAT_POST, "urls": ("link_url",), "media": ("image_url + video_url", "image_url")},
    platform="threads",
    zone="UTC",
    plausible=FOURCAT_PLAUSIBLE,
    export=_CAPTURED,
    lacks="Which post another answers or repeats.",
)

FOURCAT_BLUESKY = Importer(
    name="4cat_bluesky",
    title="4CAT, posts of Bluesky",
    signatures=(
        signature("id", "thread_id", "author", "author_id", "body", "timestamp", "replied_to_user", "quoted_post"),
    ),
    columns={
        **FOURCAT_POST,
        "account_url": ("author_profile",),
        "account_created_at": ("author_created_at",),
        "created_at": ("created_at", "timestamp"),
        "language": ("languages",),
        "hashtags": ("tags",),
        "urls": ("links",),
        "reply_to_account": ("replied_to_user",),
        "quoted_id": ("quoted_post",),
    },
    platform="bluesky",
    respelled={"quoted_id": ((r"^[A-Z ]+$", ""),), "language": ((r"^N/A$", ""), (r",.*$", ""))},
    plausible={**FOURCAT_PLAUSIBLE, "account_id": (0.99, 1.0)},
    export=FOURCAT_EXPORT.format(more="4CAT searches Bluesky with your own account there."),
    lacks=(
        "Ids of the posts that others answer or quote: they are named by addresses, which do not match the ids of "
        "posts."
    ),
)

FOURCAT_VK = Importer(
    name="4cat_vk",
    title="4CAT, posts and comments of VK",
    signatures=(
        signature("id", "thread_id", "body", "timestamp", "author_id", "author_screen_name", "in_reply_to_comment_id"),
    ),
    columns={
        **FOURCAT_POST,
        "post_id": ("link", "id"),
        "handle": ("author_screen_name",),
        "location": ("author_city + author_country",),
        "avatar": ("author_photo",),
        "edited_at": ("edited",),
        "client": ("source",),
        "reply_to_account": ("in_reply_to_user",),
        "urls": ("links",),
        "media": ("photos + videos",),
        "replies": ("post_comments",),
        "thread_id": (),
    },
    platform="vk",
    respelled={
        "post_id": ((r"^https?://vk\.com/wall", ""),),
        "edited_at": ((r"^(?:False|True)$", ""),),
        "followers": ((r"^N/A$", ""),),
    },
    zone="UTC",
    plausible={**FOURCAT_PLAUSIBLE, "account_id": (0.99, 1.0), "handle": (0.5, 1.0)},
    export=FOURCAT_EXPORT.format(more="4CAT reads VK with your own access to it."),
    lacks=f"Which post another repeats. {FOURCAT_LACKS}",
)
