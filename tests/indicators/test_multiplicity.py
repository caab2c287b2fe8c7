"""q-values: groups are one family of tests, other subjects one an indicator; what was not tested has none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from scipy.stats import false_discovery_control

from inconcert.indicators.engagement.impact import Impact
from inconcert.indicators.multiplicity import DESCRIBED, FOUND, NOT_FOUND, TOO_LITTLE, q_values, state
from inconcert.indicators.profiles.handles import Handles
from inconcert.indicators.profiles.profile_pictures import ProfilePictures
from inconcert.indicators.reading import Reading, too_little


def reading(subject: str, p: float | None) -> Reading:
    return Reading(
        measure="m",
        subject=subject,
        subject_id="x",
        n=1,
        unit="posts",
        scale="share",
        value=0.5,
        p_value=p,
        says="It is.",
    )


def test_many_accounts_do_not_drown_the_groups():
    pictures, handles = ProfilePictures(), Handles()
    measured = [
        (pictures, reading("group", 0.004)),
        (handles, reading("group", 0.5)),
        (pictures, reading("group", None)),
    ]
    measured += [(pictures, reading("account", 0.9))] * 1_000
    found = q_values(measured)
    assert found[:2] == pytest.approx(list(false_discovery_control([0.004, 0.5])))
    assert found[2] is None


def test_what_is_true_of_ordinary_groups_lowers_no_bar():
    """Forty daily rhythms that are found, as they are in any crowd, must not carry a p of .02 on handles past .01."""
    measured = [(Impact(), reading("group", 1e-6))] * 40 + [(Handles(), reading("group", p)) for p in (0.02, 0.5, 0.9)]
    assert q_values(measured)[40] == pytest.approx(0.06)


def test_a_list_that_somebody_gave_lowers_no_bar():
    """Else forty lists of accounts that were chosen for their handles would carry a group's p of .02 past .01."""
    given = replace(reading("group", 1e-6), subject_id="list:x")
    measured = [(Handles(), given)] * 40 + [(Handles(), reading("group", p)) for p in (0.02, 0.5, 0.9)]
    assert q_values(measured)[40] == pytest.approx(0.06)


def test_indicators_of_other_subjects_pay_for_themselves():
    one, other = ProfilePictures(), Impact()
    measured = [(one, reading("post", 0.01)), (other, reading("post", 0.01)), (other, reading("post", 1.0))]
    assert q_values(measured) == pytest.approx([0.01, 0.02, 1.0])


def test_the_word_for_a_reading_follows_from_its_numbers():
    tested = reading("group", 0.001)
    assert [state(tested, q, 0.01) for q in (0.01, 0.0101, None)] == [FOUND, NOT_FOUND, DESCRIBED]
    small = too_little("m", "group", "x", n=3, unit="posts", scale="share", lacking="3 posts; it needs 100")
    assert state(small, None, 0.01) == TOO_LITTLE


def test_a_reading_cannot_say_a_chance_without_a_number():
    with pytest.raises(ValueError, match="either a value or what is lacking"):
        Reading(measure="m", subject="group", subject_id="x", n=1, unit="posts", scale="share", says="")
    with pytest.raises(ValueError, match="too little to say, yet"):
        Reading(
            measure="m", subject="group", subject_id="x", n=1, unit="posts", scale="share", says="", lacking="1 post", p_value=0.1
        )  # fmt: skip
    with pytest.raises(ValueError, match="p-value of 0"):
        Reading(measure="m", subject="group", subject_id="x", n=1, unit="posts", scale="share", value=1.0, p_value=0.0)
