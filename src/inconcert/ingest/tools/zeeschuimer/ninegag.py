"""Posts of 9GAG as its website is sent them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from inconcert.ingest.importer import Importer
from inconcert.ingest.native_values import reader, text_at
from inconcert.ingest.shape import Native, members
from inconcert.ingest.tools.zeeschuimer.capture import NO_HISTORY, how, owned, shape_of

_POST = {
    "post_id": "id",
    "handle": "creator.username",
    "display_name": "creator.fullName",
    "verified": "creator.isVerifiedAccount",
    "avatar": "creator.avatarUrl",
    "created_at": "creationTs",
    "title": "title",
    "text": "description",
    "post_url": "url",
    "urls": "sourceUrl",
    "media": "images.image700.url",
    "likes": "upVoteCount",
    "replies": "commentsCount",
}
_post = reader(_POST)


def posts(data: Native) -> Iterator[Mapping[str, Any]]:
    """The post; Unfit for those that hide who posted."""
    yield owned({**_post(data), "hashtags": [tag for one in members(data, "tags") if (tag := text_at(one, "key"))]})


ZEESCHUIMER_9GAG = Importer(
    name="zeeschuimer_9gag",
    title="Zeeschuimer, posts of 9GAG",
    signatures=(),
    columns={},
    shape=shape_of(frozenset({"9gag.com", "9gag"}), posts, (*_POST, "hashtags")),
    platform="9gag",
    plausible={"created_at": (0.99, 1.0), "title": (0.9, 1.0)},
    export=how("9GAG"),
    lacks=f"{NO_HISTORY} Anonymous posts name no author and are set aside.",
    layout="Names of fields as 4CAT reads them; the address of the profile picture is known from memory.",
)
