"""Where one habit of one account changed most sharply, and the chance of so sharp a change were its weeks in random order.

A habit is a vector a post (which language, which hour of the clock, which words) summed over days. The statistic at a boundary is the
squared distance between the means before and after it, times the harmonic size of the sides; the largest over all boundaries is
compared with that of the same weeks in random order. Weeks stay whole, so posts of one session, day or event are no independent
evidence, and having looked at every boundary is paid for. What is left of the order are slow drifts and passing phases: those are told by
the four quarters, earlier and later half of either side.
"""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

import numpy as np
from numba import njit

HITS = 10
"""Orders as sharp as the observed one after which p is settled, as hits / draws (Besag and Clifford 1991)."""
MOST_OF_A_DAY, MOST_OF_A_WEEK = 20.0, 60.0
"""Posts for which a day and a week count at most."""
ABRUPT, LASTING = 0.6, 0.5
"""Least change between the inner quarters beside the outer ones (a steady drift has a third); and least of the outer beside the inner (a
phase that passes has next to nothing)."""

P, AT, SHARE, KEPT = range(4)
"""Columns of a result: p-value (1 where nothing could change); place of the first day after the change, -1 for none; share of the variance of
posts that it explains; 1 if it is abrupt and lasting."""


@njit(cache=True, nogil=True)
def category_changes(first, day, code, dims, weights, least_posts, least_weeks, draws, seeds, found):
    """Fill found[a] for every account a, whose posts are rows first[a] to first[a + 1], in order of time, with the day of each and the
    code of what it did; -1 is left out. weights (codes, K): the vector of each code; where it is empty, the `dims - 1` commonest codes
    of an account have a dimension each and the others one together."""
    for a in range(len(first) - 1):
        begin, end = first[a], first[a + 1]
        x, n, days, count = by_day(day[begin:end], code[begin:end], dims, weights)
        change(x[:count], n[:count], days[:count], least_posts, least_weeks, draws, seeds[a], found[a])


@njit(cache=True, nogil=True)
def by_day(day, code, dims, weights):
    """Sums of vectors (days, K), posts, and the days themselves, and how many days."""
    own = len(weights) == 0
    common = _commonest(code, dims - 1) if own else np.zeros(0, dtype=np.int64)
    x = np.zeros((len(day), dims if own else weights.shape[1]))
    n, days = np.zeros(len(day)), np.zeros(len(day), dtype=np.int64)
    count = 0
    for i in range(len(day)):
        if code[i] < 0:
            continue
        if count == 0 or days[count - 1] != day[i]:
            days[count] = day[i]
            count += 1
        n[count - 1] += 1
        if own:
            place = dims - 1
            for k in range(len(common)):
                if common[k] == code[i]:
                    place = k
            x[count - 1, place] += 1
        else:
            x[count - 1] += weights[code[i]]
    return x, n, days, count


@njit(cache=True, nogil=True)
def _commonest(code, most):
    """Up to `most` codes, the commonest first, the lower of equally common ones."""
    ordered = np.sort(code)
    values, counts = np.empty(len(code), dtype=np.int64), np.zeros(len(code), dtype=np.int64)
    held = 0
    for c in ordered:
        if c < 0:
            continue
        if held == 0 or values[held - 1] != c:
            values[held] = c
            held += 1
        counts[held - 1] += 1
    order = np.argsort(-counts[:held], kind="mergesort")
    return values[:held][order][:most]


@njit(cache=True, nogil=True)
def change(x, n, days, least_posts, least_weeks, draws, seed, found):
    """Fill `found` for one habit: x (days, K) sums of the posts' vectors, n posts, days their numbers, ascending."""
    found[P], found[AT], found[SHARE], found[KEPT] = 1.0, -1.0, 0.0, 0.0
    if len(days) < 2:
        return
    y, m = _capped(_held(x), n, MOST_OF_A_DAY)
    profile = sharpness(y, m, least_posts)
    at = int(np.argmax(profile))
    if profile[at] <= 1e-9:
        return
    weeks, of_week = _by_week(y, m, days)
    wx, wn = _capped(weeks, of_week, MOST_OF_A_WEEK)
    observed = _sharpest(wx, wn, least_posts, least_weeks)
    if observed <= 1e-9:
        return
    found[AT], found[SHARE] = at, profile[at] / _spread(y, m)
    found[KEPT] = _abrupt_and_lasting(y, m, at)
    state, hits = np.uint64(seed), 0
    for draw in range(draws):
        for i in range(len(wn) - 1, 0, -1):
            state += np.uint64(0x9E3779B97F4A7C15)
            j = int(_mixed(state) % np.uint64(i + 1))
            wn[i], wn[j] = wn[j], wn[i]
            for k in range(wx.shape[1]):
                wx[i, k], wx[j, k] = wx[j, k], wx[i, k]
        hits += _sharpest(wx, wn, least_posts, least_weeks) >= observed * (1 - 1e-9)
        if hits == HITS:
            found[P] = HITS / (draw + 1)
            return
    found[P] = (1 + hits) / (1 + draws)


@njit(cache=True, nogil=True)
def sharpness(x, n, least_posts):
    """The statistic at each boundary, that before day 0 first; 0 where a side has fewer than `least_posts`."""
    total, posts = np.zeros(x.shape[1]), n.sum()
    for d in range(len(n)):
        total += x[d]
    found, before, past = np.zeros(len(n)), np.zeros(x.shape[1]), 0.0
    for t in range(1, len(n)):
        before += x[t - 1]
        past += n[t - 1]
        if min(past, posts - past) >= least_posts:
            found[t] = _square(before, total, past, posts)
    return found


@njit(inline="always")
def _square(before, total, past, posts):
    square = 0.0
    for k in range(len(total)):
        off = before[k] - total[k] * past / posts
        square += off * off
    return square * posts / (past * (posts - past))


@njit(cache=True, nogil=True)
def _sharpest(x, n, least_posts, least_weeks):
    """The largest statistic with that many posts and weeks on either side; 0 without room."""
    dims, posts = x.shape[1], n.sum()
    total, before = np.zeros(dims), np.zeros(dims)
    for w in range(len(n)):
        for k in range(dims):
            total[k] += x[w, k]
    best, past = 0.0, 0.0
    for t in range(1, len(n) - least_weeks + 1):
        for k in range(dims):
            before[k] += x[t - 1, k]
        past += n[t - 1]
        if t >= least_weeks and min(past, posts - past) >= least_posts:
            best = max(best, _square(before, total, past, posts))
    return best


@njit(cache=True, nogil=True)
def _held(x):
    """The dimensions in which there is anything."""
    used = np.zeros(x.shape[1], dtype=np.bool_)
    for d in range(len(x)):
        used |= x[d] != 0
    return np.ascontiguousarray(x[:, np.flatnonzero(used)])


@njit(cache=True, nogil=True)
def _capped(x, n, most):
    """Sums and counts where no block counts for more than so many posts."""
    y, m = x.copy(), n.copy()
    for d in range(len(n)):
        if n[d] > most:
            y[d] *= most / n[d]
            m[d] = most
    return y, m


@njit(cache=True, nogil=True)
def _by_week(x, n, days):
    """The same by weeks from Monday (day 0, 1 January 1970, was a Thursday)."""
    weeks, of_week = np.zeros((len(days), x.shape[1])), np.zeros(len(days))
    count, last = 0, -1
    for d in range(len(days)):
        week = (days[d] + 3) // 7
        if count == 0 or week != last:
            last = week
            count += 1
        weeks[count - 1] += x[d]
        of_week[count - 1] += n[d]
    return weeks[:count], of_week[:count]


@njit(cache=True, nogil=True)
def _spread(x, n):
    """Squared distance of days' means from that of all, times their posts."""
    mean, square = np.zeros(x.shape[1]), 0.0
    for d in range(len(n)):
        mean += x[d]
    mean /= n.sum()
    for d in range(len(n)):
        off = x[d] / n[d] - mean
        square += n[d] * (off * off).sum()
    return max(square, 1e-9)


@njit(cache=True, nogil=True)
def _abrupt_and_lasting(x, n, at):
    """1 if what changed at that boundary changed there, and is there to stay."""
    middle = np.empty(2, dtype=np.int64)
    for side in range(2):
        begin, end = (0, at) if side == 0 else (at, len(n))
        half, past = n[begin:end].sum() / 2, 0.0
        middle[side] = end - 1
        for d in range(begin, end):
            past += n[d]
            if past >= half:
                middle[side] = min(d + 1, end - 1)
                break
    if middle[0] < 1 or middle[1] <= at:
        return 0.0
    towards = _mean(x, n, at, len(n)) - _mean(x, n, 0, at)
    inner = ((_mean(x, n, at, middle[1]) - _mean(x, n, middle[0], at)) * towards).sum()
    outer = ((_mean(x, n, middle[1], len(n)) - _mean(x, n, 0, middle[0])) * towards).sum()
    return 1.0 if inner > 0 and inner >= ABRUPT * outer and outer >= LASTING * inner else 0.0


@njit(cache=True, nogil=True)
def _mean(x, n, begin, end):
    total = np.zeros(x.shape[1])
    for d in range(begin, end):
        total += x[d]
    return total / n[begin:end].sum()


@njit(inline="always")
def _mixed(state):
    """Output of the generator splitmix64 (Steele, Lea and Flood 2014)."""
    z = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))
