"""Many tests at once: q-values of readings, and what each may then be called."""

from __future__ import annotations

from collections.abc import Sequence

from scipy.stats import false_discovery_control

from inconcert.indicators.indicator import AUTHENTICITY, Indicator
from inconcert.indicators.reading import Reading

FOUND, NOT_FOUND, DESCRIBED, TOO_LITTLE = "found", "not found", "described", "too little"
"""States of a reading."""

LIST_GROUP = "list:"
"""What the id of a group begins with that is a list somebody gave, of the role suspected, or a set."""

Measured = Sequence[tuple[Indicator, Reading]]


def q_values(measured: Measured) -> list[float | None]:
    """q-value of each reading, None where nothing was tested.

    Benjamini-Hochberg over all tests on groups of the families of AUTHENTICITY together, since they carry one claim; over those of the
    other families together, many of which are true of ordinary groups (a daily rhythm is) and would lower the bar for the former; and
    over the tests of each indicator on each other kind of subject. Lists that somebody gave are families of their own: what was
    chosen for what it shows would lower the bar for groups that were found.
    """
    families: dict[tuple[str, str, bool], list[int]] = {}
    for place, (one, reading) in enumerate(measured):
        if reading.p_value is not None:
            stratum = "authenticity" if one.family in AUTHENTICITY else "description"
            about = reading.subject_id if reading.subject == "group" else reading.group_id or ""
            family = (
                stratum if reading.subject == "group" else one.name,
                reading.subject,
                about.startswith(LIST_GROUP),
            )
            families.setdefault(family, []).append(place)
    found: list[float | None] = [None] * len(measured)
    for places in families.values():
        for place, q in zip(places, false_discovery_control([measured[p][1].p_value for p in places]), strict=True):
            found[place] = float(q)
    return found


def state(reading: Reading, q_value: float | None, alpha: float) -> str:
    """What the reading may be called."""
    if reading.value is None:
        return TOO_LITTLE
    if q_value is None:
        return DESCRIBED
    return FOUND if q_value <= alpha else NOT_FOUND
