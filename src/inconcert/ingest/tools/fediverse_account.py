"""One name for an account of the open network, whichever server or interface its posts were exported from."""

from __future__ import annotations

import re
from typing import Any

from inconcert.ingest.shape import at

_PROFILE_PAGE = re.compile(r"(https?://[^/\s]+)/@([^/@\s]+)/?")
_STATUS = re.compile(r"(https?://[^/\s]+/users/[^/\s]+)/statuses/.+", re.DOTALL)


def actor(address: Any) -> str | None:
    """The address of an account by which servers know it; the page /@name of Mastodon as /users/name. None without one."""
    if isinstance(address, dict):
        address = address.get("id")
    if isinstance(address, list):
        address = address[0] if address else None
        return actor(address) if isinstance(address, str | dict) else None
    if not isinstance(address, str) or not address:
        return None
    page = _PROFILE_PAGE.fullmatch(address)
    return f"{page[1]}/users/{page[2]}" if page else address


def author_of(status_uri: Any) -> str | None:
    """The account in the address of a post, where Mastodon writes it there."""
    found = _STATUS.fullmatch(status_uri) if isinstance(status_uri, str) else None
    return found[1] if found else None


def known_as(account: Any, status_uri: Any = None) -> str | None:
    """The account of the interface for programs: its uri; before version 4.2, as its post or its page tell it."""
    return (
        actor(at(account, "uri"))
        or author_of(status_uri)
        or actor(at(account, "url"))
        or (at(account, "acct") if isinstance(at(account, "acct"), str) else None)
    )
