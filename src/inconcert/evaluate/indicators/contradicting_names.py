"""Worlds for `contradicting-names`: people, some of whom renamed themselves; accounts with a bought handle and a new name."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from inconcert.evaluate.indicators.sign_ups import Row, tables
from inconcert.evaluate.indicators.trial import Trial
from inconcert.indicators.personas.contradicting_names import ContradictingNames
from inconcert.indicators.personas.personal_names import GIVEN, SURNAMES

GROUPS, MEMBERS = 3, 40
_GIVEN, _SURNAMES = sorted(GIVEN), sorted(SURNAMES)


def _row(other: bool, plain: bool, rng: np.random.Generator) -> Row:
    """A name, and a handle of the same person or another; a plain one shows one name on one side only."""
    a, b = (_GIVEN[k].title() for k in rng.integers(len(_GIVEN), size=2))
    c, d = (_SURNAMES[k].title() for k in rng.integers(len(_SURNAMES), size=2))
    number = "" if rng.random() < 0.5 else str(rng.integers(100))
    if plain:
        return {"display_name": a, "handle": f"{c}{a[0]}{number}"}
    return {"display_name": f"{a} {c}", "handle": f"{b}{d}{number}" if other else f"{a}{c}{number}"}


def _people(n: int, renamed: float, rng: np.random.Generator) -> list[Row]:
    """A share of them carries another name than the handle; a tenth shows a surname here and a given name there."""
    return [_row(bool(rng.random() < renamed), bool(rng.random() < 0.1), rng) for _ in range(n)]


def clean(rng: np.random.Generator) -> dict[str, pa.Table]:
    """Groups of 20 to 60 people with rates of their own about that of the platform, and control accounts of all kinds."""
    rate = rng.uniform(0.02, 0.2)
    groups = []
    for _ in range(GROUPS):
        n = int(rng.integers(20, 61))
        own = rng.beta(rate * 49, (1 - rate) * 49)
        groups.append((_people(n, own, rng), _people(4 * n, rate, rng)))
    return tables(groups)


def planted(share_agreeing: float, rng: np.random.Generator) -> dict[str, pa.Table]:
    """Forty accounts of whom all but a share carry another person's handle; one in ten of the control does."""
    return tables([(_people(MEMBERS, 1 - share_agreeing, rng), _people(4 * MEMBERS, 0.1, rng))])


TRIAL = Trial(
    indicator=ContradictingNames(),
    measures=("contradicting-names",),
    ask="People of whom up to a fifth renamed themselves; forty accounts under handles that name somebody else.",
    clean=clean,
    planted=planted,
    efforts=(0.0, 0.2, 0.4, 0.6, 0.8),
    effort="share of the forty whose handle fits the name",
)
