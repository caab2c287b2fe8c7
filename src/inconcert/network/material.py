"""What group finding needs of one kind of action, measured once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from inconcert.detect.counting import count_layer
from inconcert.detect.counts import CoActions
from inconcert.detect.layer import UNTIMED, Layer, first_actions
from inconcert.detect.sweep import co_actions, rare_pairs
from inconcert.engine.base import Engine
from inconcert.network.candidates import CAPS, RarePairs
from inconcert.network.pairs import PairTests, pair_tests
from inconcert.network.reference import Evidence, Prior, prior
from inconcert.network.synchrony import Synchrony, clock, synchrony

RAREST = (31, 63, 127, 255, 511)
MOST_PAIRS = 1_000_000
"""Popularity caps of the objects whose pairs are listed, and how many pairs of one kind they may make; never below CAPS[-1]."""
CLOCK_DRAWS = 200_000
"""Random pairs of actions from which the collection's own clock is read."""


@dataclass(frozen=True)
class Material:
    """One kind: first actions, their synchrony, what the reference expects, all pairs on rare objects, counted pairs."""

    first: Layer
    measured: Synchrony
    prior: Prior
    rare: RarePairs
    counted: CoActions

    @cached_property
    def pairs(self) -> PairTests:
        """The test of its counted pairs, made when first asked for."""
        return pair_tests(self.first, self.measured, self.counted)

    @property
    def windows_us(self) -> tuple[int, ...]:
        """The scales, microseconds."""
        return self.measured.windows_us

    def half(self, objects: NDArray[np.bool_], actions: NDArray[np.bool_] | None = None) -> Material:
        """The same on some of the objects, and of those on some of the actions: what a search may look at when the rest is
        held out."""
        mask = objects[self.first.object] if actions is None else objects[self.first.object] & actions
        first, m = shared_only(self.first.keep(mask)), self.measured
        measured = synchrony(first, m.windows_us)
        counted = co_actions(first, m.windows_us, min_objects=2, max_accounts=self.counted.max_accounts)
        return Material(first, measured, self.prior, rare(first, measured), counted)


def rare(first: Layer, measured: Synchrony) -> RarePairs:
    """All pairs of accounts on rare objects: of as many accounts as RAREST allows without MOST_PAIRS being passed."""
    popularity = measured.popularity.astype(np.int64)
    pairs = [int((p * (p - 1) // 2).sum()) for p in (popularity[popularity <= cap] for cap in RAREST)]
    cap = max([CAPS[-1], *(cap for cap, n in zip(RAREST, pairs, strict=True) if n <= MOST_PAIRS)])
    source, target, thing, gap_us = rare_pairs(first, cap)
    return RarePairs(source, target, thing, gap_us, measured.popularity[thing])


def measure(
    layer: Layer,
    windows_us: tuple[int, ...],
    *,
    resolution_s: int,
    profiles: pa.Table,
    control: Evidence | None,
    exclude: tuple[str, ...] = (),
    engine: Engine | None = None,
    rng: np.random.Generator,
) -> Material:
    """The material of one layer, its times floored to `resolution_s`; parameters of the reference as `reference.prior`.

    engine: what counts the pairs; None for the sweep. The result does not depend on it.
    """
    first = first_actions(rarest_of_each_post(layer))
    expected = prior(
        layer.kind, windows_us, resolution_s=min(resolution_s, 60), profiles=profiles, control=control,
        floor=clock(first, windows_us, CLOCK_DRAWS, rng), exclude=exclude,
    )  # fmt: skip
    measured = synchrony(first, windows_us)
    counted = count_layer(first, windows_us, min_objects=2, engine=engine)
    return Material(first, measured, expected, rare(first, measured), counted)


SEVERAL_A_POST = frozenset({"hashtag", "mention", "url", "domain", "media", "near_text", "near_media"})
"""Kinds of which one post can hold several objects."""


def rarest_of_each_post(layer: Layer) -> Layer:
    """For kinds of which a post can hold several objects: the one that fewest accounts used, ties by its id.

    Two people who once used the same eight hashtags met once, not eight times; counted as eight objects, one common post
    would look like a long acquaintance. Same account and same time stand for one post. Popularity takes no notice of time,
    so the choice does not lean on synchrony.
    """
    if layer.kind not in SEVERAL_A_POST or not len(layer):
        return layer
    pairs = np.unique(layer.object.astype(np.int64) * layer.n_accounts + layer.account)
    popularity = np.bincount(pairs // layer.n_accounts, minlength=layer.n_objects)[layer.object]
    order = np.lexsort((layer.object, popularity, layer.time_us, layer.account))
    account, time_us = layer.account[order], layer.time_us[order]
    kept = np.ones(len(order), dtype=bool)
    kept[1:] = (account[1:] != account[:-1]) | (time_us[1:] != time_us[:-1]) | (time_us[1:] == UNTIMED)
    mask = np.zeros(len(order), dtype=bool)
    mask[order[kept]] = True
    return shared_only(layer.keep(mask))


def shared_only(layer: Layer) -> Layer:
    """The layer without objects that fewer than two accounts acted on, objects coded anew."""
    first = first_actions(layer)
    left = np.bincount(first.object, minlength=layer.n_objects) >= 2
    code = np.cumsum(left) - 1
    kept = layer.keep(left[layer.object])
    return replace(kept, object=code[kept.object].astype(np.int32), objects=layer.objects.filter(pa.array(left)))


def floored(layer: Layer, resolution_s: int) -> Layer:
    """Times cut to the resolution, so that finer imports do not look less synchronous than coarser ones."""
    if resolution_s == 1:
        return layer
    step = resolution_s * 1_000_000
    times = np.where(layer.time_us == UNTIMED, UNTIMED, layer.time_us // step * step)
    order = np.lexsort((layer.account, times, layer.object))
    return replace(layer, account=layer.account[order], object=layer.object[order], time_us=times[order])


Materials = Mapping[str, Material]
"""Kind of action -> its material; all share one list of accounts."""


def tested_accounts(materials: Materials) -> int:
    """Accounts that could have been paired: those with a shared object in any kind."""
    return len(np.unique(np.concatenate([np.unique(m.first.account) for m in materials.values()])))
