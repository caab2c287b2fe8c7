"""Readings in words: no more than their state, their level and their range allow."""

from __future__ import annotations

from typing import Any

import pytest

from inconcert.network.levels import WORDS
from inconcert.report import claims, verdicts

ROW: dict[str, Any] = {
    "state": "found",
    "q_value": 0.0004,
    "lacking": None,
    "n": 34,
    "unit": "accounts",
    "scale": "share",
    "value": 0.62,
    "family": "creation",
    "low": 0.45,
    "high": 0.77,
    "control": 0.21,
    "n_control": 170,
    "lr_low": 4.0,
    "lr_high": 38.0,
}
SAYS = "21 of 34 do so (62%), against 21% of 170."


def test_the_verdict_follows_from_the_state() -> None:
    assert verdicts.verdict(ROW) == "more than chance explains (q = 0.0004)"
    assert verdicts.verdict({**ROW, "state": "not found"}) == "may be chance (q = 0.0004)"
    assert verdicts.verdict({**ROW, "state": "described"}) == ""
    lacking = {**ROW, "state": "too little", "lacking": "6 posts; it needs 100"}
    assert verdicts.verdict(lacking) == "too little to say: 6 posts; it needs 100"


def test_a_sentence_can_be_copied_as_it_stands() -> None:
    assert verdicts.sentence(ROW, SAYS, "L1") == f"{SAYS} That is more than chance explains (q = 0.0004)."
    assert verdicts.sentence({**ROW, "state": "not found"}, SAYS[:-1], "L1") == (
        f"{SAYS} That may be chance (q = 0.0004)."
    )
    assert verdicts.sentence({**ROW, "state": "described"}, SAYS, "L1") == SAYS
    little = {**ROW, "state": "too little", "lacking": "6 posts"}
    assert verdicts.sentence(little, "Too little to say: 6 posts.", "L0") == "Too little to say: 6 posts."


@pytest.mark.parametrize("state", ["found", "not found", "described"])
@pytest.mark.parametrize(
    "word", ["fake", "bots", "a robot", "Trolls", "sock puppets", "attributed", "inauthentic", "coordinated"]
)
def test_no_state_carries_words_of_intention_or_of_a_higher_level(state: str, word: str) -> None:
    said = verdicts.sentence({**ROW, "state": state}, f"12 of 34 post; these are {word}. The rest is 22.", "L1")
    assert word not in said
    assert "The rest is 22." in said


@pytest.mark.parametrize("words", ["beyond chance", "more than chance would give", "significantly", "this proves it"])
def test_only_what_was_found_is_said_to_be_beyond_chance(words: str) -> None:
    says = f"31 posts, {words}."
    assert words in verdicts.statement(ROW, says, "L2")
    for state in ("not found", "described"):
        assert verdicts.statement({**ROW, "state": state}, says, "L2") == claims.NOT_SHOWN


def test_a_level_of_the_ladder_may_use_its_own_words_and_none_above() -> None:
    for level, words in WORDS.items():
        assert claims.held_to(level, words) == words
    assert claims.held_to("L3", "attributed to a state") == claims.REMOVED
    assert claims.held_to("L2", WORDS["L3"]) == claims.REMOVED


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (4.0, 38.0, "weak to moderate support for a difference from ordinary accounts (4 to 38 times as likely)"),
        (100.00000000000004, 100.00000000000004, "moderate support for a difference from ordinary accounts (100 times as likely)"),
        (1.0, 1.5, "hardly any support for a difference from ordinary accounts (1 to 1.5 times as likely)"),
        (0.4, 1.6, "no clear support either way (0.4 to 1.6 times as likely)"),
        (0.05, 0.2, "weak to moderate support for ordinary behaviour (5 to 20 times as likely)"),
        (2e6, 1e3, "moderately strong to extremely strong support for a difference from ordinary accounts (1,000 to 2 × 10⁶ times as likely)"),
    ],
)  # fmt: skip
def test_weights_are_in_the_words_of_the_scale_of_forensic_institutes(low: float, high: float, words: str) -> None:
    assert verdicts.weight({**ROW, "lr_low": low, "lr_high": high}) == words


def test_without_a_ratio_there_is_no_weight() -> None:
    assert verdicts.weight({**ROW, "lr_low": None}) is None


@pytest.mark.parametrize(
    ("value", "scale", "words"),
    [
        (0.62, "share", "62%"),
        (1.3, "share", "1.3"),
        (3.14, "ratio", "3.1×"),
        (11.0, "count", "11"),
        (9.0, "hours from UTC", "9 hours from UTC"),
        (30.0, "seconds", "30 seconds"),
        (-4000.0, "seconds", "−1 hour 6 minutes"),
        (0.38, "Gini coefficient", "Gini coefficient 0.38"),
        (0.41, "bits", "0.41 bits"),
        (5.0, "", "5"),
    ],
)
def test_values_are_written_on_their_scale(value: float, scale: str, words: str) -> None:
    assert verdicts.amount(value, scale) == words


def test_numbers_stand_beside_their_control() -> None:
    assert verdicts.measured_numbers(ROW) == [
        "62% (95% interval 45% to 77%)",
        "control 21% of 170",
        "sample 34 accounts",
        "q = 0.0004",
    ]
    none = dict.fromkeys(("value", "low", "high", "control", "n_control", "q_value"))
    assert verdicts.measured_numbers({**ROW, **none}) == ["sample 34 accounts"]


def test_working_hours_weigh_one_way_of_working_against_another_and_nothing_on_anybody() -> None:
    assert verdicts.weight({**ROW, "family": "place"}) is None


def test_bounds_are_not_called_an_interval() -> None:
    row = {**ROW, "scale": "share (bounds)", "low": 0.02, "high": 0.9}
    assert "(bounds 2% to 90%)" in verdicts.measured_numbers(row)[0]
    assert "(95% interval 45% to 77%)" in verdicts.measured_numbers(ROW)[0]
