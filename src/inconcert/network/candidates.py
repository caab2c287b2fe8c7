"""Candidate groups: loosely found, to be confirmed strictly on objects that were not used to find them."""

from __future__ import annotations

from dataclasses import dataclass

import networkit as nk
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.special import log_expit

from inconcert.network.reference import Prior
from inconcert.network.synchrony import popularity_bin

Floats = NDArray[np.float64]

CAPS = (2, 5, 15)
"""Popularity caps of the search: objects touched by more accounts do not join two accounts. All are tried, and paid for
in the multiplicity: which one percolates depends on the crowd, and choosing it by any rule that sees the operation's own
activity chooses against finding it."""
MIN_SIZE = 5
"""Fewest accounts of a candidate."""


@dataclass(frozen=True)
class RarePairs:
    """Every pair of accounts on objects few accounts touched: source, target, object codes, gap_us, popularity (P,)."""

    source: NDArray[np.int32]
    target: NDArray[np.int32]
    object: NDArray[np.int32]
    gap_us: NDArray[np.int64]
    popularity: NDArray[np.int32]

    def keep(self, mask: NDArray[np.bool_ | np.int64]) -> RarePairs:
        """The pairs where mask is true, or at these places, as often as each occurs."""
        return RarePairs(
            self.source[mask], self.target[mask], self.object[mask], self.gap_us[mask], self.popularity[mask]
        )


Search = tuple[str, int, int, str, int]
"""Kind, window, cap, way and fewest meetings of a search."""


@dataclass(frozen=True)
class Candidate:
    """members: ascending account codes; found on `kind` at window index `window` among objects of at most `cap` accounts,
    0 for any popularity; meetings: fewest that linked two of its accounts, 0 where one did or a test of the pair."""

    members: NDArray[np.int32]
    kind: str
    window: int
    cap: int
    found_by: str
    meetings: int = 0

    @property
    def all_kinds(self) -> bool:
        """Whether it was found on all kinds of action together."""
        return self.found_by in ("meetings", "linked pairs", "pairs")

    @property
    def search(self) -> Search:
        """What found it; of all kinds, only window and way; of all windows too, only the way."""
        if self.found_by in ("linked pairs", "pairs"):
            return "", 0, 0, self.found_by, 0
        if self.all_kinds:
            return "", self.window, 0, self.found_by, self.meetings
        return self.kind, self.window, self.cap, self.found_by, 0


def components(pairs: RarePairs, kind: str, window: int, cap: int) -> list[Candidate]:
    """Connected components of MIN_SIZE accounts or more; `pairs` are those within window and cap."""
    return linked_parts(pairs.source, pairs.target, kind, window, cap)


def linked_parts(
    source: NDArray[np.int32], target: NDArray[np.int32], kind: str, window: int, cap: int
) -> list[Candidate]:
    """Connected components of MIN_SIZE accounts or more of the graph with these links."""
    touched, ends = np.unique(np.concatenate([source, target]), return_inverse=True)
    half = len(source)
    graph = coo_array((np.ones(half, np.int8), (ends[:half], ends[half:])), shape=(len(touched), len(touched)))
    return _parts(touched, connected_components(graph, directed=False)[1], kind, window, cap, "components")


def communities(pairs: RarePairs, kind: str, window: int, cap: int, expected: Prior, seed: int) -> list[Candidate]:
    """Communities of the co-action graph, each co-action weighing the surprise -log(reference rate).

    For operations that one bridge joins to an organic component. Modularity is the objective; the candidates
    are proposals only, so the objective decides what is looked at, never what is believed.
    """
    surprise = -log_expit(expected.pair[window])[popularity_bin(pairs.popularity)]
    return weighted_communities(pairs.source, pairs.target, surprise, kind, window, cap, seed)


def weighted_communities(
    source: NDArray[np.int32],
    target: NDArray[np.int32],
    weight: Floats,
    kind: str,
    window: int,
    cap: int,
    seed: int,
    smallest: int = MIN_SIZE,
) -> list[Candidate]:
    """Communities (modularity, resolution 1, one thread, seeded; each connected) of a weighted graph; parallel edges are
    summed."""
    if not len(source):
        return []
    touched, ends = np.unique(np.concatenate([source, target]), return_inverse=True)
    merged = coo_array((weight, (ends[: len(source)], ends[len(source) :])), shape=(len(touched), len(touched)))
    merged.sum_duplicates()
    nk.setSeed(seed, False)
    nk.setNumberOfThreads(1)
    graph = nk.GraphFromCoo((merged.data, (merged.row, merged.col)), n=len(touched), weighted=True, directed=False)
    # networkit's ParallelLeiden does not end on some graphs (docs/decisions/communities.md); PLM is bounded by maxIter, and
    # cutting its communities into connected parts gives what Leiden adds to Louvain
    found = nk.community.PLM(graph, refine=True, gamma=1.0, par="none", maxIter=32).run().getPartition()
    community = np.asarray(found.getVector())
    joined = community[merged.row] == community[merged.col]
    parts = coo_array((merged.data[joined], (merged.row[joined], merged.col[joined])), shape=merged.shape)
    community = connected_components(parts, directed=False)[1]
    return _parts(touched, community, kind, window, cap, "communities", smallest)


def _parts(
    codes: NDArray[np.int32],
    label: NDArray[np.int32],
    kind: str,
    window: int,
    cap: int,
    found_by: str,
    smallest: int = MIN_SIZE,
) -> list[Candidate]:
    """Classes of `smallest` accounts or more, largest first, ties by first member. codes, ascending, and label: (touched,)."""
    order = np.argsort(label, kind="stable")
    _, starts, sizes = np.unique(label[order], return_index=True, return_counts=True)
    found = [
        Candidate(codes[order[starts[i] : starts[i] + sizes[i]]].astype(np.int32), kind, window, cap, found_by)
        for i in np.flatnonzero(sizes >= smallest)
    ]
    return sorted(found, key=lambda c: (-len(c.members), int(c.members[0])))
