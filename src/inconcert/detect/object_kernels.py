"""Inner loops over the actions of one object: who acted, how close together, and what two accounts have in common."""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

import numpy as np
from numba import njit

from inconcert.detect.layer import NO_GAP, UNTIMED


@njit(cache=True, nogil=True)
def popularity(account, thing, n_objects, n_accounts):
    """int32 (n_objects,): distinct accounts on each object; actions sorted by object."""
    found = np.zeros(n_objects, dtype=np.int32)
    last = np.full(n_accounts, -1, dtype=np.int32)
    for p in range(len(account)):
        if last[account[p]] != thing[p]:
            last[account[p]] = thing[p]
            found[thing[p]] += 1
    return found


@njit(cache=True, nogil=True)
def untimed(time_us, start):
    """int64 (M,): actions without a time at the head of each object."""
    found = np.zeros(len(start) - 1, dtype=np.int64)
    for o in range(len(found)):
        while start[o] + found[o] < start[o + 1] and time_us[start[o] + found[o]] == UNTIMED:
            found[o] += 1
    return found


@njit(cache=True, nogil=True)
def pairs_within(time_us, start, windows):
    """int64 (M, W): pairs of timed actions of each object at most a window apart."""
    pairs = np.zeros((len(start) - 1, len(windows)), dtype=np.int64)
    for o in range(len(pairs)):
        head = start[o]
        while head < start[o + 1] and time_us[head] == UNTIMED:
            head += 1
        for w in range(len(windows)):
            low = head
            for p in range(head, start[o + 1]):
                while time_us[p] - time_us[low] > windows[w]:
                    low += 1
                pairs[o, w] += p - low
    return pairs


@njit(cache=True, nogil=True)
def nearest_window(time_us, start, windows):
    """uint8 (actions,): smallest window that reaches the action before or after on the same object, W if none does."""
    nearest = np.full(len(time_us), len(windows), dtype=np.uint8)
    for o in range(len(start) - 1):
        for p in range(start[o], start[o + 1]):
            if time_us[p] == UNTIMED:
                continue
            gap = NO_GAP
            if p > start[o] and time_us[p - 1] != UNTIMED:
                gap = time_us[p] - time_us[p - 1]
            if p + 1 < start[o + 1]:
                gap = min(gap, time_us[p + 1] - time_us[p])
            w = 0
            while w < len(windows) and gap > windows[w]:
                w += 1
            nearest[p] = w
    return nearest


@njit(cache=True, nogil=True)
def has_partner(time_us, start, reach, windows):
    """bool (actions,): whether another action on the object counts with it; reach: widest scale of each object, W untimed."""
    found = np.zeros(len(time_us), dtype=np.bool_)
    for o in range(len(start) - 1):
        if reach[o] == len(windows):
            found[start[o] : start[o + 1]] = start[o + 1] - start[o] > 1
        elif reach[o] >= 0:
            for p in range(start[o] + 1, start[o + 1]):
                if time_us[p - 1] != UNTIMED and time_us[p] - time_us[p - 1] <= windows[reach[o]]:
                    found[p - 1] = True
                    found[p] = True
    return found


@njit(cache=True, nogil=True)
def _gap(a, b):
    return NO_GAP if a == UNTIMED or b == UNTIMED else abs(a - b)


@njit(cache=True, nogil=True)
def pairs_up_to(account, time_us, start, max_accounts):
    """(source, target, thing, gap_us) of all pairs of accounts on objects of at most max_accounts actions."""
    size = 0
    for o in range(len(start) - 1):
        k = start[o + 1] - start[o]
        if k <= max_accounts:
            size += k * (k - 1) // 2
    source = np.empty(size, dtype=np.int32)
    target = np.empty(size, dtype=np.int32)
    thing = np.empty(size, dtype=np.int32)
    gap_us = np.empty(size, dtype=np.int64)
    at = 0
    for o in range(len(start) - 1):
        k = start[o + 1] - start[o]
        if k > max_accounts or k < 2:
            continue
        order = start[o] + np.argsort(account[start[o] : start[o + 1]])
        for x in range(k):
            for y in range(x + 1, k):
                p, q = order[x], order[y]
                source[at], target[at], thing[at] = account[p], account[q], o
                gap_us[at] = _gap(time_us[p], time_us[q])
                at += 1
    return source, target, thing, gap_us


@njit(cache=True, nogil=True)
def common_objects(thing, time_us, first, place, sources, targets):
    """(row, thing, gap_us) of the objects both accounts of each listed pair acted on."""
    owned = thing[place]
    row = np.empty(1024, dtype=np.int64)
    common = np.empty(1024, dtype=np.int32)
    gap_us = np.empty(1024, dtype=np.int64)
    size = 0
    for r in range(len(sources)):
        few, many = sources[r], targets[r]
        if first[few + 1] - first[few] > first[many + 1] - first[many]:
            few, many = many, few
        y, end = first[many], first[many + 1]
        for x in range(first[few], first[few + 1]):
            step = 1  # gallop: lists of like length are merged, a short one is looked up in a long one
            while y + step < end and owned[y + step] < owned[x]:
                y += step
                step *= 2
            y += np.searchsorted(owned[y : min(y + step + 1, end)], owned[x])
            if y == end:
                break
            if owned[y] != owned[x]:
                continue
            if size == len(row):
                row = np.concatenate((row, np.empty_like(row)))
                common = np.concatenate((common, np.empty_like(common)))
                gap_us = np.concatenate((gap_us, np.empty_like(gap_us)))
            row[size], common[size] = r, owned[x]
            gap_us[size] = _gap(time_us[place[x]], time_us[place[y]])
            size += 1
    return row[:size].copy(), common[:size].copy(), gap_us[:size].copy()
