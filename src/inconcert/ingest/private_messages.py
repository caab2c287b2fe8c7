"""Exports of private messages, known by what only they have: the kind of chat, two partners, the head of a mail."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable

from inconcert.ingest.json_begins import is_json, is_script

_SENDER = re.compile(rb'"sender(?:_?ids?|_?names?)?"\s{0,9}:', re.IGNORECASE)

# In JSON a text that quotes one of these has its quotation marks escaped, so that only the members themselves match.
_IN_JSON: tuple[tuple[tuple[re.Pattern[bytes], ...], str], ...] = (
    (
        (
            re.compile(
                rb'"type"\s{0,9}:\s{0,9}"(personal_chat|bot_chat|private_group|private_supergroup|saved_messages)"'
            ),
        ),
        "an export of Telegram with a chat of the type '{}'",
    ),
    (
        (re.compile(rb'"(?:peer_id|to_id)"\s{0,9}:\s{0,9}\{\s{0,9}"_(?:type)?"\s{0,9}:\s{0,9}"(PeerUser|PeerChat)"'),),
        "messages of Telegram to a '{}', which is no public channel",
    ),
    ((re.compile(rb'"(dmConversation)"\s{0,9}:\s{0,9}\{'),), "direct messages of an archive of X ('{}')"),
    (
        (
            re.compile(rb'"(sender_name)"\s{0,9}:'),
            re.compile(rb'"timestamp_ms"\s{0,9}:'),
        ),
        "messages between the participants of a chat on Facebook or Instagram ('{}')",
    ),
    (
        (re.compile(rb'"type"\s{0,9}:\s{0,9}"(DirectTextChat|DirectGroupTextChat)"'),),
        "a chat of Discord of the type '{}'",
    ),
    (
        (re.compile(rb'"(envelope)"\s{0,9}:\s{0,9}\{'), re.compile(rb'"(?:dataMessage|syncMessage)"\s{0,9}:')),
        "messages of Signal ('{}')",
    ),
    (
        (re.compile(rb'"(senderName)"\s{0,9}:'), re.compile(rb'"isUnsent"\s{0,9}:')),
        "messages of a chat on Facebook ('{}')",
    ),
    (
        (re.compile(rb'"(recipient_?ids?|recipients?|receiver_?ids?)"\s{0,9}:', re.IGNORECASE), _SENDER),
        "messages with a sender and a recipient ('{}')",
    ),
    ((re.compile(rb'"(dm_conversation_id)"\s{0,9}:\s{0,9}"'),), "direct messages of the API of X ('{}')"),
    (
        (re.compile(rb'"(Chat History With [^"]{0,99}|ChatHistory)"\s{0,9}:\s{0,9}[\[{]'),),
        "the chats of an account on TikTok ('{}')",
    ),
)
JSON_SCREEN = (
    r'"type"\s*:\s*"(?:personal_chat|bot_chat|private_(?:super)?group|saved_messages|Direct(?:Group)?TextChat)"|'
    r'"(?:peer_id|to_id)"\s*:\s*\{\s*"_(?:type)?"\s*:\s*"Peer(?:User|Chat)"|'
    r'"(?:dmConversation|dm_conversation_id|timestamp_ms|isUnsent|envelope|ChatHistory)"\s*:|"Chat History With |'
    r'(?i:"(?:recipient|receiver)(?:s|_?ids?)?"\s*:)'
)
"""What a stretch of JSON must match to hold private messages, in the language of RE2."""

_X_ARCHIVE = re.compile(rb"\s*window\.YTD\.(direct_messages?(?:_group)?(?:_headers)?)\.part\d")
_X_ARCHIVE_LATER = re.compile(rb"\n\s*window\.YTD\.(direct_messages?(?:_group)?(?:_headers)?)\.part\d")
_IN_X_ARCHIVE = "direct messages of an archive of X ('{}')"
_MAILS = "a mailbox, or a mail"
_CHAT = "the log of a chat, as WhatsApp writes it: a time, a name and a message on each line"
_SMS = re.compile(rb"<smses\s")
_SMS_WITHIN_BYTES = 2_000

_MBOX = re.compile(rb"From \S{1,200} {1,3}(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ")
_MAIL_HEADS = re.compile(rb"(?im)^(from|to|subject|date|message-id|received|mime-version|return-path|delivered-to):")
_MAIL_SURE = {b"message-id", b"received", b"mime-version", b"return-path", b"delivered-to"}
_MAIL_HEADS_MIN = 3
_MAIL_HEAD_BYTES = 20_000

_CHAT_LINE = re.compile(
    r"\u200e?\[?\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[ \u202f\u00a0]?[AaPp]\.?[Mm]\.?)?"
    r"(?:\] | - )\u200e?[^:\n]{1,100}: "
)
"""A line of a chat as WhatsApp writes it, and as programs write chats of Signal."""
_MBOX_LATER = re.compile(
    rb"\nFrom \S{1,200} {1,3}(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]\d \d\d:\d\d"
)
CHATS_SCREEN = (
    r"\n(?:\xe2\x80\x8e)?\[?\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}[:.]\d{2}[^,;\t\n]{0,12}(?:\] | - )|"
    r"\nFrom \S+ +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) "
)
"""What a stretch of other text must match to hold private messages, in the language of RE2, byte by byte."""
_LATER, _LATER_IN_TABLES = (6, 20), (60, 100)
"""Lines of a chat among so many lines, past the beginning: a post of a table may quote a few."""
_LINES_TRIED = 60
_LINE_CHARACTERS = 300
_CHAT_LINES_MIN = 2
_CHAT_SHARE_MIN = 0.3


def private_messages(text: bytes) -> str | None:
    """What the beginning of a text, UTF-8, shows of private messages, in words; None when it shows none."""
    if archive := _X_ARCHIVE.match(text):
        return _IN_X_ARCHIVE.format(archive[1].decode())
    if is_json(text):
        return _in_json(text)
    if is_script(text) and (found := _in_json(text)):
        return found
    if _SMS.search(text[:_SMS_WITHIN_BYTES]):
        return "a backup of text messages"
    if _MBOX.match(text) or _is_mail(text[:_MAIL_HEAD_BYTES]):
        return _MAILS
    if _is_chat(text) or _has_chat(text.split(b"\n"), *_LATER_IN_TABLES):
        return _CHAT
    return None


def later_messages(text: bytes, kind: str) -> str | None:
    """What a stretch past the beginning of a file shows of private messages.   kind: json, script or text."""
    if kind != "text" and (found := _in_json(text)):
        return found
    if kind == "json":
        return None
    if archive := _X_ARCHIVE_LATER.search(text):
        return _IN_X_ARCHIVE.format(archive[1].decode())
    if _MBOX_LATER.search(text):
        return _MAILS
    lines = text.split(b"\n")
    return _CHAT if _has_chat(lines, *(_LATER_IN_TABLES if _is_table(lines) else _LATER)) else None


def _in_json(text: bytes) -> str | None:
    for signs, words in _IN_JSON:
        found = [sign.search(text) for sign in signs]
        if found[0] is not None and None not in found:
            return words.format(found[0][1].decode("utf-8", "replace"))
    return None


def _has_chat(lines: Iterable[bytes], least: int, among: int) -> bool:
    """Whether so many of so many lines that follow each other, empty ones aside, are lines of a chat."""
    last: deque[int] = deque(maxlen=least)
    filled = (line for line in lines if line.strip())
    for number, line in enumerate(filled):
        if line[:1] in b"[0123456789\xe2" and _CHAT_LINE.match(line[:_LINE_CHARACTERS].decode("utf-8", "replace")):
            last.append(number)
            if len(last) == least and number - last[0] < among:
                return True
    return False


def _is_table(lines: list[bytes]) -> bool:
    """Whether most lines have one separator twice."""
    some = [line for line in lines[:_LINES_TRIED] if line.strip()]
    return any(2 * sum(line.count(sign) >= 2 for line in some) > len(some) for sign in (b",", b";", b"\t", b"|"))


def _is_mail(text: bytes) -> bool:
    """Whether a text begins with the head of a mail: lines of known names down to the first empty line."""
    head = re.split(rb"\r?\n\r?\n", text, maxsplit=1)[0]
    if not re.match(rb"[A-Za-z-]{2,60}:", head):
        return False
    names = {name.lower() for name in _MAIL_HEADS.findall(head)}
    return len(names) >= _MAIL_HEADS_MIN and bool(names & _MAIL_SURE)


def _is_chat(text: bytes) -> bool:
    beginning = text[: 4 * _LINES_TRIED * _LINE_CHARACTERS].decode("utf-8", "replace")
    lines = [line[:_LINE_CHARACTERS] for line in beginning.splitlines() if line.strip()][:_LINES_TRIED]
    said = sum(_CHAT_LINE.match(line) is not None for line in lines)
    return said >= _CHAT_LINES_MIN and said >= _CHAT_SHARE_MIN * len(lines)
