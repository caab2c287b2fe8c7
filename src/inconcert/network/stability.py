"""Would the same accounts form the group if slightly other objects had been collected?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from inconcert.detect.sweep import shared_objects
from inconcert.network.candidates import (
    MIN_SIZE,
    Candidate,
    RarePairs,
    communities,
    components,
    linked_parts,
    weighted_communities,
)
from inconcert.network.discover import STRICT, JoiningPairs, joining_pairs
from inconcert.network.material import Materials
from inconcert.network.meetings import MEETINGS, Meetings, repeated_meetings

BOOTSTRAPS = 50
MIN_MEETINGS = MEETINGS[0]
"""Meetings in a sample that keep a pair linked which a test had linked."""


@dataclass(frozen=True)
class Stability:
    """jaccard: mean over samples of the best match, 0 to 1; membership: (members,) share of samples each one was in."""

    jaccard: float
    membership: NDArray[np.float64]


class Graphs:
    """What links accounts in each search, over all the data: made when first asked for, and kept for the groups to come."""

    def __init__(self, materials: Materials) -> None:
        self.materials = materials
        self._met: dict[int, Meetings] = {}

    @cached_property
    def joining(self) -> JoiningPairs | None:
        """The pairs that joined the candidates of a report."""
        return joining_pairs(self.materials, STRICT)

    def met(self, window_us: int) -> Meetings:
        """Repeated meetings within the window."""
        if window_us not in self._met:
            self._met[window_us] = repeated_meetings(self.materials, window_us)
        return self._met[window_us]


def stability(graphs: Graphs, candidate: Candidate, samples: int, rng: np.random.Generator, seed: int) -> Stability:
    """Objects drawn with replacement `samples` times; the search that found the group repeated around it.

    Only accounts of the group and those it is linked to take part: a component cannot gain accounts when objects are lost,
    and a community gains them from its neighbourhood.
    """
    graph = _graph(graphs, candidate)
    things, place = np.unique(graph.object, return_inverse=True)
    scores, seen = [], np.zeros(len(candidate.members))
    for _ in range(samples):
        # a Poisson number of each object: the bootstrap of an unknown number of objects, of which only these matter
        times = rng.poisson(1.0, len(things))[place]
        best, match = 0.0, np.zeros(len(candidate.members), dtype=bool)
        for other in _again(graphs.materials, candidate, graph, times, seed):
            common = np.isin(candidate.members, other.members, assume_unique=True)
            jaccard = common.sum() / (len(candidate.members) + len(other.members) - common.sum())
            if jaccard > best:
                best, match = float(jaccard), common
        scores.append(best)
        seen += match
    return Stability(float(np.mean(scores)) if scores else 0.0, seen / max(samples, 1))


def _again(
    materials: Materials, candidate: Candidate, graph: RarePairs, times: NDArray[np.int64], seed: int
) -> list[Candidate]:
    """The search on a sample in which each row of the graph occurs `times` times."""
    kind, window, cap = candidate.kind, candidate.window, candidate.cap
    if candidate.found_by == "components":
        return components(graph.keep(times > 0), kind, window, cap)
    rows = np.repeat(np.arange(len(times)), times)
    if candidate.found_by == "communities":
        return communities(graph.keep(rows), kind, window, cap, materials[kind].prior, seed)
    ends = np.column_stack([graph.source[rows], graph.target[rows]])
    pairs, count = np.unique(ends, axis=0, return_counts=True)
    kept = count >= max(candidate.meetings, MIN_MEETINGS)
    source, target = pairs[kept].T.astype(np.int32).reshape(2, -1)
    if candidate.found_by in ("linked pairs", "meetings"):
        return linked_parts(source, target, kind, window, cap)
    smallest = min(len(candidate.members), MIN_SIZE)
    return weighted_communities(source, target, count[kept].astype(float), kind, window, cap, seed, smallest)


def _graph(graphs: Graphs, candidate: Candidate) -> RarePairs:
    """One row a co-action that could join accounts of the group, or its neighbourhood, in the search that found it."""
    if not candidate.all_kinds:
        return _rare_graph(graphs.materials, candidate)
    if candidate.found_by in ("linked pairs", "pairs"):
        return _pair_graph(graphs, candidate)
    met = graphs.met(graphs.materials[candidate.kind].windows_us[candidate.window])
    near = _neighbourhood(met.source, met.target, candidate.members)
    both = np.isin(met.source, near) & np.isin(met.target, near)
    met = met.keep(both)
    # one row a pair and post
    _, once = np.unique(np.column_stack([met.source, met.target, met.post]), axis=0, return_index=True)
    things = met.object.astype(np.int32)
    return RarePairs(met.source, met.target, things, met.gap_us, met.popularity).keep(np.sort(once))


def _rare_graph(materials: Materials, candidate: Candidate) -> RarePairs:
    """Co-actions within the window on rare objects of one kind, among the group and its neighbours."""
    material = materials[candidate.kind]
    rare, window_us = material.rare, material.windows_us[candidate.window]
    joined = rare.keep((rare.gap_us <= window_us) & (rare.popularity <= candidate.cap))
    if candidate.found_by == "components":
        return joined.keep(np.isin(joined.source, candidate.members))
    near = _neighbourhood(joined.source, joined.target, candidate.members)
    return joined.keep(np.isin(joined.source, near) & np.isin(joined.target, near))


def _pair_graph(graphs: Graphs, candidate: Candidate) -> RarePairs:
    """One row a joining pair and object of any kind on which it met within the window, around the group."""
    pairs = graphs.joining
    if pairs is None:
        nothing = np.empty(0, np.int32)
        return RarePairs(nothing, nothing, nothing, np.empty(0, np.int64), nothing)
    near = _neighbourhood(pairs.source, pairs.target, candidate.members)
    both = np.isin(pairs.source, near) & np.isin(pairs.target, near)
    source, target = pairs.source[both], pairs.target[both]
    parts, offset = [], 0
    for m in graphs.materials.values():
        rows, thing, gap_us = shared_objects(m.first, source, target)
        met = gap_us <= m.windows_us[candidate.window]
        rows, thing = rows[met], thing[met]
        parts.append((source[rows], target[rows], thing + offset, gap_us[met], m.measured.popularity[thing]))
        offset += m.first.n_objects
    return RarePairs(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _neighbourhood(
    source: NDArray[np.int32], target: NDArray[np.int32], members: NDArray[np.int32]
) -> NDArray[np.int32]:
    out, back = np.isin(source, members), np.isin(target, members)
    return np.unique(np.concatenate([members, target[out], source[back]]))
