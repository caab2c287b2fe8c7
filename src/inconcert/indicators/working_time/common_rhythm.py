"""Whether accounts share one rhythm of the day at all, or each, or each day, has its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from inconcert.indicators.working_time.offset_posterior import QUARTERS

HARMONICS: Final = 3
_CELLS: Final = 4_000_000


@dataclass(frozen=True)
class Acts:
    """Posts of one group, at most one an account and quarter hour: account (0, 1, ...), day (since 1970, UTC) and quarter (0 to 95, UTC)."""

    account: NDArray[np.int64]
    day: NDArray[np.int64]
    quarter: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.quarter)

    @property
    def counts(self) -> NDArray[np.float64]:
        """Posts by quarter hour of the UTC day: shape (96,)."""
        return np.bincount(self.quarter, minlength=QUARTERS).astype(np.float64)


def chance(acts: Acts, draws: int, rng: np.random.Generator) -> float:
    """Chance of so long a mean arrow on the clock if every account had hours of its own, and every day its own event.

    Each account's posts are an arrow (each account's length grows with the root of its posts, lest one outweigh the rest), and so is what
    all do on a day beyond their usual and beyond what posts do by themselves; all are turned at random. Valid whatever the rhythm within
    accounts and the bursts within days; posts taken one by one (Rayleigh) would be sure of a rhythm in any ten accounts.
    """
    _, a, size = np.unique(acts.account, return_inverse=True, return_counts=True)
    _, d = np.unique(acts.day, return_inverse=True)
    weight = 1 / np.sqrt(size[a])
    point = weight * _points(acts, 1)
    total = point.sum()
    rest = point - weight * (total / weight.sum())
    days = _sums(d, rest)
    beyond = 1 - _squares(_sums(_cells(acts), rest)) / max(_squares(days), 1e-300)
    length = np.abs(_sums(a, point))
    if beyond > 0 and len(days) > 1:
        length = np.concatenate([length, np.abs(days) * np.sqrt(beyond * len(days) / (len(days) - 1))])
    length = np.sort(length)[::-1]
    hits, step = 0, max(1, _CELLS // len(length))
    for start in range(0, draws, step):
        angle = rng.uniform(0, 2 * np.pi, (min(step, draws - start), len(length)))
        hits += int((np.hypot(np.cos(angle) @ length, np.sin(angle) @ length) >= abs(total) * (1 - 1e-9)).sum())
    return (1 + hits) / (1 + draws)


def design_effect(acts: Acts) -> float:
    """How many posts count as one, because those of an account, and of a day, resemble each other; at least 1.

    Variance of the sums of the day's first harmonics, clustered by account and by day (Cameron, Gelbach and Miller 2011), over that of
    independent posts.
    """
    _, a = np.unique(acts.account, return_inverse=True)
    _, d = np.unique(acts.day, return_inverse=True)
    cell = _cells(acts)
    units = (int(a.max()) + 1, int(d.max()) + 1)
    if min(units) < 2:
        return float(len(acts))
    clustered = alone = 0.0
    for harmonic in range(1, HARMONICS + 1):
        point = _points(acts, harmonic)
        off = point - point.mean()
        by_account, by_day = (_squares(_sums(code, off)) * n / (n - 1) for code, n in zip((a, d), units, strict=True))
        clustered += by_account + by_day - _squares(_sums(cell, off))
        alone += _squares(off)
    return max(1.0, clustered / alone) if alone > 0 else float(len(acts))


def effective_accounts(acts: Acts) -> float:
    """How many equally active accounts would average out habits as well: at most as many as there are."""
    size = np.unique(acts.account, return_counts=True)[1].astype(np.float64)
    return float(size.sum() ** 2 / (size**2).sum())


def shared_part(acts: Acts) -> float | None:
    """How much of the accounts' own rhythm is one they share: about 1 where all keep the same hours, 0 where each keeps its own.

    Likeness of posts of different accounts over likeness of posts of one account, both on different days. About .75 where people of one zone
    rise and sleep two hours apart, .37 for halves seven hours apart (the American east and Europe). None where accounts show no rhythm of
    their own to compare with (too few posts on several days).
    """
    _, a, size = np.unique(acts.account, return_inverse=True, return_counts=True)
    _, d = np.unique(acts.day, return_inverse=True)
    cell = _cells(acts)
    weight = 1 / np.sqrt(size[a])

    def pairs(values: NDArray[np.complex128]) -> tuple[float, float]:
        """Over ordered pairs of posts on different days: of one account, of two accounts."""
        own = _squares(_sums(a, values)) - _squares(_sums(cell, values))
        return own, float(abs(values.sum()) ** 2) - _squares(_sums(d, values)) - own

    own, other = pairs(weight * _points(acts, 1))
    n_own, n_other = pairs(weight.astype(np.complex128))
    if n_own <= 1e-9 or n_other <= 1e-9:
        return None
    # of posts at random, the mean of half as many uncorrelated cosines, each of variance a half
    likeness, noise = own / n_own, 1 / np.sqrt(_squares(size) - _squares(np.bincount(cell)))
    return None if likeness <= 2 * noise else float((other / n_other) / likeness)


def _points(acts: Acts, harmonic: int) -> NDArray[np.complex128]:
    """Each post as a point of the circle of the day."""
    return np.asarray(np.exp(2j * np.pi * harmonic * acts.quarter / QUARTERS), dtype=np.complex128)


def _cells(acts: Acts) -> NDArray[np.int64]:
    """Number of each post's account and day."""
    return np.asarray(
        np.unique(acts.account * (int(acts.day.max()) + 1) + acts.day, return_inverse=True)[1], dtype=np.int64
    )


def _sums(code: NDArray[np.int64], values: NDArray[np.complex128]) -> NDArray[np.complex128]:
    return np.asarray(np.bincount(code, values.real) + 1j * np.bincount(code, values.imag), dtype=np.complex128)


def _squares(values: NDArray[np.generic]) -> float:
    return float((np.abs(values.astype(np.complex128)) ** 2).sum())
