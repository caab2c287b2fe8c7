"""What group finding needs of one kind of action, measured once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from inconcert.detect.counts import CoActions
from inconcert.detect.layer import UNTIMED, Layer, first_actions
from inconcert.detect.sweep import co_actions, rare_pairs
from inconcert.network.candidates import CAPS, RarePairs
from inconcert.network.reference import Evidence, Prior, prior
from inconcert.network.synchrony import Synchrony, clock, synchrony

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

    @property
    def windows_us(self) -> tuple[int, ...]:
        """The scales, microseconds."""
        return self.measured.windows_us

    def half(self, objects: NDArray[np.bool_]) -> Material:
        """The same on some of the objects: what a search may look at when the rest is held out."""
        code = np.cumsum(objects) - 1
        first = self.first.keep(objects[self.first.object])
        first = replace(
            first, object=code[first.object].astype(np.int32), objects=self.first.objects.filter(pa.array(objects))
        )
        m = self.measured
        measured = Synchrony(
            m.windows_us,
            m.popularity[objects],
            m.pairs[objects],
            m.hits[objects],
            m.partner[objects[self.first.object]],
        )
        counted = co_actions(first, m.windows_us, min_objects=2, max_accounts=self.counted.max_accounts)
        return Material(first, measured, self.prior, self.rare.keep(objects[self.rare.object]), counted)


def rare(first: Layer, measured: Synchrony) -> RarePairs:
    """All pairs of accounts on objects of at most CAPS[-1] accounts."""
    source, target, thing, gap_us = rare_pairs(first, CAPS[-1])
    return RarePairs(source, target, thing, gap_us, measured.popularity[thing])


def measure(
    layer: Layer,
    windows_us: tuple[int, ...],
    *,
    resolution_s: int,
    profiles: pa.Table,
    control: Evidence | None,
    exclude: tuple[str, ...] = (),
    rng: np.random.Generator,
) -> Material:
    """The material of one layer, its times floored to `resolution_s`; parameters of the reference as `reference.prior`."""
    first = first_actions(layer)
    expected = prior(
        layer.kind, windows_us, resolution_s=min(resolution_s, 60), profiles=profiles, control=control,
        floor=clock(first, windows_us, CLOCK_DRAWS, rng), exclude=exclude,
    )  # fmt: skip
    measured = synchrony(first, windows_us)
    return Material(first, measured, expected, rare(first, measured), co_actions(first, windows_us, min_objects=2))


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
