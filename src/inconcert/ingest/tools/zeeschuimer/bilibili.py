"""Videos of Bilibili as its website is sent them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from inconcert.ingest.importer import Importer
from inconcert.ingest.native_values import reader
from inconcert.ingest.shape import Native, Passed
from inconcert.ingest.tools.zeeschuimer.capture import NO_HISTORY, how, owned, shape_of

_VIDEO = {
    "post_id": "bvid aid",
    "account_id": "owner.mid",
    "display_name": "owner.name",
    "avatar": "owner.face",
    "created_at": "pubdate ctime",
    "title": "title",
    "text": "desc description",
    "post_url": "uri",
    "media": "pic",
    "ip_region": "pub_location",
    "likes": "stat.like",
    "replies": "stat.reply",
    "shares": "stat.share",
    "views": "stat.view",
}
_video = reader(_VIDEO)


def videos(data: Native) -> Iterator[Mapping[str, Any]]:
    """The video; Passed for live rooms and for what is put between the videos of a page."""
    if "roomid" in data:
        raise Passed("live rooms")
    if "goto" in data and data["goto"] != "av":
        raise Passed("cards that are no videos")
    yield owned(_video(data))


ZEESCHUIMER_BILIBILI = Importer(
    name="zeeschuimer_bilibili",
    title="Zeeschuimer, videos of Bilibili",
    signatures=(),
    columns={},
    shape=shape_of(frozenset({"bilibili.com", "bilibili"}), videos, _VIDEO),
    platform="bilibili",
    plausible={"title": (0.99, 1.0), "created_at": (0.9, 1.0)},
    export=how("Bilibili"),
    lacks=f"{NO_HISTORY} Comments and bullet comments. The list of a channel does not name its account; its rows are set aside.",
    layout="The lists that Zeeschuimer's module takes; the names of fields in them are known from memory.",
)
