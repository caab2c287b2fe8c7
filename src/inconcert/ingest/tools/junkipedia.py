"""Answers of the Junkipedia API kept as JSON: posts of many platforms, with the channel each was made by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from inconcert.ingest.importer import Importer
from inconcert.ingest.shape import Native, Shape, Unfit, at

_POST = {
    "created_at": (("published_at",), ("search_data_fields", "published_at")),
    "observed_at": (("created_at",),),
    "post_url": (("search_data_fields", "url"), ("url",)),
    "title": (("search_data_fields", "post_title"),),
    "text": (
        ("search_data_fields", "sanitized_text"),
        ("search_data_fields", "description"),
        ("search_data_fields", "all_text"),
    ),
    "language": (("search_data_fields", "language_code"),),
    "platform": (("search_data_fields", "platform_name"),),
    "account_id": (("channel", "channel_uid"),),
    "handle": (("channel", "handle"), ("handle",), ("search_data_fields", "channel_name"), ("channel", "channel_name")),
    "display_name": (("search_data_fields", "channel_name"), ("channel", "channel_name")),
    "bio": (("channel", "bio"),),
    "account_url": (("channel", "link"),),
    "avatar": (("search_data_fields", "channel_data", "channel_profile_image"),),
    "media": (("thumbnail_url",),),
}


def _fits(item: Native, head: Mapping[str, Any]) -> bool:
    found = at(item, "attributes")
    return at(found, "post_uid") is not None and isinstance(at(found, "search_data_fields"), dict)


def _record(item: Native, head: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    found = item.get("attributes")
    if not isinstance(found, dict) or not isinstance(at(found, "search_data_fields"), dict):
        raise Unfit("no post of Junkipedia: attributes.search_data_fields is missing")
    record = {
        field: next((value for path in ways if (value := at(found, *path)) not in (None, "", "null")), None)
        for field, ways in _POST.items()
    }
    yield {**record, "post_id": found.get("post_uid") or item.get("id")}


JUNKIPEDIA = Importer(
    name="junkipedia",
    title="Junkipedia API",
    shape=Shape(
        _fits,
        _record,
        ("post_id", *_POST),
        under=("data",),
        told_by=("attributes.post_uid attributes.search_data_fields",),
    ),
    signatures=(),
    columns={},
    plausible={"post_id": (0.99, 1.0), "handle": (0.9, 1.0), "created_at": (0.9, 1.0), "text": (0.5, 1.0)},
    export=(
        "Answers of its /posts kept as JSON, one page a line or a file. Its spreadsheets have no established layout: "
        "they are read as any table, with --map where names of columns are not understood."
    ),
    lacks=(
        "Which post another repeats or answers, and counts of likes and shares, which differ from platform to platform."
    ),
    layout=(
        "Members that public programs read out of such answers; of channel only channel_uid, channel_name, handle, bio "
        "and link. Objects without attributes.search_data_fields are set aside."
    ),
)
