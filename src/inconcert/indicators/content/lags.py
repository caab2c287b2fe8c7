"""How much later one set of accounts posted the same rare things than another: lags, counted by event."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Times = NDArray[np.int64]
NEVER = np.iinfo(np.int64).max
"""In the place of a time: not at all."""

_MOST_AT_ONCE = 4_000_000  # numbers of one chunk of draws


@dataclass(frozen=True)
class Lags:
    """Items that both sets have, one entry each. lag_us: second set's first use less that of the first set.

    event: number of the event an item belongs to.   anchor_us: beginning of that event.
    """

    lag_us: Times
    event: Times
    anchor_us: Times

    @property
    def events(self) -> int:
        """How many events there are."""
        return len(np.unique(self.event))

    @property
    def weight(self) -> NDArray[np.float64]:
        """Of each item, such that the items of one event together weigh 1: their lags are not independent."""
        _, of, count = np.unique(self.event, return_inverse=True, return_counts=True)
        return np.asarray(1 / count[of], np.float64)

    def within(self, window_us: int) -> float:
        """Events in which the two sets were at most so far apart, in shares of their items."""
        return float(self.weight[np.abs(self.lag_us) <= window_us].sum())

    def later(self) -> float:
        """Events in which the second set came later, in shares of their items; equal times are halves."""
        return float(self.weight[self.lag_us > 0].sum() + self.weight[self.lag_us == 0].sum() / 2)

    def medians(self) -> NDArray[np.float64]:
        """Median lag of each event, microseconds, in order of events."""
        return np.array([np.median(self.lag_us[self.event == e]) for e in np.unique(self.event)], np.float64)


def lags(first_us: Times, second_us: Times, event: Times, anchor_us: Times, horizon_us: int) -> Lags:
    """The lags of items that both sets used, NEVER where they did not, at most the horizon apart.

    first_us, second_us, event: one entry an item.   anchor_us: one an event.
    """
    both = (first_us != NEVER) & (second_us != NEVER)
    lag = np.zeros(len(first_us), np.int64)
    lag[both] = second_us[both] - first_us[both]
    both &= np.abs(lag) <= horizon_us
    return Lags(lag[both], event[both], anchor_us[event[both]])


def events(first_us: Times, length_us: int) -> tuple[Times, Times]:
    """Event of each item, and when each event began: an event takes in what starts within its length.

    Counted from its own first item, so that a day on which something is posted every hour does not become one event.
    """
    event = np.zeros(len(first_us), np.int64)
    starts: list[int] = []
    for at in np.argsort(first_us, kind="stable"):
        if not starts or first_us[at] - starts[-1] > length_us:
            starts.append(int(first_us[at]))
        event[at] = len(starts) - 1
    return event, np.array(starts, np.int64)


def re_paired(
    found: Lags, windows_us: tuple[int, ...], block_us: int, draws: int, rng: np.random.Generator
) -> list[float]:
    """For each window: chance that as many events lie within it when events change partners inside one block of time.

    The beginnings of events are permuted among events of the same block; all items of an event move together, so that
    those about one piece of news stay together. Monte Carlo, (1 + hits) / (1 + draws).
    """
    _, starts, of = np.unique(found.event, return_index=True, return_inverse=True)
    begun = found.anchor_us[starts]
    block = (begun - begun.min()) // block_us
    weight, windows = found.weight, np.array(windows_us)
    observed = np.array([found.within(window) for window in windows_us]) - 1e-9
    hits, chunk = np.zeros(len(windows), np.int64), max(1, _MOST_AT_ONCE // len(found.lag_us))
    for done in range(0, draws, chunk):
        size = min(chunk, draws - done)
        order = np.argsort(block + rng.random((size, len(begun))), axis=1)
        apart = np.abs(found.lag_us + (begun - begun[order])[:, of])
        for number, window in enumerate(windows):
            hits[number] += np.count_nonzero((apart <= window) @ weight >= observed[number])
    return [float((1 + hit) / (1 + draws)) for hit in hits]
