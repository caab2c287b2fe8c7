"""CAR files made up for tests: a repository of given records, its blocks in any order."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import libipld

Blocks = list[tuple[bytes, bytes]]
"""Name and content of each."""


def cid_of(content: bytes) -> bytes:
    """The name of a block."""
    return b"\x01\x71\x12\x20" + hashlib.sha256(content).digest()


def varint(number: int) -> bytes:
    """A length, seven bits a byte, the lowest first."""
    written = bytearray()
    while number > 0x7F:
        written.append(0x80 | number & 0x7F)
        number >>= 7
    return bytes([*written, number])


def blocks_of(did: str, records: Mapping[str, Any], *, per_node: int = 3) -> Blocks:
    """The commit, the nodes of the tree, and the records, of which alike ones share a block.

    records: "collection/rkey" -> record.   per_node: entries of a node; which node has an entry is no matter to readers.
    """
    encoded = {key: libipld.encode_dag_cbor(record) for key, record in sorted(records.items())}
    nodes: Blocks = []
    left: bytes | None = None
    keys = [key.encode() for key in encoded]
    for start in range(0, len(keys), per_node):
        entries, before = [], b""
        for key in keys[start : start + per_node]:
            pairs = enumerate(zip(before, key, strict=False))
            shared = next((place for place, (one, other) in pairs if one != other), min(len(before), len(key)))
            entries.append({"k": key[shared:], "p": shared, "t": None, "v": cid_of(encoded[key.decode()])})
            before = key
        content = libipld.encode_dag_cbor({"e": entries, "l": left})
        left = cid_of(content)
        nodes.append((left, content))
    commit = {"did": did, "rev": "3kaaaaaaaaa2a", "sig": b"\x01\x02", "data": left, "prev": None, "version": 3}
    whole = libipld.encode_dag_cbor(commit)
    kept = {cid_of(content): content for content in encoded.values()}
    return [(cid_of(whole), whole), *reversed(nodes), *kept.items()]


def car_of(blocks: Blocks, root: bytes) -> bytes:
    """The file of those blocks, in that order."""
    header = libipld.encode_dag_cbor({"roots": [root], "version": 1})
    sections = [header, *(cid + content for cid, content in blocks)]
    return b"".join(varint(len(section)) + section for section in sections)
