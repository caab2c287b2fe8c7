"""Manifests of the pictures and videos of posts."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from inconcert.normalise.given.sheet import GivenSheet, ReadRows, Unread, cell, rows_of


def _read(fields: pa.Table, constants: Mapping[str, str]) -> ReadRows:
    post = cell(fields, "post_id", constants)
    url, digest = cell(fields, "url", constants), cell(fields, "hash", constants)
    media = pc.coalesce(cell(fields, "media", constants), digest, url)
    kept = pc.and_(post.is_valid(), media.is_valid())
    unread = [
        Unread(row_ref, "post_id", None, "names no post, or no picture or video of it", True)
        for row_ref, whole in zip(fields["row_ref"].to_pylist(), kept.to_pylist(), strict=True)
        if not whole
    ]
    table = rows_of(
        "post_media",
        {
            "post_id": pc.fill_null(post, ""),
            "platform": cell(fields, "platform", constants),
            "media_id": pc.fill_null(media, ""),
            "url": url,
            "hash": pc.utf8_lower(digest),
            "row_ref": fields["row_ref"].combine_chunks(),
        },
    )
    return ReadRows({"post_media": table.filter(kept)}, tuple(unread))


POST_MEDIA = GivenSheet(
    "post_media",
    {
        "post_id": ("post_id", "tweetid", "tweet_id"),
        "media": ("media", "media_id", "file", "filename", "file_name", "media_key"),
        "url": ("url", "media_url"),
        "hash": ("hash", "sha256", "md5", "pdq"),
        "platform": ("platform",),
    },
    (("post_id",), ("media", "url", "hash")),
    _read,
)
