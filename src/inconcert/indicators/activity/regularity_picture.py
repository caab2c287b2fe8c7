"""What a picture of regularity shows: how moments fall in what the most telling test looks at, beside ordinary accounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import gammainc

from inconcert.indicators.activity.regularity import (
    FACES,
    LONGEST_GAP_US,
    SECOND_US,
    SHAPE,
    Floats,
    Ints,
    Sign,
    face_counts,
    gap_counts,
    gap_scale,
    phases,
)
from inconcert.indicators.reading import Point

MINUTE_US = 60 * SECOND_US
_PHASES = 24
_GAPS = 60
_WIDTHS_S = (1, 2, 5, 10, 15, 30, 60, 120)


@dataclass(frozen=True)
class Moments:
    """Of one account: time_us, sorted; hourly_us, one of each hour; the unit in which its source gives times; its best sign."""

    time_us: Ints
    hourly_us: Ints
    resolution_us: int
    sign: Sign


@dataclass(frozen=True)
class Ordinary:
    """minutes, seconds: (60,), shares of hours in which ordinary accounts post then. gaps: shares of their gaps, see gap_counts."""

    minutes: Floats
    seconds: Floats
    gaps: Floats


@dataclass(frozen=True)
class _Bins:
    x: str
    y: str
    edges: Floats
    observed: Floats
    expected: Floats


def regularity_points(accounts: Sequence[Moments], ordinary: Ordinary) -> tuple[Point, ...]:
    """A histogram of one or more accounts whose best signs are of one kind, with what ordinary accounts of as many posts do;
    layers x and y name its axes."""
    kind = accounts[0].sign.kind
    if kind in ("minutes", "seconds"):
        bins = _face(accounts, kind, ordinary)
    elif kind == "period":
        bins = _period(accounts)
    else:
        bins = _gaps(accounts) if kind == "gaps" else _variety(accounts, ordinary.gaps)
    layers = {"observed": bins.observed, "expected": bins.expected}
    return (
        Point("x", label=bins.x),
        Point("y", label=bins.y),
        *(
            Point(layer, x=float(a), x_end=float(b), y=float(y))
            for layer, of in layers.items()
            for a, b, y in zip(bins.edges[:-1], bins.edges[1:], of, strict=True)
        ),
    )


def fullest(one: Moments) -> tuple[Ints, str]:
    """The moments, by index, that make most of what the picture shows, and what they have in common: a minute, a second or a
    gap."""
    if one.sign.kind in ("minutes", "seconds"):
        unit_us, what = (
            (MINUTE_US, "minute {} of the hour")
            if one.sign.kind == "minutes"
            else (SECOND_US, "second {} of the minute")
        )
        place = int(np.argmax(face_counts(one.hourly_us, unit_us)))
        return np.flatnonzero(one.time_us // unit_us % FACES == place), f"at {what.format(place)}"
    gaps = np.diff(one.time_us)
    unit_us, what = (MINUTE_US, "minute") if np.median(gaps) >= 2 * MINUTE_US else (SECOND_US, "second")
    lengths, count = np.unique(gaps // unit_us, return_counts=True)
    length = int(lengths[np.argmax(count)])
    said = f"{length} {what}{'s' * (length != 1)}" if length else f"less than a {what}"
    return 1 + np.flatnonzero(gaps // unit_us == length), f"{said} after the one before"


def _face(accounts: Sequence[Moments], kind: str, ordinary: Ordinary) -> _Bins:
    unit_us, shares = (MINUTE_US, ordinary.minutes) if kind == "minutes" else (SECOND_US, ordinary.seconds)
    counts = np.sum([face_counts(one.hourly_us, unit_us) for one in accounts], axis=0)
    x = "minute of the hour" if kind == "minutes" else "second of the minute"
    return _Bins(x, "hours in which it posted then", np.arange(FACES + 1.0), counts, counts.sum() * shares)


def _period(accounts: Sequence[Moments]) -> _Bins:
    edges = np.linspace(-0.5, 0.5, _PHASES + 1)
    found = np.concatenate([phases(one.hourly_us, one.sign.period_us or 1.0) for one in accounts])
    counts = np.histogram(found, edges)[0].astype(float)
    whose = "each one's period"
    if len(accounts) == 1:
        whose = f"its period of {(accounts[0].sign.period_us or 0.0) / MINUTE_US:.2f} minutes"
    x = f"share of {whose}, from its usual moment"
    return _Bins(x, "hours in which it posted then", edges, counts, np.full(_PHASES, counts.sum() / _PHASES))


def _gaps(accounts: Sequence[Moments]) -> _Bins:
    short = [whole[whole <= LONGEST_GAP_US] for one in accounts for whole in [np.diff(one.time_us)]]
    top = float(np.quantile(np.concatenate(short), 0.99)) * 1.1
    coarsest = max(one.resolution_us for one in accounts)
    wide = [w * SECOND_US for w in _WIDTHS_S if w * SECOND_US >= coarsest]
    width = next((w for w in wide if w * _GAPS >= top), wide[-1])
    edges = np.arange(0, min(top, LONGEST_GAP_US) + width, width)
    counts, expected = np.zeros(len(edges) - 1), np.zeros(len(edges) - 1)
    for gaps, one in zip(short, accounts, strict=True):
        counts += np.histogram(gaps, edges)[0]
        room = LONGEST_GAP_US - one.resolution_us
        scale = gap_scale(float(np.maximum(gaps - one.resolution_us, 0).mean() / room))
        # a gap is told in whole units: one of a unit stands for all up to it
        below = gammainc(SHAPE, np.clip((edges - one.resolution_us) / room, 0, 1) / scale) / gammainc(SHAPE, 1 / scale)
        expected += len(gaps) * np.diff(below)
    return _Bins("minutes between two posts", "gaps", edges / MINUTE_US, counts, expected)


def _variety(accounts: Sequence[Moments], ordinary: Floats) -> _Bins:
    each = [gap_counts(one.time_us) for one in accounts]
    size = max(len(ordinary), *map(len, each))
    counts = np.sum([np.pad(one, (0, size - len(one))) for one in each], axis=0).astype(float)
    expected = counts.sum() * np.pad(ordinary, (0, size - len(ordinary)))
    seen = np.flatnonzero(counts + expected)
    kept = slice(int(seen[0]), int(seen[-1]) + 1)
    edges = 2.0 ** (np.arange(kept.start, kept.stop + 1) / 2) / 60
    return _Bins("minutes between two posts", "gaps", edges, counts[kept], expected[kept])
