"""What the tests measure on a world, in plain NumPy and Python: nothing of the detectors is used here."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import datetime

import numpy as np
import pyarrow as pa

BINS = ((2, 2), (3, 5), (6, 15), (16, 63), (64, 255), (256, None))
Taken = dict[str, dict[str, float]]


def seconds(posts: pa.Table) -> np.ndarray:
    return np.array([datetime.fromisoformat(t).timestamp() for t in posts["created_at"].to_pylist()])


def taken(posts: pa.Table, kind: str) -> Taken:
    """Object -> account -> first time, seconds: posts shared, links (no tracking) and texts of what is not a share."""
    objects: Taken = defaultdict(dict)
    columns = ("account_id", "is_share", "shared_id", "urls", "text", "media", "hashtags")
    for row, at in zip(posts.select(columns).to_pylist(), seconds(posts), strict=True):
        if kind == "share":
            keys = [row["shared_id"]] if row["shared_id"] else []
        elif row["is_share"] == "true":
            keys = []
        elif kind == "text":
            keys = [row["text"].split(" https://")[0]]
        elif kind == "hashtag_sequence":
            tags = json.loads(row["hashtags"] or "[]")
            keys = [" ".join(tags)] if len(tags) >= 3 else []
        else:
            keys = [word.split("?")[0] for word in json.loads(row["urls" if kind == "url" else "media"] or "[]")]
        for key in keys:
            objects[key].setdefault(row["account_id"], at)
    return {key: people for key, people in objects.items() if len(people) >= 2}


def in_window(times: list[float], tau_s: float) -> tuple[int, int]:
    """Pairs within tau, and all pairs."""
    t = np.sort(np.array(times))
    near = np.searchsorted(t, t + tau_s, side="right") - np.arange(len(t)) - 1
    return int(near.sum()), len(t) * (len(t) - 1) // 2


def pair_hit_rates(objects: Taken, tau_s: float) -> dict[tuple[int, int | None], tuple[int, float]]:
    """Popularity bin -> number of objects, share of pairs within tau."""
    rates = {}
    for low, high in BINS:
        counts = [
            in_window(list(people.values()), tau_s)
            for people in objects.values()
            if low <= len(people) <= (high or len(people))
        ]
        if counts:
            near, pairs = np.sum(counts, axis=0)
            rates[low, high] = (len(counts), near / pairs)
    return rates


def accounts_of(truth: pa.Table, unit: str) -> set[str]:
    return {a for a, u in zip(truth["account_id"].to_pylist(), truth["unit"].to_pylist(), strict=True) if u == unit}


def posts_of(posts: pa.Table, accounts: set[str]) -> pa.Table:
    return posts.filter(pa.array([a in accounts for a in posts["account_id"].to_pylist()]))
