"""What each post does to what: the rows of the `actions` table.

A share is one action. If the shared post is known, that post is the object; the words, links and hashtags of a share are
another's, and counting them too would count one click four times over. If it is not known ("RT @name ..." or a mark of the
source), the text stands for the shared post; only when the text is too short to compare are its links, hashtags and media
taken. A quote is a post of its own with words of its own: what it quotes is in its links, and it shares nothing.

A post's own share or reply is kept: pairs are between different accounts, so it joins nobody to anybody.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from inconcert import schema
from inconcert.normalise import in_text, lists
from inconcert.normalise.batch import Batch
from inconcert.normalise.distinct import Items, explode
from inconcert.normalise.folding import fold_hashtag, fold_name
from inconcert.normalise.lists import Cell
from inconcert.normalise.media_names import of_export
from inconcert.normalise.plain_cells import plain_items
from inconcert.normalise.plain_links import links
from inconcert.normalise.rejects import Rejects
from inconcert.normalise.urls import domain, media

MIN_SEQUENCE = 3
"""Fewer hashtags in order are not a sequence: two are often just a topic and a place."""


def actions(batch: Batch, import_id: str, rejects: Rejects) -> pa.Table:
    """The actions of the batch, one per (post, kind, object); links and lists that cannot be read go to `rejects`."""
    shared = batch.cell("shared_id").is_valid().to_numpy(zero_copy_only=False)
    hashed = batch.text_hash.is_valid().to_numpy(zero_copy_only=False)
    own = batch.is_post & ~(batch.is_share & (shared | hashed))
    found = {
        "share": _values(batch.cell("shared_id"), shared),
        "reply": _values(batch.cell("reply_to_id"), ~batch.is_share),
        "text": _values(batch.text_hash, ~shared),
        "mention": _mentions(batch, own & ~batch.is_share, rejects),
        "media": _listed(batch, "media", own, rejects).map(lambda raw: of_export(media(raw) or raw, import_id)),
    }
    found["url"], found["domain"] = _links(batch, own, rejects)
    tags = _listed(batch, "hashtags", own, rejects).map(fold_hashtag)
    found["hashtag"], found["hashtag_sequence"] = tags, _sequences(_once(tags, np.arange(len(batch))))
    post = _post_codes(batch)
    found = {kind: _once(items, post) for kind, items in found.items()}
    return pa.concat_tables([_rows(batch, kind, found[kind]) for kind in schema.KINDS if kind in found])


def _values(column: pa.Array, allowed: NDArray[np.bool_]) -> Items:
    """A column of single values as items."""
    rows = np.flatnonzero(allowed & column.is_valid().to_numpy(zero_copy_only=False))
    return Items(rows, column.take(pa.array(rows)))


def _listed(batch: Batch, name: str, allowed: NDArray[np.bool_], rejects: Rejects) -> Items:
    """The items of a list column in the rows allowed; without such a column, those in the text."""
    column = batch.cell(name)
    read: Callable[[str], Cell] = _IN_CELLS[name]
    at_once: Callable[[pa.Array], tuple[NDArray[np.bool_], pa.ListArray]] | None = plain_items
    if name not in batch.cells and name in _IN_TEXTS:
        (sign, read), at_once = _IN_TEXTS[name], None
        column = batch.cell("text")
        allowed = allowed & pc.match_substring_regex(column, sign).fill_null(False).to_numpy(zero_copy_only=False)
    cells = column if allowed.all() else pc.if_else(pa.array(allowed), column, pa.scalar(None, pa.string()))
    items, faults = explode(cells, read, at_once)
    rejects.add(batch.row_ref, name, cells, faults)
    return items


_IN_CELLS = {
    "urls": lists.links,
    "domains": lists.links,
    "hashtags": lists.hashtags,
    "mentions": lists.names,
    "media": lists.links,
}
_IN_TEXTS = {
    "urls": ("/|www", in_text.links),
    "hashtags": ("[#＃]", in_text.hashtags),
    "mentions": ("@", in_text.mentions),
}
"""For fields that a text can stand in for: what every text that has one holds, and how to find them in it."""


def _links(batch: Batch, own: NDArray[np.bool_], rejects: Rejects) -> tuple[Items, Items]:
    """Canonical links, and the domains of links and of the column of domains."""
    items = _listed(batch, "urls", own, rejects)
    urls, domains, reasons = links(items.value)
    if "urls" in batch.cells:  # what looks like a link in a text and is none is just text
        rejects.add(batch.row_ref, "urls", items.value, reasons, row=items.row)
    named = _listed(batch, "domains", own, rejects).map(domain)
    derived = Items(items.row, domains).where(domains.is_valid())
    return Items(items.row, urls).where(urls.is_valid()), derived + named


def _mentions(batch: Batch, own: NDArray[np.bool_], rejects: Rejects) -> Items:
    """Accounts mentioned, but not the one replied to: the reply says that already."""
    items = _listed(batch, "mentions", own, rejects).map(fold_name)
    answered = pc.if_else(
        batch.cell("reply_to_id").is_valid(), batch.cell("reply_to_account"), pa.scalar(None, pa.string())
    )
    replied = Items(np.arange(len(batch)), answered).where(answered.is_valid()).map(fold_name)
    if not len(replied.row):
        return items
    place = np.full(len(batch), -1)
    place[replied.row] = np.arange(len(replied.row))
    at = place[items.row]
    same = pc.equal(items.value, replied.value.take(pa.array(at, mask=at < 0)))
    return items.where(pc.invert(pc.fill_null(same, False)))


def _sequences(tags: Items) -> Items:
    """Three or more distinct hashtags of one record in their order, joined by a space; `tags` distinct, sorted by row."""
    rows, counts = np.unique(tags.row, return_counts=True)
    long = counts >= MIN_SEQUENCE
    kept = np.repeat(long, counts)
    offsets = np.concatenate([[0], np.cumsum(counts[long])])
    parts = pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), tags.value.filter(pa.array(kept)))
    return Items(rows[long], pc.binary_join(parts, " "))


def _post_codes(batch: Batch) -> NDArray[np.int64]:
    """A number per row; rows of one post (same platform, account and id) have the same."""
    if _in_order(batch.post_id):
        return np.arange(len(batch))
    code = np.zeros(len(batch), np.int64)
    for column in (batch.post_id, batch.account_id, batch.platform):
        coded = column.dictionary_encode()
        if len(coded.dictionary) == len(batch):
            return np.arange(len(batch))
        code = np.unique(code * len(coded.dictionary) + coded.indices.to_numpy(), return_inverse=True)[1]
    return code


def _in_order(ids: pa.Array) -> bool:
    """Whether every id comes after the one before it, or before it, as exports mostly have them: then no two are the same."""
    earlier, later = ids.slice(0, max(len(ids) - 1, 0)), ids.slice(1)
    return any(pc.all(compare(earlier, later), min_count=0).as_py() for compare in (pc.less, pc.greater))


def _once(items: Items, post: NDArray[np.int64]) -> Items:
    """Each (post, object) once, where it came first."""
    if (np.diff(post[items.row]) > 0).all():  # no post has two
        return items
    coded = items.value.dictionary_encode()
    key = post[items.row] * max(len(coded.dictionary), 1) + coded.indices.to_numpy()
    first = np.sort(np.unique(key, return_index=True)[1])
    return Items(items.row[first], items.value.take(pa.array(first)))


def _rows(batch: Batch, kind: str, items: Items) -> pa.Table:
    rows = pa.array(items.row)
    columns = {
        "account_id": batch.account_id.take(rows),
        "kind": pa.repeat(kind, len(rows)),
        "object_id": items.value,
        "post_id": batch.post_id.take(rows),
        "platform": batch.platform.take(rows),
        # two posts of one day were not made in the same second
        "time_us": pc.if_else(batch.day_only, pa.scalar(None, pa.int64()), batch.created.time_us).take(rows),
    }
    return schema.ACTIONS.check(pa.table(columns))
