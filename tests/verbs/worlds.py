"""Small exports of posts for tests of verbs: a crowd that posts links, with or without a ring that posts them together."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

START = datetime(2026, 5, 1, tzinfo=UTC)
RING = [f"ring{i}" for i in range(8)]


def write_posts(
    file: Path, *, ring: bool, accounts: int = 60, links: int = 80, posts: int = 900, seed: int = 7
) -> Path:
    """A CSV of `posts` posts over ten days by a crowd whose links are of uneven popularity; with the ring, its 8 accounts
    post 40 links of their own choice within 30 seconds of one another, besides."""
    rng = np.random.default_rng(seed)
    weights = 1 / np.arange(1, links + 1)
    rows = [
        (f"user{rng.integers(accounts)}", rng.uniform(0, 864_000), int(rng.choice(links, p=weights / weights.sum())))
        for _ in range(posts)
    ]
    if ring:
        for n in range(40):
            moment = rng.uniform(0, 864_000)
            rows += [(account, moment + rng.uniform(0, 30), 1000 + n) for account in RING]
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["post_id", "account_id", "created_at", "text"])
        for n, (account, second, link) in enumerate(sorted(rows, key=lambda row: row[1])):
            time = (START + timedelta(seconds=round(second))).isoformat()
            writer.writerow([f"{file.stem}{n}", account, time, f"see https://example.org/{link}"])
    return file
