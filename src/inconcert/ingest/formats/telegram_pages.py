"""Chats that Telegram Desktop exported as pages to look at: recognised, so that they are not taken for pages of the web."""

from __future__ import annotations

import re
from typing import NoReturn

from inconcert.errors import InputError
from inconcert.ingest.stream.byte_stream import ByteStream

_BEGINS = re.compile(rb"\s*(?:\xef\xbb\xbf)?<!doctype html", re.IGNORECASE)
_MARKS = (b"<title>Exported Data</title>", b"page_wrap")


def is_telegram_pages(sample: bytes) -> bool:
    """Whether bytes begin like messages.html."""
    return _BEGINS.match(sample) is not None and all(mark in sample for mark in _MARKS)


def refuse_telegram_pages(stream: ByteStream, sample: bytes, name: str) -> NoReturn:
    """InputError: such pages name authors only by what they show, which many accounts can share, and never the chat."""
    raise InputError(
        f"{name} is a chat that Telegram Desktop exported as HTML. It has names in place of the ids of accounts, so that two "
        "accounts of one name could not be told apart. Export the chat again and choose machine-readable JSON as its format."
    )
