"""Hourly snapshots of Weibo's list of hot searches, as public archives keep them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from inconcert.ingest.importer import Importer
from inconcert.ingest.shape import Native, Shape

_SHOWN = re.compile(r"display_time(?:=|%3D|%253D)(\d{9,10})\b")
_RANK = re.compile(r"band_rank(?:=|%3D|%253D)(\d{1,3})\b")


def _fits(native: Native, head: Mapping[str, Any]) -> bool:
    return {"title", "url", "hot"} <= native.keys() and "weibo" in str(native["url"])


def _records(native: Native, head: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The link of a topic says when the list was shown and at which place the topic stood."""
    url = str(native.get("url") or "")
    shown, rank = _SHOWN.search(url), _RANK.search(url)
    yield {
        "list": "weibo hot search",
        "observed_at": shown and shown[1],
        "rank": rank and rank[1],
        "title": native.get("title"),
        "category": native.get("category"),
        "url": url or None,
        "heat": native.get("hot"),
        "reads": native.get("readCount"),
        "discussions": native.get("discussCount"),
        "is_advert": native.get("ads"),
    }


WEIBO_HOT_SEARCH = Importer(
    name="weibo_hot_search",
    title="Weibo hot search, snapshots of the list",
    signatures=(),
    columns={},
    shape=Shape(
        _fits,
        _records,
        ("list", "observed_at", "rank", "title", "category", "url", "heat", "reads", "discussions", "is_advert"),
        told_by=("title url hot",),
        told="the address names weibo",
    ),
    platform="weibo",
    table="trends",
    plausible={"observed_at": (0.9, 1.0), "rank": (0.5, 1.0), "heat": (0.9, 1.0)},
    layout="The time of a snapshot and the rank are read from parameters of the topics' links (display_time, band_rank).",
    export="The JSON files of a public archive of the list, or an archive file with all of them.",
    lacks="Who wrote about a topic. A topic that leaves the list proves nothing: a tenth of the top ten does within the hour anyway.",
)
