"""How accounts, chats and messages of Telegram are named, whichever tool exported them."""

from __future__ import annotations

import re
from typing import Any

KINDS = ("user", "chat", "channel")
_WRITTEN = re.compile(r"(user|chat|channel)(\d+)")
_MARKED = re.compile(r"(-100|-)?(\d{1,18})", re.ASCII)
_MARKS = {None: "user", "-": "chat", "-100": "channel"}


def account(peer: Any) -> str | None:
    """A peer as "user123", "chat123" or "channel123"; None when there is none.

    A peer is that text, an object {"channel_id": "123"} as programs of the Telegram API write it, or their number, which marks
    channels by -100 and chats by a minus.
    """
    if isinstance(peer, dict):
        named = (f"{kind}{peer[f'{kind}_id']}" for kind in reversed(KINDS) if isinstance(peer.get(f"{kind}_id"), str))
        return next(named, None)
    if not isinstance(peer, str) or not peer:
        return None
    marked = _MARKED.fullmatch(peer)
    return f"{_MARKS[marked[1]]}{marked[2]}" if marked else peer


def chat(peer: Any) -> str | None:
    """The bare number of a chat, as it stands in the ids of its messages."""
    name = account(peer)
    found = _WRITTEN.fullmatch(name) if name else None
    return found[2] if found else None


def message(chat_id: Any, id: Any) -> str | None:
    """An id like 123/45, chat and message, since messages are numbered within their chat. None when either is missing."""
    return f"{chat_id}/{id}" if isinstance(chat_id, str) and isinstance(id, str) and chat_id and id else None


def reactions(counts: list[Any]) -> str | None:
    """The sum of the counts of all reactions, as text; None when nothing was counted."""
    numbers = [int(count) for count in counts if isinstance(count, str) and count.isascii() and count.isdigit()]
    return str(sum(numbers)) if numbers else None
