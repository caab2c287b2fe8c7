"""Do two pictures share details at matching places: the inner loop of joining crops, framed copies and ones with words on them.

The hash of a detail and its place are those of media/features. Copies are moved and scaled, never turned.
"""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

import numpy as np
from numba import njit

from inconcert.copies.bits import ones

LEAST_ALIKE = 16
"""Details two pictures must share at the same places to be parts of one."""

LEAST_SHARE = 0.3
"""Of the details of either in the part both show. Of generated copies of all kinds at least 0.36 of the original's are met
again, of pictures made from one template at most 0.25."""

LEAST_COVERED = 0.4
"""Of the area of either that both show: 0.55 when 15 % are cut off both ways and bars of 15 % stand above and below the other,
less where the picture has margins of its own, which are taken for bars in one copy only."""

MOST_COVERED = 0.5
LEAST_SPREAD = 0.5
"""Below MOST_COVERED the details met again must spread over half of the width and of the height of what both show: one house
on two pictures is not one picture."""

_BITS = 16
"""Most bits by which the hashes of a detail and its copy differ when it is first looked for."""

_GUIDED_BITS = 18
"""The same once it is known where the copy must be."""

_LEAST_AGREED = 6
_NEAR, _AT = 0.02, 0.012
"""How far a match may be from where the others say it is, in longest sides: at first, and once the place is known."""

_STEP = np.log(2.0) / 4
_SIZES_OFF = 1.1 * _STEP
"""Logarithm of the ratio of neighbouring sizes, and how far the sizes of two details may be from what the scale says."""


@njit(cache=True, nogil=True)
def alike(x, y, size, hashes, a, a_end, b, b_end, extent_a, extent_b):
    """Whether the details [a, a_end) and [b, b_end) are of one picture, of which both show a part at some scale.

    x, y: places in the two pictures, longest side 1; size: 0 to 5; extent: (2,) width and height of each.
    """
    if a_end - a < LEAST_ALIKE or b_end - b < LEAST_ALIKE:
        return False
    n_a, n_b = a_end - a, b_end - b
    bits = np.empty((n_a, n_b), dtype=np.int64)
    for i in range(n_a):
        for j in range(n_b):
            bits[i, j] = ones(hashes[a + i] ^ hashes[b + j])
    nearest = np.zeros(n_b, dtype=np.int64)
    for j in range(n_b):
        for i in range(n_a):
            if bits[i, j] < bits[nearest[j], j]:
                nearest[j] = i
    mine = np.empty(n_a, dtype=np.int64)
    theirs = np.empty(n_a, dtype=np.int64)
    met = 0
    for i in range(n_a):
        best = 0
        for j in range(n_b):
            if bits[i, j] < bits[i, best]:
                best = j
        if bits[i, best] <= _BITS and nearest[best] == i:
            mine[met], theirs[met] = a + i, b + best
            met += 1
    scale, right, down, agreed = _placed(x, y, size, mine[:met], theirs[:met])
    if agreed < _LEAST_AGREED:
        return False
    return _share(x, y, size, bits, a, b, extent_a, extent_b, scale, right, down)


@njit(cache=True, nogil=True)
def _placed(x, y, size, mine, theirs):
    """(scale, right, down, how many agree): how one picture lies on the other, by what most matches say."""
    best, best_at, best_scale = 0, -1, 1.0
    for number in range(23):
        scale = np.exp((number - 11) * 0.046)
        for m in range(len(mine)):
            if abs((size[theirs[m]] - size[mine[m]]) * _STEP - np.log(scale)) > _SIZES_OFF:
                continue
            right, down = x[theirs[m]] - scale * x[mine[m]], y[theirs[m]] - scale * y[mine[m]]
            agreed = 0
            for k in range(len(mine)):
                if (
                    abs(x[theirs[k]] - scale * x[mine[k]] - right) <= _NEAR
                    and abs(y[theirs[k]] - scale * y[mine[k]] - down) <= _NEAR
                    and abs((size[theirs[k]] - size[mine[k]]) * _STEP - np.log(scale)) <= _SIZES_OFF
                ):
                    agreed += 1
            if agreed > best:
                best, best_at, best_scale = agreed, m, scale
    if best < 3:
        return 1.0, 0.0, 0.0, 0
    return _refined(x, y, mine, theirs, best_at, best_scale, best)


@njit(cache=True, nogil=True)
def _refined(x, y, mine, theirs, at, scale, agreed):
    """Least squares over the matches that agree with the one found."""
    right, down = x[theirs[at]] - scale * x[mine[at]], y[theirs[at]] - scale * y[mine[at]]
    n = 0.0
    px = py = qx = qy = pp = pq = 0.0
    for k in range(len(mine)):
        p, q = mine[k], theirs[k]
        if abs(x[q] - scale * x[p] - right) <= _NEAR and abs(y[q] - scale * y[p] - down) <= _NEAR:
            n += 1
            px, py, qx, qy = px + x[p], py + y[p], qx + x[q], qy + y[q]
            pp += x[p] * x[p] + y[p] * y[p]
            pq += x[p] * x[q] + y[p] * y[q]
    spread = pp - (px * px + py * py) / n
    if spread > 1e-3:
        fitted = (pq - (px * qx + py * qy) / n) / spread
        if 0.5 < fitted < 2.0:
            scale = fitted
    return scale, (qx - scale * px) / n, (qy - scale * py) / n, agreed


@njit(cache=True, nogil=True)
def _share(x, y, size, bits, a, b, extent_a, extent_b, scale, right, down):
    """Whether enough of the details of both, in the part both show, are met again at their place in the other."""
    n_a, n_b = bits.shape
    wide = min(extent_a[0] * scale + right, extent_b[0]) - max(right, 0.0)
    high = min(extent_a[1] * scale + down, extent_b[1]) - max(down, 0.0)
    larger = max(extent_b[0] * extent_b[1], extent_a[0] * extent_a[1] * scale * scale)
    if wide <= 0 or high <= 0 or wide * high < LEAST_COVERED * larger:
        return False
    again_a = np.zeros(n_a, dtype=np.bool_)
    again_b = np.zeros(n_b, dtype=np.bool_)
    shown_a = shown_b = 0
    left = up = 2.0
    far = low = -2.0
    for j in range(n_b):
        at_x, at_y = (x[b + j] - right) / scale, (y[b + j] - down) / scale
        shown_b += 0 <= at_x <= extent_a[0] and 0 <= at_y <= extent_a[1]
    for i in range(n_a):
        at_x, at_y = scale * x[a + i] + right, scale * y[a + i] + down
        if not (0 <= at_x <= extent_b[0] and 0 <= at_y <= extent_b[1]):
            continue
        shown_a += 1
        for j in range(n_b):
            if (
                bits[i, j] <= _GUIDED_BITS
                and abs(at_x - x[b + j]) <= _AT
                and abs(at_y - y[b + j]) <= _AT
                and abs((size[b + j] - size[a + i]) * _STEP - np.log(scale)) <= _SIZES_OFF
            ):
                again_a[i] = again_b[j] = True
                left, far = min(left, at_x), max(far, at_x)
                up, low = min(up, at_y), max(low, at_y)
    narrow = far - left < LEAST_SPREAD * wide or low - up < LEAST_SPREAD * high
    if narrow and wide * high < MOST_COVERED * larger:
        return False
    met_a, met_b = again_a.sum(), again_b.sum()
    return min(met_a, met_b) >= LEAST_ALIKE and met_a >= LEAST_SHARE * shown_a and met_b >= LEAST_SHARE * shown_b
