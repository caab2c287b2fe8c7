"""How much more was posted after events than before, beside a control and beside all other dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inconcert.indicators.content.volume import CASE, Volume
from inconcert.indicators.facts import Facts
from inconcert.normalise.dates import END_US, FIRST_US

Numbers = NDArray[np.float64]

_OF = "SELECT account_id FROM {0} WHERE group_id = :line"
_BY_ACCOUNT = """
SELECT event_id, count(*) AS active, sum(CASE WHEN after > before THEN 1 ELSE 0 END) AS more,
  sum(CASE WHEN after >= 3 * before AND after >= 3 THEN 1 ELSE 0 END) AS threefold
FROM (
  SELECT e.event_id, p.account_id, sum(CASE WHEN p.time_us >= e.first_us THEN 1 ELSE 0 END) AS after,
    sum(CASE WHEN p.time_us < e.first_us THEN 1 ELSE 0 END) AS before
  FROM posts p
  JOIN (
    SELECT event_id, min(first_us) AS first_us FROM events
    WHERE first_us >= :first_us AND first_us < :end_us GROUP BY event_id
  ) e ON p.time_us >= e.first_us - :window_us AND p.time_us < e.first_us + :window_us
  WHERE p.time_us >= :first_us AND p.time_us < :end_us AND {0}
  GROUP BY e.event_id, p.account_id
) counted GROUP BY event_id ORDER BY event_id
"""


@dataclass(frozen=True)
class Rises:
    """active: events of accounts with a post within the window. more: those with more posts after than before.
    threefold: those with at least three after, and three times as many."""

    active: int
    more: int
    threefold: int


@dataclass(frozen=True)
class Reaction:
    """Of each event: posts before and after, their ratio, that of the control, and at how many dates as great a rise
    (beyond the control's) was seen. Of all together: mean of the logarithms with 95% interval, that of the control,
    shifts of all dates with as great a difference and their share, which is None without a control."""

    before: list[int]
    after: list[int]
    ratio: list[float]
    control_ratio: list[float | None]
    as_great: list[int]
    mean: float
    low: float
    high: float
    mean_control: float
    hits: int
    p_date: float | None


def reaction(volume: Volume, at: NDArray[np.int64], bins: NDArray[np.int64], window: int, wide: float) -> Reaction:
    """The reaction to events that begin in the bins `at` and last `bins`, in `window` bins on either side, at least one
    event.

    The chance is exact when all dates are moved together by a number of bins drawn at random: the dates keep their
    distances, the counts their neighbours; it is the share of all such moves, none at all among them. wide:
    overdispersion of the counts.
    """
    n = len(volume.counts)
    total, control_total = np.zeros(n), np.zeros(n)
    own, beside, befores, afters, as_great = [], [], [], [], []
    variance = 0.0
    for first, length in zip(at, bins, strict=True):
        before, after, rise = _rise(volume.counts, window, int(length))
        _, _, control_rise = (
            _rise(volume.control, window, int(length)) if volume.control is not None else (0, 0, np.zeros(n))
        )
        total += np.roll(rise, -int(first))
        control_total += np.roll(control_rise, -int(first))
        own.append(float(rise[first]))
        beside.append(float(control_rise[first]))
        befores.append(int(before[first]))
        afters.append(int(after[first]))
        beyond = rise - control_rise
        as_great.append(int(np.count_nonzero(beyond >= beyond[first] - 1e-9)))
        variance += wide * (1 / (before[first] + 1) + 1 / (after[first] + 1))
    m = len(own)
    beyond = total - control_total
    hits = int(np.count_nonzero(beyond >= beyond[0] - 1e-9))
    error = max(variance**0.5 / m, float(np.std(own, ddof=1)) / m**0.5 if m > 1 else 0.0)
    mean, compared = total[0] / m, volume.control is not None and bool(volume.control.any())
    return Reaction(
        befores, afters, [float(np.exp(x)) for x in own], [float(np.exp(x)) if compared else None for x in beside],
        as_great, float(mean), float(mean - 1.96 * error), float(mean + 1.96 * error), float(control_total[0] / m),
        hits, hits / n if compared else None,
    )  # fmt: skip


def _rise(counts: NDArray[np.int64], window: int, length: int) -> tuple[Numbers, Numbers, Numbers]:
    """Of each bin: posts in the window before it, in the event's bins and the window after, and the logarithm of the
    ratio of their rates; round the end, one post added to each."""
    n, total = len(counts), np.concatenate([[0], np.cumsum(np.tile(counts, 3))])
    here = np.arange(n) + n
    span = window + length - 1
    before, after = total[here] - total[here - window], total[here + span] - total[here]
    return before, after, np.log((after + 1) / span) - np.log((before + 1) / window)


def rises_by_account(facts: Facts, line: str, window_us: int, events: Sequence[str]) -> tuple[Rises, Rises]:
    """How often accounts posted more after one of these events than before: those of a group or CASE, and those of its
    control. An account counts once an event, however much it posts."""
    kept = frozenset(events)
    found = []
    for table, role in (("members", "case"), ("controls", "control")):
        condition = "p.role = :role" if line == CASE else f"p.account_id IN ({_OF.format(table)})"
        rows = facts.engine.sql(
            _BY_ACCOUNT.format(condition),
            {"line": line, "role": role, "first_us": FIRST_US, "end_us": END_US, "window_us": window_us},
        ).to_pylist()
        counted = [row for row in rows if row["event_id"] in kept]
        found.append(Rises(*(sum(int(row[name]) for row in counted) for name in ("active", "more", "threefold"))))
    return found[0], found[1]
