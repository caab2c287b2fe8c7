"""The pairs that are reported: exact p-values, what speaks for and against each, and the posts that prove it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from inconcert import schema
from inconcert.detect.sweep import shared_objects
from inconcert.network.material import Material, Materials, tested_accounts
from inconcert.network.multiple import FALSE_DISCOVERY, cauchy
from inconcert.network.pairs import PairTests, combine_pairs, exact_p_values
from inconcert.network.reference import Rates
from inconcert.network.synchrony import BINS, popularity_bin
from inconcert.network.tails import mixed_binomials_upper

Floats = NDArray[np.float64]

MIN_OBJECTS = 3
"""Fewest distinct objects an edge of level L1 rests on."""


@dataclass(frozen=True)
class Layers:
    """Chosen pairs by kind and scale: count, expected, p_value (E, K, S), the last scale untimed; p_conditional
    (E, K, S-1); exclusive (E, K): common objects that at most one further account touched."""

    count: NDArray[np.int64]
    expected: Floats
    p_value: Floats
    p_conditional: Floats
    exclusive: NDArray[np.int64]


def report_edges(
    materials: Materials, rates: Mapping[str, Rates], *, alpha: float, levels: int, fdr: str
) -> tuple[pa.Table, pa.Table]:
    """Tables `edges` and `pair_layers` (schema) of the pairs with q at most alpha.

    levels: how many kinds of test (pair, account, group) share alpha; q-values are multiplied by it. An edge is L1 when, at
    its most telling timed scale, it rests on MIN_OBJECTS objects with p at most alpha, and the two are more synchronous on
    what they have in common than the reference allows, q_conditional being at most alpha: liking the same things is not
    synchrony, and a town or a camp shares what others never see.
    """
    if not materials:
        return schema.EDGES.empty(), schema.PAIR_LAYERS.empty()
    tests = {kind: m.pairs for kind, m in materials.items()}
    accounts = tested_accounts(materials)
    scales = len(next(iter(materials.values())).windows_us) + 1
    screened = combine_pairs(tests, accounts, scales, fdr)
    chosen = np.flatnonzero(screened.q_value * levels <= alpha)
    layers = _layers(tests, materials, rates, screened.source[chosen], screened.target[chosen], scales)
    # exact tails are at most the Poisson tails that screened, so no pair that was left out could come back
    p_value = np.minimum(_combined(layers.p_value), screened.p_value[chosen])
    q_value = np.minimum(FALSE_DISCOVERY[fdr](p_value, accounts * (accounts - 1) // 2) * levels, 1.0)
    names = next(iter(materials.values())).first.accounts
    ends = names.take(pa.array(screened.source[chosen])), names.take(pa.array(screened.target[chosen]))
    windows = [*next(iter(materials.values())).windows_us, None]
    p_conditional = np.where((layers.count[:, :, -1] >= MIN_OBJECTS).any(axis=1), _combined(layers.p_conditional), 1.0)
    q_conditional = np.minimum(FALSE_DISCOVERY[fdr](p_conditional, _acquainted(materials)) * levels, 1.0)
    edges = _edge_table(ends, tuple(tests), windows, layers, (p_value, q_value, p_conditional, q_conditional), alpha)
    return edges, _layer_table(ends, tuple(tests), windows, layers)


def _acquainted(materials: Materials) -> int:
    """Pairs with MIN_OBJECTS objects of one kind in common or more: all that could be more synchronous than these objects
    let expect, whether or not the test of overlap and synchrony together chose them."""
    keys = []
    for m in materials.values():
        enough = m.counted.n[:, -1] >= MIN_OBJECTS
        keys.append(m.counted.source[enough].astype(np.int64) * 2**31 + m.counted.target[enough])
    return len(keys[0]) if len(keys) == 1 else len(np.unique(np.concatenate(keys)))


def _combined(p_values: Floats) -> Floats:
    combined = p_values.shape[1] * p_values.shape[2]
    return cauchy(p_values.reshape(len(p_values), combined), combined)


def _layers(
    tests: Mapping[str, PairTests],
    materials: Materials,
    rates: Mapping[str, Rates],
    source: NDArray[np.int32],
    target: NDArray[np.int32],
    scales: int,
) -> Layers:
    shape = (len(source), len(tests), scales)
    out = Layers(
        np.zeros(shape, np.int64),
        np.zeros(shape),
        np.ones(shape),
        np.ones((*shape[:2], scales - 1)),
        np.zeros(shape[:2], np.int64),
    )
    key = source.astype(np.int64) * 2**31 + target
    for k, (kind, test) in enumerate(tests.items()):
        known = test.source.astype(np.int64) * 2**31 + test.target
        if not len(known):
            continue
        at = np.minimum(np.searchsorted(known, key), len(known) - 1)
        here = np.flatnonzero(known[at] == key)
        rows = at[here]
        out.count[here, k], out.expected[here, k] = test.counts[rows], test.expected[rows]
        out.p_value[here, k] = exact_p_values(test, rows)
        out.p_conditional[here, k], out.exclusive[here, k] = _conditional(materials[kind], rates[kind], test, rows)
    return out


def _conditional(
    material: Material, rates: Rates, test: PairTests, rows: NDArray[np.int64]
) -> tuple[Floats, NDArray[np.int64]]:
    """(rows, W) chance of as many co-actions within each window given the objects both touched; (rows,) how many of these
    objects at most one further account touched."""
    at, thing, gap_us = shared_objects(material.first, test.source[rows], test.target[rows])
    popularity = material.measured.popularity[thing]
    trials = np.zeros((len(rows), len(BINS)), dtype=np.int64)
    np.add.at(trials, (at, popularity_bin(popularity)), 1)
    p = np.ones((len(rows), len(material.windows_us)))
    for w, window_us in enumerate(material.windows_us):
        hits = np.bincount(at[gap_us <= window_us], minlength=len(rows)).astype(np.int64)
        p[:, w] = mixed_binomials_upper(trials, hits, rates.pair[w], rates.pair_sd[w])
    return p, np.bincount(at[popularity <= 3], minlength=len(rows))


Ends = tuple[pa.Array, pa.Array]


def _edge_table(
    ends: Ends,
    kinds: tuple[str, ...],
    windows: list[int | None],
    layers: Layers,
    evidence: tuple[Floats, Floats, Floats, Floats],
    alpha: float,
) -> pa.Table:
    """Table `edges`; evidence: p and q of the pairs, then p and q given what they have in common."""
    p_value, q_value, p_conditional, q_conditional = evidence
    rows = np.arange(len(p_value))
    best = layers.p_value.reshape(len(rows), -1).argmin(axis=1) if len(rows) else rows
    kind, scale = best // len(windows), best % len(windows)
    common = np.maximum(layers.count[rows, kind, -1], 1)
    timed = layers.p_value[:, :, :-1].reshape(len(rows), -1).argmin(axis=1) if len(rows) else rows
    at = rows, timed // (len(windows) - 1), timed % (len(windows) - 1)
    strong = (layers.count[at] >= MIN_OBJECTS) & (layers.p_value[at] <= alpha) & (q_conditional <= alpha)
    table = pa.table(
        {
            "source": ends[0],
            "target": ends[1],
            "p_value": p_value,
            "q_value": q_value,
            "p_conditional": p_conditional,
            "q_conditional": q_conditional,
            "n_objects": layers.count[rows, kind, scale],
            "kind": pa.array([kinds[k] for k in kind], pa.string()),
            "window_us": pa.array([windows[s] for s in scale], pa.int64()),
            "overlap": -np.log2(np.maximum(layers.p_value[rows, kind, -1], 1e-300)),
            "synchrony": layers.count[rows, kind, np.minimum(scale, len(windows) - 2)] / common,
            "exclusivity": layers.exclusive[rows, kind] / common,
            "level": pa.array(np.where(strong, "L1", "L0").tolist(), pa.string()),
        }
    )
    order = [("q_value", "ascending"), ("source", "ascending"), ("target", "ascending")]
    return schema.EDGES.check(table.sort_by(order))


def _layer_table(ends: Ends, kinds: tuple[str, ...], windows: list[int | None], layers: Layers) -> pa.Table:
    """One row a pair, kind and scale with at least one co-action."""
    pair, kind, scale = np.nonzero(layers.count)
    timed = scale < len(windows) - 1
    conditional = np.where(timed, layers.p_conditional[pair, kind, np.minimum(scale, len(windows) - 2)], 1.0)
    table = pa.table(
        {
            "source": ends[0].take(pa.array(pair)),
            "target": ends[1].take(pa.array(pair)),
            "kind": pa.array([kinds[k] for k in kind], pa.string()),
            "window_us": pa.array([windows[s] for s in scale], pa.int64()),
            "n_objects": layers.count[pair, kind, scale],
            "n_common": layers.count[pair, kind, np.full(len(pair), -1)],
            "expected": layers.expected[pair, kind, scale],
            "p_value": layers.p_value[pair, kind, scale],
            "p_conditional": conditional,
        }
    )
    return schema.PAIR_LAYERS.check(table)
