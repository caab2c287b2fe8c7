"""Everything one account of Bluesky has written, as its server exports it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from inconcert.ingest.importer import Importer
from inconcert.ingest.native_values import text_at
from inconcert.ingest.shape import Native, Shape
from inconcert.ingest.tools.bluesky_record import FIELDS, written

_KEYS = frozenset({"did", "collection", "rkey", "cid", "record"})


def _fits(native: Native, head: Mapping[str, Any]) -> bool:
    return native.keys() == _KEYS and isinstance(native["did"], str) and native["did"].startswith("did:")


def _records(native: Native, head: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    did, collection, rkey = (text_at(native, key) for key in ("did", "collection", "rkey"))
    yield written(did, collection, rkey, native.get("record"))


BLUESKY_REPOSITORY = Importer(
    name="bluesky_repository",
    title="Bluesky, repository of an account (CAR)",
    signatures=(),
    columns={},
    shape=Shape(
        _fits,
        _records,
        FIELDS,
        told="A CAR file, which begins with its header in CBOR; its blocks are records of one account.",
    ),
    platform="bluesky",
    plausible={"account_id": (1.0, 1.0)},
    note="The time of a Bluesky post is what its author's program says and can be backdated.",
    export="Save the answer of com.atproto.sync.getRepo of the account's server; the account itself can download it in its settings.",
    lacks=(
        "The account's handle, counts of likes and replies, and everything that was deleted before. Likes, follows and blocks "
        "are counted and not read."
    ),
    layout="As the protocol has it: CAR version 1, commits of version 3; blocks whose hash does not fit are set aside.",
)
