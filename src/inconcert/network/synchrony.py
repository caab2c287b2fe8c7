"""How close in time people act on the same object: of one object, of objects of one popularity, of the whole clock."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inconcert.detect.layer import UNTIMED, Layer
from inconcert.detect.sweep import object_windows, partners

Floats = NDArray[np.float64]

BINS: tuple[tuple[int, int | None], ...] = ((2, 2), (3, 5), (6, 15), (16, 63), (64, 255), (256, None))
"""Popularity bins, accounts on an object, both ends included; None: no upper end."""
PSEUDO_PAIRS = 10.0
"""Weight of the bin's rate against an object's own pairs, in pairs."""


def popularity_bin(popularity: NDArray[np.int32]) -> NDArray[np.int64]:
    """Index into BINS; popularity must be at least 2."""
    return np.searchsorted([low for low, _ in BINS[1:]], popularity, side="right")


@dataclass(frozen=True)
class Synchrony:
    """What the first actions of one layer say about each object, per window (W windows, M objects).

    popularity: int32 (M,) accounts; pairs: int64 (M, W) account pairs within the window; hits: int64 (M, W) actions
    with a partner within the window; partner: uint8 (actions,) smallest window in which somebody else acted, W if none.
    """

    windows_us: tuple[int, ...]
    popularity: NDArray[np.int32]
    pairs: NDArray[np.int64]
    hits: NDArray[np.int64]
    partner: NDArray[np.uint8]

    @property
    def pair_share(self) -> Floats:
        """(M, W): share of an object's account pairs that fall within the window."""
        n = self.popularity.astype(float)
        share: Floats = self.pairs / np.maximum(n * (n - 1) / 2, 1.0)[:, None]
        return share

    @property
    def hit_share(self) -> Floats:
        """(M, W): share of an object's actions that have a partner within the window."""
        share: Floats = self.hits / np.maximum(self.popularity, 1)[:, None]
        return share


def synchrony(first: Layer, windows_us: tuple[int, ...]) -> Synchrony:
    """Measure a layer of first actions (`detect.layer.first_actions`)."""
    popularity, pairs = object_windows(first, windows_us)
    partner = partners(first, windows_us)
    hits = np.stack(
        [np.bincount(first.object[partner <= w], minlength=first.n_objects) for w in range(len(windows_us))], axis=1
    ).reshape(first.n_objects, len(windows_us))
    return Synchrony(tuple(windows_us), popularity, pairs, hits.astype(np.int64), partner)


def shrunk_rates(measured: Synchrony) -> Floats:
    """(M, W): each object's own chance that two of its accounts fall within the window, drawn towards its popularity bin.

    (pairs within + a x bin rate) / (pairs + a), a = PSEUDO_PAIRS. Taken from the object itself, so it is conservative:
    an operation that is the object's whole audience hides in it. For screening and for permuted copies.
    """
    bins = popularity_bin(measured.popularity)
    share = measured.pair_share
    n = measured.popularity.astype(float)
    possible = (n * (n - 1) / 2)[:, None]
    pooled = np.zeros((len(BINS), share.shape[1]))
    for b in np.unique(bins):
        pooled[b] = share[bins == b].mean(axis=0)
    shrunk: Floats = (measured.pairs + PSEUDO_PAIRS * pooled[bins]) / (possible + PSEUDO_PAIRS)
    return shrunk


def clock(first: Layer, windows_us: tuple[int, ...], draws: int, rng: np.random.Generator) -> Floats:
    """(W,): chance that two random actions on *different* objects fall within each window.

    The floor under any rate of synchrony: a collection of seventy minutes makes everybody synchronous within an hour.
    """
    timed = np.flatnonzero(first.time_us != UNTIMED)
    if len(timed) < 2:
        return np.zeros(len(windows_us))
    a, b = rng.choice(timed, draws), rng.choice(timed, draws)
    other = first.object[a] != first.object[b]
    gaps = np.abs(first.time_us[a[other]] - first.time_us[b[other]])
    if not len(gaps):
        return np.zeros(len(windows_us))
    return np.array([(gaps <= w).mean() for w in windows_us])
