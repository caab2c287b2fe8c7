"""HTML cut into text and tags, in time that grows with its length whatever it holds.

The parser of the standard library takes the square of that time for tags that never close, and gives up on odd declarations.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

_TAG = re.compile(
    r"<(?P<closing>/?)(?P<name>[a-zA-Z][^\s<>/\"']*+)(?P<rest>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+)>|<[!?][^<>]*+>"
)
_ATTRIBUTE = re.compile(r"([^\s=<>\"'/]++)\s*+(?:=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]++)))?")


class Tag(NamedTuple):
    """A tag with its name in small letters; rest: what stands in it after the name."""

    name: str
    closing: bool
    rest: str

    def attributes(self) -> dict[str, str]:
        """The attributes, names in small letters, entities read; "" for those without a value; the first of two alike."""
        found: dict[str, str] = {}
        for name, *values in _ATTRIBUTE.findall(self.rest):
            found.setdefault(name.lower(), html.unescape("".join(values)))
        return found


def tokens(value: str) -> Iterator[str | Tag]:
    """Texts, entities read, and tags, in order; comments and declarations are left out; what is no tag is text."""
    for part in _without_comments(value):
        place = 0
        for tag in _TAG.finditer(part):
            if tag.start() > place:
                yield html.unescape(part[place : tag.start()])
            place = tag.end()
            if tag["name"] is not None:
                yield Tag(tag["name"].lower(), bool(tag["closing"]), tag["rest"])
        if place < len(part):
            yield html.unescape(part[place:])


def _without_comments(value: str) -> Iterator[str]:
    place = 0
    while (start := value.find("<!--", place)) >= 0 and (end := value.find("-->", start + 4)) >= 0:
        yield value[place:start]
        place = end + 3
    yield value[place:]
