"""Stability: the search repeated on samples of objects, over graphs that are made once."""

from __future__ import annotations

import functools
import itertools
from collections import Counter

import numpy as np
import pytest

from inconcert.network import stability as module
from inconcert.network.candidates import Candidate
from inconcert.network.discover import STRICT, discover
from inconcert.network.levels import MIN_STABILITY
from inconcert.network.material import Material
from inconcert.network.stability import BOOTSTRAPS, Graphs, Stability, stability

from .worlds import DAY, MINUTE, SECOND, crowd, joined, layer, material, moved, ring

ACCOUNTS = 150
RINGS = (range(0, 60, 5), range(55, 150, 10))


@functools.cache
def two_circles() -> dict[str, Material]:
    """Two rings that one account belongs to, so that every way of searching finds something."""
    rng = np.random.default_rng(121)
    return {
        kind: material(
            joined(
                crowd(rng, accounts=ACCOUNTS, objects=120, kind=kind),
                *(ring(rng, members, accounts=ACCOUNTS, objects=20, joins=0.6, kind=kind) for members in RINGS),
            )
        )
        for kind in ("share", "text")
    }


@functools.cache
def candidates() -> list[Candidate]:
    found = [c for each in discover(two_circles(), 1, largest_q=(STRICT,)) for c in each]
    assert {c.found_by for c in found} == {"components", "communities", "meetings", "linked pairs", "pairs"}
    return found


def shaken(graphs: Graphs, candidate: Candidate, samples: int = 5) -> Stability:
    return stability(graphs, candidate, samples, np.random.default_rng(int(candidate.members[0])), 1)


# Graphs ------------------------------------------------------------------------------------------------------------------


def test_each_graph_is_made_once_and_only_when_a_group_needs_it(monkeypatch: pytest.MonkeyPatch):
    made: Counter[tuple[str, float]] = Counter()
    meetings, joining = module.repeated_meetings, module.joining_pairs

    def counted_meetings(materials, window_us):
        made["meetings", window_us] += 1
        return meetings(materials, window_us)

    def counted_joining(materials, largest_q):
        made["pairs", largest_q] += 1
        return joining(materials, largest_q)

    monkeypatch.setattr(module, "repeated_meetings", counted_meetings)
    monkeypatch.setattr(module, "joining_pairs", counted_joining)
    graphs = Graphs(two_circles())
    windows_us = graphs.materials["share"].windows_us
    for candidate in candidates():
        if candidate.found_by in ("components", "communities"):
            shaken(graphs, candidate, 1)
    assert not made
    wanted = set()
    for candidate in candidates():
        shaken(graphs, candidate, 1)
        if candidate.found_by == "meetings":
            wanted.add(("meetings", windows_us[candidate.window]))
        elif candidate.all_kinds:
            wanted.add(("pairs", STRICT))
        assert set(made) == wanted
    assert set(made.values()) == {1}
    assert len(made) == 1 + len(windows_us)


def test_that_there_are_no_pairs_is_remembered_too(monkeypatch: pytest.MonkeyPatch):
    asked: list[float] = []
    monkeypatch.setattr(module, "joining_pairs", lambda _, largest_q: asked.append(largest_q))
    graphs = Graphs(two_circles())
    group = next(c for c in candidates() if c.found_by == "linked pairs")
    for _ in range(3):
        found = shaken(graphs, group)
        assert (found.jaccard, found.membership.tolist()) == (0.0, [0.0] * len(group.members))
    assert asked == [STRICT]


def test_graphs_kept_from_other_groups_change_nothing():
    """Each group by itself, and all of them one after the other, in either order."""
    alone = [shaken(Graphs(two_circles()), c, 3) for c in candidates()]
    for order in (range(len(alone)), range(len(alone) - 1, -1, -1)):
        graphs = Graphs(two_circles())
        for place in order:
            again = shaken(graphs, candidates()[place], 3)
            assert again.jaccard == alone[place].jaccard
            assert again.membership.tolist() == alone[place].membership.tolist()


# Stability ---------------------------------------------------------------------------------------------------------------


def test_a_ring_is_found_again_in_every_sample_whatever_found_it():
    """Each pair of its twelve meets at fourteen of forty objects: no sample parts them, and level L2 is open to the group."""
    rng = np.random.default_rng(122)
    members = range(0, 60, 5)
    act = ring(rng, members, accounts=ACCOUNTS, objects=40, joins=0.6, jitter_s=9)
    found = {"share": material(joined(crowd(rng, accounts=ACCOUNTS, life_s=86_400), act))}
    graphs, seen = Graphs(found), set()
    for candidate in itertools.chain(*discover(found, 1, largest_q=(STRICT,))):
        if candidate.members.tolist() == list(members):
            shaken_ring = shaken(graphs, candidate, BOOTSTRAPS)
            assert shaken_ring.jaccard >= MIN_STABILITY
            assert shaken_ring.membership.min() >= MIN_STABILITY
            seen.add(candidate.found_by)
    assert {"components", "meetings", "linked pairs"} <= seen


def test_accounts_that_one_object_holds_are_members_as_often_as_it_is_drawn():
    """Five that meet often, and one that met one of them at a single object: drawn at least once with chance 1 - 1/e."""
    rows = [(a, o, o * DAY + a * SECOND) for o in range(30) for a in range(5)]
    rows += [(0, 30, 40 * DAY), (5, 30, 40 * DAY + SECOND)]
    found = {"share": material(layer(rows, accounts=10))}
    [[candidate]] = discover(found, 1, largest_q=(), sought={("share", 0, 15, "components", 0)})
    assert candidate.members.tolist() == [0, 1, 2, 3, 4, 5]
    samples = 400
    membership = shaken(Graphs(found), candidate, samples).membership
    assert membership[:5].tolist() == [1.0] * 5
    drawn = 1 - np.exp(-1)
    assert abs(membership[5] - drawn) <= 5 * np.sqrt(drawn * (1 - drawn) / samples)


def chain(kinds: tuple[str, ...], *, apart: bool = False) -> dict[str, Material]:
    """Six accounts in a row, neighbours meeting at two posts; each post carries one thing of each kind, or, if apart, each
    thing stands in a post of its own."""
    rows = []
    for thing, (a, post) in enumerate((a, post) for a in range(5) for post in range(2)):
        rows += [(a, thing, (10 * post + a) * DAY), (a + 1, thing, (10 * post + a) * DAY + SECOND)]
    data = layer(rows, accounts=10, kind=kinds[0])
    return {kind: material(moved(data, kind, k * apart * MINUTE)) for k, kind in enumerate(kinds)}


def stability_of_the_chain(materials: dict[str, Material]) -> float:
    """By repeated meetings within ten seconds, over 400 samples."""
    [[candidate]] = discover(materials, 1, largest_q=(), sought={("", 0, 0, "meetings", 2)})
    assert candidate.members.tolist() == [0, 1, 2, 3, 4, 5]
    return shaken(Graphs(materials), candidate, 400).jaccard


DIFFERENCE = 5 * np.sqrt(2 * 0.25 / 400)
"""Two means of 400 numbers in [0, 1], five sd apart at most when nothing but chance sets them apart."""


def test_a_text_and_a_link_of_one_post_are_one_meeting_in_a_sample_too():
    """The search counts posts; that the same posts carry links as well makes the group no stabler."""
    plain, both = (stability_of_the_chain(chain(kinds)) for kinds in (("text",), ("text", "url")))
    assert abs(plain - both) <= DIFFERENCE, (plain, both)


def test_meetings_at_posts_of_their_own_make_a_group_stabler():
    plain = stability_of_the_chain(chain(("text",)))
    more = stability_of_the_chain(chain(("text", "url"), apart=True))
    assert more > plain + DIFFERENCE
