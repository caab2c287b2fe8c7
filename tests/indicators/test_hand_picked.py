"""A reading of accounts that somebody chose keeps its numbers and loses every chance of them."""

from __future__ import annotations

import pytest

from inconcert.indicators.hand_picked import hand_picked
from inconcert.indicators.reading import Reading


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("27 of 704 (3.8%) do (p = 7.3e-05).", "27 of 704 (3.8%) do."),
        ("Within 22 hours (one account a day: 205 and 647 days; p = 1).", "Within 22 hours (one account a day: 205 and 647 days)."),
        ("Strength 0.09; accounts with hours of their own give as much with a chance of 0.0002.", "Strength 0.09."),
        ("A gap of 0.4; one as deep comes about by chance with p = 1.2e-3.", "A gap of 0.4."),
        ("53% of 90, against 5% of 978.", "53% of 90, against 5% of 978."),
    ],
)  # fmt: skip
def test_no_chance_is_left(says: str, told: str):
    one = Reading(
        measure="m", subject="group", subject_id="list:x", n=9, unit="posts", scale="share", value=0.5, low=0.4, high=0.6, control=0.1,
        p_value=0.01, lr=3.0, lr_low=2.0, lr_high=4.0, says=says,
    )  # fmt: skip
    found = hand_picked(one)
    assert found.says == told
    assert (found.p_value, found.lr, found.lr_low, found.lr_high) == (None, None, None, None)
    assert (found.value, found.low, found.high, found.control) == (0.5, 0.4, 0.6, 0.1)
