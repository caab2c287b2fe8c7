"""Naming more explanations of one kind makes that kind no likelier, and moves no other."""

from __future__ import annotations

import math
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from inconcert.attribution.entered import entered
from inconcert.attribution.hypotheses import EVEN, TEMPLATE
from inconcert.attribution.posterior import chance, total_weights
from inconcert.attribution.ranges import Range
from inconcert.attribution.weighing import Weighing
from inconcert.judgement.weighed import Weighed

from .made import IDS, weighing

ENDS = st.lists(st.floats(0, 3), min_size=2, max_size=2).map(sorted)


def said(number: int, what: str, **value: Any) -> Weighed:
    return Weighed(number, str(number), "", "Ann", what, None, value, None)


def evidence(number: int, weights: dict[str, list[float]]) -> Weighed:
    return said(
        number, "evidence", text="", kind="", source="x", grade="B2", category="contextual", access="open", family="statements", found_by="", weights=weights,
    )  # fmt: skip


def weigh(*entries: Weighed) -> Weighing:
    its = entered([], entries)
    assert its.unused == ()
    return weighing(its.items, its.hypotheses)


def of(weighed: Weighing, *ids: str) -> Range:
    return chance(ids, total_weights({one.id: one.prior for one in weighed.rivals}, weighed.families))


def close(a: Range, b: Range) -> bool:
    return all(math.isclose(x, y, rel_tol=1e-9) for x, y in ((a.low, b.low), (a.point, b.point), (a.high, b.high)))


@settings(max_examples=40, deadline=None)
@given(
    weights=st.fixed_dictionaries(dict.fromkeys(IDS, ENDS)),
    like=st.sampled_from(IDS),
    more=st.integers(1, 4),
    prior=st.lists(st.floats(0.1, 9), min_size=2, max_size=2).map(sorted),
    chained=st.booleans(),
)
def test_an_explanation_like_another_shares_its_prior_and_moves_no_other(
    weights: dict[str, list[float]], like: str, more: int, prior: list[float], chained: bool
):
    before = [said(1, "prior", about=like, text="x", weight=prior), evidence(2, weights)]
    added = [
        said(n, "hypothesis", title=f"Ministry {n}", like=f"H{len(TEMPLATE) + n - 1}" if chained and n > 3 else like)
        for n in range(3, 3 + more)
    ]
    one, other = weigh(*before), weigh(*before, *added)
    named = [like, *(f"H{len(TEMPLATE) + n}" for n in range(3, 3 + more))]
    assert all(close(of(one, id), of(other, id)) for id in IDS if id != like)
    assert close(of(one, like), of(other, *named))
    assert len({h.prior for h in other.rivals if h.id in named}) == 1


def priors(*entries: Weighed) -> dict[str, Range]:
    return {one.id: one.prior for one in entered([], entries).hypotheses}


def test_a_prior_given_afterwards_is_its_own_and_the_others_keep_their_shares():
    first, second = (said(n, "hypothesis", title="x", like="H1") for n in (1, 3))
    given_ = said(2, "prior", about="H8", text="x", weight=[4.0, 9.0])
    found = priors(first, given_, second)
    assert found["H8"] == Range(4.0, 6.0, 9.0)
    assert found["H1"] == found["H10"] == Range(EVEN.low / 4, EVEN.point / 4, EVEN.high / 4)


def test_taking_an_explanation_back_gives_its_share_back_and_setting_it_aside_does_not():
    new = said(1, "hypothesis", title="x", like="H4")
    assert priors(new)["H4"].point == EVEN.point / 2
    assert priors()["H4"] == EVEN
    left = entered([], [new, said(2, "aside", about="H8", text="x"), said(3, "hypothesis", title="y", like="H4")])
    assert {one.id: one.prior.point for one in left.hypotheses if one.form == "spam"} == {
        "H4": 0.25,
        "H8": 0.5,
        "H10": 0.25,
    }


def test_parts_of_a_split_share_what_the_whole_had_left():
    found = priors(said(1, "hypothesis", title="x", like="H2"), said(2, "split", about="H2", titles=["a", "b"]))
    assert [found[id].point for id in ("H8", "H2.1", "H2.2")] == [0.5, 0.25, 0.25]
