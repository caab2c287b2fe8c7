"""Is a candidate group more synchronous than ordinary people, on objects that were not used to find it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from inconcert.detect.layer import Layer, first_actions
from inconcert.detect.sweep import object_windows
from inconcert.network.candidates import Candidate
from inconcert.network.reference import Rates
from inconcert.network.synchrony import popularity_bin
from inconcert.network.tails import mixed_chernoff

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Inside:
    """What members of groups did together, one row an (object, group) with at least two members (R rows).

    object: codes; group: index of the group; members: how many of it acted; within: (R, W) their pairs within each window;
    first, second: (R,) two members drawn at random, first < second: the pair that the row is booked under.
    """

    object: NDArray[np.int64]
    group: NDArray[np.int64]
    members: NDArray[np.int64]
    within: NDArray[np.int64]
    first: NDArray[np.int64]
    second: NDArray[np.int64]

    def share(self, window: int) -> Floats:
        """(R,): share of member pairs within the window."""
        return self.within[:, window] / (self.members * (self.members - 1) / 2)


def inside(layer: Layer, label: NDArray[np.int64], windows_us: tuple[int, ...], rng: np.random.Generator) -> Inside:
    """Co-actions inside groups. layer: first actions; label: (accounts,) group of each account, -1 for none."""
    group = label[layer.account]
    chosen = np.flatnonzero(group >= 0)
    key = layer.object[chosen].astype(np.int64) * (int(label.max(initial=0)) + 1) + group[chosen]
    order = np.lexsort((layer.time_us[chosen], key))
    chosen, key = chosen[order], key[order]
    values, place, count = np.unique(key, return_inverse=True, return_counts=True)
    kept = count[place] >= 2
    chosen, key = chosen[kept], key[kept]
    values, place, count = np.unique(key, return_inverse=True, return_counts=True)
    sub = replace(
        layer,
        account=layer.account[chosen],
        object=place.astype(np.int32),
        time_us=layer.time_us[chosen],
        objects=pa.nulls(len(values), pa.string()),
    )
    members, within = object_windows(sub, windows_us)
    start = np.cumsum(count) - count
    a = (rng.random(len(values)) * count).astype(np.int64)
    b = (a + 1 + (rng.random(len(values)) * (count - 1)).astype(np.int64)) % np.maximum(count, 1)
    one, other = sub.account[start + a].astype(np.int64), sub.account[start + b].astype(np.int64)
    groups = int(label.max(initial=0)) + 1
    return Inside(
        values // groups,
        values % groups,
        members.astype(np.int64),
        within,
        np.minimum(one, other),
        np.maximum(one, other),
    )


@dataclass(frozen=True)
class Heldout:
    """One group on held-out objects: units that count, their mean share within the window, and the p-value."""

    units: int
    n_objects: int
    share: float
    p_value: float


def heldout(found: Inside, group: int, window: int, popularity: NDArray[np.int32], rates: Rates) -> Heldout:
    """Upper tail of the group's synchrony at the reference rates.

    Rows booked under the same two members are averaged into one unit, so a couple of friends with many posts in common
    count once and cannot stand for a group; units are independent under the null, each in [0, 1] with the reference rate
    as its mean, so Hoeffding's bound holds whatever the dependence between the pairs of one object. The doubt about the
    reference, and how much circles of one crowd differ, is integrated (`tails.mixed_chernoff`).
    """
    rows = np.flatnonzero(found.group == group)
    if not len(rows):
        return Heldout(0, 0, 0.0, 1.0)
    share = found.share(window)[rows]
    bins = popularity_bin(popularity[found.object[rows]])
    logits, sds = rates.pair[window][bins], rates.pair_sd[window][bins]
    pair = found.first[rows] * 2**32 + found.second[rows]
    _, unit, count = np.unique(pair, return_inverse=True, return_counts=True)
    means = np.bincount(unit, weights=share) / count
    centre = np.bincount(unit, weights=logits) / count
    p = mixed_chernoff(float(means.sum()), centre, np.bincount(unit, weights=sds) / count)
    return Heldout(len(count), len(rows), float(share.mean()), p)


def labels(candidates: Sequence[Candidate], n_accounts: int) -> NDArray[np.int64]:
    """(n_accounts,): index of the candidate of each account, -1 for none; candidates must not overlap."""
    label = np.full(n_accounts, -1, dtype=np.int64)
    for index, candidate in enumerate(candidates):
        label[candidate.members] = index
    return label


def split_objects(n_objects: int, rng: np.random.Generator) -> NDArray[np.bool_]:
    """(n_objects,): true for the random half on which groups are found; they are tested on the rest."""
    return rng.permutation(n_objects) < n_objects / 2


def without_coincident(layer: Layer, used: Layer) -> Layer:
    """`layer` without the actions an account took at the very moment of an action in `used`.

    One post carries a text, a link and hashtags; when a group was found on the texts of some posts, their links are not
    new evidence. Same account and same time stand for the same post.
    """
    return layer.keep(~np.isin(_moment(layer), _moment(used)))


def _moment(layer: Layer) -> NDArray[np.void]:
    pairs = np.empty(len(layer), dtype=[("account", np.int64), ("time", np.int64)])
    pairs["account"], pairs["time"] = layer.account, layer.time_us
    return pairs


def day_shifted(layer: Layer, days: int, rng: np.random.Generator) -> Layer:
    """Each account's times moved by a whole number of days of its own, round a circle of `days` days.

    Keeps every account's bursts and daily rhythm and destroys the timing between accounts; first actions stay first
    only per object, which is all the statistic looks at.
    """
    day = 86_400_000_000
    shift = rng.integers(0, days, layer.n_accounts) * day
    start = int(layer.time_us.min())
    moved = (layer.time_us - start + shift[layer.account]) % (days * day) + start
    order = np.lexsort((layer.account, moved, layer.object))
    return first_actions(replace(layer, account=layer.account[order], object=layer.object[order], time_us=moved[order]))
