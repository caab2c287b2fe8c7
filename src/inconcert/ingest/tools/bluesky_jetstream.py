"""Jetstream, the stream of everything that happens on Bluesky, one event a line: the first form, and that of 2026."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from inconcert.ingest.importer import Importer
from inconcert.ingest.native_values import text_at
from inconcert.ingest.shape import Native, Passed, Shape, Unfit, at
from inconcert.ingest.tools.bluesky_record import FIELDS, removed, written

_SECOND = "network.bsky.jetstream.subscribeEvents#"
_KINDS = frozenset({"commit", "identity", "account", "sync", "info"})
_STATUS = {"takendown": "suspended"}
"""Of the words for accounts that are not active, those that have another one here."""


def _fits(native: Native, head: Mapping[str, Any]) -> bool:
    event = _event(native)
    if str(event.get("$type")).startswith(_SECOND):
        return True
    return {"did", "time_us", "kind"} <= event.keys() and text_at(event, "kind") in _KINDS


def _records(native: Native, head: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    event = _event(native)
    kind = _kind(event)
    if kind in ("sync", "info"):
        raise Passed("notices of the stream")
    did, seen = text_at(event, "did"), text_at(event, "time_us", "witnessedAt", "time")
    if kind == "commit":
        inner = event["commit"] if isinstance(event.get("commit"), dict) else event
        yield {**_change(did, inner), "observed_at": seen}
    elif kind == "identity":
        yield {"account_id": did, "handle": text_at(event, "identity.handle"), "observed_at": seen}
    elif kind == "account":
        yield {"account_id": did, "account_status": _status(event), "observed_at": seen}
    else:
        raise Unfit(f"an event of the kind {kind[:60]}, which is not known")


def _event(native: Native) -> Native:
    """The event within its frame, which the second form puts around it."""
    return native["payload"] if isinstance(native.get("payload"), dict) else native


def _kind(event: Native) -> str:
    return (text_at(event, "kind") or text_at(event, "$type") or "").removeprefix(_SECOND)


def _change(did: str | None, commit: Native) -> dict[str, Any]:
    collection, rkey, operation = (text_at(commit, key) for key in ("collection", "rkey", "operation"))
    if operation == "delete":
        return removed(did, collection, rkey)
    if operation in ("create", "update"):
        return written(did, collection, rkey, commit.get("record"))
    raise Unfit(f"an operation called {str(operation)[:60]}, which is not known")


def _status(event: Native) -> str | None:
    if at(event, "account", "active") is True:
        return "active"
    status = text_at(event, "account.status")
    return _STATUS.get(status, status) if status is not None else None


BLUESKY_JETSTREAM = Importer(
    name="bluesky_jetstream",
    title="Bluesky, events of Jetstream",
    signatures=(),
    columns={},
    shape=Shape(
        _fits,
        _records,
        (*FIELDS, "handle", "account_status", "observed_at"),
        told_by=("did time_us kind", "$type", "payload.$type"),
        told=f"kind is one of {', '.join(sorted(_KINDS))}, or $type begins with {_SECOND}",
    ),
    platform="bluesky",
    plausible={"account_id": (0.99, 1.0), "observed_at": (0.99, 1.0)},
    note=(
        "The time of a Bluesky post is what its author's program says and can be backdated; the time at which the stream had it "
        "is kept beside it."
    ),
    export=(
        "Write the messages of a Jetstream server to a file as they come, one a line; wantedCollections app.bsky.feed.post, "
        "app.bsky.feed.repost and app.bsky.actor.profile are enough."
    ),
    lacks=(
        "Names of accounts that changed nothing while the stream was recorded, and counts of likes and replies. Likes, follows and "
        "blocks are counted and not read."
    ),
    layout="As documented, both forms; the frame of the second one is read with or without what is around it.",
)
