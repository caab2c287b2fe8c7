"""Where accounts stand in the picture of the whole network: computed once, the same for the same network and seed."""

from __future__ import annotations

from dataclasses import dataclass

import networkit as nk
import networkit.viz
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

MOST_LINKS = 100_000
"""Links of a component above which its first placing is not refined: that would take minutes."""
GAP = 1.5
"""Room between components, in distances between neighbours."""

_PIVOTS = 50
_TOLERANCE = 1e-2

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Links:
    """A network of n accounts, 0 .. n-1. source, target (links,).   group (n,): number of its group, -1 for none."""

    n: int
    source: Ints
    target: Ints
    group: Ints


def positions(links: Links, seed: int) -> Floats:
    """(n, 2) positions, about one account to a unit of area, the middle at 0.

    Components stand side by side, the largest first; in one, accounts stand as far apart as they are in the network (pivot
    MDS, Brandes and Pich 2007, refined by maxent stress, Gansner, Hu and North 2013). Members of a group are held together by a link to a
    point of their own that is not drawn.
    """
    if not links.n:
        return np.zeros((0, 2))
    grouped = np.flatnonzero(links.group >= 0)
    hubs = links.n + links.group[grouped]
    ends = np.column_stack([np.concatenate([links.source, grouped]), np.concatenate([links.target, hubs])])
    ends = np.unique(np.sort(ends[ends[:, 0] != ends[:, 1]], axis=1), axis=0)
    whole = links.n + int(links.group.max(initial=-1)) + 1
    joined = coo_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(whole, whole))
    _, component = connected_components(joined, directed=False)
    at = np.zeros((whole, 2))
    order = np.argsort(component, kind="stable")
    of_link = np.argsort(component[ends[:, 0]], kind="stable")
    starts = np.searchsorted(component[order], np.arange(component.max() + 2))
    link_starts = np.searchsorted(component[ends[of_link, 0]], np.arange(component.max() + 2))
    place = np.empty(whole, np.int64)
    place[order] = np.arange(whole) - starts[component[order]]
    for c in range(len(starts) - 1):
        nodes = order[starts[c] : starts[c + 1]]
        at[nodes] = _component(len(nodes), place[ends[of_link[link_starts[c] : link_starts[c + 1]]]], seed)
    return _packed(at[: links.n], component[: links.n])


def _component(n: int, ends: Ints, seed: int) -> Floats:
    """(n, 2) positions of a connected network; neighbours are about a unit apart."""
    if n < 3:
        return np.column_stack([np.arange(n, dtype=np.float64), np.zeros(n)])
    nk.setSeed(seed, False)
    nk.setNumberOfThreads(1)
    graph = nk.Graph(n)
    for a, b in ends.tolist():
        graph.addEdge(a, b)
    first = networkit.viz.PivotMDS(graph, 2, min(_PIVOTS, n))
    first.run()
    # accounts with the same neighbours fall on one point, which nothing could part again
    at = np.nan_to_num(np.array(first.getCoordinates())) + np.random.default_rng([seed, n]).normal(0, 0.05, (n, 2))
    if len(ends) <= MOST_LINKS:
        solver = networkit.viz.LinearSolverType.CONJUGATE_GRADIENT_DIAGONAL_PRECONDITIONER
        second = networkit.viz.MaxentStress(graph, 2, 1, [tuple(one) for one in at.tolist()], _TOLERANCE, solver, True)
        second.run()
        refined = np.array(second.getCoordinates())
        at = refined if np.isfinite(refined).all() else at
    return _spread(at - at.mean(axis=0), n)


def _spread(at: Floats, n: int) -> Floats:
    """Scaled so that most of the n accounts take a unit of area each."""
    reach = float(np.quantile(np.sqrt((at**2).sum(axis=1)), 0.9))
    spread: Floats = at * (np.sqrt(n / np.pi) / max(reach, 1e-9))
    return spread


def _packed(at: Floats, component: Ints) -> Floats:
    """Components moved side by side: the largest first, in rows of about the same width."""
    _, component = np.unique(component, return_inverse=True)
    order = np.argsort(component, kind="stable")
    starts = np.searchsorted(component[order], np.arange(component.max() + 2))
    low = np.minimum.reduceat(at[order], starts[:-1])
    size = np.maximum.reduceat(at[order], starts[:-1]) - low + GAP
    width = max(float(np.sqrt((size[:, 0] * size[:, 1]).sum()) * 1.3), float(size[:, 0].max()))
    x = y = height = 0.0
    corner = np.zeros_like(low)
    for c in np.lexsort((np.arange(len(size)), -size[:, 1])).tolist():
        if x > 0 and x + size[c, 0] > width:
            x, y, height = 0.0, y + height, 0.0
        corner[c] = x, y
        x, height = x + size[c, 0], max(height, float(size[c, 1]))
    moved = at - low[component] + corner[component]
    middle: Floats = (moved.min(axis=0) + moved.max(axis=0)) / 2
    return moved - middle
