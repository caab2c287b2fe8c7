"""One batch of records with ids, accounts, times and texts read: what posts, accounts and actions are made from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from inconcert.fields import FIELDS
from inconcert.normalise.absent import present
from inconcert.normalise.named import NAMED, stand_ins
from inconcert.normalise.platforms import platforms
from inconcert.normalise.rejects import Rejects
from inconcert.normalise.text import reposts
from inconcert.normalise.text_hashes import text_hashes
from inconcert.normalise.times import Times, days_only
from inconcert.normalise.written import Written
from inconcert.normalise.yearless import with_years
from inconcert.schema.named import MARK

NO_ACCOUNT = "no account: neither an account id nor a handle"
NOT_TRUE_OR_FALSE = "neither true nor false"

_AS_READ = ("text", "title", "bio", "display_name")
_OF_POSTS = (
    "post_id", "created_at", "text", "title", "post_url", "reply_to_id", "shared_id", "quoted_id", "urls", "domains", "hashtags",
    "mentions", "media",
)  # fmt: skip
_YES = pa.array(
    ["true", "1", "1.0", "yes", "y", "t", "retweet", "repost", "share", "shared", "forward", "reblog", "是"]
)
_NO = pa.array(
    ["false", "0", "0.0", "no", "n", "f", "original", "post", "tweet", "quote_tweet", "quote", "reply", "否"]
)
_NONE = pa.scalar(None, pa.string())
_NOTHING = pa.array(["0", "-1", "0.0", "-1.0"])
"""What sources write for no post: as an id, all records that refer to nothing would refer to one post."""


@dataclass(frozen=True)
class Batch:
    """Arrays of one length, one entry per kept record.

    cells: the fields of the source, without surrounding space, NULL where absent (text, bio and names as read).
    row_ref: int64. account_id, post_id, platform: strings, never NULL. created: times of posting; observed: of capture. written: how the
    file writes times.
    is_post: false for records that only describe an account. is_share: it repeats another's post, known or not.
    """

    cells: dict[str, pa.Array]
    row_ref: pa.Array
    account_id: pa.Array
    post_id: pa.Array
    platform: pa.Array
    created: Times
    observed: Times
    day_only: pa.Array
    written: Written
    text_hash: pa.Array
    is_post: NDArray[np.bool_]
    is_share: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.row_ref)

    def cell(self, name: str) -> pa.Array:
        """A field; all NULL when the source lacks it."""
        return self.cells.get(name, pa.nulls(len(self), pa.string()))


def read_batch(fields: pa.Table, import_id: str, platform: str | None, written: Written, rejects: Rejects) -> Batch:
    """The records that have an account; everything that cannot be read goes to `rejects`."""
    fields = with_years(fields.combine_chunks())
    row_ref = _column(fields, "row_ref", pa.int64())
    cells = {name: _cell(fields, name) for name in FIELDS if name in fields.column_names}
    none = pa.nulls(len(row_ref), pa.string())
    handle = pc.utf8_ltrim(cells.get("handle", none), "@＠")
    own = cells.get("account_id", none)
    account_id = pc.coalesce(own, stand_ins(present(handle), own, cells.get("platform", none), platform))
    homeless = pc.is_null(account_id)
    rejects.add(row_ref, "account_id", none, pc.if_else(homeless, pa.scalar(NO_ACCOUNT), _NONE), fatal=True)
    if "account_id" in cells:  # of a file without ids it is told once
        named = pc.and_(own.is_null(), pc.fill_null(pc.starts_with(account_id, MARK), False))
        rejects.add(row_ref, "account_id", handle, pc.if_else(named, pa.scalar(NAMED), _NONE))
    kept = pc.invert(homeless)
    cells = {name: cell.filter(kept) for name, cell in cells.items()}
    return _read_kept(cells, row_ref.filter(kept), account_id.filter(kept), import_id, platform, written, rejects)


def _read_kept(
    cells: dict[str, pa.Array],
    row_ref: pa.Array,
    account_id: pa.Array,
    import_id: str,
    platform: str | None,
    written: Written,
    rejects: Rejects,
) -> Batch:
    none = pa.nulls(len(row_ref), pa.string())
    own = cells.get("post_id", none)
    for name in ("reply_to_id", "shared_id", "quoted_id"):
        if name in cells:  # some sources give a post its own id there when there is nothing to give
            nothing = pc.or_kleene(pc.equal(cells[name], own), pc.is_in(cells[name], value_set=_NOTHING))
            cells[name] = pc.if_else(pc.fill_null(nothing, False), _NONE, cells[name])
    created = written.read("created_at", cells.get("created_at", none))
    rejects.add(row_ref, "created_at", cells.get("created_at", none), created.reason)
    if "title" in cells:  # a headline is part of what a post says
        body = cells.get("text", none)
        both = pc.binary_join_element_wise(cells["title"], body, "\n\n")
        cells["text"] = pc.coalesce(both, cells["title"], body)
    text = cells.get("text", none)
    is_post = np.zeros(len(row_ref), dtype=bool)
    for name in _OF_POSTS:
        if name in cells:
            is_post |= cells[name].is_valid().to_numpy(zero_copy_only=False)
    numbered = pc.binary_join_element_wise("row", import_id[:8], row_ref.cast(pa.string()), ":")
    return Batch(
        cells=cells,
        row_ref=row_ref,
        account_id=account_id,
        post_id=pc.coalesce(own, numbered),
        platform=platforms(cells.get("platform", none), cells.get("account_id", none), platform),
        created=created,
        observed=written.read("observed_at", cells.get("observed_at", none)),
        day_only=days_only(cells.get("created_at", none), created),
        written=written,
        text_hash=text_hashes(text),
        is_post=is_post,
        is_share=_shares(cells, row_ref, text, rejects),
    )


def _shares(cells: dict[str, pa.Array], row_ref: pa.Array, text: pa.Array, rejects: Rejects) -> NDArray[np.bool_]:
    """Which records repeat another's post: they name it, or the source says so, or the text begins with a repost mark."""
    shares = reposts(text)
    for name in ("shared_id", "shared_account"):
        if name in cells:
            shares |= cells[name].is_valid().to_numpy(zero_copy_only=False)
    if "is_share" in cells:
        marks, odd = read_marks(cells["is_share"])
        rejects.add(row_ref, "is_share", cells["is_share"], odd)
        shares |= pc.fill_null(marks, False).to_numpy(zero_copy_only=False)
    return shares


def read_marks(values: pa.Array) -> tuple[pa.Array, pa.Array]:
    """A column of true and false in the words that sources have for them, and why a value is neither; NULL where it is."""
    mark = pc.utf8_lower(values)
    yes, no = pc.is_in(mark, value_set=_YES), pc.is_in(mark, value_set=_NO)
    known = pc.or_(yes, no)
    odd = pc.and_(mark.is_valid(), pc.invert(known))
    return (
        pc.if_else(known, yes, pa.scalar(None, pa.bool_())),
        pc.if_else(odd, pa.scalar(NOT_TRUE_OR_FALSE), _NONE),
    )


def _column(fields: pa.Table, name: str, kind: pa.DataType) -> pa.Array:
    column = fields.column(name).cast(kind)
    if column.num_chunks == 1:  # which concat_arrays would copy
        return column.chunk(0)
    return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], kind)


def _cell(fields: pa.Table, name: str) -> pa.Array:
    column = _column(fields, name, pa.string())
    if name not in _AS_READ:
        return present(column)
    return pc.if_else(pc.equal(column, ""), _NONE, column)
