"""Random halves of the data: one to find groups on, one to test them on. A post lies in one half with all it carries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from inconcert.detect.layer import UNTIMED, Layer
from inconcert.network.material import Material, Materials

SPECIFIC = frozenset({"share", "text", "url", "media", "hashtag_sequence", "near_text", "near_media"})
"""Kinds whose objects are few posts' own; a hashtag, a domain or an account mentioned would join everything."""

Masks = Mapping[str, NDArray[np.bool_]]
"""Kind -> (objects,) true for those of the half."""


@dataclass(frozen=True)
class Halves:
    """objects: those of each kind to search on. searched: materials of that half."""

    objects: Masks
    searched: Materials


def split(materials: Materials, rng: np.random.Generator) -> Halves:
    """Halve the objects of every kind at random.

    A text and a link that one post carries go to the same half, since whoever acts on one acts on the other. Objects of the
    other kinds are halved each for itself; of their actions, the search does not see those in posts that a text or a link
    puts into the other half.
    """
    specific = {kind: m.first for kind, m in materials.items() if kind in SPECIFIC}
    masks = dict(_clustered(specific, rng))
    for kind, m in materials.items():
        if kind not in masks:
            masks[kind] = rng.permutation(m.first.n_objects) < m.first.n_objects / 2
    held = [layer.keep(~masks[kind][layer.object]) for kind, layer in specific.items()]
    taken = np.concatenate([moments(layer) for layer in held]) if held else None
    searched: dict[str, Material] = {}
    for kind, m in materials.items():
        if kind in specific or taken is None:
            searched[kind] = m.half(masks[kind])
        else:
            searched[kind] = m.half(masks[kind], ~np.isin(moments(m.first), taken))
    return Halves(masks, searched)


def moments(layer: Layer) -> NDArray[np.int64]:
    """(actions,) one number for an account at one time, which stands for one post; collisions have a chance below 1e-6.

    Multiply-shift hashing into 63 bits: comparing pairs as records would cost ten times as much.
    """
    mixed = layer.time_us.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= layer.account.astype(np.uint64) * np.uint64(0xC2B2AE3D27D4EB4F)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    return (mixed >> np.uint64(1)).astype(np.int64)


def _clustered(layers: Mapping[str, Layer], rng: np.random.Generator) -> Masks:
    """Halves of the specific kinds, objects of one post together.

    Two objects are joined where one account acted on just one of each kind at that time; an account that posts several
    times within the resolution of the clock joins nothing.
    """
    offsets, total = {}, 0
    for kind, layer in layers.items():
        offsets[kind] = total
        total += layer.n_objects
    nodes, when = [], []
    for kind, layer in layers.items():
        timed = layer.time_us != UNTIMED
        moment = moments(layer)
        _, place, count = np.unique(moment, return_inverse=True, return_counts=True)
        alone = timed & (count[place] == 1)
        nodes.append(layer.object[alone].astype(np.int64) + offsets[kind])
        when.append(moment[alone])
    node, moment = (np.concatenate(part) if part else np.empty(0, np.int64) for part in (nodes, when))
    order = np.argsort(moment, kind="stable")
    node, moment = node[order], moment[order]
    same = moment[1:] == moment[:-1]
    links = np.ones(int(same.sum()), np.int8), (node[:-1][same], node[1:][same])
    count_, cluster = (
        connected_components(coo_array(links, shape=(total, total)), directed=False) if total else (0, node)
    )
    chosen = rng.permutation(count_) < count_ / 2
    return {kind: chosen[cluster[offsets[kind] : offsets[kind] + layer.n_objects]] for kind, layer in layers.items()}
