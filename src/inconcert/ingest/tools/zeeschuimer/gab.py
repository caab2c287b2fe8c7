"""Posts and profiles of Gab, in the form that Zeeschuimer gives them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from inconcert.ingest.formats.html_text import without_tags
from inconcert.ingest.importer import Importer
from inconcert.ingest.native_values import reader
from inconcert.ingest.shape import Native, Passed, Unfit
from inconcert.ingest.tools.zeeschuimer.capture import NO_HISTORY, how, owned, shape_of

_POST = {
    "post_id": "id",
    "account_id": "account.id",
    "handle": "account.username",
    "display_name": "account.display_name",
    "avatar": "account.avatar",
    "created_at": "created_at",
    "text": "content",
    "post_url": "url",
    "channel_id": "group",
    "likes": "reaction_count",
    "replies": "replies_count",
    "shares": "reposts_count",
}
_USER = {
    "account_id": "id",
    "handle": "account.username",
    "display_name": "account.display_name",
    "bio": "account.note",
    "account_created_at": "created_at",
    "followers": "account.followers_count",
    "following": "account.following_count",
    "account_posts": "account.statuses_count",
    "verified": "account.is_verified",
    "avatar": "account.avatar",
}
_post, _user = reader(_POST), reader(_USER)


def items(data: Native) -> Iterator[Mapping[str, Any]]:
    """The post, or the profile; Passed for groups."""
    kind = data.get("type")
    if kind == "group":
        raise Passed("groups")
    if kind == "user":
        record: dict[str, Any] = dict(_user(data))
        if not record["account_id"]:
            raise Unfit("a profile without its id")
        if record["bio"]:
            record["bio"] = without_tags(record["bio"])
        yield record
    elif kind == "post":
        yield owned(_post(data))
    else:
        raise Unfit(f"of the kind {str(kind)[:40]!r}; posts, profiles and groups of Gab are known")


ZEESCHUIMER_GAB = Importer(
    name="zeeschuimer_gab",
    title="Zeeschuimer, posts and profiles of Gab",
    signatures=(),
    columns={},
    shape=shape_of(frozenset({"gab.com", "gab"}), items, dict.fromkeys((*_POST, *_USER))),
    platform="gab",
    plausible={"account_id": (0.99, 1.0)},
    export=how("Gab"),
    lacks=f"{NO_HISTORY} Names of authors in timelines and groups: only their numbers. Replies, reposts and pictures.",
    layout="The form that Zeeschuimer's module for Gab writes.",
)
