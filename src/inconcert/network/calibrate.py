"""How the same procedure behaves on copies of this very data in which nobody acts with anybody."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from inconcert import schema
from inconcert.detect.sweep import co_actions
from inconcert.network.groups import find_groups
from inconcert.network.material import Material, Materials, rare, shared_only, tested_accounts
from inconcert.network.pairs import combine_pairs
from inconcert.network.permute import permute_labels
from inconcert.network.synchrony import synchrony
from inconcert.progress import Progress, silent

COPIES = ((300_000, 5), (3_000_000, 2))
"""Permuted copies of cases of at most so many actions; one of larger ones, where a copy has more pairs than five of a small one."""


def permuted(materials: Materials, rng: np.random.Generator) -> dict[str, Material]:
    """The same materials with the account labels of every kind permuted, measured afresh."""
    out = {}
    for kind, m in materials.items():
        first = shared_only(permute_labels(m.first, rng))
        measured = synchrony(first, m.windows_us)
        counted = co_actions(first, m.windows_us, min_objects=2, max_accounts=m.counted.max_accounts)
        out[kind] = Material(first, measured, m.prior, rare(first, measured), counted)
    return out


def screen(materials: Materials, *, alpha: float, levels: int, fdr: str) -> tuple[int, int]:
    """Edges at q <= alpha, and the accounts in them."""
    if not materials:
        return 0, 0
    tests = {kind: m.pairs for kind, m in materials.items()}
    scales = len(next(iter(materials.values())).windows_us) + 1
    edges = combine_pairs(tests, tested_accounts(materials), scales, fdr)
    chosen = edges.q_value * levels <= alpha
    return int(chosen.sum()), len(np.unique(np.concatenate([edges.source[chosen], edges.target[chosen]])))


def calibrate(
    materials: Materials,
    *,
    copies: int | None,
    alpha: float,
    levels: int,
    fdr: str,
    splits: int,
    seed: int,
    progress: Progress = silent,
) -> pa.Table:
    """Table `calibration` (schema): edges and confirmed groups in each of `copies` label-permuted copies, from 1 on; None: `COPIES`."""
    if copies is None:
        actions = sum(len(m.first) for m in materials.values())
        copies = next((n for most, n in COPIES if actions <= most), 1)
    rows = []
    for copy in range(1, copies + 1):
        progress("checking on permuted copies", copy - 1, copies)
        null = permuted(materials, np.random.default_rng([seed, 7919, copy]))
        edges, accounts = screen(null, alpha=alpha, levels=levels, fdr=fdr)
        groups = len(find_groups(null, alpha=alpha / levels, seed=seed, splits=splits))
        rows.append({"copy": copy, "edges": edges, "accounts": accounts, "groups": groups})
    progress("checking on permuted copies", copies, copies)
    return pa.Table.from_pylist(rows, schema=schema.CALIBRATION.arrow) if rows else schema.CALIBRATION.empty()
