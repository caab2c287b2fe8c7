"""What a published file holds, one thing after the other, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass

RECORDS_AT_MOST = 200_000
"""More in one file are refused: no publication lists so many, and a file made to fill the memory does."""
CHARACTERS_AT_MOST = 64 << 20
"""Characters of all values and comments of a file together."""
VALUE_AT_MOST, TEXT_AT_MOST = 4_096, 20_000
"""Characters of a value, and of one that is a text."""
SHOWN_AT_MOST = 200
"""Characters of a value that is set aside."""
COMMENT_AT_MOST = 1_000
NAME_AT_MOST = 200
"""Characters of a comment, and of the name of an operation; what follows is left out."""


@dataclass(frozen=True)
class Record:
    """A value that a source publishes.

    row: 1-based place in its file.   type: the source's word for what it is.   operation: as the file names it.
    posted: whether the source says that such values were posted.
    """

    row: int
    value: str
    type: str | None = None
    platform: str | None = None
    operation: str | None = None
    comment: str | None = None
    posted: bool = False


@dataclass(frozen=True)
class SetAside:
    """A record that holds no indicator.   value: its beginning.   reason: in words."""

    row: int
    value: str
    reason: str


def set_aside(row: int, value: str, reason: str) -> SetAside:
    """The record with no more of its value than is shown."""
    return SetAside(row, sound(value[:SHOWN_AT_MOST]), reason)


def cut(text: str | None, most: int) -> str | None:
    """The text on one line, at most so long; None for nothing."""
    return sound(" ".join(text[: 8 * most].split())[:most]) or None if text else None


def sound(text: str) -> str:
    """The text; halves of characters, which JSON can spell, as the sign for a lost character."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
