"""Points for every kind of chart, as indicators would leave them; nobody in them exists."""

from __future__ import annotations

import numpy as np
from made_up_case import DAY_US, START_US

from inconcert.indicators.figure import Figure
from inconcert.indicators.reading import Point

FIGURES: dict[str, Figure] = {
    "clock": Figure("clock", "", "posts"),
    "histogram": Figure("histogram", "account made", "accounts", time=True),
    "shares": Figure("shares", "share of accounts", ""),
    "strip": Figure("strip", "", "", time=True),
    "scatter": Figure("scatter", "place in the order of following", "account made", time_y=True),
    "curve": Figure("curve", "hours from UTC", "posterior"),
    "bars": Figure("bars", "engagements", ""),
}


def clock() -> list[Point]:
    rng = np.random.default_rng(1)
    found = []
    for platform, shift in (("exampletown", 2), ("birdsite", 3)):
        for day in range(7):
            for hour in range(24):
                busy = 12 if 1 + shift <= hour <= 10 and day < 5 and hour != 5 + shift else 1
                found += [
                    Point(platform, x=day * 96 + hour * 4 + q, y=float(n)) for q in range(4) if (n := rng.poisson(busy))
                ]
    return found


def histogram() -> list[Point]:
    rng = np.random.default_rng(2)
    found = []
    first = START_US - 900 * DAY_US
    for i in range(30):
        a, b = first + i * 30 * DAY_US, first + (i + 1) * 30 * DAY_US
        found.append(Point("observed", x=a, x_end=b, y=float(rng.poisson(1) + (14 if i in (17, 18) else 0))))
        found.append(Point("control", x=a, x_end=b, y=float(rng.poisson(2.2) / 2)))
        found.append(Point("expected", x=a, x_end=b, y=1.1))
    a = first + 17 * 30 * DAY_US
    return [*found, Point("found", x=a, x_end=a + 9 * DAY_US, label="11 in 9 days")]


def shares() -> list[Point]:
    rows = [
        ("Default handle of the platform", 0.62, 0.45, 0.77, 0.21, 0.17, 0.26),
        ("Random letters", 0.12, 0.05, 0.27, 0.03, 0.02, 0.06),
        ("Eight digits that are a date", 0.0, 0.0, 0.1, 0.14, 0.11, 0.18),
        ("名字與帳號互相矛盾", 0.41, 0.26, 0.58, 0.08, 0.05, 0.12),
    ]
    found = []
    for label, k, low, high, c, c_low, c_high in rows:
        found.append(Point("group", x=k, low=low, high=high, label=label))
        found.append(Point("control", x=c, low=c_low, high=c_high, label=label))
    return found


def strip() -> list[Point]:
    rng = np.random.default_rng(3)
    day = START_US + 4 * DAY_US
    found = [
        Point(lane, x=day + float(t) * 60e6)
        for lane, n in (("G1-01", 30), ("G1-02", 26), ("G1-03", 31))
        for t in rng.uniform(0, 600, n)
    ]
    found.append(Point("G1-01", x=day + 90 * 60e6, x_end=day + 220 * 60e6, label="first shift"))
    return [
        *found,
        Point("G1-02", x=day + 300 * 60e6, label="renamed"),
        Point("G1-02", x=day + 560 * 60e6, label="new bio"),
    ]


def scatter(n: int = 1_500) -> list[Point]:
    rng = np.random.default_rng(4)
    year = 365 * DAY_US
    bound = START_US - 6 * year + np.sort(rng.uniform(0, 6 * year, n))
    made = bound - rng.exponential(0.9 * year, n)
    block = slice(n // 2, n // 2 + n // 12)
    made[block] = START_US - 3.2 * year + rng.uniform(0, 20 * DAY_US, n // 12)
    found = [Point("bound", x=float(i), y=float(np.maximum.accumulate(made)[i])) for i in range(0, n, 10)]
    for i in range(n):
        inside = block.start <= i < block.stop
        found.append(Point("found" if inside else "ordinary", x=float(i), y=float(made[i])))
    return [*found, Point("span", x=float(block.start), x_end=float(block.stop), label="block 1")]


def curve() -> list[Point]:
    x = np.arange(-11, 13, 1.0)
    found = []
    for layer, at in (("office hours", 8.0), ("leisure", 2.0)):
        y = np.exp(-0.5 * ((x - at) / 1.5) ** 2)
        y /= y.sum()
        found += [
            Point(layer, x=float(a), y=float(b), low=float(b * 0.7), high=float(b * 1.25))
            for a, b in zip(x, y, strict=True)
        ]
    return found


def bars() -> list[Point]:
    return [
        Point("from outside, at least", x=120.0, low=90.0, high=160.0, label="exampletown"),
        Point("from inside", x=840.0, label="exampletown"),
        Point("unknown", x=311.0, label="exampletown"),
        Point("from outside, at least", x=2.0, low=0.0, high=7.0, label="birdsite"),
        Point("from inside", x=0.0, label="birdsite"),
    ]


POINTS = {
    "clock": clock,
    "histogram": histogram,
    "shares": shares,
    "strip": strip,
    "scatter": scatter,
    "curve": curve,
    "bars": bars,
}
