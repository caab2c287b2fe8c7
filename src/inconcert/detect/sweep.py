"""Counting on one machine: sorted arrays swept once, pairs never stored until they count. Same answers as the SQL."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from inconcert.detect import kernel, object_kernels
from inconcert.detect.counts import Actions, CoActions, Unit
from inconcert.detect.layer import Layer, first_actions
from inconcert.detect.scales import EVERY, checked_windows, popularity_caps, stated_caps
from inconcert.errors import InputError
from inconcert.progress import Progress, silent

Counts = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]
_CHUNKS = 64
"""Parts the accounts are counted in, each of about as many actions: for threads, progress and interruption."""


def co_actions(
    layer: Layer,
    windows_us: Sequence[int],
    *,
    min_objects: int = 2,
    max_accounts: int | Sequence[int] | None = None,
    actions: Actions = "first",
    count: Unit = "objects",
    untimed: bool = True,
    threads: int | None = None,
    progress: Progress = silent,
) -> CoActions:
    """Pairs of accounts and their co-actions at every scale; parameters as `CoAction`, whose SQL gives the same.

    threads: None uses every core; the answer does not depend on it. Work grows with the pairs of actions that lie within
    reach of each other, memory with actions and pairs kept. "action_pairs" is left to the SQL: InputError.
    """
    windows = checked_windows(windows_us)
    if count == "action_pairs":
        raise InputError("The sweep counts objects or actions; pairs of actions are counted by an SQL engine.")
    data = first_actions(layer) if actions == "first" else layer
    popularity = object_kernels.popularity(data.account, data.object, data.n_objects, data.n_accounts)
    if max_accounts is not None or count != "objects":
        caps = stated_caps(EVERY if max_accounts is None else max_accounts, windows, untimed=untimed)
    else:
        caps = popularity_caps(popularity[popularity > 1], windows, untimed=untimed)
    reach = np.full(data.n_objects, -1, dtype=np.int8)
    for cap in caps:
        reach += popularity <= cap
    data = _telling(data, reach, np.array(windows, dtype=np.int64), min_objects if count == "objects" else 1)
    codes, source, target, n = _sweep(data, reach, windows, min_objects, actions, count, threads, progress)
    return CoActions(
        layer.kind, windows, caps, min_objects, actions, count, layer.accounts, codes[source], codes[target], n
    )


def _telling(data: Layer, reach: NDArray[np.int8], windows: NDArray[np.int64], fewest: int) -> Layer:
    """Without most actions that can be part of no pair that is kept: nobody else within reach, or accounts with too few.

    Each round can leave others alone; it ends when a round would drop less than a twentieth.
    """
    while len(data):
        mask = object_kernels.has_partner(data.time_us, data.starts(), reach, windows)
        if fewest > 1:
            mask &= np.bincount(data.account[mask], minlength=data.n_accounts)[data.account] >= fewest
        before, after = len(data), int(mask.sum())
        if after < before:
            data = data.keep(mask)
        if after > before * 19 // 20:
            break
    return data


def _sweep(
    data: Layer,
    reach: NDArray[np.int8],
    windows: tuple[int, ...],
    min_objects: int,
    actions: Actions,
    count: Unit,
    threads: int | None,
    progress: Progress,
) -> tuple[NDArray[np.int32], ...]:
    """(codes, source, target, n): source and target are indices into codes, the accounts that still take part."""
    if len(data) >= 2**31:
        raise InputError(f"The sweep holds 2,147,483,647 actions, but this layer has {len(data):,}: use engine spark.")
    codes, account = _renumbered(data.account, data.n_accounts)
    start = data.starts()
    timed = start[:-1] + object_kernels.untimed(data.time_us, start)
    first, place = kernel.places_by_account(account, len(codes))
    group = data.object
    if count == "actions":
        group = np.arange(len(data), dtype=np.int32) if data.post is None else data.post
        place = place if data.post is None else np.lexsort((group, account)).astype(np.int32)
    repeated = actions == "all" or (count == "actions" and data.post is not None)
    parts = np.searchsorted(first, np.linspace(0, len(data), _CHUNKS + 1)[1:-1])
    bounds = np.unique(np.concatenate([[0], parts, [len(codes)]]))

    def part(bound: tuple[int, int]) -> Counts:
        found: Counts = kernel.count_meetings(
            account, data.object, data.time_us, group, start, timed, reach, np.array(windows, dtype=np.int64), first, place,
            bound[0], bound[1], min_objects, count == "actions", repeated,
        )  # fmt: skip
        return found

    results: list[Counts] = [(np.empty(0, np.int32), np.empty(0, np.int32), np.empty((0, len(windows) + 1), np.int32))]
    with ThreadPoolExecutor(threads or os.cpu_count()) as pool:
        for done, result in enumerate(pool.map(part, zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True))):
            results.append(result)
            progress(f"counting {data.kind} co-actions", done + 1, len(bounds) - 1)
    source, target, n = (np.concatenate(column) for column in zip(*results, strict=True))
    return codes, source, target, n


def _renumbered(account: NDArray[np.int32], n_accounts: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """(codes, account): the accounts that act, ascending, and each action's index into them."""
    acts = np.zeros(n_accounts, dtype=np.bool_)
    acts[account] = True
    place = np.cumsum(acts, dtype=np.int32) - 1
    return np.flatnonzero(acts).astype(np.int32), place[account].astype(np.int32)


def object_windows(first: Layer, windows_us: Sequence[int]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """(popularity, pairs) of each object of a layer of first actions: accounts (M,), account pairs within a window (M, W)."""
    start = first.starts()
    pairs = object_kernels.pairs_within(first.time_us, start, _windows(windows_us))
    return np.diff(start).astype(np.int32), pairs


def partners(first: Layer, windows_us: Sequence[int]) -> NDArray[np.uint8]:
    """Index of the smallest window within which another account acted on the same object, W if none: one per first action."""
    nearest: NDArray[np.uint8] = object_kernels.nearest_window(first.time_us, first.starts(), _windows(windows_us))
    return nearest


def rare_pairs(
    first: Layer, max_accounts: int
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32], NDArray[np.int64]]:
    """(source, target, object, gap_us) of all pairs on objects of at most `max_accounts` accounts, by object, source, target.

    gap_us: time between their first actions, NO_GAP when one of them has no time.
    """
    source, target, thing, gap_us = object_kernels.pairs_up_to(
        first.account, first.time_us, first.starts(), max_accounts
    )
    return source, target, thing, gap_us


def shared_objects(
    first: Layer, sources: NDArray[np.int32], targets: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int64]]:
    """(row, object, gap_us) of every object both accounts of a listed pair acted on, whatever its popularity.

    row: index into `sources` and `targets`; sorted by row and object. gap_us as `rare_pairs`.
    """
    by_account, place = kernel.places_by_account(first.account, first.n_accounts)
    row, thing, gap_us = object_kernels.common_objects(
        first.object, first.time_us, by_account, place, np.asarray(sources), np.asarray(targets)
    )
    return row, thing, gap_us


def _windows(windows_us: Sequence[int]) -> NDArray[np.int64]:
    return np.array(checked_windows(windows_us), dtype=np.int64)
