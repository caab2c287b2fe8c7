"""The links of a post that its source writes as HTML."""

from __future__ import annotations

from inconcert.ingest.formats.html_tokens import Tag, tokens

_NO_LINKS = frozenset({"mention", "hashtag", "u-url", "tag"})
"""Classes and relations of anchors that lead to an account or a topic; posts list those elsewhere."""


def html_links(value: str) -> list[str]:
    """Addresses that its anchors lead to, in order, but those of mentions and hashtags."""
    found: list[str] = []
    for token in tokens(value):
        if isinstance(token, Tag) and token.name == "a" and not token.closing:
            of = token.attributes()
            marks = {*of.get("class", "").split(), *of.get("rel", "").split()}
            if of.get("href", "").startswith(("http://", "https://")) and not marks & _NO_LINKS:
                found.append(of["href"])
    return found
