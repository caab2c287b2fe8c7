"""Records of Bluesky as their authors' programs write them: the same in streams, repositories and answers of servers."""

from __future__ import annotations

from typing import Any

from inconcert.ingest.native_values import text_at
from inconcert.ingest.shape import Native, Passed, Unfit, at, members

POST, REPOST, PROFILE = "app.bsky.feed.post", "app.bsky.feed.repost", "app.bsky.actor.profile"
PASSED = {
    "app.bsky.feed.like": "likes",
    "app.bsky.graph.follow": "follows",
    "app.bsky.graph.block": "blocks",
    "app.bsky.graph.listitem": "entries of lists",
    "app.bsky.graph.list": "lists",
    "app.bsky.graph.listblock": "blocks",
    "app.bsky.graph.starterpack": "starter packs",
    "app.bsky.graph.verification": "verifications",
    "app.bsky.feed.threadgate": "rules for replies",
    "app.bsky.feed.postgate": "rules for quotes",
    "app.bsky.feed.generator": "feeds",
    "app.bsky.labeler.service": "labellers",
    "app.bsky.actor.status": "states of accounts",
    "app.bsky.notification.declaration": "settings",
    "chat.bsky.actor.declaration": "settings",
}
"""Collections that hold no posts."""

FIELDS = (
    "post_id", "account_id", "created_at", "text", "language", "thread_id", "reply_to_id", "reply_to_account", "shared_id",
    "shared_account", "is_share", "quoted_id", "urls", "hashtags", "mentions", "media", "deleted", "display_name", "bio",
    "avatar", "declared_bot",
)  # fmt: skip


def address(did: Any, collection: Any, rkey: Any) -> str:
    """at://did/collection/key. Unfit when a part is missing."""
    parts = (did, collection, rkey)
    if not all(isinstance(part, str) and part and "/" not in part for part in parts):
        raise Unfit("a record without its account, its collection or its key")
    return f"at://{did}/{collection}/{rkey}"


def written(did: Any, collection: Any, rkey: Any, record: Any) -> dict[str, Any]:
    """The fields of a record that was created or changed. Passed for those of other collections; Unfit for a damaged one."""
    if collection not in (POST, REPOST, PROFILE):
        raise Passed(_other(collection))
    uri = address(did, collection, rkey)
    if not isinstance(record, dict):
        raise Unfit("a record without its content")
    if collection == POST:
        return {"account_id": did, **post(uri, record)}
    if collection == REPOST:
        shared = text_at(record, "subject.uri")
        if shared is None:
            raise Unfit("a repost that does not say of what")
        return {
            "post_id": uri,
            "account_id": did,
            "created_at": text_at(record, "createdAt"),
            "shared_id": shared,
            "shared_account": owner(shared),
            "is_share": True,
        }
    return {
        "account_id": did,
        "display_name": text_at(record, "displayName"),
        "bio": text_at(record, "description"),
        "avatar": _blob(record.get("avatar")),
        "declared_bot": says_bot(at(record, "labels", "values")),
    }


def removed(did: Any, collection: Any, rkey: Any) -> dict[str, Any]:
    """The fields of a post or repost that its author deleted. Passed for records of other collections."""
    if collection not in (POST, REPOST):
        raise Passed("deleted profiles" if collection == PROFILE else f"deleted {_other(collection)}")
    return {"post_id": address(did, collection, rkey), "account_id": did, "deleted": True}


def post(uri: str, record: Native) -> dict[str, Any]:
    """What the record of a post says. Names are also read as the Python SDK spells them, created_at for createdAt."""
    parent = text_at(record, "reply.parent.uri")
    links, tags, names = _marked(record)
    quoted, pictures, external = _embedded(record.get("embed"))
    return {
        "post_id": uri,
        "created_at": text_at(record, "createdAt", "created_at"),
        "text": text_at(record, "text"),
        "language": text_at(record, "langs.0"),
        "thread_id": text_at(record, "reply.root.uri") or uri,
        "reply_to_id": parent,
        "reply_to_account": owner(parent),
        "quoted_id": quoted,
        "urls": [*links, *(link for link in external if link not in links)],
        "hashtags": tags,
        "mentions": names,
        "media": pictures,
    }


def owner(uri: str | None) -> str | None:
    """The account in an address at://did/…"""
    parts = uri.split("/", 3) if uri is not None else []
    return parts[2] if len(parts) > 2 and parts[0] == "at:" and parts[2].startswith("did:") else None


def says_bot(labels: Any) -> bool | None:
    """Whether an account labels itself a bot; None when it does not, which says nothing."""
    return True if isinstance(labels, list) and any(at(label, "val") == "bot" for label in labels) else None


def _other(collection: Any) -> str:
    return PASSED.get(str(collection), "records of other programs")


def _marked(record: Native) -> tuple[list[str], list[str], list[str]]:
    """Links, hashtags and mentioned accounts. The marks carry their values, so that the places in the text, which count
    bytes, are not needed; `entities` is the form of 2023.
    """
    features = [one for facet in members(record, "facets") for one in members(facet, "features")]
    links, tags, names = ([v for one in features if (v := text_at(one, key))] for key in ("uri", "tag", "did"))
    for old in members(record, "entities"):
        value = text_at(old, "value")
        if value is not None and old.get("type") in ("link", "mention"):
            (links if old["type"] == "link" else names).append(value)
    more = record.get("tags")
    tags += [tag for tag in more if isinstance(tag, str)] if isinstance(more, list) else []
    return links, tags, names


def _embedded(embed: Any) -> tuple[str | None, list[str], list[str]]:
    """The quoted post, ids of pictures and videos, and links of what is embedded."""
    quoted = text_at(embed, "record.record.uri", "record.uri")
    media = at(embed, "media") if isinstance(at(embed, "media"), dict) else embed
    blobs = [*(_blob(one.get("image")) for one in members(media, "images")), _blob(at(media, "video"))]
    link = text_at(media, "external.uri")
    is_post = quoted is not None and f"/{POST}/" in quoted
    return quoted if is_post else None, [blob for blob in blobs if blob], [link] if link else []


def _blob(blob: Any) -> str | None:
    """The hash that names a file; before 2023 it stood alone."""
    return text_at(blob, "ref.$link", "ref.link", "cid")
