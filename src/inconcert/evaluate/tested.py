"""How the p-values of every test are distributed, by kind and scale."""

from __future__ import annotations

from collections.abc import Mapping

from inconcert.evaluate.finding import ALPHA, Finding
from inconcert.evaluate.metrics import THRESHOLDS, exceedances
from inconcert.network.accounts import MIN_OBJECTS
from inconcert.network.material import Materials, tested_accounts
from inconcert.network.multiple import benjamini_hochberg
from inconcert.network.outcome import LEVELS_OF_TEST
from inconcert.network.pairs import combine_pairs, pair_tests
from inconcert.network.trials import all_trials

Counts = dict[str, list[int]]
"""Kind and scale, as `url 60 s` -> [tests, p-values at or below each of metrics.THRESHOLDS]."""

ALL = "all kinds and scales combined"


def scale(windows_us: tuple[int, ...], index: int) -> str:
    """Name of the scale at that index, the untimed one after the last window."""
    return f"{windows_us[index] / 1e6:g} s" if index < len(windows_us) else "untimed"


def pair_p_values(materials: Materials) -> Counts:
    """Over all pairs of accounts with a shared object: of each kind and scale, and combined."""
    accounts = tested_accounts(materials)
    possible = accounts * (accounts - 1) // 2
    tests = {kind: pair_tests(m.first, m.measured, m.counted, largest_p=1.0) for kind, m in materials.items()}
    out: Counts = {}
    for kind, t in tests.items():
        for s in range(t.p_values.shape[1]):
            name = f"{kind} {scale(materials[kind].windows_us, s)}"
            out[name] = exceedances(t.p_values[:, s], possible).tolist()
    scales = len(next(iter(materials.values())).windows_us) + 1
    out[ALL] = exceedances(combine_pairs(tests, accounts, scales).p_value, possible).tolist()
    return out


def account_p_values(finding: Finding) -> Counts:
    """Over accounts of enough shared objects to be raised."""
    windows_us = finding.sample.windows_us
    return {
        f"{kind} {scale(windows_us, w)}": exceedances(
            t.p_values[(t.n_objects >= MIN_OBJECTS) & (t.window == w)]
        ).tolist()
        for kind, t in finding.outcome.tests.items()
        for w in range(len(windows_us))
    }


def group_p_values(materials: Materials, seed: int) -> Counts:
    """Over the candidates of one random split, on the objects that did not find them."""
    found: dict[str, list[float]] = {}
    for trial in all_trials(materials, seed, 0):
        c = trial.candidate
        name = f"{c.kind} {scale(materials[c.kind].windows_us, c.window)}"
        found.setdefault(name, []).append(trial.heldout.p_value)
    return {name: exceedances(p).tolist() for name, p in sorted(found.items())}


def edges_alone(materials: Materials) -> dict[str, int]:
    """Pairs at q of at most ALPHA when each kind and scale is tested as if it were the only one."""
    accounts = tested_accounts(materials)
    possible = accounts * (accounts - 1) // 2
    out = {}
    for kind, m in materials.items():
        p = m.pairs.p_values
        for s in range(p.shape[1]):
            q = benjamini_hochberg(p[:, s], possible) * LEVELS_OF_TEST
            out[f"{kind} {scale(m.windows_us, s)}"] = int((q <= ALPHA).sum())
    return out


def added(total: Mapping[str, list[int]], more: Mapping[str, list[int]]) -> Counts:
    """The counts of both."""
    none = [0] * (1 + len(THRESHOLDS))
    return {
        name: [a + b for a, b in zip(total.get(name, none), more.get(name, none), strict=True)]
        for name in {**total, **more}
    }
