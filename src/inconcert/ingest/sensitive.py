"""Files that nobody should read into a case by accident: private messages, and credentials that still open an account.

The whole file is looked through, unpacked, before anything of it is kept: a case keeps originals whole, so that one private
conversation or one credential is as much in it at the end of a file as at its beginning. What is found past the beginning is
found by its form alone; a screen in one pass leaves little to be read twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from inconcert.errors import InputError
from inconcert.ingest.credential_names import KEYS_SCREEN
from inconcert.ingest.credentials import MEMBERS_SCREEN, REQUESTS_SCREEN, credentials, keys, kind_of
from inconcert.ingest.private_messages import CHATS_SCREEN, JSON_SCREEN, later_messages, private_messages
from inconcert.ingest.screen import matches
from inconcert.ingest.sensitive_columns import columns_of_credentials, columns_of_messages, filled, header_in
from inconcert.ingest.sensitive_parquet import look_in_parquet
from inconcert.ingest.stream.byte_stream import ByteStream, Damaged, beginning
from inconcert.ingest.stream.encoding import as_utf8, detect

LOOKED_BYTES = 1 << 20
"""How much of the unpacked beginning is looked at with everything that may tell."""

PRIVATE_MESSAGES, LIVE_CREDENTIALS = "private messages", "live credentials"
_SQLITE = b"SQLite format 3\0"
_SESSION = b"auth_key"
_PST = b"!BDN"
_PARQUET = b"PAR1"

_WINDOW_BYTES = 4 << 20
_SHARED_BYTES = 64 << 10
"""What two windows have in common, so that nothing is cut in two that is to be recognised."""

_SCREENS = {
    "json": f"{KEYS_SCREEN}|{MEMBERS_SCREEN}|{JSON_SCREEN}",
    "har": MEMBERS_SCREEN,
    "warc": REQUESTS_SCREEN,
    "text": f"{KEYS_SCREEN}|{CHATS_SCREEN}",
    "script": f"{KEYS_SCREEN}|{MEMBERS_SCREEN}|{JSON_SCREEN}|{CHATS_SCREEN}",
}
"""Kind of text -> what a window must match to be looked at closely, in the language of RE2; kinds without one are public."""

_REMEDIES = {
    PRIVATE_MESSAGES: "What people write to each other is not public, and no posts are compared in it. Export the public channel "
    "or group alone.",
    LIVE_CREDENTIALS: "Whoever sees the case could use them. Take them out of the file, and have them revoked where the file "
    "has been passed on.",
}


@dataclass(frozen=True)
class Sensitive:
    """kind: PRIVATE_MESSAGES or LIVE_CREDENTIALS.   seen: what was seen and where, never the thing itself."""

    kind: str
    seen: str

    @property
    def words(self) -> str:
        """What was seen, for the table of imports."""
        return f"{self.kind} ({self.seen})"

    def refusal(self, name: str) -> str:
        """Why the file is not read, and what to do.   name: what messages call the file."""
        return (
            f"{name} looks as if it held {self.kind}: {self.seen}. It was not read. {_REMEDIES[self.kind]} If you may and must "
            "read it as it is, say --insist-private: the import then says so for as long as the case exists."
        )


def look_for_sensitive(stream: ByteStream, name: str, *, whole: bool = True) -> Sensitive | None:
    """What a file shows of that kind; None when it shows nothing.   name: what messages call it.

    whole: look through all of it, and not only at its beginning.
    """
    try:
        head = beginning(stream, LOOKED_BYTES)
        if head.startswith(_SQLITE):
            seen = "a session of a Telegram program, with its key"
            return Sensitive(LIVE_CREDENTIALS, seen) if _SESSION in head else None
        if head.startswith(_PST):
            return Sensitive(PRIVATE_MESSAGES, "a mailbox of Outlook")
        if head.startswith(_PARQUET):
            seen_in = look_in_parquet(stream.path()) if whole else (None, None)
            return _told(*seen_in)
        encoding = detect(head, name)
        found = look_in(b"".join(as_utf8(iter([head]), encoding)))
        return found or (_look_through(stream, encoding) if whole else None)
    except (Damaged, InputError):  # nothing that can be read, as whoever reads it will say
        return None


def look_in(text: bytes) -> Sensitive | None:
    """What the beginning of a text, UTF-8, shows of that kind; None when it shows nothing."""
    return _told(private_messages(text), credentials(text))


def _told(messages: str | None, secrets: str | None) -> Sensitive | None:
    if messages:
        return Sensitive(PRIVATE_MESSAGES, messages)
    return Sensitive(LIVE_CREDENTIALS, secrets) if secrets else None


def _look_through(stream: ByteStream, encoding: str) -> Sensitive | None:
    """What the file shows in all its length of what its beginning did not show."""
    kind, screen = "", None
    for number, (window, start) in enumerate(_windows(_text(stream, encoding))):
        if number == 0:
            kind = kind_of(window[:LOOKED_BYTES])
            screen = _SCREENS.get(kind)
            if kind == "text" and (seen := _in_columns(stream, encoding, window[:LOOKED_BYTES])):
                return seen
        if screen is None:
            return None
        if not matches(window, screen):
            continue
        messages = later_messages(window, kind) if kind in ("json", "script", "text") else None
        if messages or keys(window, kind, 0):
            return _told(messages, keys(window, kind, _lines_before(_text(stream, encoding), start)))
    return None


def _lines_before(blocks: Iterator[bytes], place: int) -> int:
    """Line ends before a place of a text; counted only where something is found."""
    count = 0
    for block in blocks:
        count += block.count(b"\n", 0, max(place, 0))
        place -= len(block)
        if place <= 0:
            break
    return count


def _in_columns(stream: ByteStream, encoding: str, head: bytes) -> Sensitive | None:
    """What a table shows by the names of its columns, if any of its rows has something there."""
    header = header_in(head)
    if header is None:
        return None
    secret, addressed = columns_of_credentials(header.names), columns_of_messages(header.names)
    if addressed and (name := filled(_text(stream, encoding), header, addressed, secret=False)):
        return Sensitive(PRIVATE_MESSAGES, f"a column '{name}' that says to whom each message was sent")
    if secret and (name := filled(_text(stream, encoding), header, secret, secret=True)):
        return Sensitive(LIVE_CREDENTIALS, f"a column '{name}' with values")
    return None


def _windows(blocks: Iterator[bytes]) -> Iterator[tuple[bytes, int]]:
    """The text in stretches that share _SHARED_BYTES, each with the bytes before it."""
    parts: list[bytes] = []
    size = fresh = start = 0
    for block in blocks:
        parts.append(block)
        size, fresh = size + len(block), fresh + len(block)
        if size < _WINDOW_BYTES:
            continue
        window = b"".join(parts)
        yield window, start
        start += size - _SHARED_BYTES
        parts, size, fresh = [window[-_SHARED_BYTES:]], _SHARED_BYTES, 0
    if fresh:
        yield b"".join(parts), start


def _text(stream: ByteStream, encoding: str) -> Iterator[bytes]:
    """All of a file in UTF-8, as far as it is good."""
    with suppress(Damaged):
        yield from as_utf8(stream.blocks(), encoding)
