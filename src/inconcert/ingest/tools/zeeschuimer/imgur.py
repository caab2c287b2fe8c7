"""Posts of Imgur as its website is sent them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from inconcert.ingest.importer import Importer
from inconcert.ingest.native_values import reader, text_at
from inconcert.ingest.shape import Native, members
from inconcert.ingest.tools.zeeschuimer.capture import NO_HISTORY, how, owned, shape_of

_POST = {
    "post_id": "id",
    "account_id": "account_id account.id",
    "handle": "account.username",
    "avatar": "account.avatar_url",
    "created_at": "created_at",
    "edited_at": "updated_at",
    "title": "title",
    "text": "description",
    "post_url": "url",
    "media": "cover.url",
    "likes": "upvote_count",
    "replies": "comment_count",
    "views": "view_count",
}
_post = reader(_POST)


def posts(data: Native) -> Iterator[Mapping[str, Any]]:
    """The post; Unfit for those that were uploaded without an account, whose number is 0."""
    record: dict[str, Any] = dict(_post(data))
    if record["account_id"] == "0":
        record["account_id"] = None
    record["hashtags"] = [tag for one in members(data, "tags") if (tag := text_at(one, "tag", "name"))]
    yield owned(record)


ZEESCHUIMER_IMGUR = Importer(
    name="zeeschuimer_imgur",
    title="Zeeschuimer, posts of Imgur",
    signatures=(),
    columns={},
    shape=shape_of(frozenset({"imgur.com", "imgur"}), posts, (*_POST, "hashtags")),
    platform="imgur",
    plausible={"created_at": (0.99, 1.0), "views": (0.9, 1.0)},
    export=how("Imgur"),
    lacks=f"{NO_HISTORY} Names of accounts: mostly their numbers only. Uploads without an account are set aside.",
    layout="Names of fields as 4CAT reads them; tags, time of change and the names of accounts are known from memory.",
)
