"""One row an account: its level, its chance of being wrong, and a strength of evidence to rank by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from inconcert.network.accounts import MIN_OBJECTS, AccountTests
from inconcert.network.levels import account_level
from inconcert.network.multiple import FALSE_DISCOVERY, cauchy
from inconcert.network.pairs import EdgeTests

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Standing:
    """Per account (N,): q-values, NaN where not tested; bits of evidence, 0 where none; group index, -1 for none."""

    q_account: Floats
    q_pair: Floats
    q_group: Floats
    group: NDArray[np.int64]
    level: list[str]
    bits: Floats

    @property
    def q(self) -> Floats:
        """Smallest of the three q-values; 1 where none was computed."""
        q: Floats = np.nanmin(np.stack([self.q_account, self.q_pair, self.q_group, np.ones(len(self.group))]), axis=0)
        return q


def raised(tests: Mapping[str, AccountTests], n_accounts: int, *, levels: int, fdr: str) -> tuple[Floats, Floats]:
    """(N,) smallest q-value of each account over kinds and windows (NaN untested), and (N,) its combined p-value.

    One multiplicity: all accounts of MIN_OBJECTS shared objects x kinds x windows, times the levels of test that share alpha.
    """
    q, combined = np.full(n_accounts, np.nan), np.ones(n_accounts)
    if not tests:
        return q, combined
    every = [(k, t) for k, t in enumerate(tests.values())]
    windows = max(int(t.window.max(initial=0)) + 1 for _, t in every)
    p = np.ones((n_accounts, len(every) * windows))
    for k, t in every:
        p[t.account, k * windows + t.window] = t.p_values
    combined = np.where((p < 1).any(axis=1), cauchy(p, p.shape[1]), 1.0)
    account = np.concatenate([t.account[t.n_objects >= MIN_OBJECTS] for _, t in every])
    p_values = np.concatenate([t.p_values[t.n_objects >= MIN_OBJECTS] for _, t in every])
    if len(account):
        values = np.minimum(FALSE_DISCOVERY[fdr](p_values) * levels, 1.0)
        best = np.full(n_accounts, np.inf)
        np.minimum.at(best, account, values)
        q = np.where(np.isfinite(best), best, np.nan)
    return q, combined


def paired(pairs: EdgeTests, strong: pa.Table, accounts: pa.Array) -> tuple[Floats, Floats]:
    """(N,) smallest q of each account's L1 edges (table `edges`), NaN for none; and (N,) the p-value of its best pair,
    Bonferroni over its possible partners."""
    n = len(accounts)
    out, best = np.full(n, np.inf), np.ones(n)
    for side, ends in (("source", pairs.source), ("target", pairs.target)):
        codes = pc.index_in(strong[side], value_set=accounts).to_numpy()
        np.minimum.at(out, codes, strong["q_value"].to_numpy())
        np.minimum.at(best, ends, np.minimum(pairs.p_value * max(n - 1, 1), 1.0))
    return np.where(np.isfinite(out), out, np.nan), best


def standing(
    n_accounts: int,
    *,
    account: tuple[Floats, Floats],
    pair: tuple[Floats, Floats],
    shared_objects: NDArray[np.int64],
    members: Sequence[NDArray[np.int32]],
    group_levels: Sequence[str],
    group_q: Sequence[float],
    group_p: Sequence[float],
    alpha: float,
) -> Standing:
    """Put the three levels of test together. members, group_*: groups, strongest first; an account belongs to the first.

    bits: -log2 of the account's combined p-value, of its best pair's and of its group's, added: comparable within a case,
    for ranking only, since the three are not independent.
    """
    group = np.full(n_accounts, -1, dtype=np.int64)
    q_group, p_group = np.full(n_accounts, np.nan), np.ones(n_accounts)
    for index in range(len(members) - 1, -1, -1):
        group[members[index]] = index
        q_group[members[index]] = group_q[index]
        p_group[members[index]] = group_p[index]
    bits = sum(-np.log2(np.clip(p, 1e-300, 1.0)) for p in (account[1], pair[1], p_group))
    level = []
    for a in range(n_accounts):
        own = np.nanmin([account[0][a], pair[0][a], 1.0])
        alone = account_level(float(own), int(shared_objects[a]), alpha)
        grouped = group_levels[group[a]] if group[a] >= 0 else "L0"
        level.append(max(alone, grouped))
    return Standing(account[0], pair[0], q_group, group, level, np.asarray(bits))


def account_table(tests: Mapping[str, AccountTests], accounts: pa.Array, windows_us: Sequence[int]) -> pa.Table:
    """Table `account_tests` (schema): the rows that could be reported."""
    parts = []
    for kind, t in tests.items():
        kept = t.n_objects >= MIN_OBJECTS
        parts.append(
            pa.table(
                {
                    "account_id": accounts.take(pa.array(t.account[kept])),
                    "kind": pa.array([kind] * int(kept.sum()), pa.string()),
                    "window_us": np.asarray(windows_us, dtype=np.int64)[t.window[kept]],
                    "n_objects": t.n_objects[kept].astype(np.int32),
                    "hits": t.hits[kept].astype(np.int32),
                    "expected": t.expected[kept],
                    "p_value": t.p_values[kept],
                }
            )
        )
    return pa.concat_tables(parts)
