"""Messages of Telegram as Telethon writes them, one a line: `Message.to_dict()`, and the lines of 4CAT made from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from inconcert.ingest.importer import Importer
from inconcert.ingest.native_values import text_at
from inconcert.ingest.shape import Native, Passed, Shape, Unfit, at, members
from inconcert.ingest.tools.telegram_peer import account, chat, message, reactions

_FIELDS = (
    "post_id", "account_id", "handle", "display_name", "verified", "declared_bot", "created_at", "edited_at", "title", "text",
    "client", "place", "channel_id", "thread_id", "reply_to_id", "shared_id", "shared_account", "is_share", "urls", "hashtags",
    "mentions", "media", "likes", "replies", "shares", "views",
)  # fmt: skip
_KINDS = ("TextUrl", "MentionName", "Url", "Hashtag", "Mention")
_VISUAL = ("image/", "video/")


def _fits(native: Native, head: Mapping[str, Any]) -> bool:
    if native.get("_") in ("Message", "MessageService"):
        return "id" in native
    return {"id", "date", "message"} <= native.keys() and account(_peer(native)) is not None


def _records(native: Native, head: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if native.get("_") == "MessageService" or isinstance(native.get("action"), dict):
        raise Passed("service messages")
    if native.get("_") == "MessageEmpty":
        raise Passed("empty messages")
    chat_id = chat(_peer(native))
    post_id = message(chat_id, native.get("id"))
    if post_id is None:
        raise Unfit("a message without its number or without its chat")
    text = text_at(native, "message")
    links, tags, names = _entities(text, members(native, "entities")) if text is not None else ([], [], [])
    page = text_at(native, "media.webpage.url")
    reply = native.get("reply_to") if isinstance(native.get("reply_to"), dict) else {}
    forward = native.get("fwd_from") if isinstance(native.get("fwd_from"), dict) else {}
    yield {
        "post_id": post_id,
        **_author(native),
        "created_at": text_at(native, "date"),
        "edited_at": text_at(native, "edit_date"),
        "title": text_at(native, "media.poll.question.text", "media.poll.question"),
        "text": text,
        "client": text_at(native, "via_bot_id"),
        "place": _place(native),
        "channel_id": chat_id,
        "thread_id": message(chat_id, at(reply, "reply_to_top_id")),
        "reply_to_id": message(
            chat(at(reply, "reply_to_peer_id")) or chat_id,
            at(reply, "reply_to_msg_id") or native.get("reply_to_msg_id"),
        ),
        **_forward(forward),
        "urls": links if page is None or page in links else [*links, page],
        "hashtags": tags,
        "mentions": names,
        "media": _media(native),
        "likes": reactions([one.get("count") for one in members(native, "reactions", "results")]),
        "replies": text_at(native, "replies.replies"),
        "shares": text_at(native, "forwards"),
        "views": text_at(native, "views"),
    }


def _peer(native: Native) -> Any:
    """The chat that a message is in; `to_id` before 2021."""
    return native.get("peer_id") or native.get("to_id")


def _is_private(native: Native, head: Mapping[str, Any]) -> bool:
    return at(_peer(native), "_") in ("PeerUser", "PeerChat")


def _author(native: Native) -> dict[str, Any]:
    """Who wrote it: the sender; the channel itself where it names none. Profiles are added by 4CAT."""
    who = account(native.get("from_id")) or account(native.get("sender_id"))
    profile = native.get("_sender") if isinstance(native.get("_sender"), dict) else None
    if who is None and profile is not None and "title" not in profile and isinstance(profile.get("id"), str):
        who = f"user{profile['id']}"
    where = account(_peer(native))
    if who is None or who == where:
        who, profile = where, native.get("_chat") if isinstance(native.get("_chat"), dict) else profile
    names = [at(profile, key) for key in ("first_name", "last_name")]
    return {
        "account_id": who,
        "handle": text_at(profile, "username"),
        "display_name": text_at(profile, "title") or " ".join(name for name in names if isinstance(name, str)) or None,
        "verified": _mark(at(profile, "verified")),
        "declared_bot": _mark(at(profile, "bot")),
    }


def _mark(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _forward(forward: Any) -> dict[str, Any]:
    source = account(at(forward, "from_id")) or account(forward)  # before 2021 it held the channel itself
    return {
        "is_share": bool(forward),
        "shared_account": source or text_at(forward, "from_name"),
        "shared_id": message(chat(source), at(forward, "channel_post")),
    }


def _entities(text: str, entities: list[Native]) -> tuple[list[str], list[str], list[str]]:
    """Links, hashtags and mentions; the places of entities count 16-bit units of UTF-16."""
    units = text.encode("utf-16-le", "surrogatepass")
    links: list[str] = []
    tags: list[str] = []
    names: list[str] = []
    for entity in entities:
        shown = _slice(units, entity)
        kind = _kind(entity, shown)
        if kind == "TextUrl" and isinstance(entity.get("url"), str):
            links.append(entity["url"])
        elif kind == "MentionName" and isinstance(entity.get("user_id"), str):
            names.append(f"user{entity['user_id']}")
        elif shown and kind in ("Url", "Hashtag", "Mention"):
            {"Url": links, "Hashtag": tags, "Mention": names}[kind].append(shown)
    return links, tags, names


def _slice(units: bytes, entity: Native) -> str:
    offset, length = str(entity.get("offset")), str(entity.get("length"))
    if (
        not (offset.isascii() and offset.isdigit() and length.isascii() and length.isdigit())
        or len(offset + length) > 20
    ):
        return ""
    return units[2 * int(offset) : 2 * (int(offset) + int(length))].decode("utf-16-le", "replace")


def _kind(entity: Native, shown: str) -> str | None:
    """What an entity marks; 4CAT leaves the kind out of lists, so that what it marks must tell."""
    written = str(entity.get("_") or entity.get("_type") or "")
    if written:
        return next((kind for kind in _KINDS if written == f"MessageEntity{kind}"), None)
    if "url" in entity:
        return "TextUrl"
    if "user_id" in entity:
        return "MentionName"
    if shown[:1] in ("#", "@") and " " not in shown:
        return "Hashtag" if shown[0] == "#" else "Mention"
    return "Url" if shown.lower().startswith(("http://", "https://", "www.", "t.me/")) else None


def _media(native: Native) -> list[str]:
    """Ids of the photo or video, which stay the same when it is forwarded."""
    photo, document = at(native, "media", "photo", "id"), at(native, "media", "document", "id")
    mime = str(at(native, "media", "document", "mime_type") or "")
    sticker = any(str(one.get("_")).endswith("Sticker") for one in members(native, "media", "document", "attributes"))
    ids = [photo, document if mime.startswith(_VISUAL) and not sticker else None]
    return [id for id in ids if isinstance(id, str)]


def _place(native: Native) -> str | None:
    venue = text_at(native, "media.title") if at(native, "media", "venue_id") is not None else None
    latitude, longitude = (text_at(native, f"media.geo.{name}") for name in ("lat", "long"))
    return venue or (f"{latitude},{longitude}" if latitude is not None and longitude is not None else None)


TELETHON = Importer(
    name="telethon",
    title="Telethon, messages of Telegram as JSON lines, also those of 4CAT",
    signatures=(),
    columns={},
    shape=Shape(
        _fits,
        _records,
        _FIELDS,
        private=_is_private,
        told_by=("_ id", "id date message peer_id|to_id"),
        told="_ is Message or MessageService; without it, the chat (peer_id) is a channel, a chat or a user",
    ),
    platform="telegram",
    plausible={"account_id": (0.95, 1.0), "created_at": (1.0, 1.0), "text": (0.2, 1.0)},
    export="Write json.dumps(message.to_dict(), default=str) for each message, one a line; in 4CAT, download the NDJSON file.",
    lacks=(
        "User names and profiles, unless 4CAT collected them. Who reacted, and messages deleted before they were collected."
    ),
    layout=(
        "Field names as 4CAT reads them; the rest of a message, its chat under to_id and the reply at its top as before 2021, "
        "and the kinds of entities that 4CAT leaves out are assumed from memory."
    ),
)
