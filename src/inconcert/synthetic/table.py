"""The posts of a world as a user's export carries them: text in every cell, ids as strings."""

from __future__ import annotations

import json

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from inconcert.synthetic.drafts import NONE
from inconcert.synthetic.objects import Ints
from inconcert.synthetic.scene import Scene
from inconcert.synthetic.texts import Strings

COLUMNS = (
    "post_id", "account_id", "handle", "display_name", "account_created_at", "followers", "platform", "created_at",
    "text", "language", "client", "reply_to_id", "reply_to_account", "shared_id", "shared_account", "is_share", "urls",
    "hashtags", "mentions", "media", "likes", "shares",
)  # fmt: skip
"""Columns of the export, all of them names of fields.FIELDS."""

P_TRACKED = 0.3
"""Share of links that carry a tracking parameter, as share buttons add them."""


def posts_table(scene: Scene, rng: np.random.Generator) -> tuple[pa.Table, Strings]:
    """Posts of the period, oldest first, columns COLUMNS, all strings, NULL where absent; and the id of every account.

    Lists are JSON. Times are ISO 8601 in UTC, floored to the resolution of the crowd.
    """
    drafts, people = scene.drafts, scene.accounts
    step_us = scene.crowd.resolution_s * 1_000_000
    order = np.lexsort((np.arange(len(drafts)), drafts.time_us))
    post_id = np.empty(len(drafts), dtype=object)
    post_id[order] = _ascending(len(drafts), 1_000_000_000_000_000_000, 10**9, rng)
    account_id = np.empty(len(people), dtype=object)
    account_id[np.argsort(people.created_us, kind="stable")] = _ascending(len(people), 100_000_000, 10**6, rng)

    url = drafts.url.copy()
    linked = np.flatnonzero(url != "")
    tracked = linked[rng.random(len(linked)) < P_TRACKED]
    url[tracked] = url[tracked] + "?utm_source=share"
    text = _full_text(scene, url)
    counts = np.bincount(drafts.share_of[drafts.share_of != NONE], minlength=len(drafts))
    likes = rng.poisson(0.5 + 3.0 * counts)

    rows = order[_kept(scene)[order]]
    author = drafts.account[rows]
    shared = drafts.share_of[rows]
    is_share = shared != NONE
    origin = np.where(is_share, shared, rows)
    answered = drafts.reply_to[rows]
    columns: dict[str, Strings] = {
        "post_id": post_id[rows],
        "account_id": account_id[author],
        "handle": people.handle[author],
        "display_name": people.name[author],
        "account_created_at": _iso(people.created_us[author]),
        "followers": people.followers[author].astype(str).astype(object),
        "platform": np.full(len(rows), scene.crowd.platform, dtype=object),
        "created_at": _iso(drafts.time_us[rows] // step_us * step_us),
        "text": text[rows],
        "language": people.language[author],
        "client": people.client[author],
        "reply_to_id": _where(answered != NONE, post_id[answered]),
        "reply_to_account": _where(answered != NONE, account_id[drafts.account[answered]]),
        "shared_id": _where(is_share, post_id[shared]),
        "shared_account": _where(is_share, account_id[drafts.account[shared]]),
        "is_share": np.where(is_share, "true", "false").astype(object),
        "urls": _listed(url[origin]),
        "hashtags": _listed(drafts.hashtags[origin]),
        "mentions": _listed(np.where(answered == NONE, "", account_id[drafts.account[answered]])),
        "media": _listed(drafts.media[origin]),
        "likes": np.where(is_share, 0, likes[rows]).astype(str).astype(object),
        "shares": np.where(is_share, 0, counts[rows]).astype(str).astype(object),
    }
    table = pa.table({name: pa.array(columns[name], pa.string()) for name in COLUMNS})
    return table, account_id


def _kept(scene: Scene) -> NDArray[np.bool_]:
    """Drafts that the export holds: those of the period, and of an account's shares of one post only the first."""
    drafts = scene.drafts
    kept = drafts.collected.copy()
    shares = np.flatnonzero(kept & (drafts.share_of != NONE))
    shares = shares[np.argsort(drafts.time_us[shares], kind="stable")]
    pair = drafts.account[shares] * np.int64(len(drafts)) + drafts.share_of[shares]
    first = np.zeros(len(shares), dtype=bool)
    first[np.unique(pair, return_index=True)[1]] = True
    kept[shares[~first]] = False
    return kept


def _ascending(n: int, first: int, step: int, rng: np.random.Generator) -> Strings:
    """n different ids that rise at random steps, as platforms give them."""
    return (first + np.cumsum(rng.integers(1, step, size=n))).astype(str).astype(object)


def _iso(time_us: Ints) -> Strings:
    seconds = np.datetime_as_string((time_us // 1_000_000).astype("datetime64[s]"))
    return np.array([f"{moment}Z" for moment in seconds], dtype=object)


def _where(there: NDArray[np.bool_], words: Strings) -> Strings:
    """The words where they are meant, else NULL."""
    column = np.full(len(words), None, dtype=object)
    column[there] = words[there]
    return column


def _listed(words: Strings) -> Strings:
    """JSON lists of space-separated words; NULL for none."""
    return np.array([json.dumps(w.split(), ensure_ascii=False) if w else None for w in words], dtype=object)


def _full_text(scene: Scene, url: Strings) -> Strings:
    """What each post says: words, hashtags, link; a share says what the shared post says, marked where usual."""
    drafts, handle = scene.drafts, scene.accounts.handle
    text = np.empty(len(drafts), dtype=object)
    for i, (words, tags, link) in enumerate(zip(drafts.text, drafts.hashtags, url, strict=True)):
        parts = [words, *(f"#{tag}" for tag in tags.split()), link]
        text[i] = " ".join(part for part in parts if part)
    for i in np.flatnonzero(drafts.reply_to != NONE).tolist():
        text[i] = f"@{handle[drafts.account[drafts.reply_to[i]]]} {text[i]}"
    marked = scene.crowd.platform == "twitter"
    for i in np.flatnonzero(drafts.share_of != NONE).tolist():
        origin = drafts.share_of[i]
        text[i] = f"RT @{handle[drafts.account[origin]]}: {text[origin]}" if marked else text[origin]
    return text
