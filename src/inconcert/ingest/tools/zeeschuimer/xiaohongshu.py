"""Notes of Xiaohongshu (RedNote) as its website is sent them: from its interface, or embedded in a page in other spelling."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from inconcert.ingest.importer import Importer
from inconcert.ingest.native_values import reader, text_at
from inconcert.ingest.shape import Native, Unfit, members
from inconcert.ingest.tools.zeeschuimer.capture import NO_HISTORY, how, owned, shape_of

_NOTE = {
    "account_id": "user.user_id user.userId",
    "display_name": "user.nickname user.nick_name user.nickName",
    "avatar": "user.avatar",
    "created_at": "time",
    "edited_at": "last_update_time lastUpdateTime",
    "title": "title display_title displayTitle",
    "text": "desc",
    "ip_region": "ip_location ipLocation",
    "likes": "interact_info.liked_count interactInfo.likedCount",
    "replies": "interact_info.comment_count interactInfo.commentCount",
    "shares": "interact_info.share_count interact_info.shared_count interactInfo.shareCount",
}
_note = reader(_NOTE)


def notes(data: Native) -> Iterator[Mapping[str, Any]]:
    """The note. Hashtags are left to its text, which spells them out."""
    if data.get("_zs-origin") == "html":
        raise Unfit(
            "read off the page without the author's id, and names are not unique there; open the note and capture it"
        )
    card = next((card for name in ("note_card", "note") if isinstance(card := data.get(name), dict)), data)
    record: dict[str, Any] = dict(_note(card))
    record["post_id"] = text_at(data, "id", "note_id") or text_at(card, "note_id", "noteId")
    if record["edited_at"] == record["created_at"]:
        record["edited_at"] = None
    named = members(card, "at_user_list") or members(card, "atUserList")
    record["mentions"] = [id for one in named if (id := text_at(one, "user_id", "userId"))]
    pictures = members(card, "image_list") or members(card, "imageList") or [card]
    spelt = ("url_default", "urlDefault", "url", "cover.url_default", "cover.urlDefault")
    record["media"] = [url for one in pictures if (url := text_at(one, *spelt))]
    yield owned(record)


ZEESCHUIMER_XIAOHONGSHU = Importer(
    name="zeeschuimer_xiaohongshu",
    title="Zeeschuimer, notes of Xiaohongshu (RedNote)",
    signatures=(),
    columns={},
    shape=shape_of(
        frozenset({"xiaohongshu.com", "xiaohongshu", "rednote.com", "rednote"}),
        notes,
        ("post_id", *_NOTE, "mentions", "media"),
    ),
    platform="xiaohongshu",
    plausible={"account_id": (0.99, 1.0), "likes": (0.8, 1.0)},
    export=how("RedNote/Xiaohongshu"),
    lacks=f"{NO_HISTORY} Time, text and IP region of notes that were only seen in an overview: open a note to have them.",
    layout=(
        "Names of fields as 4CAT and Zeeschuimer read them; IP region, mentions and time of change are known from memory, as "
        "are the counts beside likes."
    ),
)
