"""Comments on notes of Xiaohongshu as its website is sent them; the first answers stand inside and become records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from inconcert.ingest.importer import Importer
from inconcert.ingest.native_values import reader, text_at
from inconcert.ingest.shape import Native, members
from inconcert.ingest.tools.zeeschuimer.capture import NO_HISTORY, how, owned, shape_of

_COMMENT = {
    "post_id": "id",
    "account_id": "user_info.user_id",
    "display_name": "user_info.nickname",
    "avatar": "user_info.image",
    "created_at": "create_time",
    "text": "content",
    "ip_region": "ip_location",
    "thread_id": "note_id",
    "reply_to_account": "target_comment.user_info.user_id",
    "likes": "like_count",
    "replies": "sub_comment_count",
}
_comment = reader(_COMMENT)


def comments(data: Native) -> Iterator[Mapping[str, Any]]:
    """The comment, which replies to its note, then the answers to it, of which one without an author spoils no other."""
    note = text_at(data, "note_id")
    yield owned(_record(data, note, note))
    for answer in members(data, "sub_comments"):
        yield _record(answer, note, text_at(data, "id"))


def _record(data: Native, note: str | None, above: str | None) -> dict[str, Any]:
    record: dict[str, Any] = dict(_comment(data))
    record["thread_id"] = record["thread_id"] or note
    record["reply_to_id"] = text_at(data, "target_comment.id") or above
    record["mentions"] = [id for one in members(data, "at_users") if (id := text_at(one, "user_id"))]
    return record


ZEESCHUIMER_XIAOHONGSHU_COMMENTS = Importer(
    name="zeeschuimer_xiaohongshu_comments",
    title="Zeeschuimer, comments of Xiaohongshu (RedNote)",
    signatures=(),
    columns={},
    shape=shape_of(
        frozenset({"xiaohongshu-comments", "rednote-comments"}), comments, (*_COMMENT, "reply_to_id", "mentions")
    ),
    platform="xiaohongshu",
    plausible={"created_at": (0.99, 1.0), "ip_region": (0.5, 1.0)},
    export=how("RedNote (comments)"),
    lacks=f"{NO_HISTORY} The note itself: capture its page as well.",
    layout="Names of fields as 4CAT reads them; answers within a comment and the answered comment are known from memory.",
)
