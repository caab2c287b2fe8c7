"""Exports of private messages, known by what only they have: the kind of chat, two partners, the head of a mail."""

from __future__ import annotations

import re

_JSON = re.compile(rb"\s*(?:\{|\[\s*\{)")

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
        (re.compile(rb'"peer_id"\s{0,9}:\s{0,9}\{\s{0,9}"_"\s{0,9}:\s{0,9}"(PeerUser|PeerChat)"'),),
        "messages of Telegram to a '{}', which is no public channel",
    ),
    ((re.compile(rb'"(dmConversation)"\s{0,9}:\s{0,9}\{'),), "direct messages of an archive of X ('{}')"),
    (
        (
            re.compile(rb'"(sender_name)"\s{0,9}:'),
            re.compile(rb'"participants"\s{0,9}:'),
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
)
_X_ARCHIVE = re.compile(rb"\s*window\.YTD\.(direct_messages?(?:_group)?(?:_headers)?)\.part\d")
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
_LINES_TRIED = 60
_LINE_CHARACTERS = 300
_CHAT_LINES_MIN = 2
_CHAT_SHARE_MIN = 0.3


def private_messages(text: bytes) -> str | None:
    """What the beginning of a text, UTF-8, shows of private messages, in words; None when it shows none."""
    if _JSON.match(text):
        for signs, words in _IN_JSON:
            found = [sign.search(text) for sign in signs]
            if found[0] is not None and None not in found:
                return words.format(found[0][1].decode())
        return None
    if archive := _X_ARCHIVE.match(text):
        return f"direct messages of an archive of X ('{archive[1].decode()}')"
    if _SMS.search(text[:_SMS_WITHIN_BYTES]):
        return "a backup of text messages"
    if _MBOX.match(text) or _is_mail(text[:_MAIL_HEAD_BYTES]):
        return "a mailbox, or a mail"
    if _is_chat(text):
        return "the log of a chat, as WhatsApp writes it: a time, a name and a message on each line"
    return None


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
