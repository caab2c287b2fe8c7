"""Names and handles that name two persons: the models of the field, what is ordinary, and shares beside a control."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.indicators.personas.contradicting_names import ContradictingNames
from inconcert.indicators.personas.name_agreement import likeness
from inconcert.indicators.personas.personal_names import GIVEN, SURNAMES
from indicators.profiles import measured


@pytest.mark.parametrize(
    ("name", "handle"), [("Erin Chew", "ConnorMichael1"), ("lily", "LutzGwendolyn"), ("Erin Chew 🌸", "@connormichael")]
)
def test_the_models_of_reports_contradict(name, handle):
    assert likeness(name, handle) < 0.5


@pytest.mark.parametrize(
    ("name", "handle"),
    [
        ("Erin Chew", "erin_chew"),
        ("Erin Chew", "ChewErin88"),
        ("Katherine Jones", "CatherineJ"),
        ("José García", "jose.garcia"),
        ("Robert Miller", "BobMiller"),
        ("Elizabeth Young", "Liz_Young"),
    ],
)
def test_the_same_person_in_another_spelling_agrees(name, handle):
    assert likeness(name, handle) == 1.0


@pytest.mark.parametrize(
    ("name", "handle"),
    [
        ("王小明", "xiaoming88"),
        ("王小明", "ConnorMichael"),
        ("Анна Петрова", "JohnSmith"),
        ("Erin Chew", "小明"),
        ("Erin Chew", "sunny_garden"),
        ("The Daily Garden", "JohnSmith"),
        ("one two three four Erin", "JohnSmith"),
        ("", "JohnSmith"),
        ("Erin Chew", ""),
        ("🌸🌸", "JohnSmith"),
    ],
)
def test_other_scripts_and_what_names_no_person_are_not_compared(name, handle):
    assert likeness(name, handle) is None


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_strings_can_be_asked(name, handle):
    alike = likeness(name, handle)
    assert alike is None or 0 <= alike <= 1


GIVEN_NAMES, SURNAME_LIST = sorted(GIVEN), sorted(SURNAMES)


def people(n: int, step: int) -> list[dict]:
    """People of whom those from the first on in `step` carry the handle of somebody else."""
    rows = []
    for i in range(n):
        first, last = GIVEN_NAMES[i * 5 % len(GIVEN_NAMES)], SURNAME_LIST[i * 3 % len(SURNAME_LIST)]
        handle = f"{GIVEN_NAMES[(i * 5 + 301) % len(GIVEN_NAMES)]}_{SURNAME_LIST[(i * 3 + 201) % len(SURNAME_LIST)]}"
        rows.append(
            {"display_name": f"{first} {last}".title(), "handle": handle if i % step == 0 else f"{first}_{last}"}
        )
    return rows


def test_a_group_under_others_handles_is_found():
    reading = measured(ContradictingNames(), people(40, 1), people(120, 12))["contradicting-names"]
    assert reading.value > 0.5 > 0.1 > reading.control
    assert reading.p_value < 0.001
    assert "likeness of 0." in reading.witnesses[0].why


def test_a_group_like_its_control_is_not():
    assert measured(ContradictingNames(), people(40, 8), people(120, 8))["contradicting-names"].p_value > 0.05


def test_chinese_names_beside_latin_handles_are_too_little_and_no_finding():
    chinese = [{"display_name": "王小明", "handle": f"ConnorMichael{i}"} for i in range(60)]
    reading = measured(ContradictingNames(), chinese, people(100, 9))["contradicting-names"]
    assert reading.value is None
    assert reading.n == 0
