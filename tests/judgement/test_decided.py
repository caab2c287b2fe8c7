"""What stands: judgements applied to groups, carried over to other runs, and taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.judgement.decided import AGAIN, STANDS, TAKEN_BACK, Decided, decided
from inconcert.judgement.judgements import Judgement
from inconcert.judgement.membership import CARRIED, Membership, fingerprint, overlap
from inconcert.judgement.retraction import Retraction

GROUPS = {"G1": [f"a{n}" for n in range(10)], "G2": [f"b{n}" for n in range(5)], "G3": ["c0", "c1", "c2"]}
BACK = Retraction("Ann", "2026-11-22T00:00:00Z", "no")


def judgement(number: int, kind: str, *groups: str, accounts: tuple[str, ...] = (), text: str = "because") -> Judgement:
    was = tuple(Membership(id, "run", frozenset(GROUPS[id])) for id in groups)
    return Judgement(number, f"{number:064}", "2026-11-22T00:00:00Z", "Ann", kind, text, was, accounts, (), "a", None)


def states(found: Decided) -> list[str]:
    return [outcome.state for outcome in found.outcomes]


def test_a_group_is_renamed_set_aside_and_loses_an_account():
    found = decided(
        GROUPS,
        [
            judgement(1, "rename", "G1", text="first"),
            judgement(2, "rename", "G1", text="second"),
            judgement(3, "set-aside", "G2"),
            judgement(4, "remove", "G1", accounts=("a3",)),
        ],
    )
    assert found.groups["G1"].name == "second"
    assert found.groups["G1"].members == tuple(sorted(set(GROUPS["G1"]) - {"a3"}))
    assert found.groups["G1"].removed["a3"].number == 4
    aside = found.aside("G2")
    assert aside is not None
    assert aside.number == 3
    assert found.aside("G1") is None
    assert found.aside("G9") is None
    assert found.of_account["a3"][0].number == 4


def test_merged_and_split_groups_keep_their_origin_and_can_be_judged_further():
    both = frozenset(GROUPS["G1"]) | frozenset(GROUPS["G2"])
    merged = replace(judgement(3, "set-aside", "G1"), groups=(Membership("G1+G2", "run", both),))
    found = decided(
        GROUPS,
        [
            judgement(1, "remove", "G2", accounts=("b0",)),
            judgement(2, "merge", "G1", "G2"),
            merged,
            judgement(4, "split", "G3", accounts=("c1",)),
        ],
    )
    assert list(found.groups) == ["G1", "G2", "G3", "G1+G2", "G3.a"]
    assert found.groups["G1+G2"].origin == ("G1", "G2")
    assert found.groups["G1+G2"].members == tuple(sorted(both - {"b0"}))
    assert found.groups["G1"].merged_into == "G1+G2"
    assert found.aside("G2") is found.groups["G1+G2"].aside is not None
    assert found.groups["G3.a"].members == ("c1",)
    assert found.groups["G3"].members == ("c0", "c2")
    assert found.groups["G3"].left == {"c1": "G3.a"}


@pytest.mark.parametrize(("kept", "state"), [(8, STANDS), (7, AGAIN)])
def test_a_judgement_is_carried_over_to_a_group_that_shares_four_fifths(kept: int, state: str):
    """8 of 10 accounts is an overlap of .8, 7 of 10 one of .7; the group has another name in the new run."""
    now = {"G1": ["x", "y"], "G7": GROUPS["G1"][:kept]}
    found = decided(now, [judgement(1, "rename", "G1", text="night")])
    assert states(found) == [state]
    assert found.groups["G7"].name == ("night" if state == STANDS else None)
    assert found.groups["G1"].name is None
    assert found.outcomes[0].overlap == kept / 10
    assert (f"{kept / 10:.0%}" in found.outcomes[0].why) == (state == AGAIN)


def test_groups_that_became_one_are_not_merged_and_lost_accounts_not_removed():
    one = {"G1": [*GROUPS["G1"], "b0"]}
    merging = replace(
        judgement(1, "merge", "G1", "G2"),
        groups=(Membership("G1", "r", frozenset(GROUPS["G1"])), Membership("G2", "r", frozenset(one["G1"]))),
    )
    removing = judgement(2, "remove", "G1", accounts=("a9",))
    found = decided({"G1": GROUPS["G1"][:9]}, [merging, removing])
    assert states(found) == [AGAIN, AGAIN]
    assert found.outcomes[0].why == "what were several groups is one now, G1"
    assert found.outcomes[1].why == "G1 holds only 0% of the accounts it names"
    assert found.groups["G1"].members == tuple(sorted(GROUPS["G1"][:9]))


def test_what_rested_on_a_retracted_merge_is_to_be_looked_at_again():
    both = frozenset(GROUPS["G2"]) | frozenset(GROUPS["G3"])
    renamed = replace(judgement(2, "rename", "G2"), groups=(Membership("G2+G3", "run", both),))
    found = decided(GROUPS, [replace(judgement(1, "merge", "G2", "G3"), retracted=BACK), renamed])
    assert states(found) == [TAKEN_BACK, AGAIN]


KINDS_OF_ONE = ("rename", "set-aside", "confirm", "comment", "remove", "split")
made = st.lists(
    st.tuples(st.sampled_from(KINDS_OF_ONE), st.sampled_from(sorted(GROUPS)), st.integers(0, 9)) | st.just(("merge", "G1", 0)),
    max_size=8,
)  # fmt: skip


def said(number: int, kind: str, group: str, place: int) -> Judgement:
    if kind == "merge":
        return judgement(number, kind, "G1", "G2")
    accounts = (GROUPS[group][place % len(GROUPS[group])],) if kind in ("remove", "split") else ()
    return replace(judgement(number, kind, group, accounts=accounts), suffix=f"s{number}")


@given(made)
def test_taking_everything_back_restores_what_was_found(kinds: list[tuple[str, str, int]]):
    judged = [replace(said(n, *one), retracted=BACK) for n, one in enumerate(kinds, start=1)]
    assert decided(GROUPS, judged).groups == decided(GROUPS, []).groups


@given(made, made)
def test_taking_the_last_back_leaves_what_stood_before_it(
    kinds: list[tuple[str, str, int]], more: list[tuple[str, str, int]]
):
    first = [said(n, *one) for n, one in enumerate(kinds, start=1)]
    second = [replace(said(n, *one), retracted=BACK) for n, one in enumerate(more, start=len(first) + 1)]
    assert decided(GROUPS, [*first, *second]).groups == decided(GROUPS, first).groups


@given(made)
def test_no_account_is_invented_and_every_one_stays_somewhere(kinds: list[tuple[str, str, int]]):
    found = decided(GROUPS, [said(n, *one) for n, one in enumerate(kinds, start=1)])
    for id, accounts in GROUPS.items():
        group = found.groups[id]
        assert group.base == frozenset(accounts)
        assert set(group.members) | set(group.removed) | set(group.left) == group.base
    assert frozenset().union(*(group.base for group in found.groups.values())) == frozenset().union(*GROUPS.values())


@given(st.frozensets(st.integers(0, 8)), st.frozensets(st.integers(0, 8)))
def test_overlap_is_jaccard(a: frozenset[int], b: frozenset[int]):
    left, right = frozenset(map(str, a)), frozenset(map(str, b))
    both = sum(one in b for one in a)
    assert overlap(left, right) == (both / (len(a) + len(b) - both) if a or b else 0.0)
    assert (fingerprint(left) == fingerprint(right)) == (a == b)


def test_the_threshold_is_the_documented_one():
    assert CARRIED == 0.8
