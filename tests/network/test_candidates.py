"""Candidate groups: components and communities, connected, the same every time, and found on any graph there is."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.special import expit

from inconcert.network.candidates import (
    MIN_SIZE,
    Candidate,
    RarePairs,
    communities,
    components,
    linked_parts,
    weighted_communities,
)

from .worlds import MINUTE, crowd, material

Links = list[tuple[int, int]]
links = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)).filter(lambda e: e[0] < e[1]), max_size=60)


def ends(edges: Links) -> tuple[np.ndarray, np.ndarray]:
    source, target = np.array(edges, dtype=np.int32).reshape(-1, 2).T
    return source, target


def parts(edges: Links) -> list[set[int]]:
    """Connected components by merging one link after the other."""
    found: list[set[int]] = []
    for edge in edges:
        touching = [part for part in found if part & set(edge)]
        found = [part for part in found if not part & set(edge)] + [set(edge).union(*touching)]
    return found


def members(found: list[Candidate]) -> list[list[int]]:
    return [c.members.tolist() for c in found]


@given(edges=links)
def test_components_are_the_connected_parts_of_five_or_more_largest_first(edges: Links):
    found = linked_parts(*ends(edges), "url", 2, 5)
    large = [sorted(part) for part in parts(edges) if len(part) >= MIN_SIZE]
    assert members(found) == sorted(large, key=lambda part: (-len(part), part[0]))
    for c in found:
        assert (c.kind, c.window, c.cap, c.found_by, c.all_kinds) == ("url", 2, 5, "components", False)
        assert c.members.dtype == np.int32


@settings(deadline=None, max_examples=60)
@given(edges=links, seed=st.integers(0, 5), data=st.data())
def test_communities_are_connected_disjoint_and_do_not_depend_on_the_order_of_links(edges: Links, seed: int, data: st.DataObject):  # fmt: skip
    weight = np.array(data.draw(st.lists(st.floats(1e-3, 300.0), min_size=len(edges), max_size=len(edges))))
    found = weighted_communities(*ends(edges), weight, "url", 1, 0, seed, smallest=2)
    taken = [m for group in members(found) for m in group]
    assert len(taken) == len(set(taken))
    assert set(taken) <= {m for edge in edges for m in edge}
    for group in members(found):
        assert group == sorted(group)
        inside = [edge for edge in edges if set(edge) <= set(group)]
        assert parts(inside) == [set(group)]
    order = np.array(data.draw(st.permutations(range(len(edges)))), dtype=int)
    again = weighted_communities(*ends([edges[i] for i in order]), weight[order], "url", 1, 0, seed, smallest=2)
    assert members(again) == members(found)


def clique(codes: range) -> Links:
    return list(itertools.combinations(codes, 2))


def test_two_circles_joined_by_one_bridge_are_one_component_and_two_communities():
    edges = [*clique(range(8)), *clique(range(20, 28)), (7, 20)]
    whole = linked_parts(*ends(edges), "text", 0, 5)
    assert members(whole) == [[*range(8), *range(20, 28)]]
    found = weighted_communities(*ends(edges), np.ones(len(edges)), "text", 0, 5, seed=1)
    assert members(found) == [list(range(8)), list(range(20, 28))]
    assert {c.found_by for c in found} == {"communities"}


def test_parallel_links_add_up():
    """One strong link or ten weak ones between the same two accounts are the same graph."""
    edges = [*clique(range(6)), *clique(range(6, 12)), (5, 6)]
    many = [edge for edge in edges for _ in range(10)]
    one = weighted_communities(*ends(edges), np.full(len(edges), 5.0), "", 0, 0, 1)
    assert members(weighted_communities(*ends(many), np.full(len(many), 0.5), "", 0, 0, 1)) == members(one)


NASTY: dict[str, Links] = {
    "one link": [(0, 1)],
    "many pairs": [(2 * i, 2 * i + 1) for i in range(3_000)],
    "a star": [(0, i) for i in range(1, 2_000)],
    "stars joined at their tips": [(s * 100, s * 100 + i) for s in range(20) for i in range(1, 100)] + [(s * 100 + 99, s * 100 + 199) for s in range(19)],
    "a path": [(i, i + 1) for i in range(2_000)],
    "a ring": [*((i, i + 1) for i in range(999)), (0, 999)],
    "a grid": [(i * 40 + j, i * 40 + j + 1) for i in range(40) for j in range(39)] + [(i * 40 + j, i * 40 + j + 40) for i in range(39) for j in range(40)],
    "equal circles in a ring": [e for c in range(100) for e in clique(range(c * 6, c * 6 + 6))] + [(c * 6, c * 6 + 6) for c in range(99)],
    "two equal halves": [(i, 200 + j) for i in range(40) for j in range(40)],
    "one circle": clique(range(120)),
}  # fmt: skip


@pytest.mark.parametrize("weights", ["equal", "tiny", "huge", "wild"])
@pytest.mark.parametrize("name", sorted(NASTY))
def test_the_search_ends_on_graphs_full_of_ties(name: str, weights: str):
    """networkit's ParallelLeiden went round for ever on some graphs of equal weights; whatever stands here must end."""
    edges = NASTY[name]
    weight = {
        "equal": np.ones(len(edges)),
        "tiny": np.full(len(edges), 1e-12),
        "huge": np.full(len(edges), 1e12),
        "wild": np.exp(np.random.default_rng(1).normal(0, 8, len(edges))),
    }[weights]
    found = weighted_communities(*ends(edges), weight, "", 0, 0, 1, smallest=2)
    assert found
    label = np.full(6_000, -1)
    for index, group in enumerate(members(found)):
        assert (label[group] == -1).all()
        label[group] = index
    source, target = ends(edges)
    inside = (label[source] == label[target]) & (label[source] >= 0)
    links_inside = coo_array((np.ones(int(inside.sum())), (source[inside], target[inside])), shape=(6_000, 6_000))
    apart = connected_components(links_inside, directed=False)[1]
    assert all(len(np.unique(apart[group])) == 1 for group in members(found))


def test_no_links_no_candidates():
    nothing = np.empty(0, np.int32)
    assert weighted_communities(nothing, nothing, np.empty(0), "", 0, 0, 1) == []
    assert linked_parts(nothing, nothing, "", 0, 0) == []


def test_rare_pairs_are_kept_by_mask_and_by_place():
    found = material(crowd(np.random.default_rng(2), accounts=40, objects=30)).rare
    mask = found.gap_us <= MINUTE
    assert found.keep(mask).gap_us.max(initial=0) <= MINUTE
    twice = found.keep(np.array([3, 3, 0]))
    assert twice.object.tolist() == [found.object[3], found.object[3], found.object[0]]
    assert twice.source.tolist() == [found.source[3], found.source[3], found.source[0]]


def pairs(rows: list[tuple[int, int, int]]) -> RarePairs:
    """(source, target, popularity) rows, each on an object of its own and at the same moment."""
    source, target, popularity = np.array(rows, dtype=np.int32).reshape(-1, 3).T
    return RarePairs(source, target, np.arange(len(rows), dtype=np.int32), np.zeros(len(rows), np.int64), popularity)


def test_communities_weigh_a_meeting_by_how_surprising_the_reference_finds_it():
    """Two circles held together by meetings on rare objects, and as many meetings between them on ordinary ones."""
    circles = [*clique(range(6)), *clique(range(6, 12))]
    prior = material(crowd(np.random.default_rng(3))).prior
    rate = expit(prior.pair[0])
    assert rate[0] < 0.5
    found = communities(pairs([(a, b, 2) for a, b in circles] + [(5, 6, 15)]), "share", 0, 15, prior, seed=1)
    assert members(found) == [list(range(6)), list(range(6, 12))]
    assert members(components(pairs([(a, b, 2) for a, b in circles] + [(5, 6, 15)]), "share", 0, 15)) == [
        list(range(12))
    ]
