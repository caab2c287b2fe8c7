"""What Telegram Desktop exports as JSON: result.json of one chat, or of an account with all its chats."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from inconcert.ingest.importer import Importer
from inconcert.ingest.native_values import text_at
from inconcert.ingest.shape import Native, Passed, Shape, Unfit, at, members
from inconcert.ingest.tools.telegram_peer import KINDS, account, chat, message, reactions

_CHATS = frozenset(
    {
        "saved_messages", "replies", "verification_codes", "personal_chat", "bot_chat", "private_group", "private_supergroup",
        "public_supergroup", "private_channel", "public_channel",
    }
)  # fmt: skip
_PRIVATE = frozenset({"saved_messages", "personal_chat", "bot_chat", "private_group", "private_supergroup"})
_MESSAGES = frozenset({"message", "service", "unsupported"})
_VISUAL = frozenset({"video_file", "video_message", "animation"})
_LEFT_OUT = "("
"""A file that was not exported has a remark in brackets in place of its path."""

_FIELDS = (
    "post_id", "account_id", "display_name", "created_at", "edited_at", "title", "text", "client", "place", "channel_id",
    "reply_to_id", "shared_account", "is_share", "urls", "hashtags", "mentions", "media", "likes",
)  # fmt: skip


def _fits(native: Native, head: Mapping[str, Any]) -> bool:
    in_chat = text_at(head, "type") in _CHATS or {"id", "type"} <= head.keys()
    dated = "date" in native or native.get("type") == "unsupported"
    return in_chat and "id" in native and text_at(native, "type") in _MESSAGES and dated


def _is_private(native: Native, head: Mapping[str, Any]) -> bool:
    return text_at(head, "type") in _PRIVATE


def _records(native: Native, head: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    kind = native.get("type")
    if kind == "service":
        raise Passed("service messages")
    if kind == "unsupported":
        raise Passed("messages that Telegram Desktop could not export")
    post_id = message(head.get("id"), native.get("id"))
    if post_id is None:
        raise Unfit("a message without its number, or in a chat without one")
    chat_id = str(head["id"])
    parts = _parts(native)
    forwarded = native.keys() & {"forwarded_from", "forwarded_from_id"}
    yield {
        "post_id": post_id,
        "account_id": _account(native.get("from_id")) or text_at(native, "from") or _channel(head),
        "display_name": text_at(native, "from"),
        "created_at": text_at(native, "date_unixtime", "date"),
        "edited_at": text_at(native, "edited_unixtime", "edited"),
        "title": text_at(native, "poll.question"),
        "text": _text(native.get("text"), parts),
        "client": text_at(native, "via_bot"),
        "place": _place(native),
        "channel_id": chat_id,
        "reply_to_id": message(chat(native.get("reply_to_peer_id")) or chat_id, native.get("reply_to_message_id")),
        "shared_account": account(native.get("forwarded_from_id")) or text_at(native, "forwarded_from"),
        "is_share": bool(forwarded),
        "urls": [*_links(parts), *_buttons(native)],
        "hashtags": [part["text"] for part in parts if part["type"] == "hashtag"],
        "mentions": _mentions(parts),
        "media": _media(native),
        "likes": reactions([one.get("count") for one in members(native, "reactions")]),
    }


def _account(peer: Any) -> str | None:
    """Exports before 2021 write a bare number, whose bits above the 32nd tell users, chats and channels apart."""
    if isinstance(peer, str) and peer.isascii() and peer.isdigit() and len(peer) < 12 and int(peer) >> 32 < len(KINDS):
        return f"{KINDS[int(peer) >> 32]}{int(peer) & 0xFFFF_FFFF}"
    return account(peer)


def _channel(head: Mapping[str, Any]) -> str | None:
    """The channel itself, which writes what has no other author."""
    return f"channel{head['id']}" if str(head.get("type")).endswith("_channel") else None


def _parts(native: Native) -> list[dict[str, Any]]:
    """The pieces of the text that have a kind; of exports before 2022, which have them in the text itself."""
    listed = members(native, "text_entities") or members(native, "text")
    return [part for part in listed if isinstance(part.get("type"), str) and isinstance(part.get("text"), str)]


def _text(text: Any, parts: list[dict[str, Any]]) -> str | None:
    if isinstance(text, str):
        return text
    if isinstance(text, list):
        pieces = (at(piece, "text") if isinstance(piece, dict) else piece for piece in text)
        return "".join(piece for piece in pieces if isinstance(piece, str))
    return "".join(part["text"] for part in parts) or None


def _links(parts: list[dict[str, Any]]) -> list[str]:
    links = [
        part.get("href") if part["type"] == "text_link" else part["text"] for part in parts if "link" in part["type"]
    ]
    return [link for link in links if isinstance(link, str)]


def _buttons(native: Native) -> list[str]:
    rows = native.get("inline_bot_buttons")
    buttons = [one for row in rows if isinstance(row, list) for one in row] if isinstance(rows, list) else []
    links = (at(one, "data") for one in buttons if at(one, "type") == "url")
    return [link for link in links if isinstance(link, str)]


def _mentions(parts: list[dict[str, Any]]) -> list[str]:
    """Names with @, and accounts without one by their id, in the form of account ids."""
    found: list[str] = []
    for part in parts:
        if part["type"] == "mention":
            found.append(part["text"])
        elif part["type"] == "mention_name" and isinstance(part.get("user_id"), str):
            found.append(f"user{part['user_id']}")
    return found


def _media(native: Native) -> list[str]:
    """Paths of pictures and videos beside the export; stickers, sounds and documents are none."""
    mime = str(native.get("mime_type") or "")
    visual = text_at(native, "media_type") in _VISUAL or (
        "media_type" not in native and mime.startswith(("image/", "video/"))
    )
    paths = [native.get("photo"), native.get("file") if visual else None]
    return [path for path in paths if isinstance(path, str) and path and not path.startswith(_LEFT_OUT)]


def _place(native: Native) -> str | None:
    named = [text for key in ("place_name", "address") if isinstance(text := native.get(key), str)]
    latitude, longitude = (text_at(native, f"location_information.{name}") for name in ("latitude", "longitude"))
    if named or latitude is None or longitude is None:
        return ", ".join(named) or None
    return f"{latitude},{longitude}"


TELEGRAM_DESKTOP = Importer(
    name="telegram_desktop",
    title="Telegram Desktop, exported chats (JSON)",
    signatures=(),
    columns={},
    shape=Shape(
        _fits,
        _records,
        _FIELDS,
        under=("messages", "chats.list.messages", "left_chats.list.messages"),
        private=_is_private,
        told_by=("id type date", "id type"),
        told="the chat around the messages has a type such as public_channel; a message of the type unsupported has no date",
    ),
    platform="telegram",
    plausible={"account_id": (0.9, 1.0), "created_at": (1.0, 1.0), "text": (0.2, 1.0)},
    export=(
        "In Telegram Desktop, open the channel or group, choose Export chat history from its menu and set the format to "
        "machine-readable JSON; photos and videos that are exported beside result.json are found there."
    ),
    lacks=(
        "User names and profiles, views, and the number of the message that was forwarded: a forwarded message only says "
        "from whom. Messages deleted before the export are not in it."
    ),
    layout=(
        "As the program writes it. Assumed from memory: accounts written as bare numbers, as in exports before 2021; the id "
        "of the account forwarded from and the links of buttons, which newer versions add."
    ),
)
