"""The words of both yardsticks: every interval has some, they hold it, and gaps are handled as they are meant."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from inconcert.errors import UnknownName
from inconcert.yardstick.yardstick import Yardstick
from inconcert.yardstick.yardsticks import ICD_203, PHIA, YARDSTICKS, yardstick

BOTH = pytest.mark.parametrize("scale", YARDSTICKS.values(), ids=YARDSTICKS)
chances = st.floats(0, 1)


@BOTH
def test_bands_rise_and_do_not_overlap(scale: Yardstick):
    ends = [end for band in scale.bands for end in (band.low, band.high)]
    assert ends == sorted(ends)
    assert (ends[0], ends[-1]) == (0, 1)


@pytest.mark.parametrize(
    ("low", "high", "phia", "icd"),
    [
        (0.56, 0.74, "likely", "likely"),
        (0.55, 0.75, "likely", "likely"),
        (0.0, 0.04, "a remote chance", "almost no chance"),
        (0.02, 0.3, "between a remote chance and unlikely", "between almost no chance and unlikely"),
        (0.22, 0.22, "between highly unlikely and unlikely", "unlikely"),
        (0.3, 0.38, "between unlikely and a realistic possibility", "unlikely"),
        (0.92, 0.97, "between highly likely and almost certain", "between very likely and almost certain"),
        (0.2, 0.3, "between highly unlikely and unlikely", "unlikely"),
        (0.2, 0.45, "between highly unlikely and a realistic possibility", "unlikely"),
        (0.0, 1.0, "between a remote chance and almost certain", "between almost no chance and almost certain"),
    ],
)
def test_words_of_intervals(low: float, high: float, phia: str, icd: str):
    assert PHIA.words(low, high).text == phia
    assert ICD_203.words(low, high).text == icd


@BOTH
@given(a=chances, b=chances)
def test_the_words_hold_the_interval_and_one_word_only_when_it_lies_in_one_band(scale: Yardstick, a: float, b: float):
    low, high = sorted((a, b))
    said = scale.words(low, high)
    assert said.least <= low
    named = [band for band in scale.bands if band.term in said.text.removeprefix("between ").split(" and ")]
    assert (named[0].low, named[-1].high) <= (low, 1)
    assert named[-1].high >= high
    assert (len(named) == 1) == any(band.low <= low and high <= band.high for band in scale.bands) or low == high


@BOTH
@given(ends=st.lists(chances, min_size=4, max_size=4))
def test_a_wider_interval_never_has_narrower_words(scale: Yardstick, ends: list[float]):
    least, low, high, most = sorted(ends)
    assume(low < high)  # a single chance on the border of two words has both
    assert scale.words(least, most).least <= scale.words(low, high).least


@pytest.mark.parametrize(("low", "high"), [(-0.1, 0.5), (0.5, 1.1), (0.6, 0.5), (float("nan"), 0.5)])
def test_what_is_no_interval_is_refused(low: float, high: float):
    with pytest.raises(ValueError, match="no interval"):
        PHIA.words(low, high)


def test_an_unknown_yardstick_is_refused():
    assert yardstick("phia") is PHIA
    with pytest.raises(UnknownName, match="No yardstick is called 'icd'"):
        yardstick("icd")
