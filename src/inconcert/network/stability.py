"""Would the same accounts form the group if slightly other objects had been collected?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inconcert.detect.sweep import shared_objects
from inconcert.network.candidates import MIN_SIZE, Candidate, RarePairs, communities, components, weighted_communities
from inconcert.network.material import Material

BOOTSTRAPS = 50


@dataclass(frozen=True)
class Stability:
    """jaccard: mean over samples of the best match, 0 to 1; membership: (members,) share of samples each one was in."""

    jaccard: float
    membership: NDArray[np.float64]


def stability(material: Material, candidate: Candidate, samples: int, rng: np.random.Generator, seed: int) -> Stability:
    """Objects drawn with replacement `samples` times; the search that found the group repeated around it.

    Only accounts of the group and those it acted with within the window take part: a component cannot gain accounts when
    objects are lost, and a community gains them from its neighbourhood.
    """
    graph = _graph(material, candidate)
    scores, seen = [], np.zeros(len(candidate.members))
    for _ in range(samples):
        drawn = np.bincount(
            rng.integers(0, material.first.n_objects, material.first.n_objects), minlength=material.first.n_objects
        )
        times = drawn[graph.object]
        kept = graph.keep(times > 0)
        if candidate.found_by == "components":
            found = components(kept, candidate.kind, candidate.window, candidate.cap)
        elif candidate.found_by == "communities":
            again = graph.keep(np.repeat(np.arange(len(times)), times))
            found = communities(again, candidate.kind, candidate.window, candidate.cap, material.prior, seed)
        else:
            found = weighted_communities(
                kept.source,
                kept.target,
                times[times > 0].astype(float),
                candidate.kind,
                candidate.window,
                candidate.cap,
                seed,
                smallest=min(len(candidate.members), MIN_SIZE),
            )
        best, match = 0.0, np.zeros(len(candidate.members), dtype=bool)
        for other in found:
            common = np.isin(candidate.members, other.members, assume_unique=True)
            jaccard = common.sum() / (len(candidate.members) + len(other.members) - common.sum())
            if jaccard > best:
                best, match = float(jaccard), common
        scores.append(best)
        seen += match
    return Stability(float(np.mean(scores)) if scores else 0.0, seen / max(samples, 1))


def _graph(material: Material, candidate: Candidate) -> RarePairs:
    """Co-actions within the window among the group and its neighbours, one row a pair and object."""
    window_us = material.windows_us[candidate.window]
    if candidate.found_by != "pairs":
        rare = material.rare
        joined = rare.keep((rare.gap_us <= window_us) & (rare.popularity <= candidate.cap))
        if candidate.found_by == "components":
            return joined.keep(np.isin(joined.source, candidate.members))
        near = _neighbourhood(joined.source, joined.target, candidate.members)
        return joined.keep(np.isin(joined.source, near) & np.isin(joined.target, near))
    counted = material.counted
    strong = counted.n[:, candidate.window] >= 2
    source, target = counted.source[strong], counted.target[strong]
    near = _neighbourhood(source, target, candidate.members)
    both = np.isin(source, near) & np.isin(target, near)
    rows, thing, gap_us = shared_objects(material.first, source[both], target[both])
    within = gap_us <= window_us
    rows, thing, gap_us = rows[within], thing[within], gap_us[within]
    return RarePairs(source[both][rows], target[both][rows], thing, gap_us, material.measured.popularity[thing])


def _neighbourhood(
    source: NDArray[np.int32], target: NDArray[np.int32], members: NDArray[np.int32]
) -> NDArray[np.int32]:
    out, back = np.isin(source, members), np.isin(target, members)
    return np.unique(np.concatenate([members, target[out], source[back]]))
