"""Pairs of accounts that met more than once: the graph in which an operation that rotates its accounts still hangs together."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from inconcert.network.halves import moments
from inconcert.network.material import Material, Materials

MEETINGS = (2, 4, 8)
"""Fewest meetings that link two accounts; all are tried. One is what news bursts make of strangers; two on rare objects still
happen to most accounts of an operation that shows no pair often enough for a test of pairs; where accounts are busy or the
window is wide, two happen to everybody, and more tell an operation from its neighbours."""


@dataclass(frozen=True)
class Meetings:
    """Co-actions of linked pairs, over all kinds: source, target account codes, object (numbered over all kinds),
    kind (index), gap_us, popularity, met: meetings of the pair, post: of the source; all (M,)."""

    source: NDArray[np.int32]
    target: NDArray[np.int32]
    object: NDArray[np.int64]
    kind: NDArray[np.int64]
    gap_us: NDArray[np.int64]
    popularity: NDArray[np.int32]
    met: NDArray[np.int64]
    post: NDArray[np.int64]

    def keep(self, mask: NDArray[np.bool_]) -> Meetings:
        """The co-actions where mask is true."""
        return Meetings(*(getattr(self, field.name)[mask] for field in fields(self)))


def repeated_meetings(materials: Materials, window_us: int) -> Meetings:
    """Every co-action within the window on rare objects of any kind, of pairs that met at MEETINGS[0] posts of each or more.

    One post may carry a text, a link and a picture; the pair that posts them met once, so posts are counted, not objects.
    """
    parts = []
    offset = 0
    for index, m in enumerate(materials.values()):
        near = m.rare.keep(m.rare.gap_us <= window_us)
        posts = [_posts(m, near.object, side) for side in (near.source, near.target)]
        kind = np.full(len(near.source), index)
        parts.append((near.source, near.target, near.object + offset, kind, near.gap_us, near.popularity, *posts))
        offset += m.first.n_objects
    source, target, thing, kind, gap_us, popularity, *posts = (np.concatenate(c) for c in zip(*parts, strict=True))
    _, pair = np.unique(source.astype(np.int64) * 2**31 + target, return_inverse=True)
    met = np.minimum(*(_distinct(pair, post) for post in posts))[pair]
    return Meetings(source, target, thing, kind, gap_us, popularity, met, posts[0]).keep(met >= MEETINGS[0])


def _posts(material: Material, objects: NDArray[np.int32], accounts: NDArray[np.int32]) -> NDArray[np.int64]:
    """The post with which each account acted on each object, as `halves.moments` numbers them."""
    first = material.first
    key = first.object.astype(np.int64) * first.n_accounts + first.account
    order = np.argsort(key, kind="stable")
    wanted = objects.astype(np.int64) * first.n_accounts + accounts
    return moments(first)[order[np.searchsorted(key, wanted, sorter=order)]]


def _distinct(pair: NDArray[np.int64], post: NDArray[np.int64]) -> NDArray[np.int64]:
    """(pairs,): distinct posts of each pair."""
    order = np.lexsort((post, pair))
    pair, post = pair[order], post[order]
    new = np.ones(len(pair), dtype=bool)
    new[1:] = (pair[1:] != pair[:-1]) | (post[1:] != post[:-1])
    return np.bincount(pair[new])
