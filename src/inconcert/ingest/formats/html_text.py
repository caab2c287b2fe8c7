"""The text of a post that its source writes as HTML, line breaks kept."""

from __future__ import annotations

from html.parser import HTMLParser

import pyarrow as pa

_BREAKS = {"br": "\n"}
_BREAKS_AFTER = {"p": "\n\n", "li": "\n", "div": "\n"}


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append(_BREAKS.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(_BREAKS_AFTER.get(tag, ""))


def html_to_text(values: pa.Array) -> pa.Array:
    """Each value without its tags, entities read; NULL stays NULL. A link's text is what the post shows of it."""
    return pa.array([None if value is None else _text(value) for value in values.to_pylist()], pa.string())


def _text(value: str) -> str:
    parser = _Text()
    parser.feed(value)
    parser.close()
    return "".join(parser.parts).strip()
