"""Files that nobody should read into a case by accident: private messages, and credentials that still open an account."""

from __future__ import annotations

from dataclasses import dataclass

from inconcert.errors import InputError
from inconcert.ingest.credentials import credentials
from inconcert.ingest.private_messages import private_messages
from inconcert.ingest.stream.byte_stream import ByteStream, Damaged, beginning
from inconcert.ingest.stream.encoding import as_utf8, detect

LOOKED_BYTES = 1 << 20
"""How much of the unpacked beginning is looked at."""

PRIVATE_MESSAGES, LIVE_CREDENTIALS = "private messages", "live credentials"
_SQLITE = b"SQLite format 3\0"
_SESSION = b"auth_key"
_PST = b"!BDN"

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


def look_for_sensitive(stream: ByteStream, name: str) -> Sensitive | None:
    """What the beginning of a file shows of that kind; None when it shows nothing.   name: what messages call it."""
    try:
        head = beginning(stream, LOOKED_BYTES)
        if head.startswith(_SQLITE):
            return (
                Sensitive(LIVE_CREDENTIALS, "a session of a Telegram program, with its key")
                if _SESSION in head
                else None
            )
        if head.startswith(_PST):
            return Sensitive(PRIVATE_MESSAGES, "a mailbox of Outlook")
        return look_in(b"".join(as_utf8(iter([head]), detect(head, name))))
    except (Damaged, InputError):  # nothing that can be read, as whoever reads it will say
        return None


def look_in(text: bytes) -> Sensitive | None:
    """What a text, UTF-8, shows of that kind; None when it shows nothing."""
    if seen := private_messages(text):
        return Sensitive(PRIVATE_MESSAGES, seen)
    if seen := credentials(text):
        return Sensitive(LIVE_CREDENTIALS, seen)
    return None
