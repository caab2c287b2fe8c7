"""Search for candidate groups: three ways, each a partition of some accounts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from inconcert.network.candidates import CAPS, Candidate, communities, components, weighted_communities
from inconcert.network.material import Material, Materials
from inconcert.network.multiple import benjamini_hochberg, cauchy
from inconcert.network.pairs import pair_tests

LOOSE = 0.1
"""q-value up to which a pair may join two accounts of a *candidate*; candidates are confirmed on other objects."""


def discover(materials: Materials, seed: int) -> list[list[Candidate]]:
    """Families of candidates, each family disjoint groups of one kind and one window.

    components: accounts joined by co-actions on rare objects within the window. communities: of the same graph,
    where it differs. pairs: communities of pairs of small p-value, at the scale where most of them are smallest.
    """
    families: list[list[Candidate]] = []
    for kind, material in materials.items():
        for w, window_us in enumerate(material.windows_us):
            near = material.rare.keep(material.rare.gap_us <= window_us)
            for cap in CAPS:
                joined = near.keep(near.popularity <= cap)
                whole = components(joined, kind, w, cap)
                known = {c.members.tobytes() for c in whole}
                parts = communities(joined, kind, w, cap, material.prior, seed) if whole else []
                families += [whole, [c for c in parts if c.members.tobytes() not in known]]
        families.extend(_by_pairs(material, seed))
    return [family for family in families if family]


def _by_pairs(material: Material, seed: int) -> list[list[Candidate]]:
    """Communities of the pairs that stand out at any timed scale of this kind."""
    tests = pair_tests(material.first, material.measured, material.counted)
    timed = tests.p_values[:, :-1]
    if not timed.size:
        return []
    active = np.unique(material.first.account).size
    combined = cauchy(timed, timed.shape[1])
    chosen = benjamini_hochberg(combined, active * (active - 1) // 2) <= LOOSE
    if not chosen.any():
        return []
    strength = -np.log10(np.maximum(timed[chosen], 1e-300))
    scale = int(strength.sum(axis=0).argmax())
    found = weighted_communities(
        tests.source[chosen], tests.target[chosen], strength.max(axis=1), material.first.kind, scale,
        int(material.counted.max_accounts[scale]), material.first.n_accounts, seed,
    )  # fmt: skip
    return [[replace(candidate, found_by="pairs") for candidate in found]]
