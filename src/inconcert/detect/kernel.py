"""The inner loop of the sweep: one account at a time, a counter for everybody it meets, no pair ever stored twice."""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def places_by_account(account, n_accounts):
    """(first, place): account a's actions are place[first[a]:first[a + 1]], ascending positions."""
    first = np.zeros(n_accounts + 1, dtype=np.int64)
    for a in account:
        first[a + 1] += 1
    for a in range(n_accounts):
        first[a + 1] += first[a]
    free = first[:-1].copy()
    place = np.empty(len(account), dtype=np.int32)
    for p in range(len(account)):
        place[free[account[p]]] = p
        free[account[p]] += 1
    return first, place


@njit(inline="always")
def _note(j, more, counters, touched, met):
    """Count one more meeting with account j, without a branch that could be guessed wrong; returns accounts met so far."""
    word = counters[j]
    touched[met] = j
    counters[j] = word + more
    return met + (word == 0)


@njit(cache=True, nogil=True)
def _meet(j, scale, reach, increments, counters, touched, met, seen, group):
    """As `_note`, for an account that may be met again in the group: only scales below those already counted are added."""
    mark = seen[j]
    if mark >> 3 == group:
        if mark & 7 <= scale:
            return met
        reach = (mark & 7) - 1
    seen[j] = group << 3 | scale
    return _note(j, increments[scale, reach], counters, touched, met)


@njit(cache=True, nogil=True)
def count_meetings(
    account, thing, time_us, group, start, timed, reach, windows, first, place, low, high, minimum, directed, repeated
):
    """(source, target, n) of the accounts low <= source < high; n int32 (P, W + 1), sorted by source and target.

    account, thing, time_us: actions sorted by (thing, time_us); start, timed: (M + 1,) and (M,) where each thing's actions
    and its timed actions begin; reach: (M,) the widest scale each thing counts at, W for untimed. first, place: actions by
    account. group: (actions,) what is counted once a pair, equal values of an account being neighbours in `place`; only
    read when `repeated`, which says that an account may meet another more than once in a group. directed: every meeting
    counts for both sides; otherwise for the smaller account. minimum: smallest count, at any scale, that is kept.

    The counts of all scales of one pair are packed into one word of 63 // (W + 1) bits each, and moved to a wide table
    before any of them can overflow: an account adds at most one to each per group.
    """
    scales = len(windows) + 1
    untimed = scales - 1
    bits = 63 // scales
    limit = (np.int64(1) << bits) - 1
    increments = np.zeros((scales, scales), dtype=np.int64)
    ones = np.int64(0)
    for s in range(scales):
        ones |= np.int64(1) << (bits * s)
        for e in range(s, scales):
            for c in range(s, e + 1):
                increments[s, e] |= np.int64(1) << (bits * c)
    n_accounts = len(first) - 1
    counters = np.zeros(n_accounts, dtype=np.int64)
    touched = np.empty(n_accounts + 1, dtype=np.int32)
    seen = np.zeros(n_accounts if repeated else 0, dtype=np.int64)
    wide = np.zeros((0, scales), dtype=np.int32)
    is_wide = np.zeros(0, dtype=np.bool_)
    kept = np.empty(n_accounts, dtype=np.int32)
    source = np.empty(1024, dtype=np.int32)
    target = np.empty(1024, dtype=np.int32)
    n = np.empty((1024, scales), dtype=np.int32)
    size = 0
    serial = np.int64(0)
    for i in range(low, high):
        if first[i + 1] - first[i] < minimum:
            continue
        floor = -1 if directed else i
        met = 0
        n_wide = 0
        groups = 0
        previous = -1
        for x in range(first[i], first[i + 1]):
            p = place[x]
            if not repeated or groups == 0 or group[p] != previous:
                if groups == limit:
                    if len(wide) == 0:
                        wide = np.zeros((n_accounts, scales), dtype=np.int32)
                        is_wide = np.zeros(n_accounts, dtype=np.bool_)
                    n_wide = _widen(counters, touched, met, wide, is_wide, kept, n_wide, bits, limit)
                    met = 0
                    groups = 0
                groups += 1
                serial += 1
                if repeated:
                    previous = group[p]
            o = thing[p]
            e = reach[o]
            t = time_us[p]
            if not repeated:
                q = p - 1
                r = p + 1
                if p >= timed[o]:
                    for s in range(min(e, untimed - 1) + 1):
                        more = increments[s, e]
                        while q >= timed[o] and t - time_us[q] <= windows[s]:
                            if account[q] > floor:
                                met = _note(account[q], more, counters, touched, met)
                            q -= 1
                        while r < start[o + 1] and time_us[r] - t <= windows[s]:
                            if account[r] > floor:
                                met = _note(account[r], more, counters, touched, met)
                            r += 1
                if e == untimed:
                    more = increments[e, e]
                    while q >= start[o]:
                        if account[q] > floor:
                            met = _note(account[q], more, counters, touched, met)
                        q -= 1
                    while r < start[o + 1]:
                        if account[r] > floor:
                            met = _note(account[r], more, counters, touched, met)
                        r += 1
                continue
            for step in (-1, 1):
                scale = 0 if p >= timed[o] else untimed
                q = p + step
                while start[o] <= q < start[o + 1]:
                    if q < timed[o]:
                        scale = untimed
                    while scale < untimed and abs(time_us[q] - t) > windows[scale]:
                        scale += 1
                    if scale > e:
                        break
                    j = account[q]
                    if j > floor and j != i:
                        met = _meet(j, scale, e, increments, counters, touched, met, seen, serial)
                    q += step
        found = 0
        if n_wide > 0:
            n_wide = _widen(counters, touched, met, wide, is_wide, kept, n_wide, bits, limit)
            for y in range(n_wide):
                j = kept[y]
                is_wide[j] = False
                if wide[j].max() >= minimum:
                    kept[found] = j
                    found += 1
                else:
                    wide[j] = 0
        else:
            for y in range(met):
                j = touched[y]
                word = counters[j]
                enough = minimum <= 1
                if word & ~ones:  # a count of two or more at some scale
                    for s in range(scales):
                        enough |= (word >> (bits * s)) & limit >= minimum
                if enough:
                    kept[found] = j
                    found += 1
                else:
                    counters[j] = 0
        if found == 0:
            continue
        kept[:found].sort()
        if size + found > len(source):
            room = max(2 * len(source), size + found)
            source = _grown(source, size, room)
            target = _grown(target, size, room)
            grown = np.empty((room, scales), dtype=np.int32)
            grown[:size] = n[:size]
            n = grown
        for y in range(found):
            j = kept[y]
            source[size] = i
            target[size] = j
            for s in range(scales):
                n[size, s] = wide[j, s] if n_wide > 0 else (counters[j] >> (bits * s)) & limit
            if n_wide > 0:
                wide[j] = 0
            counters[j] = 0
            size += 1
    return source[:size].copy(), target[:size].copy(), n[:size].copy()


@njit(cache=True, nogil=True)
def _widen(counters, touched, met, wide, is_wide, listed, n_wide, bits, limit):
    """Move the packed counts to the wide table; `listed` holds the accounts that stand there."""
    for y in range(met):
        j = touched[y]
        if not is_wide[j]:
            is_wide[j] = True
            listed[n_wide] = j
            n_wide += 1
        for s in range(wide.shape[1]):
            wide[j, s] += (counters[j] >> (bits * s)) & limit
        counters[j] = 0
    return n_wide


@njit(cache=True, nogil=True)
def _grown(values, size, room):
    grown = np.empty(room, dtype=values.dtype)
    grown[:size] = values[:size]
    return grown
