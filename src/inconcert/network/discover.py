"""Search for candidate groups: five ways, each a partition of some accounts."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from inconcert.network.candidates import (
    CAPS,
    Candidate,
    Search,
    communities,
    components,
    linked_parts,
    weighted_communities,
)
from inconcert.network.material import Materials, tested_accounts
from inconcert.network.meetings import MEETINGS, Meetings, repeated_meetings
from inconcert.network.pairs import combine_pairs, timed_only

LOOSE = 0.6
"""q-value up to which a pair may join two accounts of a candidate on *half* of the objects, where every pair has lost half of
its evidence; such candidates are only tested, never reported."""
STRICT = 0.05
"""The same on all of the objects, for candidates whose members a report may list."""


def discover(
    materials: Materials, seed: int, *, largest_q: Sequence[float], sought: Set[Search] | None = None
) -> list[list[Candidate]]:
    """Families of candidates, each family disjoint groups of one kind and one window.

    components: accounts joined by co-actions of one kind on rare objects within one window. communities: of the same graph,
    where it differs. meetings: components of the pairs that met repeatedly within one window, over all kinds. linked pairs: components of the graph of pairs with a small p-value over all kinds; pairs: its
    communities. largest_q: of the pairs that may join, each tried by itself. Each of these has the kind and window at which its own pairs stand out most.
    sought: the only searches to make; None for all.
    """

    def wanted(search: Search) -> bool:
        return sought is None or search in sought

    families: list[list[Candidate]] = []
    for kind, material in materials.items():
        for w, window_us in enumerate(material.windows_us):
            near = material.rare.keep(material.rare.gap_us <= window_us)
            for cap in CAPS:
                ways = {way for way in ("components", "communities") if wanted((kind, w, cap, way, 0))}
                if not ways:
                    continue
                joined = near.keep(near.popularity <= cap)
                whole = components(joined, kind, w, cap)
                known = {c.members.tobytes() for c in whole}
                parts = (
                    communities(joined, kind, w, cap, material.prior, seed) if whole and "communities" in ways else []
                )
                families += [
                    whole if "components" in ways else [],
                    [c for c in parts if c.members.tobytes() not in known],
                ]
    families.extend(_by_meetings(materials, wanted))
    if wanted(("", 0, 0, "linked pairs", 0)) or wanted(("", 0, 0, "pairs", 0)):
        for q in largest_q:
            families.extend(f for f in _by_pairs(materials, seed, q) if f and wanted(f[0].search))
    return [family for family in families if family]


def _by_meetings(materials: Materials, wanted: Callable[[Search], bool]) -> list[list[Candidate]]:
    families: list[list[Candidate]] = []
    windows_us = next(iter(materials.values())).windows_us if materials else ()
    for w, window_us in enumerate(windows_us):
        chosen = [least for least in MEETINGS if wanted(("", w, 0, "meetings", least))]
        if not chosen:
            continue
        met = repeated_meetings(materials, window_us)
        for least in chosen:
            met = met.keep(met.met >= least)
            whole = linked_parts(met.source, met.target, "", w, 0)
            families.append([_met(c, met, tuple(materials), least) for c in whole])
    return families


def _met(candidate: Candidate, met: Meetings, kinds: tuple[str, ...], least: int) -> Candidate:
    """The candidate at the kind of most of its meetings."""
    within = np.isin(met.source, candidate.members) & np.isin(met.target, candidate.members)
    kind = kinds[int(np.bincount(met.kind[within]).argmax())]
    return replace(candidate, kind=kind, found_by="meetings", meetings=least)


@dataclass(frozen=True)
class JoiningPairs:
    """Pairs that may join two accounts of a candidate: source, target codes (E,) and strength (E, kinds, windows), -log10 of
    the p-value at each; combined (E,), that of all of them together. kinds: names, in their order."""

    kinds: tuple[str, ...]
    source: NDArray[np.int32]
    target: NDArray[np.int32]
    strength: NDArray[np.float64]
    combined: NDArray[np.float64]


def joining_pairs(materials: Materials, largest_q: float) -> JoiningPairs | None:
    """Pairs with a q-value of at most `largest_q` over all kinds and timed scales; None when there are none."""
    tests = {kind: timed_only(m.pairs) for kind, m in materials.items()}
    scales = len(next(iter(materials.values())).windows_us)
    edges = combine_pairs(tests, tested_accounts(materials), scales)
    chosen = edges.q_value <= largest_q
    if not chosen.any():
        return None
    key = edges.source[chosen].astype(np.int64) * 2**31 + edges.target[chosen]
    strength = np.zeros((len(key), len(tests), scales))
    for k, t in enumerate(tests.values()):
        theirs = t.source.astype(np.int64) * 2**31 + t.target
        mine = np.flatnonzero(np.isin(theirs, key))
        strength[np.searchsorted(key, theirs[mine]), k] = -np.log10(np.maximum(t.p_values[mine], 1e-300))
    combined = -np.log10(np.maximum(edges.p_value[chosen], 1e-300))
    return JoiningPairs(tuple(tests), edges.source[chosen], edges.target[chosen], strength, combined)


def _by_pairs(materials: Materials, seed: int, largest_q: float) -> list[list[Candidate]]:
    pairs = joining_pairs(materials, largest_q) if materials else None
    if pairs is None:
        return []
    linked = linked_parts(pairs.source, pairs.target, "", 0, 0)
    parts = weighted_communities(pairs.source, pairs.target, pairs.combined, "", 0, 0, seed)
    known = {c.members.tobytes() for c in linked}
    return [
        [_placed(c, pairs, "linked pairs") for c in linked],
        [_placed(c, pairs, "pairs") for c in parts if c.members.tobytes() not in known],
    ]


def _placed(candidate: Candidate, pairs: JoiningPairs, found_by: str) -> Candidate:
    """The candidate at the kind and window at which its own pairs stand out most."""
    within = np.isin(pairs.source, candidate.members) & np.isin(pairs.target, candidate.members)
    total = pairs.strength[within].sum(axis=0)
    kind, window = np.unravel_index(int(total.argmax()), total.shape)
    return replace(candidate, kind=pairs.kinds[int(kind)], window=int(window), found_by=found_by)
