"""Pins of Pinterest as its website is sent them, in either of its two spellings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from inconcert.ingest.importer import Importer
from inconcert.ingest.native_values import reader
from inconcert.ingest.shape import Native, Unfit
from inconcert.ingest.tools.zeeschuimer.capture import NO_HISTORY, how, owned, shape_of

_PIN = {
    "post_id": "entityId id",
    "handle": "pinner.username",
    "display_name": "pinner.full_name pinner.fullName",
    "followers": "pinner.follower_count pinner.followerCount",
    "avatar": "pinner.image_medium_url pinner.imageMediumUrl",
    "created_at": "created_at createdAt",
    "title": "title",
    "text": "description",
    "urls": "link",
    "media": "images.orig.url imageSpec_orig.url",
    "channel_id": "board.entityId board.id",
    "is_share": "is_repin isRepin",
    "replies": "comment_count commentCount",
    "shares": "repin_count repinCount",
}
_pin = reader(_PIN)


def pins(data: Native) -> Iterator[Mapping[str, Any]]:
    """The pin; Unfit for what was read off a page, which does not say who pinned it."""
    if data.get("_zs-origin") == "html":
        raise Unfit("read off the page, which does not name the account; open the pin and capture it")
    yield owned(_pin(data))


ZEESCHUIMER_PINTEREST = Importer(
    name="zeeschuimer_pinterest",
    title="Zeeschuimer, pins of Pinterest",
    signatures=(),
    columns={},
    shape=shape_of(frozenset({"pinterest.com", "pinterest"}), pins, _PIN),
    platform="pinterest",
    plausible={"handle": (0.99, 1.0), "media": (0.9, 1.0)},
    export=how("Pinterest"),
    lacks=f"{NO_HISTORY} The time of many pins, so that they cannot be compared by time.",
    layout="Both spellings with the names of fields as 4CAT reads them; counts, links and repins are known from memory.",
)
