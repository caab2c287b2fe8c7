"""The claim ladder: each step needs all of its evidence, and says what it lacks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.network.levels import WORDS, GroupEvidence, account_level, group_level

ALPHA = 0.01
FULL = GroupEvidence(
    size=12, n_objects=30, q_value=0.001, q_edges=1.0, p_conditional=0.0001, p_day_shift=0.001, stability=0.95, n_kinds=2,
    n_windows=2, syndication=False,
)  # fmt: skip

p_values = st.sampled_from([0.0, 0.005, ALPHA, 0.010001, 0.3, 1.0])
maybe = st.one_of(st.none(), p_values)
evidences = st.builds(
    GroupEvidence,
    size=st.integers(3, 7),
    n_objects=st.integers(1, 5),
    q_value=p_values,
    q_edges=p_values,
    p_conditional=maybe,
    p_day_shift=maybe,
    stability=st.sampled_from([0.0, 0.7499, 0.75, 1.0]),
    n_kinds=st.integers(1, 3),
    n_windows=st.integers(0, 3),
    syndication=st.booleans(),
)


def level(e: GroupEvidence) -> str:
    """The ladder of the design in one sentence a step."""
    if not ((e.q_value <= ALPHA or e.q_edges <= ALPHA) and e.n_objects >= 3):
        return "L0"
    survives = any(p is not None and p <= ALPHA for p in (e.p_conditional, e.p_day_shift))
    of_its_own = e.n_kinds >= 2 or e.n_windows >= 2
    proved = e.size >= 5 and e.q_value <= ALPHA and survives and e.stability >= 0.75 and of_its_own
    return "L2" if proved and not e.syndication else "L1"


@given(e=evidences)
def test_each_level_needs_all_of_its_evidence(e: GroupEvidence):
    found, why = group_level(e, ALPHA)
    assert found == level(e)
    assert found in WORDS
    assert why.startswith("needs ")


@given(e=evidences)
def test_published_copy_alone_is_never_a_coordinated_group(e: GroupEvidence):
    found, why = group_level(replace(e, syndication=True), ALPHA)
    assert found in ("L0", "L1")
    without, _ = group_level(replace(e, syndication=False), ALPHA)
    assert found == min(without, "L1")
    assert ("newsrooms" in why) == (found == "L1")


def test_all_evidence_makes_l2_and_syndication_alone_keeps_it_at_l1():
    assert group_level(FULL, ALPHA)[0] == "L2"
    kept, why = group_level(replace(FULL, syndication=True), ALPHA)
    assert kept == "L1"
    assert why == ("needs evidence in shares, replies or hashtags, since newsrooms and feeds publish the same copy too")


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"size": 4}, "at least 5 accounts (it has 4)"),
        ({"q_value": 0.02, "q_edges": 0.001}, "confirmation on held-out posts"),
        ({"p_conditional": 0.2, "p_day_shift": None}, "more synchrony than shared interests"),
        ({"p_conditional": None, "p_day_shift": None}, "more synchrony than shared interests"),
        ({"stability": 0.74}, "it has 0.74"),
        ({"n_kinds": 1, "n_windows": 1}, "a second kind of action or at a second time scale"),
    ],
)
def test_what_is_lacking_is_said(change: dict[str, float], word: str):
    found, why = group_level(replace(FULL, **change), ALPHA)
    assert found == "L1"
    assert word in why
    both = group_level(replace(FULL, **change, syndication=True), ALPHA)[1]
    assert both.startswith(why + "; ")


@pytest.mark.parametrize(
    ("q", "n_objects", "expected"), [(0.01, 3, "L1"), (0.0101, 3, "L0"), (0.0, 2, "L0"), (0.0, 300, "L1")]
)
def test_an_account_by_itself_reaches_l1_at_most(q: float, n_objects: int, expected: str):
    assert account_level(q, n_objects, ALPHA) == expected


def test_near_identical_copies_alone_keep_it_at_l1():
    """The score app of sixty users: one sentence with the name filled in, within seconds of the goal."""
    level, why = group_level(replace(FULL, near_only=True), ALPHA)
    assert level == "L1"
    assert "near-identical copies" in why
