"""How much one account posts like a clock: four statistics of its moments, each with a p-value that people's bursts
do not lower.

People post in bursts, so their posts are not independent; tests of the clock face and of periods therefore see one
post of each hour, drawn at random: a clock keeps its phase in them, a burst is one post. Effects run from 0, as
irregular as people, to 1, clockwork.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.fft import rfft
from scipy.optimize import brentq
from scipy.special import gammainc
from scipy.stats import binom, gamma

from inconcert.indicators.monte_carlo import sequential_p

HOUR_US, DAY_US, SECOND_US = 3_600_000_000, 86_400_000_000, 1_000_000
FACES = 60
LONGEST_GAP_US = 2 * HOUR_US
"""Longer gaps are meals, work and nights: rhythms of people."""
LEAST = 30
"""Posts, or gaps, without which a test is not made."""
SEGMENT_US, BIN_US = 30 * DAY_US, 30 * SECOND_US
MOST_SEGMENTS = 6
EVEN_HOURS = 600
"""Hours of an even face that the face of other accounts is drawn towards."""
PEAK = 1.25
"""A minute is a peak beyond so many times its ordinary share."""
ORDINARY = -0.3
"""Burstiness below which gaps are too even for people."""
SHAPE = ((1 - ORDINARY) / (1 + ORDINARY)) ** 2
"""Of the gamma distribution with that burstiness: its coefficient of variation is (1 + A) / (1 - A)."""
WIDEST = 0.5
"""Scale at which a fifth of that gamma still lies below the longest gap."""
MOST_GAPS = 200

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Sign:
    """One test of one account. kind: what it looks at, in words. p: chance in an account that is no clock. low, high:
    95% interval of the effect.
    number: the statistic in words. period_us: of the strongest period, where that is the test."""

    kind: str
    p: float
    effect: float
    low: float
    high: float
    number: str
    period_us: float | None = None


def one_an_hour(time_us: Ints, rng: np.random.Generator) -> Ints:
    """One random moment of each clock hour that has any, sorted. time_us: sorted, without repeats."""
    hours, first, count = np.unique(time_us // HOUR_US, return_index=True, return_counts=True)
    return np.asarray(time_us[first + np.floor(rng.random(len(hours)) * count).astype(np.int64)])


@dataclass(frozen=True)
class Face:
    """What ordinary accounts do. shares: (60,), of their hours at each minute or second. n: hours it rests on,
    infinite where it is known."""

    shares: Floats
    n: float


def ordinary_face(counts: Floats) -> Face:
    """The face of other accounts, from their pooled counts (60,), drawn towards an even one; even where there are
    none."""
    n = float(counts.sum())
    even = np.full(FACES, EVEN_HOURS / FACES)
    return Face((counts + even) / (n + EVEN_HOURS), n + EVEN_HOURS if n else np.inf)


def face_counts(hourly_us: Ints, unit_us: int) -> Floats:
    """Hours by minute of the hour, or by second of the minute, as unit_us says: (60,)."""
    return np.bincount(hourly_us // unit_us % FACES, minlength=FACES).astype(float)


def clock_face(counts: Floats, ordinary: Face, kind: str, copies: int, rng: np.random.Generator) -> Sign | None:
    """Whether minutes of the hour or seconds of the minute are too uneven, as with a timer, or too even, as where
    posts are dealt out.

    Chi-square by Monte Carlo in both tails, and the exact binomial tail of the fullest minute, which Monte Carlo
    cannot resolve; Bonferroni over the three. None with too few posts.
    """
    n, shares = int(counts.sum()), ordinary.shares
    if n < LEAST:
        return None
    chi = float(((counts - n * shares) ** 2 / (n * shares)).sum())
    edges = np.cumsum(shares)
    edges[-1] = 1.0

    def draw(k: int) -> Floats:
        drawn = np.asarray(_chi_squares(n, shares, edges, k, int(rng.integers(2**31))))
        return np.stack([drawn, -drawn], axis=1)

    peak = FACES * float(binom.sf(counts - 1, n, np.minimum(PEAK * np.maximum(shares, 1 / FACES), 1)).min())
    uneven = even = 1.0
    if peak * (copies + 1) > 1:  # below, no number of copies would change the least of the three
        # doubt about the ordinary face makes accounts look uneven, never even
        (uneven, even), _ = sequential_p(draw, np.array([chi / (1 + n / ordinary.n), -chi]), copies)
    p = 3 * min(float(uneven), float(even), peak)
    clock = min(float(uneven), peak) <= even
    drawn = rng.multinomial(n, counts / n, size=199)
    # a resample scatters about the observed counts, and so adds an unevenness of its own
    spread = ((drawn - n * shares) ** 2 / (n * shares)).sum(axis=1) - (counts * (1 - counts / n) / (n * shares)).sum()
    over = np.append(spread, chi) - (FACES - 1)
    effects = np.sqrt(np.clip(over / n / (FACES - 1), 0, 1)) if clock else np.clip(-over / (FACES - 1), 0, 1)
    low, high = np.quantile(effects, [0.025, 0.975])
    number = f"chi-square {chi:.0f} on {FACES - 1} degrees of freedom over {n} hours, {'uneven' if clock else 'even'}"
    return Sign(
        kind, min(1.0, max(p, 1e-300)), float(effects[-1]), float(min(low, effects[-1])), float(max(high,
        effects[-1])), number
    )  # fmt: skip


def burstiness(gaps: Floats) -> float:
    """Kim and Jo's finite-size burstiness of these gaps: -1 a clock, 0 independent moments, 1 a single burst."""
    return float(_burstiness(np.array([gaps.mean()]), np.array([gaps.std()]), len(gaps))[0])


def _burstiness(mean: Floats, spread: Floats, n: int) -> Floats:
    r = spread / np.maximum(mean, 1e-12)
    found = (np.sqrt(n + 1) * r - np.sqrt(n - 1)) / ((np.sqrt(n + 1) - 2) * r + np.sqrt(n - 1))
    return np.asarray(np.where(mean > 0, found, 0.0))


def even_gaps(time_us: Ints, resolution_us: int, copies: int, rng: np.random.Generator) -> Sign | None:
    """Whether gaps of up to two hours are more even than those of any ordinary account, in the lower tail.

    Ordinary is a burstiness down to ORDINARY, as with gamma-distributed gaps cut off at two hours; rhythms and
    sessions only make gaps less even. A gap in whole units of resolution_us is at least one of them, which alone
    would look even, and is counted from there. None with too few gaps.
    """
    whole = np.diff(time_us)
    gaps = (whole[whole <= LONGEST_GAP_US] - resolution_us) / (LONGEST_GAP_US - resolution_us)
    gaps = np.maximum(gaps.astype(float), 0.0)
    if len(gaps) < LEAST:
        return None
    n = len(gaps)
    if n > MOST_GAPS:
        gaps = gaps[np.sort(rng.choice(n, MOST_GAPS, replace=False))]
    observed, scale = burstiness(gaps), gap_scale(float(gaps.mean()))

    def draw(k: int) -> Floats:
        kept = np.empty(0)
        while len(kept) < k * len(gaps):
            tried = rng.gamma(SHAPE, scale, k * len(gaps))
            kept = np.append(kept, tried[tried <= 1])
        rows = kept[: k * len(gaps)].reshape(k, len(gaps))
        return -_burstiness(rows.mean(axis=1), rows.std(axis=1), len(gaps))[:, None]

    p, _ = sequential_p(draw, np.array([-observed]), copies)
    picked = gaps[rng.integers(0, len(gaps), (199, len(gaps)))]
    effects = np.maximum(0.0, -_burstiness(picked.mean(axis=1), picked.std(axis=1), len(gaps)))
    low, high = np.quantile(effects, [0.025, 0.975])
    effect = max(0.0, -observed)
    number = f"burstiness {observed:z.2f} over {n} gaps of at most 2 hours, 0 without any regularity"
    return Sign("gaps", float(p[0]), effect, float(min(low, effect)), float(max(high, effect)), number)


def dominant_period(hourly_us: Ints, rng: np.random.Generator) -> Sign | None:
    """The strongest period between 2 minutes and an hour by Schuster's periodogram, summed over months, Bonferroni
    over all frequencies. Periods that divide an hour are the clock face's, longer ones people's. None with too few
    posts."""
    months = _months(hourly_us)
    if not months:
        return None
    bins = SEGMENT_US // BIN_US
    cycles = np.arange(bins + 1) / 2  # a month holds so many; twice as fine as independent frequencies lie
    hours = SEGMENT_US // HOUR_US
    # what repeats every hour or its parts leaks to either side, the further the shorter the time it was seen for
    leak = 2 * SEGMENT_US / min(int(m[-1] - m[0]) + HOUR_US for m in months)
    beside = np.abs(cycles - np.round(cycles / hours) * hours) > leak
    tried = beside & (cycles > hours) & (cycles < SEGMENT_US // (120 * SECOND_US))
    if not tried.any():
        return None
    power = np.zeros(int(tried.sum()))
    for month in months:
        series = np.bincount(month // BIN_US, minlength=bins).astype(float)
        power += np.abs(rfft(series, 2 * bins)[tried]) ** 2 / len(month)
    best = int(np.argmax(power))
    p = min(1.0, len(power) * float(gamma.sf(power[best], len(months))))
    turns = [np.exp(-2j * np.pi * cycles[tried][best] * m / SEGMENT_US) for m in months]
    effect = _resultant(turns)
    spread = [_resultant([t[rng.integers(0, len(t), len(t))] for t in turns]) for _ in range(99)]
    low, high = np.quantile(spread, [0.025, 0.975])
    period_us = float(SEGMENT_US / cycles[tried][best])
    number = (
        f"a period of {period_us / SECOND_US:.1f} seconds of strength {effect:.2f} over {sum(map(len, months))} hours"
    )
    return Sign(
        "period", max(p, 1e-300), effect, float(min(low, effect)), float(max(high, effect)), number, period_us
    )  # fmt: skip


def phases(hourly_us: Ints, period_us: float) -> Floats:
    """How far in a period each moment falls from the usual one of its month, -0.5 to 0.5, in the months that
    `dominant_period` sees."""
    turns = [np.exp(2j * np.pi * month / period_us) for month in _months(hourly_us)]
    return np.concatenate([np.zeros(0), *(np.angle(turn * np.conj(turn.mean())) / (2 * np.pi) for turn in turns)])


def _months(hourly_us: Ints) -> list[Ints]:
    """Moments since the start of each month that has enough, of at most MOST_SEGMENTS, the fullest last."""
    span = hourly_us - hourly_us[0] if len(hourly_us) else hourly_us
    months = [span[span // SEGMENT_US == m] for m in np.unique(span // SEGMENT_US)]
    return sorted((m % SEGMENT_US for m in months if len(m) >= LEAST), key=len)[-MOST_SEGMENTS:]


def gap_entropy(time_us: Ints) -> float | None:
    """Entropy, bits, of the gaps between posts in bins of half a doubling from a second on; None with too few."""
    counts = gap_counts(time_us)
    if counts.sum() < LEAST:
        return None
    shares = counts[counts > 0] / counts.sum()
    return float(-(shares * np.log2(shares)).sum())


def gap_counts(time_us: Ints) -> Ints:
    """Gaps in bins of half a doubling: bin k from 2^(k/2) seconds on, the first with all shorter ones."""
    gaps = np.diff(time_us) / SECOND_US
    return np.bincount(np.floor(2 * np.log2(np.maximum(gaps, 1))).astype(np.int64))


def _resultant(turns: list[NDArray[np.complex128]]) -> float:
    """Mean length of the resultant within months, without what chance adds."""
    n = sum(map(len, turns))
    square = sum(len(t) * (abs(t.mean()) ** 2 - 1 / len(t)) for t in turns) / n
    return float(np.sqrt(max(0.0, square)))


def gap_scale(mean: float) -> float:
    """Scale of the gamma of SHAPE cut off at 1 that has this mean, at most WIDEST."""

    def off(log_scale: float) -> float:
        scale = np.exp(log_scale)
        return float(SHAPE * scale * gammainc(SHAPE + 1, 1 / scale) / gammainc(SHAPE, 1 / scale)) - mean

    if off(np.log(WIDEST)) <= 0:
        return WIDEST
    return float(np.exp(brentq(off, np.log(1e-7), np.log(WIDEST)))) if mean > 1e-6 else 1e-7


@njit(cache=True, nogil=True)
def _chi_squares(n, expected, edges, draws, seed):  # type: ignore[no-untyped-def]
    np.random.seed(seed)
    found = np.empty(draws)
    for draw in range(draws):
        counts = np.zeros(len(expected))
        for _ in range(n):
            counts[np.searchsorted(edges, np.random.random(), side="right")] += 1
        found[draw] = ((counts - n * expected) ** 2 / (n * expected)).sum()
    return found
