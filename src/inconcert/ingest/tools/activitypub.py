"""ActivityPub: the outbox and profile of a Mastodon archive, and other collections of activities or posts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from inconcert.ingest.formats.html_links import html_links
from inconcert.ingest.importer import Importer
from inconcert.ingest.native_values import text_at
from inconcert.ingest.shape import Native, Passed, Shape, Unfit, at, members
from inconcert.ingest.tools.fediverse_account import actor

_POSTS = frozenset({"Note", "Article", "Question", "Page", "Video", "Image", "Audio", "Event"})
_ACTORS = frozenset({"Person", "Service", "Application", "Organization", "Group"})
_PASSED = {
    "Like": "likes", "Dislike": "likes", "Follow": "follows", "Undo": "actions taken back", "Accept": "follows", "Reject": "follows",
    "Add": "pinned posts", "Remove": "pinned posts", "Block": "blocks", "Flag": "reports", "Move": "moves", "Vote": "votes",
    "EmojiReact": "likes",
}  # fmt: skip
_PUBLIC = frozenset({"https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"})

_FIELDS = (
    "post_id", "account_id", "handle", "display_name", "bio", "account_url", "account_created_at", "declared_bot",
    "account_status", "avatar", "created_at", "edited_at", "deleted", "title", "text", "language", "post_url", "thread_id",
    "reply_to_id", "shared_id", "is_share", "quoted_id", "urls", "hashtags", "mentions", "media",
)  # fmt: skip


def _fits(native: Native, head: Mapping[str, Any]) -> bool:
    kind = text_at(native, "type")
    if kind in _ACTORS:
        return "preferredUsername" in native and "outbox" in native
    if kind in _POSTS:
        return "attributedTo" in native and "id" in native
    known = kind in _PASSED or kind in ("Create", "Announce", "Update", "Delete")
    return known and {"actor", "object"} <= native.keys()


def _records(native: Native, head: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    kind = text_at(native, "type")
    if kind in _PASSED:
        raise Passed(_PASSED[kind])
    if kind in _ACTORS:
        yield _profile(native)
    elif kind == "Announce":
        yield from _share(native)
    elif kind == "Delete":
        yield _gone(native)
    elif kind in _POSTS:
        yield _post(native, native.get("attributedTo"))
    elif kind in ("Create", "Update") and isinstance(inner := native.get("object"), dict):
        if text_at(inner, "type") in _ACTORS:
            yield _profile(inner)
        elif text_at(inner, "type") in _POSTS:
            yield _post(
                {"published": native.get("published"), **inner}, inner.get("attributedTo") or native.get("actor")
            )
        else:
            raise Unfit(f"an object of the type {str(inner.get('type'))[:60]}, which is no post that is known")
    else:
        raise Unfit(f"an activity of the type {str(kind)[:60]} that holds no post")


def _post(note: Native, author: Any) -> dict[str, Any]:
    if _is_direct(note):
        raise Passed("direct messages, which are not read")
    languages = note.get("contentMap")
    content = text_at(note, "content")
    language = next(iter(languages)) if isinstance(languages, dict) and len(languages) == 1 else None
    if content is None and isinstance(languages, dict):
        content = next((text for text in languages.values() if isinstance(text, str)), None)
    return {
        "post_id": text_at(note, "id"),
        "account_id": actor(author),
        "created_at": text_at(note, "published"),
        "edited_at": text_at(note, "updated"),
        "title": text_at(note, "name", "summary"),
        "text": content,
        "language": language,
        "post_url": _address(note.get("url")),
        "thread_id": text_at(note, "conversation", "context"),
        "reply_to_id": _address(note.get("inReplyTo")),
        "quoted_id": text_at(note, "quote", "quoteUrl", "quoteUri", "_misskey_quote"),
        "urls": html_links(content) if content is not None else [],
        "hashtags": _tags(note, "Hashtag", "name"),
        "mentions": [name for link in _tags(note, "Mention", "href") if (name := actor(link))],
        "media": [link for one in _several(note, "attachment") if (link := _address(one.get("url")))],
    }


def _share(announce: Native) -> Iterator[dict[str, Any]]:
    """The boost, and the post itself where it is given whole."""
    inner = announce.get("object")
    if (shared := _address(inner)) is None:
        raise Unfit("an Announce that does not say what it shares")
    yield {
        "post_id": text_at(announce, "id"),
        "account_id": actor(announce.get("actor")),
        "created_at": text_at(announce, "published"),
        "shared_id": shared,
        "is_share": True,
    }
    if isinstance(inner, dict) and text_at(inner, "type") in _POSTS and not _is_direct(inner):
        yield _post(inner, inner.get("attributedTo"))


def _gone(delete: Native) -> dict[str, Any]:
    """A deletion: of a post, or of the account itself."""
    id, who = _address(delete.get("object")), actor(delete.get("actor"))
    if id is None:
        raise Unfit("a Delete that does not say what was deleted")
    if id == who:
        return {"account_id": who, "account_status": "deleted"}
    return {"post_id": id, "account_id": who, "deleted": True}


def _profile(person: Native) -> dict[str, Any]:
    return {
        "account_id": actor(person),
        "handle": text_at(person, "preferredUsername"),
        "display_name": text_at(person, "name"),
        "bio": text_at(person, "summary"),
        "account_url": _address(person.get("url")),
        "account_created_at": text_at(person, "published"),
        "declared_bot": person.get("type") in ("Service", "Application"),
        "account_status": "suspended" if person.get("suspended") is True else None,
        "avatar": _address(at(person, "icon", "url") or at(person, "icon", 0, "url")),
    }


def _is_direct(note: Native) -> bool:
    """Whether it is addressed, and to nobody but accounts: not to everybody, and to no list of followers."""
    to = [one for key in ("to", "cc") for one in (note[key] if isinstance(note.get(key), list) else [note.get(key)])]
    addressed = [one for one in to if isinstance(one, str)]
    return bool(addressed) and not any(one in _PUBLIC or one.rstrip("/").endswith("/followers") for one in addressed)


def _address(value: Any) -> str | None:
    """The address in a link, an object with an id or href, or the first of a list of them."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = text_at(value, "id", "href", "url")
    return value if isinstance(value, str) and value else None


def _several(note: Native, name: str) -> list[Native]:
    """The objects under a name, one of which may stand without a list."""
    return [one] if isinstance(one := note.get(name), dict) else members(note, name)


def _tags(note: Native, kind: str, key: str) -> list[str]:
    return [text for one in _several(note, "tag") if one.get("type") == kind and (text := text_at(one, key))]


ACTIVITYPUB = Importer(
    name="activitypub",
    title="ActivityPub, the archive of a Mastodon account (outbox.json, actor.json) and other collections",
    signatures=(),
    columns={},
    shape=Shape(
        _fits,
        _records,
        _FIELDS,
        under=("orderedItems", "items", "first.orderedItems", "first.items"),
        told_by=("type actor object", "type id attributedTo", "type preferredUsername outbox"),
        told="the type is a kind of activity (Create, Announce, Like ...), of post (Note, Article ...) or of account (Person, Service ...)",
    ),
    platform="mastodon",
    html=True,
    plausible={"account_id": (0.99, 1.0)},
    export=(
        "In Mastodon: Preferences, Import and export, Request your archive; give outbox.json and actor.json, or the archive as "
        "it is. An account's outbox can also be fetched from its server, page by page."
    ),
    lacks=(
        "Likes, replies of others and counts. Names are only in actor.json; a boost names the post that it shares, but not its "
        "text. Direct messages in an archive are counted and not read."
    ),
    layout=(
        "As the standard and Mastodon's archives have it. /@name and /users/name on one server are taken for the same account; "
        "names for quotes that other programs use are assumed from memory."
    ),
)
