"""Is a candidate group more synchronous than ordinary people, on objects that were not used to find it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.special import expit, logit

from inconcert.detect.layer import Layer, first_actions
from inconcert.detect.sweep import object_windows
from inconcert.network.candidates import Candidate
from inconcert.network.halves import Halves, moments
from inconcert.network.material import Materials
from inconcert.network.reference import HETEROGENEITY, Rates, group_spread
from inconcert.network.surroundings import Surroundings
from inconcert.network.synchrony import popularity_bin
from inconcert.network.tails import betting_upper

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


OUTSIDER_WEIGHT = 10.0
"""Weight of the reference rate against an object's own outsiders, in pairs of accounts."""


@dataclass(frozen=True)
class Units:
    """Rows of one group and one kind: share within the window, members less one, logit of the ordinary rate, its sd, the booked pair."""

    share: Floats
    weight: Floats
    logit: Floats
    sd: Floats
    pair: NDArray[np.int64]


def units(found: Inside, group: int, size: int, window: int, around: Surroundings, rates: Rates) -> Units:
    """What a group did on each object its members share, beside what is ordinary on that object.

    size: accounts of the group. Ordinary is told by the pairs of accounts of no
    group on the same object, and where there are few of them by the reference rate of its popularity: an object that set
    the whole crowd off within minutes excuses the group, one that others shared for days does not. It is never less than
    what the members' other actions let expect (`Surroundings.own_clock`): an audience is awake in the same hour. An object weighs the
    members it brought together, less one: cover traffic brings two or three together here and there, what a group is made
    for brings many.
    """
    rows = np.flatnonzero(found.group == group)
    things = found.object[rows]
    n_others, within = around.others[things], around.within[things, window]
    possible = n_others * (n_others - 1.0) / 2
    weight = OUTSIDER_WEIGHT / (OUTSIDER_WEIGHT + possible)
    bins = popularity_bin(around.popularity[things])
    rate = (within + OUTSIDER_WEIGHT * expit(rates.pair[window][bins])) / (possible + OUTSIDER_WEIGHT)
    rate = np.maximum(rate, around.own_clock(things, group, window))
    rate = np.minimum(rate, 1.0 - 1e-9)
    crowd_sd = np.sqrt(np.maximum(rates.pair_sd[window][bins] ** 2 - HETEROGENEITY**2, 0.0))
    pair = found.first[rows] * 2**32 + found.second[rows]
    sd = np.hypot(group_spread(size), crowd_sd * weight).astype(np.float64)
    company = found.members[rows].astype(np.float64) - 1.0
    return Units(found.share(window)[rows], company, logit(rate), sd, pair)


def heldout(parts: Sequence[Units]) -> Heldout:
    """Upper tail of a group's synchrony over the units of all parts (kinds of action).

    Rows booked under the same two members are averaged into one unit, so a couple of friends with many posts in common
    count once and cannot stand for a group; units are independent under the null, each in [0, 1], and the bound
    (`tails.betting_upper`) holds whatever the dependence between the pairs of one object. The doubt about the reference,
    and how much circles of one crowd differ, is integrated.
    """
    names = ("share", "weight", "logit", "sd")
    share, weight, eta, sd = (np.concatenate([getattr(p, name) for p in parts]) for name in names)
    if not len(share):
        return Heldout(0, 0, 0.0, 1.0)
    _, unit, count = np.unique(np.concatenate([p.pair for p in parts]), return_inverse=True, return_counts=True)
    # the rate of a mean is the mean of the rates; the mean of their logits lies below it where rates differ
    value, company, rate, spread = (np.bincount(unit, weights=each) / count for each in (share, weight, expit(eta), sd))
    p = betting_upper(value, company / company.max(), logit(rate), spread)
    return Heldout(len(count), len(share), float(np.average(share, weights=weight)), p)


def unused(materials: Materials, halves: Halves, searched: Sequence[str], label: NDArray[np.int64]) -> dict[str, Layer]:
    """Per kind, the actions of labelled accounts that had no part in finding the groups, each post once.

    searched: the kinds the search looked at. One post carries a text, a link and hashtags; when a group was found on the
    texts of some posts, their links are no new evidence, and of what is left a post speaks once, through the first of its
    kinds. Same account and same time stand for the same post.
    """
    mine = {kind: m.first.keep(label[m.first.account] >= 0) for kind, m in materials.items()}
    seen = {kind: halves.searched[kind].first for kind in searched}
    used = {kind: layer.keep(label[layer.account] >= 0) for kind, layer in seen.items()}
    order = [*searched, *(kind for kind in materials if kind not in searched)]
    out: dict[str, Layer] = {}
    for kind in order:
        rest = mine[kind].keep(~halves.objects[kind][mine[kind].object]) if kind in searched else mine[kind]
        before = [layer for other, layer in [*used.items(), *out.items()] if other != kind]
        taken = np.concatenate([moments(layer) for layer in before]) if before else None
        out[kind] = rest if taken is None else rest.keep(~np.isin(moments(rest), taken))
    return out


def labels(candidates: Sequence[Candidate], n_accounts: int) -> NDArray[np.int64]:
    """(n_accounts,): index of the candidate of each account, -1 for none; candidates must not overlap."""
    label = np.full(n_accounts, -1, dtype=np.int64)
    for index, candidate in enumerate(candidates):
        label[candidate.members] = index
    return label


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
