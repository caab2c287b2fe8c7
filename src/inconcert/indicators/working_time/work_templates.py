"""How a day of work or of leisure is spread over the hours of the local clock."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

# Posts by local hour from midnight, relative to one another. Written down before any real set was looked at: the hours are those by
# which the schedule is defined, the rest is chosen so that a shift by an hour costs about as much as methods of the design say
# (0.15 nats a post for work, 0.03 for leisure). What a group's own day adds or lacks is what `kappa` allows for.
_HOURS: Final[dict[str, tuple[float, ...]]] = {
    # Nine to six with two hours at noon in which most are away; some come early, some stay, hardly anybody posts at night.
    "office": (
        0.06, 0.04, 0.03, 0.03, 0.03, 0.04, 0.10, 0.30, 1.00, 2.80, 3.20, 3.10,
        1.40, 1.60, 3.00, 3.10, 2.90, 2.20, 0.80, 0.40, 0.35, 0.30, 0.22, 0.12,
    ),
    # Nine to nine, six days a week: the same, a shorter break for supper after six, and work until nine.
    "996": (
        0.06, 0.04, 0.03, 0.03, 0.03, 0.04, 0.06, 0.16, 0.70, 2.70, 3.20, 3.10,
        1.30, 1.60, 3.00, 3.10, 3.00, 2.50, 1.70, 2.70, 2.50, 0.80, 0.30, 0.13,
    ),
    # People on their own time: asleep from midnight to six, some of it at work, a small rise at noon, most after supper.
    "leisure": (
        0.42, 0.22, 0.11, 0.08, 0.08, 0.13, 0.30, 0.60, 0.80, 0.90, 0.95, 1.00,
        1.10, 1.05, 0.95, 0.95, 1.00, 1.10, 1.25, 1.40, 1.50, 1.50, 1.25, 0.80,
    ),
    # An early and a late shift, six to two and two to ten, level but for the hand-over; a skeleton at night.
    "shifts": (
        0.15, 0.12, 0.12, 0.12, 0.12, 0.20, 0.90, 1.00, 1.00, 1.00, 1.00, 1.00,
        1.00, 0.80, 0.80, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 0.80, 0.25, 0.18,
    ),
    # Machines, or so many zones that no hour differs from another.
    "uniform": (1.0,) * 24,
}  # fmt: skip

TEMPLATES: Final = tuple(_HOURS)
WORK: Final = ("office", "996")

SHARES: Final[NDArray[np.float64]] = np.array([np.array(hours) / sum(hours) for hours in _HOURS.values()])
"""Share of a template's posts by local hour: shape (templates, 24), each row adds to 1."""


def without_lunch() -> NDArray[np.float64]:
    """SHARES with 12 and 13 o'clock filled up, or cut, to the mean of the two hours before and after: with these the offset can be judged
    without using the gap that is then to be tested. Same shape."""
    filled = SHARES.copy()
    filled[:, 12:14] = SHARES[:, [10, 11, 14, 15]].mean(axis=1, keepdims=True)
    return np.asarray(filled / filled.sum(axis=1, keepdims=True), dtype=np.float64)
