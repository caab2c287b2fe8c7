"""The text of a post that its source writes as HTML, line breaks kept."""

from __future__ import annotations

import pyarrow as pa

from inconcert.ingest.formats.html_tokens import Tag, tokens

_BREAKS = {"br": "\n"}
_BREAKS_AFTER = {"p": "\n\n", "li": "\n", "div": "\n"}


def html_to_text(values: pa.Array) -> pa.Array:
    """Each value without its tags, entities read; NULL stays NULL. A link's text is what the post shows of it."""
    return pa.array([None if value is None else without_tags(value) for value in values.to_pylist()], pa.string())


def without_tags(value: str) -> str:
    """One text that is written as HTML, without its tags, entities read."""
    parts: list[str] = []
    for token in tokens(value):
        if isinstance(token, Tag):
            parts.append((_BREAKS_AFTER if token.closing else _BREAKS).get(token.name, ""))
        else:
            parts.append(token)
    return "".join(parts).strip()
