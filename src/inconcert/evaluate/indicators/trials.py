"""Every trial, in the order of the indicators: each file of this folder that has TRIAL or TRIALS."""

from __future__ import annotations

import importlib
import importlib.util
from functools import cache

from inconcert.evaluate.indicators.trial import Trial
from inconcert.indicators.catalogue import INDICATORS


@cache
def trials() -> tuple[Trial, ...]:
    """All of them; indicators that test nothing have none. AttributeError when a file holds no trial."""
    found: list[Trial] = []
    for name in INDICATORS:
        file = f"inconcert.evaluate.indicators.{name.replace('-', '_')}"
        if importlib.util.find_spec(file) is None:
            continue
        module = importlib.import_module(file)
        found += module.TRIALS if hasattr(module, "TRIALS") else (module.TRIAL,)
    return tuple(found)


def key(trial: Trial) -> str:
    """Name of a trial: the indicator; what must rise, where it has several trials; and the effort, where that is the same too."""
    same = [one for one in trials() if one.indicator.name == trial.indicator.name]
    if len(same) == 1:
        return trial.indicator.name
    rises = ", ".join(trial.measures)
    alike = [one for one in same if one.measures == trial.measures]
    return (
        f"{trial.indicator.name} ({rises})" if len(alike) == 1 else f"{trial.indicator.name} ({rises}; {trial.effort})"
    )
