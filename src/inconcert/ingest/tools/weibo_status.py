"""Posts of Weibo as the interfaces of weibo.com and m.weibo.cn give them; a reposted one stands inside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from inconcert.ingest.formats.html_text import without_tags
from inconcert.ingest.importer import Importer
from inconcert.ingest.native_values import reader, text_at
from inconcert.ingest.shape import Native, Passed, Shape, Unfit, at, members
from inconcert.ingest.tools.ip_region import IP_REGION

_STATUS = {
    "post_id": "idstr mid id",
    "account_id": "user.idstr user.id",
    "handle": "user.screen_name",
    "bio": "user.description",
    "location": "user.location",
    "account_url": "user.url",
    "account_created_at": "user.created_at",
    "followers": "user.followers_count",
    "following": "user.friends_count user.follow_count",
    "account_posts": "user.statuses_count",
    "verified": "user.verified",
    "avatar": "user.avatar_hd user.profile_image_url",
    "created_at": "created_at",
    "edited_at": "edit_at",
    "deleted": "deleted",
    "ip_region": "region_name",
    "likes": "attitudes_count",
    "replies": "comments_count",
    "shares": "reposts_count",
    "views": "reads_count",
}
_status = reader(_STATUS)
_OWN_PAGE = re.compile(r"https?://(?:m\.|www\.)?weibo\.(?:com|cn)/p/")
"""Pages of a topic or place, which stand for hashtags and check-ins, and are no links anybody shares."""
_LINKED = re.compile(r'data-url="(https?://[^"]{1,2000})"')


def _statuses(native: Native) -> list[Native]:
    """The posts of an object: it is one, or a card of a page that holds one or a group of them."""
    if isinstance(native.get("mblog"), dict):
        return [native["mblog"]]
    if "card_type" in native:
        return [inner for card in members(native, "card_group") if isinstance(inner := card.get("mblog"), dict)]
    return [native]


def _fits(native: Native, head: Mapping[str, Any]) -> bool:
    return any(
        ("mblogid" in one or "mid" in one or "bid" in one)
        and ("reposts_count" in one or "attitudes_count" in one)
        and "created_at" in one
        and "user" in one
        for one in _statuses(native)
    )


def _records(native: Native, head: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The posts, each followed by the one it reposts, if that is still shown."""
    statuses = _statuses(native)
    if not statuses:
        raise Passed("cards without a post")
    for status in statuses:
        yield from _with_reposted(status)


def _with_reposted(status: Native) -> Iterator[Mapping[str, Any]]:
    record: dict[str, Any] = dict(_status(status))
    if record["post_id"] is None or record["account_id"] is None:
        raise Unfit("a status without its id or its author, as those are that were deleted or hidden")
    reposted = at(status, "retweeted_status")
    record["shared_id"] = text_at(reposted, "idstr", "mid", "id")
    record["shared_account"] = text_at(reposted, "user.idstr", "user.id")
    written = text_at(status, "longText.longTextContent", "text")
    record["text"] = text_at(status, "text_raw") or (without_tags(written) if written else None)
    client = text_at(status, "source")
    record["client"] = without_tags(client) if client else None
    record["place"] = text_at(status, "page_info.page_title") if _is_place(status) else None
    links = [url for one in members(status, "url_struct") if (url := text_at(one, "long_url", "ori_url"))]
    found = links or _LINKED.findall(written or "")
    record["urls"] = [url for url in found if url.startswith(("http:", "https:")) and not _OWN_PAGE.match(url)]
    record["media"] = _pictures(status)
    yield record
    if isinstance(reposted, dict) and record["shared_id"] and record["shared_account"]:
        yield from _with_reposted(reposted)


def _is_place(status: Native) -> bool:
    return "place" in (at(status, "page_info", "type"), at(status, "page_info", "object_type"))


def _pictures(status: Native) -> list[str]:
    infos, ids = at(status, "pic_infos"), at(status, "pic_ids")
    if isinstance(infos, dict):
        ids = [id for id in ids if isinstance(id, str)] if isinstance(ids, list) else list(infos)
        pictures = [infos[id] for id in ids if id in infos]
    else:
        pictures = members(status, "pics")
    sizes = ("large.url", "largest.url", "original.url", "url")
    return [url for one in pictures if (url := text_at(one, *sizes))]


WEIBO_STATUS = Importer(
    name="weibo_status",
    title="Weibo, posts as its website is sent them",
    signatures=(),
    columns={},
    shape=Shape(
        _fits,
        _records,
        (*_STATUS, "shared_id", "shared_account", "text", "client", "place", "urls", "media"),
        under=("data.list", "data.statuses", "statuses", "data.cards"),
        told_by=tuple(
            f"{place}created_at {place}user {place}mblogid|{place}mid|{place}bid {place}reposts_count|{place}attitudes_count"
            for place in ("", "mblog.", "card_group.mblog.")
        ),
    ),
    respelled={"ip_region": IP_REGION},
    platform="weibo",
    zone="Asia/Shanghai",
    plausible={"text": (0.95, 1.0), "created_at": (0.99, 1.0), "client": (0.5, 1.0)},
    export=(
        "Answers of weibo.com/ajax/statuses (lists of posts) or of m.weibo.cn (pages of cards), as research tools keep them: "
        "one answer a file or a line, or one post a line."
    ),
    lacks=(
        "The end of long posts, which is fetched apart; the IP region of posts before it was shown (2022); the addresses of "
        "videos; comments. Hashtags and mentions are taken from the text."
    ),
    layout=(
        "Names of fields as Weibo's interface documents them and tools that call it read them; region_name, pic_infos, "
        "url_struct and edit_at are known from memory. A field that is elsewhere stays empty."
    ),
)
