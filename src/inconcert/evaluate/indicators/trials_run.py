"""Many worlds of one trial: how often an indicator is raised where nothing was planted, and where something was."""

from __future__ import annotations

from collections import Counter
from zlib import crc32

import numpy as np

from inconcert.evaluate.indicators.trial import Trial, raised, readings
from inconcert.evaluate.kept import Row

ALPHA = 0.01
STRICT = 3.0
"""Least likelihood ratio, at the lower end of its range, of evidence the claim ladder counts."""


def clean_worlds(trial: Trial, worlds: int) -> Row:
    """In how many worlds without anything planted a reading of the trial's measures was raised, and which.

    Of its measures only: a world without a change of clocks may well hold office hours, which another trial is about.
    """
    bad, strong, tested = Counter[str](), 0, 0
    any_raised = 0
    for seed in range(worlds):
        found = readings(trial.indicator, trial.clean(_rng(trial, "clean", seed)), seed)
        tested += sum(reading.p_value is not None for reading in found)
        wrong = raised(found, trial.measures, ALPHA)
        any_raised += bool(wrong)
        strong += any((reading.lr_low or 0) >= STRICT for reading in wrong)
        bad.update({reading.measure for reading in wrong})
    return {
        "worlds": worlds,
        "raised": any_raised,
        "strong": strong,
        "tests": tested,
        "measures": dict(sorted(bad.items())),
    }


def planted_worlds(trial: Trial, effort: float, worlds: int) -> Row:
    """In how many worlds with something planted a reading of the trial's measures was raised."""
    found = sum(
        bool(
            raised(
                readings(trial.indicator, trial.planted(effort, _rng(trial, f"planted {effort}", seed)), seed),
                trial.measures,
                ALPHA,
            )
        )
        for seed in range(worlds)
    )
    return {"worlds": worlds, "found": found}


def _rng(trial: Trial, what: str, seed: int) -> np.random.Generator:
    """Random numbers of each trial and world of their own."""
    return np.random.default_rng([crc32(f"{trial.indicator.name} {trial.ask} {what}".encode()), seed])
