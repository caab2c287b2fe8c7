"""Comments on videos of TikTok as its website is sent them; accounts go by their handle, see `tiktok`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from inconcert.ingest.importer import Importer
from inconcert.ingest.native_values import reader, text_at
from inconcert.ingest.shape import Native, members
from inconcert.ingest.tools.zeeschuimer.capture import NO_HISTORY, how, owned, shape_of

_COMMENT = {
    "post_id": "cid",
    "handle": "user.unique_id",
    "display_name": "user.nickname",
    "bio": "user.signature",
    "avatar": "user.avatar_thumb.url_list.0",
    "created_at": "create_time",
    "text": "text",
    "language": "comment_language",
    "thread_id": "aweme_id",
    "post_url": "share_info.url",
    "likes": "digg_count",
    "replies": "reply_comment_total",
}
_comment = reader(_COMMENT)


def comments(data: Native) -> Iterator[Mapping[str, Any]]:
    """The comment: it replies to a reply, else to a comment, else to the video."""
    record: dict[str, Any] = dict(_comment(data))
    answered = (text_at(data, place) for place in ("reply_to_reply_id", "reply_id", "aweme_id"))
    record["reply_to_id"] = next((id for id in answered if id and id != "0"), None)
    record["hashtags"] = [tag for one in members(data, "text_extra") if (tag := text_at(one, "hashtag_name"))]
    yield owned(record)


ZEESCHUIMER_TIKTOK_COMMENTS = Importer(
    name="zeeschuimer_tiktok_comments",
    title="Zeeschuimer, comments of TikTok",
    signatures=(),
    columns={},
    shape=shape_of(frozenset({"tiktok-comments"}), comments, (*_COMMENT, "reply_to_id", "hashtags")),
    platform="tiktok",
    plausible={"created_at": (0.99, 1.0), "reply_to_id": (0.99, 1.0)},
    export=how("TikTok (comments)"),
    lacks=f"{NO_HISTORY} Who follows whom, and the video itself: capture its page as well.",
    layout="Names of fields as 4CAT reads them; reply_to_reply_id, the answered reply, is known from memory.",
)
