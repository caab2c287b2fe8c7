"""One indicator's trials: clean worlds, and worlds with something planted that takes more and more trouble to hide."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from scipy.stats import false_discovery_control

from inconcert.engine.duckdb import DuckDB
from inconcert.indicators.facts import open_facts
from inconcert.indicators.indicator import Indicator
from inconcert.indicators.reading import Reading

Tables = Mapping[str, pa.Table]


@dataclass(frozen=True)
class Trial:
    """indicator: with the parameters of a release.   measures: those that must rise where it is planted.
    clean: a world with nothing of the kind in it, but with all its usual confounders.
    planted: a world in which it is, given what the evader spends on hiding (one of `efforts`, the first none at all).
    effort: what that number is, in words.   ask: what the worlds are, in one sentence.
    published: the figure of the literature that this may be held beside, with its source; "" where there is none.
    """

    indicator: Indicator
    measures: tuple[str, ...]
    ask: str
    clean: Callable[[np.random.Generator], Tables]
    planted: Callable[[float, np.random.Generator], Tables]
    efforts: tuple[float, ...]
    effort: str
    published: str = ""


def readings(indicator: Indicator, tables: Tables, seed: int) -> list[Reading]:
    """What the indicator says of these tables."""
    engine = DuckDB(threads=1)
    try:
        return indicator.measure(open_facts(engine, tables), np.random.default_rng(seed))
    finally:
        engine.close()


def raised(found: list[Reading], measures: tuple[str, ...], alpha: float) -> list[Reading]:
    """Those of the measures with q of at most alpha, Benjamini-Hochberg over all tests of the indicator in this world."""
    tested = [reading for reading in found if reading.p_value is not None]
    if not tested:
        return []
    q_values = false_discovery_control([reading.p_value for reading in tested])
    return [r for r, q in zip(tested, q_values, strict=True) if q <= alpha and r.measure in measures]
