"""A group's techniques: only of what was found on it, each with what it rests on."""

from __future__ import annotations

from typing import Any

from inconcert.catalogue.disarm import technique
from inconcert.catalogue.group_techniques import by_phase, group_techniques
from inconcert.indicators.catalogue import INDICATORS


def reading(number: int, indicator: str, state: str = "found", group: str | None = "G1") -> dict[str, Any]:
    """A row of `indicators`, as far as it counts here."""
    return {
        "reading": number, "indicator": indicator, "measure": "m", "group_id": group, "state": state, "says": f"sentence {number}", "q_value": 0.001,
    }  # fmt: skip


def witness(number: int, account: str, post: str | None) -> dict[str, Any]:
    """A row of `indicator_witnesses`."""
    return {"reading": number, "account_id": account, "post_id": post, "why": ""}


READINGS = [
    reading(1, "hashtag-flooding"), reading(2, "creation-bursts"), reading(3, "handles", "not found"), reading(4, "automation", "described"),
    reading(5, "repurposed", "too little"), reading(6, "profile-pictures", group="G2"), reading(7, "working-hours"), reading(8, "hashtag-flooding"),
    reading(9, "of-another-version"), reading(10, "impersonation", group=None),
]  # fmt: skip
WITNESSES = [
    witness(1, "a", "p1"), witness(1, "a", "p2"), witness(1, "b", "p1"), witness(2, "a", None), witness(2, "b", None), witness(2, "b", None), witness(6, "c", "p9"),
]  # fmt: skip


def test_only_what_was_found_on_the_group_shows_techniques():
    shown = group_techniques(READINGS, WITNESSES, "G1")
    assert {(one.reading, one.technique.id) for one in shown} == {
        (1, "T0049.002"), (1, "T0015.001"), (8, "T0049.002"), (8, "T0015.001"), (2, "T0150.001"), (2, "T0150.008"),
    }  # fmt: skip
    assert {one.technique.id for one in group_techniques(READINGS, WITNESSES, "G2")} == {"T0145.001", "T0145.002"}
    assert group_techniques(READINGS, WITNESSES, "G3") == ()


def test_each_says_what_it_rests_on_and_what_else_it_may_be():
    shown = {(one.reading, one.technique.id): one for one in group_techniques(READINGS, WITNESSES, "G1")}
    one = shown[1, "T0049.002"]
    assert (one.posts, one.accounts, one.says, one.q_value) == (3, 2, "sentence 1", 0.001)
    assert one.confounders == INDICATORS["hashtag-flooding"].confounders
    assert one.technique == technique("T0049.002")
    assert one.phase is not None
    assert one.phase.number == 7
    assert (shown[2, "T0150.008"].posts, shown[2, "T0150.008"].accounts) == (0, 2)


def test_they_come_in_the_order_of_tactics_whatever_the_order_of_rows():
    shown = group_techniques(READINGS, WITNESSES, "G1")
    assert [one.technique.id for one in shown][:3] == ["T0150.001", "T0150.008", "T0015.001"]
    assert group_techniques(READINGS[::-1], WITNESSES[::-1], "G1") == shown


def test_the_kill_chain_has_every_phase_and_loses_nothing():
    shown = group_techniques(READINGS, WITNESSES, "G1")
    view = by_phase(shown)
    assert [phase.number if phase else None for phase, _ in view] == [*range(1, 11), None]
    assert sorted(one.reading for _, its in view for one in its) == sorted(one.reading for one in shown)
    assert {one.technique.id for one in view[-1][1]} == {"T0015.001"}
