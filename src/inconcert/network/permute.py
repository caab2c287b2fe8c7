"""Copies of the data in which nobody acts with anybody: labels permuted, degrees kept, every object's clock left alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numba import njit
from numpy.typing import NDArray

from inconcert.detect.layer import UNTIMED, Layer, first_actions

BURN_IN_SWEEPS = 10
THIN_SWEEPS = 2


def permute_labels(layer: Layer, rng: np.random.Generator) -> Layer:
    """The layer with its account column permuted over all actions; an account met twice on an object keeps the first.

    Keeps how active accounts are, how popular objects are and when each was acted on. Objects left with a single account
    drop out of every count by themselves.
    """
    account = layer.account[rng.permutation(len(layer))]
    order = np.lexsort((account, layer.time_us, layer.object))
    return first_actions(
        replace(layer, account=account[order], object=layer.object[order], time_us=layer.time_us[order])
    )


def permutation_p(
    layer: Layer,
    objects: NDArray[np.bool_],
    members: Sequence[NDArray[np.int32]],
    window_us: int,
    *,
    permutations: int,
    work: int,
    rng: np.random.Generator,
) -> tuple[NDArray[np.float64], int]:
    """p-values of the groups' in-window co-actions on the chosen objects, against degree-preserving permutations.

    layer: first actions; objects: (n_objects,) those to count on; members: account codes of each group (disjoint).
    Curveball trades (Strona et al. 2014): two objects swap the accounts they do not share; each object keeps its times and
    its number of accounts, each account its number of objects. p = (1 + copies at least as high) / (1 + copies).
    work: most action moves to spend; fewer copies are drawn when `permutations` would cost more. Returns (p, copies drawn);
    with fewer than 99 copies affordable, none is drawn and every p is 1.
    """
    chosen = layer.keep(objects[layer.object] & (layer.time_us != UNTIMED))
    count = np.bincount(chosen.object, minlength=layer.n_objects)
    start = np.concatenate([[0], np.cumsum(count)]).astype(np.int64)
    usable = np.flatnonzero(count >= 2)
    moves = max(int(count[usable].sum()), 1)
    copies = min(permutations, work // (moves * THIN_SWEEPS) - BURN_IN_SWEEPS // THIN_SWEEPS)
    if copies < 99 or not len(members):
        return np.ones(len(members)), 0
    label = np.full(layer.n_accounts, -1, dtype=np.int64)
    for index, codes in enumerate(members):
        label[codes] = index
    account = chosen.account.copy()
    mark = np.full(layer.n_accounts, -1, dtype=np.int64)
    observed = _within(account, chosen.time_us, start, usable, label, len(members), window_us)
    higher = np.zeros(len(members), dtype=np.int64)
    for sweep in range(BURN_IN_SWEEPS + copies * THIN_SWEEPS):
        _trade(account, start, rng.permutation(usable), mark, rng.integers(0, 2**62))
        if sweep >= BURN_IN_SWEEPS and (sweep - BURN_IN_SWEEPS) % THIN_SWEEPS == THIN_SWEEPS - 1:
            higher += _within(account, chosen.time_us, start, usable, label, len(members), window_us) >= observed
    return np.asarray((1.0 + higher) / (1.0 + copies), dtype=np.float64), copies


@njit(cache=True, nogil=True)
def _trade(account, start, order, mark, seed):  # type: ignore[no-untyped-def]
    """One sweep: neighbours in `order` trade. Slots (times) stay; the accounts only one of the two has are shuffled."""
    np.random.seed(seed % 4294967291)
    pool = np.empty(len(account), dtype=account.dtype)
    slots = np.empty(len(account), dtype=np.int64)
    for pair in range(len(order) // 2):
        a, b = order[2 * pair], order[2 * pair + 1]
        for s in range(start[a], start[a + 1]):
            mark[account[s]] = 2 * pair
        for s in range(start[b], start[b + 1]):
            mark[account[s]] = -2 if mark[account[s]] == 2 * pair else 2 * pair + 1
        n = 0
        for s in range(start[a], start[a + 1]):
            if mark[account[s]] == 2 * pair:
                pool[n], slots[n] = account[s], s
                n += 1
        for s in range(start[b], start[b + 1]):
            if mark[account[s]] == 2 * pair + 1:
                pool[n], slots[n] = account[s], s
                n += 1
        for i in range(n - 1, 0, -1):
            j = np.random.randint(0, i + 1)
            pool[i], pool[j] = pool[j], pool[i]
        for i in range(n):
            account[slots[i]] = pool[i]
        for s in range(start[a], start[a + 1]):
            mark[account[s]] = -1
        for s in range(start[b], start[b + 1]):
            mark[account[s]] = -1


@njit(cache=True, nogil=True)
def _within(account, time_us, start, usable, label, groups, window_us):  # type: ignore[no-untyped-def]
    """Pairs of members of one group on one object within the window, summed over objects: (groups,)."""
    total = np.zeros(groups, dtype=np.int64)
    for o in usable:
        for s in range(start[o], start[o + 1]):
            g = label[account[s]]
            if g < 0:
                continue
            for r in range(s + 1, start[o + 1]):
                if time_us[r] - time_us[s] > window_us:
                    break
                if label[account[r]] == g:
                    total[g] += 1
    return total
