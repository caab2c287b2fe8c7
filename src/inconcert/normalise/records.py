"""Records of strings, as a source was read, become posts, accounts and actions; what cannot be read is counted and kept.

The result for a file is the same whatever the size of its batches, if each batch gets the `Written` of all. Not done here,
since it needs the whole file: joining what records have in common (a post met twice, an account described twice), and
`created_precision` of the posts, NULL here, from the sum of `Counts.grain`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from inconcert import schema
from inconcert.normalise.actions import actions
from inconcert.normalise.batch import Batch, read_batch, read_marks
from inconcert.normalise.numbers import read_counts
from inconcert.normalise.precision import Grain, grain, midnights
from inconcert.normalise.rejects import Rejects
from inconcert.normalise.times import Times
from inconcert.normalise.written import Written, written_in

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
    filled: {field: kept records that have it}. zones: {where the zone of a time of posting comes from: posts}.
    """

    read: int = 0
    kept: int = 0
    posts: int = 0
    set_aside: int = 0
    unreadable: int = 0
    grain: Grain = field(default_factory=Grain)
    filled: Counter[str] = field(default_factory=Counter)
    zones: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.read + other.read,
            self.kept + other.kept,
            self.posts + other.posts,
            self.set_aside + other.set_aside,
            self.unreadable + other.unreadable,
            self.grain + other.grain,
            self.filled + other.filled,
            self.zones + other.zones,
        )


@dataclass(frozen=True)
class Normalised:
    """One batch as tables of `schema.POSTS`, `ACCOUNTS` (a row a record), `ACTIONS` and `REJECTS`, and counts.

    midnights: row_ref of records whose time is written as 0:00:00.
    """

    posts: pa.Table
    accounts: pa.Table
    actions: pa.Table
    rejects: pa.Table
    counts: Counts
    midnights: pa.Array


def normalise(
    fields: pa.Table,
    *,
    import_id: str,
    file: str,
    platform: str | None = None,
    written: Written | None = None,
) -> Normalised:
    """The tables of one batch of records: string columns named as in FIELDS, and `row_ref` int64.

    platform: where the records come from, for those that do not say. written: how the times of the whole file are written;
    without it what this batch tells of it. Rejects name our fields as columns.
    """
    rejects = Rejects(import_id, file)
    batch = read_batch(fields, import_id, platform, written if written is not None else written_in(fields), rejects)
    posts = _posts(batch, import_id, rejects)
    accounts = _accounts(batch, import_id, rejects)
    did = actions(batch, import_id, rejects)
    refused = rejects.table()
    fatal = int(pc.sum(refused["fatal"]).as_py() or 0)
    counts = Counts(
        read=len(fields),
        kept=len(batch),
        posts=len(posts),
        set_aside=fatal,
        unreadable=len(refused) - fatal,
        grain=grain(batch.created.clock_us, batch.day_only),
        filled=Counter({name: len(cell) - cell.null_count for name, cell in batch.cells.items()}),
        zones=_counted(batch.created.zone.filter(pa.array(batch.is_post))),
    )
    return Normalised(
        posts, accounts, did, refused, counts, batch.row_ref.filter(midnights(batch.created.clock_us, batch.day_only))
    )


def _counted(values: pa.Array) -> Counter[str]:
    """How often each value stands in a column; NULL does not count."""
    return Counter({one["values"]: one["counts"] for one in pc.value_counts(values.drop_null()).to_pylist()})


def _posts(batch: Batch, import_id: str, rejects: Rejects) -> pa.Table:
    columns = {
        "post_id": batch.post_id,
        "account_id": batch.account_id,
        "platform": batch.platform,
        "kind": _kinds(batch),
        "created_at": batch.created.time_us.cast(schema.UTC_US),
        "created_precision": pc.if_else(batch.day_only, pa.scalar("day"), pa.scalar(None, pa.string())),
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
        "edited_at": _moment(batch, "edited_at", batch.written.read("edited_at", batch.cell("edited_at")), rejects),
        "deleted": _yes(batch, "deleted", rejects),
        "observed_at": _moment(batch, "observed_at", batch.observed, rejects),
        "import_id": pa.repeat(import_id, len(batch)),
        "row_ref": batch.row_ref,
    }
    posts = pa.table(columns)
    return schema.POSTS.check(posts if batch.is_post.all() else posts.filter(pa.array(batch.is_post)))


def _kinds(batch: Batch) -> pa.Array:
    """share, reply, quote or post: the first that holds."""
    answers = pc.or_(batch.cell("reply_to_id").is_valid(), batch.cell("reply_to_account").is_valid())
    quotes = batch.cell("quoted_id").is_valid()
    return pc.if_else(
        pa.array(batch.is_share), "share", pc.if_else(answers, "reply", pc.if_else(quotes, "quote", "post"))
    )


def _accounts(batch: Batch, import_id: str, rejects: Rejects) -> pa.Table:
    """What each record says of its account: one row a record, since descriptions of one account may differ."""
    made = batch.written.read("account_created_at", batch.cell("account_created_at"))
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
        "observed_at": batch.observed.time_us.cast(schema.UTC_US),
        "import_id": pa.repeat(import_id, len(batch)),
        "row_ref": batch.row_ref,
    }
    return schema.ACCOUNTS.check(pa.table(columns))


def _moment(batch: Batch, name: str, read: Times, rejects: Rejects) -> pa.Array:
    """A time beside that of posting."""
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
