"""The search: a ring that rotates is found whole by its repeated meetings, and a search asked for alone finds the same."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, poisson

from inconcert.network.candidates import Candidate, Search
from inconcert.network.discover import LOOSE, STRICT, discover
from inconcert.network.material import Material
from inconcert.network.meetings import MEETINGS

from .test_candidates import parts
from .worlds import DAY, SECOND, crowd, joined, layer, material, ring

ACCOUNTS = 300
RING = tuple(range(3, 300, 7))[:40]
BURSTS, AT_ONCE = 40, 8

Family = tuple[Search, list[tuple[list[int], str, int]]]


def families(found: Sequence[Sequence[Candidate]]) -> list[Family]:
    """Search of each family, and members, kind and window of its candidates."""
    assert all(len({c.search for c in family}) == 1 for family in found)
    return [(family[0].search, [(c.members.tolist(), c.kind, c.window) for c in family]) for family in found]


# Rotation ----------------------------------------------------------------------------------------------------------------


def rotating(seed: int) -> dict[str, Material]:
    """Each of 300 texts is posted by three of forty accounts; forty events bring eight of all accounts together."""
    rng = np.random.default_rng([71, seed])
    events = [
        (int(a), o, int(o * DAY / 4 + rng.uniform(0, 5) * SECOND))
        for o in range(BURSTS)
        for a in rng.permutation(ACCOUNTS)[:AT_ONCE]
    ]
    people = joined(
        crowd(rng, accounts=ACCOUNTS, shares=4, life_s=86_400, kind="text"),
        layer(events, accounts=ACCOUNTS, kind="text"),
    )
    act = ring(rng, RING, accounts=ACCOUNTS, objects=300, jitter_s=10, joins=3 / len(RING), kind="text")
    assert set(np.bincount(act.object).tolist()) == {3}
    return {"text": material(joined(people, act))}


@pytest.mark.parametrize("seed", range(3))
def test_a_ring_that_rotates_is_found_whole(seed: int):
    """Two members meet 900 / 780 times on average, twice or more with chance .32, so that each of them is linked to a dozen.
    An event has room for both a member and a stranger with chance 8 x 7 / (300 x 299); hardly any two meet at two of them."""
    [family] = discover(rotating(seed), 1, largest_q=(), sought={("", 0, 0, "meetings", 2)})
    largest = family[0]
    assert set(RING) <= set(largest.members.tolist())
    assert (largest.found_by, largest.meetings, largest.kind, largest.window) == ("meetings", 2, "text", 0)
    at_one = AT_ONCE * (AT_ONCE - 1) / (ACCOUNTS * (ACCOUNTS - 1))
    drawn_in = len(RING) * (ACCOUNTS - len(RING)) * binom.sf(1, BURSTS, at_one)
    # whoever is drawn in may bring one other
    assert len(largest.members) - len(RING) <= 2 * poisson.isf(1e-4, drawn_in)


@pytest.mark.parametrize("seed", range(3))
def test_single_meetings_join_it_to_everybody(seed: int):
    [[largest, *_]] = discover(rotating(seed), 1, largest_q=(), sought={("text", 0, 15, "components", 0)})
    assert len(largest.members) > 2 * len(RING)


def test_the_groups_are_the_connected_parts_of_pairs_that_met_so_often():
    """At each window and number of meetings, spelt out."""
    found = rotating(5)
    m = found["text"]
    times = {(int(o), int(a)): int(t) for o, a, t in zip(m.first.object, m.first.account, m.first.time_us, strict=True)}
    every = dict(families(discover(found, 1, largest_q=())))
    tried = 0
    for w, window_us in enumerate(m.windows_us):
        posts: dict[tuple[int, int], tuple[set[int], set[int]]] = {}
        for s, t, o, gap in zip(m.rare.source, m.rare.target, m.rare.object, m.rare.gap_us, strict=True):
            if gap <= window_us:
                mine, theirs = posts.setdefault((int(s), int(t)), (set(), set()))
                mine.add(times[int(o), int(s)])
                theirs.add(times[int(o), int(t)])
        for least in MEETINGS:
            links = [pair for pair, sides in posts.items() if min(map(len, sides)) >= least]
            large = sorted((sorted(part) for part in parts(links) if len(part) >= 5), key=lambda p: (-len(p), p[0]))
            got = every.get(("", w, 0, "meetings", least), [])
            assert [members for members, _, _ in got] == large
            assert {(kind, window) for _, kind, window in got} <= {("text", w)}
            tried += len(large)
    assert tried >= 5


def test_kinds_add_up_and_the_group_stands_at_the_kind_of_most_meetings():
    """Each pair meets once on a text and once on a link: neither kind by itself brings two accounts together twice."""
    members = range(8)
    pairs = [(a, b) for a in members for b in members if a < b]
    rows = {
        kind: [(a, o, (o + shift) * DAY + a * SECOND) for o, pair in enumerate(pairs) for a in pair]
        for kind, shift in (("text", 0), ("url", 100))
    }
    more = [(a, len(pairs), 300 * DAY + a * SECOND) for a in (0, 1)]
    found = {
        "text": material(layer(rows["text"], accounts=20, kind="text")),
        "url": material(layer(rows["url"] + more, accounts=20, kind="url")),
    }
    sought = {("", 0, 0, "meetings", least) for least in MEETINGS}
    assert families(discover(found, 1, largest_q=(), sought=sought)) == [
        (("", 0, 0, "meetings", 2), [(list(members), "url", 0)])
    ]
    for kind, m in found.items():
        assert discover({kind: m}, 1, largest_q=(), sought=sought) == []


# Searches asked for ------------------------------------------------------------------------------------------------------


@functools.cache
def two_circles() -> dict[str, Material]:
    """Two rings that one account belongs to, so that every way of searching finds something."""
    rng = np.random.default_rng(72)
    circles = (range(0, 60, 5), range(55, 150, 10))
    return {
        kind: material(
            joined(
                crowd(rng, accounts=150, objects=120, kind=kind),
                *(ring(rng, c, accounts=150, objects=20, joins=0.6, kind=kind) for c in circles),
            )
        )
        for kind in ("share", "text")
    }


@functools.cache
def everything() -> tuple[list[Family], list[Search]]:
    """All families of that world, and all searches, also one that finds nothing."""
    found = families(discover(two_circles(), 1, largest_q=(STRICT, LOOSE)))
    searches = sorted({search for search, _ in found})
    assert {way for _, _, _, way, _ in searches} == {"components", "communities", "meetings", "linked pairs", "pairs"}
    return found, [*searches, ("url", 0, 2, "components", 0), ("", 0, 0, "meetings", 3)]


def asked(sought: set[Search]) -> list[Family]:
    return families(discover(two_circles(), 1, largest_q=(STRICT, LOOSE), sought=sought))


BY_PAIRS: tuple[Search, Search] = (("", 0, 0, "linked pairs", 0), ("", 0, 0, "pairs", 0))


@settings(deadline=None, max_examples=25)
@given(data=st.data())
def test_the_searches_asked_for_find_what_they_find_among_all(data: st.DataObject):
    found, searches = everything()
    sought = data.draw(st.sets(st.sampled_from(searches)))
    if sought & set(BY_PAIRS):
        sought |= set(BY_PAIRS)
    assert asked(sought) == [family for family in found if family[0] in sought]


@pytest.mark.parametrize("search", BY_PAIRS)
def test_no_search_is_made_that_was_not_asked_for(search: Search):
    """Both ways of pairs come of one graph; one of them alone is one of them."""
    found, _ = everything()
    assert [name for name, _ in asked({search})] == [name for name, _ in found if name == search]


def test_nothing_asked_nothing_found():
    assert asked(set()) == []
    assert discover({}, 1, largest_q=(STRICT,)) == []
