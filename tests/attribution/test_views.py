"""What is shown of a weighing: waterfall, matrix, sensitivity, what would settle it, spectrum, grid, claims, ladder, and its hash."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given

from inconcert.attribution.ach_matrix import matrix
from inconcert.attribution.binding import fingerprint
from inconcert.attribution.claim_register import claim_on, register
from inconcert.attribution.finding import Answer
from inconcert.attribution.grading import grade
from inconcert.attribution.grid import grid
from inconcert.attribution.hypotheses import TEMPLATE
from inconcert.attribution.item import Item
from inconcert.attribution.ladder import attributable, rung
from inconcert.attribution.ranges import Range
from inconcert.attribution.sensitivity import removals
from inconcert.attribution.settling import settling
from inconcert.attribution.spectrum import STEPS, spectrum
from inconcert.attribution.waterfall import steps, usual_pair
from inconcert.errors import InputError, UnknownName
from inconcert.yardstick.yardsticks import ICD_203

from .made import item, many, weighing

TWO = [item("a", {"H2": 1.8}, "organisation", "contextual"), item("b", {"H2": 1.2}, "infrastructure", "technical")]
NETWORK = Answer("network", "", "linked", "high", names="Op")


@given(its=many())
def test_the_waterfall_adds_up_to_the_odds(its: list[Item]):
    weighed = weighing(its)
    first, *middle, last = steps(weighed, "H1", "H6")
    assert math.isclose(last.end, first.end + math.fsum(step.weight.point for step in middle), abs_tol=1e-9)
    points = {one.ids[0]: one.chance.point for one in weighed.outcomes}
    assert math.isclose(10**last.end, points["H1"] / points["H6"], rel_tol=1e-6)
    assert [step.start for step in middle] == [step.end for step in (first, *middle)][: len(middle)]


def test_the_usual_pair_is_the_likeliest_and_the_next():
    assert usual_pair(weighing([item("a", {"H2": 1.8, "H5": 0.9})])) == ("H2", "H5")
    assert usual_pair(weighing([item("a", {"H7": 1.8})], apart=False)) == ("H7", "H6")


def test_a_pair_that_cannot_be_told_apart_is_refused():
    with pytest.raises(UnknownName):
        steps(weighing(), "H1", "H9")
    with pytest.raises(InputError, match="against itself"):
        steps(weighing(), "H1", "H1")
    with pytest.raises(InputError, match="not be told apart below level L3"):
        steps(weighing(apart=False), "H1", "H6")


def test_ratings_come_from_the_weights_and_the_score_counts_inconsistency():
    found = matrix(weighing([item("weak", {"H1": 0.4}), item("strong", {"H1": 1.2, "H2": 0.6})]))
    assert [row.key for row in found.rows] == ["strong", "weak"]
    assert [found.rows[0].ratings[id] for id in ("H1", "H2", "H3")] == ["CC", "N", "II"]
    assert [found.rows[1].ratings[id] for id in ("H1", "H2")] == ["C", "I"]
    assert found.inconsistency == {"H1": 0, "H2": 1, "H3": 3, "H4": 3, "H5": 3, "H6": 3, "H7": 3}
    assert found.rows[0].diagnosticity == pytest.approx(1.2)


def test_below_l3_no_score_tells_accusing_hypotheses_apart():
    assert set(matrix(weighing(TWO, apart=False)).inconsistency) == {"H6", "H7"}


def test_removing_the_decisive_item_changes_the_word_and_a_family_is_removed_whole():
    twin = replace(TWO[0], key="c")
    weighed = weighing([*TWO, twin])
    found = {(one.what, one.key): one for one in removals(weighed)}
    assert set(found) == {("item", "a"), ("item", "b"), ("item", "c"), ("family", "organisation")}
    assert not found["item", "a"].word_changes  # its twin says the same
    assert found["family", "organisation"].word_changes
    assert found["family", "organisation"].of(("H2",)).chance.point < weighed.leading.chance.point


def test_what_would_settle_it_is_ranked_by_how_far_it_moves():
    weighed = weighing(TWO)
    found = settling(weighed, 5)
    assert len(found) == 5
    assert [one.moves for one in found] == sorted((one.moves for one in found), reverse=True)
    assert all(one.then.ids == weighed.leading.ids for one in found)
    there = replace(TWO[0], kind="charges")
    assert "charges" not in [one.kind for one in settling(weighing([there]), 100)]


def test_the_spectrum_and_the_grid_hold_the_same_items():
    its = [item("a", {}, steps=("ordered", "executed")), item("b", {}, category="technical", access="classified")]
    assert [step.step for step in spectrum(weighing(its)) if step.items == ("a",)] == [
        "ordered",
        "rogue-conducted",
        "executed",
    ]
    assert len(STEPS) == 10
    cells = {(cell.category, cell.access): cell.items for cell in grid(weighing(its))}
    assert len(cells) == 9
    assert (cells["behavioural", "open"], cells["technical", "classified"]) == (("a",), ("b",))


def test_a_word_stronger_than_the_grades_under_it_is_warned_of():
    poor = [replace(one, grade=grade("D4")) for one in TWO]
    for its, told in (
        (TWO, ""),
        (poor, "graded no better than D4"),
        ([], "no item that favours it"),
        (TWO[:1], "two are needed"),
    ):
        weighed = weighing(its)
        outcome = next(one for one in weighing(TWO).outcomes if one.ids == ("H2",))
        warning = claim_on(weighed, outcome, "highly likely", 0.8).warning
        assert told in warning
        assert bool(told) == bool(warning)
        assert claim_on(weighed, outcome, "unlikely", 0.25).warning == ""


def test_every_explanation_is_a_claim_beside_its_rivals():
    claims = register(weighing(TWO))
    assert len(claims) == 7
    assert all(len(claim.alternatives) == 6 for claim in claims)
    assert claims[1].evidence == ("a", "b")


@pytest.mark.parametrize(
    ("about", "named", "signed", "network", "expected"),
    [
        ("H2", False, False, Answer("network", ""), "none"),
        ("H2", False, False, NETWORK, "network_named"),
        ("H2", False, False, replace(NETWORK, term="possibly"), "none"),
        ("H2", False, True, Answer("network", ""), "state_attributed"),
        ("H2", True, True, NETWORK, "company_named"),
        ("H1", True, True, NETWORK, "state_attributed"),
        ("H3", False, True, Answer("network", ""), "linked"),
    ],
)
def test_the_ladder_goes_as_far_as_what_was_signed(
    about: str, named: bool, signed: bool, network: Answer, expected: str
):
    its = [item("a", {about: 2.0}, "organisation"), item("b", {about: 2.0}, "statements")]
    hypotheses = [replace(one, named=named) if one.id == about else one for one in TEMPLATE]
    assert rung(weighing(its, hypotheses), signed, network) == expected
    assert rung(weighing(its, hypotheses, apart=False), signed, network) == "none"


def test_only_an_actor_that_is_likely_can_be_signed_for():
    assert attributable(weighing(TWO)) is not None
    assert attributable(weighing(TWO, apart=False)) is None
    assert attributable(weighing([])) is None
    innocent = [item("a", {"H6": 2.0}), item("b", {"H6": 2.0}, "statements")]
    assert attributable(weighing(innocent)) is None


def test_every_change_of_what_is_weighed_changes_the_hash_and_the_order_does_not():
    weighed = weighing(TWO)
    before = fingerprint(weighed, "L3", "abc")
    assert fingerprint(weighing(TWO[::-1]), "L3", "abc") == before
    changed = [
        weighed.without(["a"]),
        replace(weighed, yardstick=ICD_203),
        replace(weighed, hypotheses=(replace(TEMPLATE[0], title="x"), *TEMPLATE[1:])),
        replace(weighed, hypotheses=(replace(TEMPLATE[0], prior=Range(0.7, 1, 1.5)), *TEMPLATE[1:])),
        replace(weighed, hypotheses=(replace(TEMPLATE[4], aside="x"), *TEMPLATE[1:])),
        *(
            replace(weighed, items=(replace(TWO[0], **{name: value}), TWO[1]))
            for name, value in (
                ("text", "x"), ("source", "x"), ("found_by", "x"), ("family", "links"), ("category", "technical"), ("access", "classified"),
                ("grade", grade("C3")), ("weights", TWO[1].weights), ("kind", "contract"),
            )
        ),
    ]  # fmt: skip
    hashes = {before, fingerprint(weighed, "L2", "abc"), fingerprint(weighed, "L3", "abd"), *(fingerprint(one, "L3", "abc") for one in changed)}  # fmt: skip
    assert len(hashes) == 3 + len(changed)
