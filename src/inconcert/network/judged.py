"""Groups with everything the claim ladder asks for: confirmed ones, and circles of significant pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from inconcert.detect.layer import UNTIMED
from inconcert.network import innocent
from inconcert.network.candidates import Candidate, weighted_communities
from inconcert.network.confirm import inside, labels
from inconcert.network.describe import Description, describe
from inconcert.network.groups import Group
from inconcert.network.levels import GroupEvidence, group_level
from inconcert.network.material import Material
from inconcert.network.reference import Rates
from inconcert.network.stability import Graphs, Stability, stability
from inconcert.schema import NEAR

MIN_CIRCLE = 3
"""Fewest accounts of a circle of significant pairs; two are an edge."""


@dataclass(frozen=True)
class Judged:
    """One group, what is known of it, and the level that follows."""

    group: Group
    description: Description
    stability: Stability
    q_value: float
    level: str
    why_not_higher: str
    innocent: str

    @property
    def members(self) -> NDArray[np.int32]:
        """Account codes, ascending."""
        return self.group.members


def circles(edges: pa.Table, accounts: pa.Array, windows_us: Sequence[int], seed: int) -> list[tuple[Candidate, float]]:
    """Communities of the L1 edges (table `edges`), each with the largest q-value of the edges that hold it together."""
    strong = edges.filter(pc.equal(edges["level"], "L1"))
    if not len(strong):
        return []
    ends = [pc.index_in(strong[side], value_set=accounts).to_numpy().astype(np.int32) for side in ("source", "target")]
    weight = -np.log10(np.maximum(strong["p_value"].to_numpy(), 1e-300))
    q = strong["q_value"].to_numpy()
    found = weighted_communities(ends[0], ends[1], weight, "", 0, 0, seed, smallest=MIN_CIRCLE)
    out = []
    for candidate in found:
        within = np.isin(ends[0], candidate.members) & np.isin(ends[1], candidate.members)
        rows = strong.filter(pa.array(within))
        kinds, counts = np.unique(rows["kind"].to_numpy(zero_copy_only=False), return_counts=True)
        timed = [w for w in rows["window_us"].to_pylist() if w is not None]
        window = max(set(timed), key=timed.count) if timed else windows_us[-1]
        placed = Candidate(candidate.members, str(kinds[counts.argmax()]), windows_us.index(window), 0, "pairs")
        out.append((placed, float(q[within].max())))
    return out


def judge(
    graphs: Graphs,
    rates: dict[str, Rates],
    group: Group,
    *,
    q_edges: float,
    alpha: float,
    levels: int,
    posts: NDArray[np.int64],
    permutations: int,
    work: int,
    bootstraps: int,
    seed: int,
) -> Judged:
    """Describe a group and compute its level. q_edges: 1 when no edges hold it together; posts: (accounts,) of each.

    Stability is that of the search that found it.
    """
    materials = graphs.materials
    described = describe(materials, rates, group, alpha=alpha, permutations=permutations, work=work, seed=seed)
    material = materials[group.candidate.kind]
    rng = np.random.default_rng([seed, 104729, int(group.found.members[0])])
    stable = stability(graphs, group.found, bootstraps, rng, seed)
    stable = replace(stable, membership=stable.membership[np.isin(group.found.members, group.members)])
    doubts = innocent.explanations(traits(material, described, group, posts))
    q_value = min(max(group.q_value * levels, described.p_permutation or 0.0), 1.0)
    evidence = GroupEvidence(
        size=len(group.members),
        n_objects=described.n_objects,
        q_value=q_value,
        q_edges=q_edges,
        p_conditional=group.p_value,
        p_day_shift=described.p_day_shift,
        stability=stable.jaccard,
        n_kinds=len({NEAR.get(kind, kind) for kind in described.kinds}),
        n_windows=len(described.windows),
        syndication=any(name == innocent.SYNDICATION for name, _ in doubts),
        near_only=set(described.kinds) <= NEAR.keys(),
    )
    level, why = group_level(evidence, alpha)
    return Judged(group, described, stable, min(q_value, q_edges), level, why, innocent.as_json(doubts))


def traits(material: Material, described: Description, group: Group, posts: NDArray[np.int64]) -> innocent.Traits:
    """What the innocent explanations look at, measured on the kind and scale the group was found on."""
    first, w = material.first, group.candidate.window
    label = labels([group.candidate], first.n_accounts)
    chosen = first.keep((label[first.account] >= 0) & (first.time_us != UNTIMED))
    first_us = chosen.time_us[np.minimum(chosen.starts()[chosen.object], max(len(chosen) - 1, 0))]
    follower = np.r_[False, chosen.object[1:] == chosen.object[:-1]][: len(chosen)]
    gaps = (chosen.time_us - first_us)[follower]
    near = gaps <= material.windows_us[w]
    hours = chosen.time_us[follower][near] // 3_600_000_000
    together = inside(first, label, material.windows_us, np.random.default_rng(0))
    popularity = material.measured.popularity[together.object]
    return innocent.Traits(
        kinds=described.kinds,
        median_gap_us=float(np.median(gaps[near])) if near.any() else 0.0,
        busiest_hour=float(np.unique(hours, return_counts=True)[1].max() / len(hours)) if len(hours) else 0.0,
        outsiders=float((popularity > 2 * together.members).mean()) if len(popularity) else 0.0,
        carried=float((popularity > posts.sum() / 20).mean()) if len(popularity) else 0.0,
        synchrony=described.synchrony,
        reference_rate=described.reference_rate,
        posts_per_account=float(posts[group.members].mean()),
    )
