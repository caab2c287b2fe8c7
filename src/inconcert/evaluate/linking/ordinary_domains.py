"""Domains that ordinary accounts link to: known ones, the long tail of everybody's own, and the sites that look-alikes imitate."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from inconcert.linking.material import USES
from inconcert.linking.near_domains import GENERIC
from inconcert.linking.popular_places import NEWS, PLATFORMS

SUFFIXES = (
    "com", "com", "com", "net", "org", "de", "fr", "co.uk", "info", "online", "site", "life", "top", "xyz", "media", "press", "live", "io",
)  # fmt: skip
SYLLABLES = (
    "ba", "ber", "bor", "da", "den", "dor", "fal", "fen", "gar", "gre", "hal", "ker", "kin", "lan", "lor", "mar", "mel", "mil", "nor", "pen", "ran", "ros",
    "sal", "sen", "tal", "ter", "tor", "val", "ver", "win",
)  # fmt: skip
N_DOMAINS = 4_000
LINKS_MEAN = 6.0


def ordinary_uses(accounts: list[str], rng: np.random.Generator) -> pa.Table:
    """Uses (kinds domain and host) of these accounts: a few links each, to domains of Zipf popularity."""
    names = _names(rng)
    weight = np.arange(1, len(names) + 1, dtype=float) ** -1.05
    chosen = rng.choice(len(names), size=(len(accounts), 4 * int(LINKS_MEAN)), p=weight / weight.sum())
    counts = np.minimum(rng.poisson(LINKS_MEAN, size=len(accounts)), chosen.shape[1])
    rows = [
        {
            "account_id": account,
            "kind": kind,
            "value": names[d],
            "platform": "twitter",
            "post_id": f"{account}:{i}",
            "time_us": None,
        }
        for account, row, n in zip(accounts, chosen.tolist(), counts.tolist(), strict=True)
        for i, d in enumerate(row[:n])
        for kind in ("domain", "host")
    ]
    return pa.Table.from_pylist(rows, schema=USES.arrow)


def _names(rng: np.random.Generator) -> list[str]:
    """Popular sites first, then invented names, some of them of the words that sites are called by everywhere."""
    parts = (*SYLLABLES, *sorted(GENERIC))
    own = {
        f"{''.join(parts[i] for i in pick)}{'-' + parts[last] if last % 5 == 0 else ''}.{SUFFIXES[suffix]}"
        for pick, last, suffix in zip(
            rng.integers(len(parts), size=(N_DOMAINS, 2)).tolist(),
            rng.integers(len(parts), size=N_DOMAINS).tolist(),
            rng.integers(len(SUFFIXES), size=N_DOMAINS).tolist(),
            strict=True,
        )
    }
    known = sorted(NEWS | PLATFORMS)
    rng.shuffle(known)
    tail = sorted(own)
    rng.shuffle(tail)
    return [*known, *tail]
