"""Paths and neighbourhoods against the plainest way to find them."""

from __future__ import annotations

from itertools import pairwise, permutations

from hypothesis import given
from hypothesis import strategies as st

from inconcert.entities.graph import Graph
from inconcert.entities.neighbourhood import neighbourhood
from inconcert.entities.paths import paths
from inconcert.entities.strength import STRENGTHS, weakness

from .small_world import entity, link, person, world

NODES = "abcdef"
edges = st.lists(
    st.tuples(st.sampled_from(NODES), st.sampled_from(NODES), st.sampled_from(sorted(STRENGTHS))), max_size=12
)


def made(drawn: list[tuple[str, str, str]]) -> Graph:
    links = [link(f"t{n:02}", a, b, strength) for n, (a, b, strength) in enumerate(drawn) if a != b]
    return world(*(person(node) for node in NODES), *links)


@given(edges, st.integers(1, 5))
def test_all_simple_paths_are_found_once_with_their_weakest_link(drawn: list[tuple[str, str, str]], most: int):
    graph = made(drawn)
    best: dict[frozenset[str], int] = {}
    for a, b, strength in drawn:
        pair = frozenset((a, b))
        best[pair] = min(best.get(pair, 9), weakness(strength))
    expected = {}
    for inner in range(most):
        for middle in permutations("cdef", inner):
            nodes = ("a", *middle, "b")
            pairs = [frozenset(pair) for pair in pairwise(nodes)]
            if all(pair in best for pair in pairs):
                expected[nodes] = max(best[pair] for pair in pairs)
    found = paths(graph, ["a"], "b", most)
    assert found.complete
    assert len(found.paths) == len(expected)
    assert {path.nodes: weakness(path.strength) for path in found.paths} == expected
    assert all({tie.strength for tie in path.weakest} == {path.strength} for path in found.paths)
    ranks = [(weakness(path.strength), len(path.steps), len(path.weakest), path.nodes) for path in found.paths]
    assert ranks == sorted(ranks)


@given(edges, st.integers(1, 3))
def test_the_neighbourhood_is_what_can_be_walked_to(drawn: list[tuple[str, str, str]], steps: int):
    graph = made(drawn)
    near = neighbourhood(graph, "a", steps)
    reached = {"a": 0}
    for step in range(1, steps + 1):
        for a, b, _ in drawn:
            for here, there in ((a, b), (b, a)):
                if reached.get(here) == step - 1:
                    reached.setdefault(there, step)
    assert dict(near.steps) == reached
    assert {tie.id for tie in near.ties} == {tie.id for tie in graph.ties if {tie.source, tie.target} <= reached.keys()}
    cut = neighbourhood(graph, "a", steps, 2)
    assert (len(cut.steps), cut.left_out) == (min(2, len(reached)), max(0, len(reached) - 2))


def test_the_nearest_and_strongest_are_kept():
    graph = made([("a", "b", "possible"), ("a", "c", "confirmed"), ("c", "d", "confirmed")])
    assert list(neighbourhood(graph, "a", 2, 2).steps) == ["a", "c"]


def test_a_path_through_a_common_place_comes_last():
    graph = world(
        entity("town", "Territory", name="Town"),
        link("t1", "a", "town"), link("t2", "town", "b"), link("t3", "a", "b", "possible"),
    )  # fmt: skip
    found = paths(graph, ["a"], "b", 3).paths
    assert [(path.nodes, path.incidental) for path in found] == [(("a", "b"), False), (("a", "town", "b"), True)]


def test_paths_of_a_group_pass_through_no_other_account_of_it():
    graph = made([("a", "c", "confirmed"), ("c", "b", "reported"), ("a", "d", "confirmed")])
    found = paths(graph, ["c", "a"], "b", 4).paths
    assert [path.nodes for path in found] == [("c", "b")]


def test_a_search_that_grows_too_large_says_that_it_stopped():
    graph = made([(a, b, "reported") for a, b in permutations(NODES, 2)])
    found = paths(graph, ["a"], "b", 5, most_paths=7)
    assert (len(found.paths), found.complete) == (7, False)


def test_a_knot_that_leads_nowhere_ends_the_search_and_says_so():
    """Beyond the one path there is a knot of forty from which nothing leads on: as many ways as there are grains of sand."""
    names = [f"k{n:02}" for n in range(40)]
    knot = [link(f"{a}-{b}", a, b) for n, a in enumerate(names) for b in names[:n]]
    graph = world(*map(person, [*names, "goal"]), *knot, link("only", names[0], "goal"))
    found = paths(graph, [names[0]], "goal", 8)
    assert [path.nodes for path in found.paths] == [(names[0], "goal")]
    assert not found.complete


def test_a_tie_of_thousands_to_thousands_ties_nobody():
    names = [f"n{n:03}" for n in range(100)]
    graph = world(*map(person, names), entity("all", "UnknownLink", subject=names, object=names))
    assert (graph.ties, graph.dangling) == ((), ("all",))
