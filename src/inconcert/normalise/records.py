"""Records of strings, as a source was read, become posts, accounts and actions; what cannot be read is counted and kept.

The result for a file is the same whatever the size of its batches, if each batch gets the `day_orders` of all. Not done here,
since it needs the whole file: joining what two batches have in common (a post or an account met twice), and
`created_precision` of the posts, NULL here, from the sum of `Counts.grain`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from inconcert import schema
from inconcert.normalise import times
from inconcert.normalise.absent import present
from inconcert.normalise.actions import actions
from inconcert.normalise.batch import Batch, read_batch, read_marks
from inconcert.normalise.numbers import read_counts
from inconcert.normalise.precision import Grain, grain
from inconcert.normalise.rejects import Rejects

NO_ORDER: frozenset[str] = frozenset()
_COUNTS = ("likes", "replies", "shares", "quotes", "views")
_PROFILE = {
    "handle": "handle", "display_name": "display_name", "bio": "bio", "location": "location",
    "language": "account_language", "link_url": "account_url",
}  # fmt: skip


@dataclass(frozen=True)
class Counts:
    """What became of the records of one or, added with +, several batches.

    read: records seen. kept: of them, with an account; posts: of those, posts (the others only describe an account).
    set_aside: without an account. unreadable: values of kept records that could not be read. grain: fineness of the times.
    """

    read: int = 0
    kept: int = 0
    posts: int = 0
    set_aside: int = 0
    unreadable: int = 0
    grain: Grain = field(default_factory=Grain)

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.read + other.read,
            self.kept + other.kept,
            self.posts + other.posts,
            self.set_aside + other.set_aside,
            self.unreadable + other.unreadable,
            self.grain + other.grain,
        )


@dataclass(frozen=True)
class Normalised:
    """One batch as tables of `schema.POSTS`, `ACCOUNTS`, `ACTIONS` and `REJECTS`, and counts."""

    posts: pa.Table
    accounts: pa.Table
    actions: pa.Table
    rejects: pa.Table
    counts: Counts


def normalise(
    fields: pa.Table,
    *,
    import_id: str,
    file: str,
    platform: str | None = None,
    day_orders: Mapping[str, frozenset[str]] | None = None,
) -> Normalised:
    """The tables of one batch of records: string columns named as in FIELDS, and `row_ref` int64.

    platform: where the records come from, for those that do not say. day_orders: `day_orders` of the whole file, joined over
    its batches; without it those of this batch. Rejects name our fields as columns.
    """
    orders = day_orders if day_orders is not None else day_orders_of(fields)
    rejects = Rejects(import_id, file)
    batch = read_batch(fields, import_id, platform, orders.get("created_at", NO_ORDER), rejects)
    posts = _posts(batch, import_id, rejects)
    accounts = _accounts(batch, import_id, orders.get("account_created_at", NO_ORDER), rejects)
    did = actions(batch, rejects)
    refused = rejects.table()
    fatal = int(pc.sum(refused["fatal"]).as_py() or 0)
    counts = Counts(
        read=len(fields),
        kept=len(batch),
        posts=len(posts),
        set_aside=fatal,
        unreadable=len(refused) - fatal,
        grain=grain(batch.created.time_us),
    )
    return Normalised(posts, accounts, did, refused, counts)


def day_orders_of(fields: pa.Table) -> dict[str, frozenset[str]]:
    """For each time column, the orders of day and month that its values prove; join those of batches with |."""
    columns = [name for name in ("created_at", "account_created_at") if name in fields.column_names]
    return {name: times.day_orders(present(fields[name].combine_chunks())) for name in columns}


def _posts(batch: Batch, import_id: str, rejects: Rejects) -> pa.Table:
    columns = {
        "post_id": batch.post_id,
        "account_id": batch.account_id,
        "platform": batch.platform,
        "kind": _kinds(batch),
        "created_at": batch.created.time_us.cast(schema.UTC_US),
        "created_precision": pa.nulls(len(batch), pa.string()),
        "time_zone_source": batch.created.zone,
        "text": batch.cell("text"),
        "text_hash": batch.text_hash,
        "language": batch.cell("language"),
        "url": batch.cell("post_url"),
        "client": batch.cell("client"),
        "place": batch.cell("place"),
        "ip_region": batch.cell("ip_region"),
        "channel_id": batch.cell("channel_id"),
        "thread_id": batch.cell("thread_id"),
        "reply_to_id": batch.cell("reply_to_id"),
        "shared_id": batch.cell("shared_id"),
        "quoted_id": batch.cell("quoted_id"),
        **{name: _count(batch, name, rejects) for name in _COUNTS},
        "edited_at": _moment(batch, "edited_at", rejects),
        "deleted": _yes(batch, "deleted", rejects),
        "observed_at": _moment(batch, "observed_at", rejects),
        "import_id": pa.repeat(import_id, len(batch)),
        "row_ref": batch.row_ref,
    }
    return schema.POSTS.check(pa.table(columns).filter(pa.array(batch.is_post)))


def _kinds(batch: Batch) -> pa.Array:
    """share, reply, quote or post: the first that holds."""
    answers = pc.or_(batch.cell("reply_to_id").is_valid(), batch.cell("reply_to_account").is_valid())
    quotes = batch.cell("quoted_id").is_valid()
    return pc.if_else(
        pa.array(batch.is_share), "share", pc.if_else(answers, "reply", pc.if_else(quotes, "quote", "post"))
    )


def _accounts(batch: Batch, import_id: str, orders: frozenset[str], rejects: Rejects) -> pa.Table:
    """The first description of each account in the batch; values are read in every record, so that all bad ones count."""
    made = times.read_times(batch.cell("account_created_at"), orders)
    rejects.add(batch.row_ref, "account_created_at", batch.cell("account_created_at"), made.reason)
    columns = {
        "account_id": batch.account_id,
        "platform": batch.platform,
        **{name: batch.cell(field) for name, field in _PROFILE.items()},
        "created_at": made.time_us.cast(schema.UTC_US),
        "followers": _count(batch, "followers", rejects),
        "following": _count(batch, "following", rejects),
        "posts": _count(batch, "account_posts", rejects),
        "verified": _yes(batch, "verified", rejects),
        "declared_bot": _yes(batch, "declared_bot", rejects),
        "status": pc.utf8_lower(batch.cell("account_status")),
        "avatar": batch.cell("avatar"),
        "ip_region": batch.cell("account_ip_region"),
        "observed_at": _moment(batch, "observed_at", None),
        "import_id": pa.repeat(import_id, len(batch)),
        "row_ref": batch.row_ref,
    }
    account, platform = batch.account_id.dictionary_encode(), batch.platform.dictionary_encode()
    code = account.indices.to_numpy().astype(np.int64) * max(len(platform.dictionary), 1) + platform.indices.to_numpy()
    first = np.sort(np.unique(code, return_index=True)[1])
    return schema.ACCOUNTS.check(pa.table(columns).take(pa.array(first)))


def _moment(batch: Batch, name: str, rejects: Rejects | None) -> pa.Array:
    """A time beside that of posting; rejects: where to tell what cannot be read, None when it is told already."""
    read = times.read_times(batch.cell(name))
    if rejects is not None:
        rejects.add(batch.row_ref, name, batch.cell(name), read.reason)
    return read.time_us.cast(schema.UTC_US)


def _yes(batch: Batch, name: str, rejects: Rejects) -> pa.Array:
    """A column of true and false."""
    values, odd = read_marks(batch.cell(name))
    rejects.add(batch.row_ref, name, batch.cell(name), odd)
    return values


def _count(batch: Batch, name: str, rejects: Rejects) -> pa.Array:
    counts, reasons = read_counts(batch.cell(name))
    rejects.add(batch.row_ref, name, batch.cell(name), reasons)
    return counts
