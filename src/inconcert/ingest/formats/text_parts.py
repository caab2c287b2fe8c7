"""Long texts in parts that are short enough for a cell."""

from __future__ import annotations

from collections.abc import Iterator

from inconcert.ingest.values import VALUE_BYTES_MAX

PART_CHARACTERS = VALUE_BYTES_MAX // 4
"""A character has at most four bytes."""


def cut(text: str) -> tuple[str, str]:
    """A first part of at most PART_CHARACTERS, up to a line end or a space where there is one, and what follows it."""
    if len(text) <= PART_CHARACTERS:
        return text, ""
    ends = (text.rfind(mark, PART_CHARACTERS // 2, PART_CHARACTERS) for mark in ("\n\n", "\n", " "))
    end = next((end + 1 for end in ends if end >= 0), PART_CHARACTERS)
    return text[:end], text[end:]


def parts(text: str) -> Iterator[str]:
    """The parts of a text that are not blank."""
    while text:
        part, text = cut(text)
        if part.strip():
            yield part
