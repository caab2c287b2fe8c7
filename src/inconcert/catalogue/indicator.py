"""One published indicator of a known operation."""

from __future__ import annotations

from dataclasses import dataclass

KINDS: dict[str, str] = {
    "account": "native id of an account on a platform",
    "handle": "name of an account in addresses, folded as the table `accounts` folds it",
    "domain": "registrable domain",
    "host": "host below a registrable domain, or below a suffix that many owners share (name.github.io)",
    "url": "canonical address of a page",
    "text": "words that were posted, as written",
    "text_hash": "hash of a normalised text, as the table `posts` has it",
    "image_hash": "PDQ hash, 64 hexadecimal digits",
    "hashtag": "folded, without its sign",
    "technique": "DISARM technique, as T0049.002",
    "email": "address",
    "phone": "number, digits only, with its country",
    "ip": "address",
    "name": "display name of an account or page",
    "file_hash": "digest of a file, hexadecimal: MD5, SHA-1, SHA-256 or SHA-512",
}
"""Kind -> what the value is. Only the first nine, and `technique`, can be looked for in posts and accounts."""


@dataclass(frozen=True)
class Indicator:
    """One thing that a published source says belongs to an operation.

    operation: as the source, or whoever imported it, names it.   kind: of KINDS.   value: refanged and normalised as the case
    normalises the same field.   platform: "twitter" ..., or None.   written: as the source has it.   source: label of the
    publication.   sha256: of the file it was read from.   row: 1-based record in that file.   comment: the source's own.
    listed, unlisted: dates (ISO) of the first import that had it, and of the import that no longer had it, or None.
    """

    operation: str
    kind: str
    value: str
    platform: str | None
    written: str
    source: str
    sha256: str
    row: int
    comment: str | None
    listed: str
    unlisted: str | None
