"""Trials of one split: the candidate that speaks for a group is chosen by its size, and tested as if it were alone."""

from __future__ import annotations

import functools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inconcert.network.candidates import Candidate
from inconcert.network.discover import LOOSE, STRICT, discover
from inconcert.network.material import Material
from inconcert.network.trials import OVERLAP, Family, Trial, all_trials, split_trials

from .worlds import crowd, joined, material, ring

NUMBERS = (0, 1, 2)


def candidate(members: list[int]) -> Candidate:
    return Candidate(np.array(sorted(members), dtype=np.int32), "share", 0, 5, "components")


# Who speaks for a group --------------------------------------------------------------------------------------------------


def family(groups: list[list[int]]) -> Family:
    """Disjoint candidates, in that order."""
    owner = {member: index for index, members in enumerate(groups) for member in members}
    codes = sorted(owner)
    return Family(
        [candidate(members) for members in groups],
        np.array(codes, dtype=np.int32),
        np.array([owner[code] for code in codes], dtype=np.int64),
    )


def heard(groups: list[list[int]], group: list[int]) -> int | None:
    """The first of the largest that lie in the group with half of their members or more."""
    inside = [i for i, members in enumerate(groups) if len(set(members) & set(group)) >= OVERLAP * len(members)]
    largest = max((len(groups[i]) for i in inside), default=0)
    return next((i for i in inside if len(groups[i]) == largest), None)


@settings(max_examples=300)
@given(owner=st.lists(st.integers(-1, 4), min_size=25, max_size=25), group=st.sets(st.integers(0, 29), min_size=1))
def test_the_largest_candidate_that_lies_inside_speaks_for_a_group(owner: list[int], group: set[int]):
    groups = [members for name in range(5) if (members := [i for i, o in enumerate(owner) if o == name])]
    if groups:
        assert family(groups).speaker(candidate(list(group))) == heard(groups, list(group))


@pytest.mark.parametrize(
    ("groups", "group", "speaker"),
    [
        ([[0, 1, 2, 3], [4, 5, 6]], [4, 5, 6, 7], 1),  # the larger one lies outside
        ([[0, 1, 2, 3], [4, 5, 6]], [0, 1, 4, 5, 6], 0),  # half of it is enough
        ([[0, 1, 2, 3, 9], [4, 5, 6]], [0, 1, 4, 5, 6], 1),  # two fifths are not
        ([[4, 5, 6], [0, 1, 2]], [0, 1, 2, 4, 5, 6], 0),  # as large: the first
        ([[0, 1, 2]], [7, 8, 9], None),
        ([[0, 1, 2]], [30], None),  # beyond the last member
    ],
)
def test_who_speaks(groups: list[list[int]], group: list[int], speaker: int | None):
    assert family(groups).speaker(candidate(group)) == speaker


# Trials of a world -------------------------------------------------------------------------------------------------------


@functools.cache
def two_circles() -> dict[str, Material]:
    """Two rings that one account belongs to, and their crowd."""
    rng = np.random.default_rng(91)
    return {
        kind: material(
            joined(
                crowd(rng, accounts=150, objects=120, kind=kind),
                ring(rng, range(0, 60, 5), accounts=150, objects=30, joins=0.6, kind=kind),
                ring(rng, range(55, 150, 10), accounts=150, objects=30, joins=0.6, kind=kind),
            )
        )
        for kind in ("share", "text")
    }


@functools.cache
def groups() -> list[Candidate]:
    found = [c for each in discover(two_circles(), 1, largest_q=(STRICT,)) for c in each]
    assert {c.found_by for c in found} == {"components", "communities", "meetings", "linked pairs", "pairs"}
    return found


@functools.cache
def every_trial(number: int) -> list[Trial]:
    return all_trials(two_circles(), 1, number)


@functools.cache
def speaking(number: int) -> list[Trial | None]:
    return split_trials(two_circles(), 1, number, groups())


def chosen(number: int, group: Candidate) -> Trial | None:
    """Of all trials of that split, the first of the largest of the group's own search that lie inside the group."""
    mine = [t for t in every_trial(number) if t.candidate.search == group.search]
    inside = [
        t
        for t in mine
        if len(set(t.candidate.members.tolist()) & set(group.members.tolist())) >= OVERLAP * len(t.candidate.members)
    ]
    return max(inside, key=lambda t: len(t.candidate.members), default=None)


def told(trial: Trial | None) -> tuple[object, ...] | None:
    """Everything about the candidate of a trial."""
    if trial is None:
        return None
    c = trial.candidate
    return c.members.tolist(), c.kind, c.window, c.cap, c.found_by, c.meetings


@pytest.mark.parametrize("number", NUMBERS)
def test_each_group_has_the_candidate_that_its_own_search_found_inside_it(number: int):
    expected = [told(chosen(number, group)) for group in groups()]
    assert [told(trial) for trial in speaking(number)] == expected
    assert sum(each is None for each in expected) >= 3
    assert sum(each is not None for each in expected) >= 30


@pytest.mark.parametrize("number", NUMBERS)
def test_all_trials_of_a_split_lie_in_the_same_halves(number: int):
    masks = [t.halves.objects for t in [*every_trial(number), *speaking(number)] if t is not None]
    for kind, mask in masks[0].items():
        assert all(other[kind].tolist() == mask.tolist() for other in masks[1:])
    assert any(
        (mask != every_trial((number + 1) % len(NUMBERS))[0].halves.objects[kind]).any()
        for kind, mask in masks[0].items()
    )


@pytest.mark.parametrize("number", NUMBERS)
def test_each_group_has_the_trial_it_has_among_all(number: int):
    """What the held-out half says of a candidate does not depend on what else is tested."""
    pairs = [(trial, chosen(number, group)) for group, trial in zip(groups(), speaking(number), strict=True)]
    differing = [
        (told(mine), mine.heldout.p_value, among_all.heldout.p_value)
        for mine, among_all in pairs
        if mine is not None and among_all is not None and mine.heldout != among_all.heldout
    ]
    assert not differing, f"{len(differing)} of {len(pairs)}: {differing[0]}"


@pytest.mark.parametrize("number", NUMBERS)
def test_a_groups_trial_does_not_depend_on_the_groups_beside_it(number: int):
    differing = []
    for group, trial in zip(groups(), speaking(number), strict=True):
        [alone] = split_trials(two_circles(), 1, number, [group])
        assert told(alone) == told(trial)
        if alone is not None and trial is not None and alone.heldout != trial.heldout:
            differing.append((group.search, len(group.members), trial.heldout.p_value, alone.heldout.p_value))
    worst = max(differing, key=lambda d: abs(np.log(d[2] / d[3])), default=None)
    assert not differing, f"{len(differing)} of {len(groups())}; worst: {worst}"


def test_no_groups_no_trials():
    assert split_trials(two_circles(), 1, 0, []) == []


def test_the_searches_of_all_trials_are_all_searches():
    """Of the searched half, with both q-values up to which pairs may join."""
    for number in NUMBERS:
        halves = every_trial(number)[0].halves
        found = [c for each in discover(halves.searched, 1, largest_q=(STRICT, LOOSE)) for c in each]
        trials = [(t.candidate.search, t.candidate.members.tolist()) for t in every_trial(number)]
        assert sorted(trials) == sorted((c.search, c.members.tolist()) for c in found)
