"""Repositories of the AT Protocol as their servers export them: CAR files of version 1, blocks named by their hash.

A signed commit says whose repository it is; a tree of nodes says which block is which record ("app.bsky.feed.post/3k…"). The
blocks may come in any order, so the file is read twice: once for the tree, once for the records.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import libipld

from inconcert.errors import InputError
from inconcert.ingest.formats.car_blocks import CID, Block, blocks, decoded
from inconcert.ingest.formats.car_names import Names
from inconcert.ingest.formats.json_text import read_value
from inconcert.ingest.natives import Item
from inconcert.ingest.stream.byte_stream import ByteStream

NAMES_OF_ONE_MAX = 1_000
"""Posts that share a record; alike posts of one account are made in different seconds, so that more are no person's doing."""

_UNNAMED = (b"app.bsky.feed.like/", b"app.bsky.graph.")
"""Collections that make up most of a repository and hold no posts; their records are told by their type alone."""

_HEADER = re.compile(rb"[\x10-\x7f]\xa2eroots|[\x80-\xff][\x01-\x7f]\xa2eroots")
_SECOND_VERSION = b"\x0a\xa1gversion\x02"
_NODE = b"\xa2ae"
"""How every node of the tree begins: a map of two, the shorter key first as the encoding demands, "e" before "l"."""
_ITEMS_AT_ONCE, _TEXT_AT_ONCE, _BLOCKS_TRIED = 2_000, 8 << 20, 5_000


def is_car(sample: bytes) -> bool:
    """Whether bytes begin like a CAR file, of either version."""
    return sample.startswith(_SECOND_VERSION) or _HEADER.match(sample) is not None


@dataclass
class _Tree:
    """did: whose repository it is.   names: of its records."""

    did: str | None = None
    names: Names = field(default_factory=Names)


class Car:
    """A repository as native objects: {did, collection, rkey, cid, record} (`natives.Natives`)."""

    format = "car"
    encoding: str | None = None
    notes: tuple[str, ...] = ()

    def __init__(self, stream: ByteStream, sample: bytes, name: str) -> None:
        """sample: the beginning of its bytes.   name: what messages call the file.   InputError for one of version 2."""
        if sample.startswith(_SECOND_VERSION):
            raise InputError(
                f"{name} is a CAR file of version 2, which wraps one of version 1. Fetch the repository again with "
                "com.atproto.sync.getRepo, which gives the inner one."
            )
        self.name, self._stream = name, stream
        self._beginning: list[Item] = []

    @property
    def done(self) -> int:
        """Bytes of the file read so far."""
        return self._stream.done

    def items(self, under: frozenset[str] = frozenset()) -> Iterator[list[Item]]:
        """All records; `under` has no meaning here."""
        tree = self._tree(None)
        waiting: list[Item] = []
        text = 0
        with closing(tree.names):
            for block in blocks(self._stream):
                for item in (block,) if isinstance(block, Item) else _records(block, tree):
                    waiting.append(item)
                    text += len(item.text)
                    if len(waiting) >= _ITEMS_AT_ONCE or text >= _TEXT_AT_ONCE:
                        yield waiting
                        waiting, text = [], 0
            yield waiting

    def first(self, under: frozenset[str], count: int) -> list[Item]:
        """The first records, from the beginning of the file if they and their tree are there, as they ordinarily are."""
        if len(self._beginning) < count:  # every importer asks
            self._beginning = self._first(_BLOCKS_TRIED, count) or self._first(None, count)
        return self._beginning[:count]

    def _first(self, blocks_most: int | None, count: int) -> list[Item]:
        tree = self._tree(blocks_most)
        found: list[Item] = []
        with closing(tree.names):
            for number, block in enumerate(blocks(self._stream)):
                if number == blocks_most or len(found) >= count or tree.did is None:
                    break
                if not isinstance(block, Item):
                    whole = (item for item in _records(block, tree) if item.record is not None)
                    found += islice(whole, count - len(found))
        return found

    def _tree(self, blocks_most: int | None) -> _Tree:
        tree = _Tree()
        for number, block in enumerate(blocks(self._stream)):
            if number == blocks_most:
                break
            if isinstance(block, Item):
                continue
            if block.is_root and tree.did is None:
                tree.did = _whose(block)
            if not block.content.startswith(_NODE):
                continue
            tree.names.add((digest, key) for key, digest in _entries(block) if not key.startswith(_UNNAMED))
        return tree


def _whose(commit: Block) -> str | None:
    found = decoded(commit.content)
    did = found.get("did") if isinstance(found, dict) else None
    return did if isinstance(did, str) else None


def _entries(node: Block) -> Iterator[tuple[bytes, bytes]]:
    """Key and hash of the records that a node of the tree names; each key is written from where it differs from the last."""
    found, key = decoded(node.content), b""
    for entry in found["e"] if isinstance(found, dict) and isinstance(found.get("e"), list) else ():
        if not isinstance(entry, dict):
            return
        shared, rest, value = entry.get("p"), entry.get("k"), entry.get("v")
        if not (
            isinstance(shared, int) and isinstance(rest, bytes) and isinstance(value, bytes) and 0 <= shared <= len(key)
        ):
            return
        key = key[:shared] + rest
        yield key, value[-32:]


def _records(block: Block, tree: _Tree) -> Iterator[Item]:
    if block.is_root or block.content.startswith(_NODE):
        return
    record, cid = decoded(block.content), libipld.encode_cid(block.cid)
    if not isinstance(record, dict):
        yield Item(None, cid, "a block that is no record, or is nested too deeply")
        return
    place = -1
    for place, name in enumerate(tree.names.of(block.cid[4:])):
        if place == NAMES_OF_ONE_MAX:
            yield Item(None, cid, f"a record of more than {NAMES_OF_ONE_MAX:,} posts at once; the others were not read")
            return
        collection, _, rkey = name.partition("/")
        yield _item({"did": tree.did, "collection": collection, "rkey": rkey, "cid": cid, "record": record})
    if place >= 0:
        return
    if f"{record.get('$type')}/".encode("utf-8", "replace").startswith(_UNNAMED):
        yield Item({"did": tree.did, "collection": record["$type"], "rkey": None, "cid": cid, "record": {}})
    else:
        shown = _item({"did": tree.did, "cid": cid, "record": record}).text
        yield Item(None, shown, "a record that the tree of the repository does not name, so that it has no id")


def _item(native: dict[str, Any]) -> Item:
    try:
        text = json.dumps(native, ensure_ascii=False, default=_bytes)
        return Item(read_value(text), text)
    except RecursionError:
        return Item(None, str(native["cid"]), "nested too deeply")


def _bytes(value: bytes) -> dict[str, str]:
    """Links to other blocks and plain bytes as JSON writes them; the decoder gives both as bytes, of which links have a form."""
    if CID.fullmatch(value):
        return {"$link": libipld.encode_cid(value)}
    return {"$bytes": base64.b64encode(value).decode()}
