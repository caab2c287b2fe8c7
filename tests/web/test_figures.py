"""Columns over days: nothing is left out, and all that is written stays within the picture."""

from __future__ import annotations

import re
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from inconcert.web.figures import HEIGHT, WIDTH, columns

FIRST = date(2024, 3, 4)
LETTER = 0.56 * 28
"""Wide is a letter of the largest size that the style gives to a narrow picture."""


@given(st.dictionaries(st.integers(0, 3000), st.integers(1, 10**7), min_size=1, max_size=40))
def test_days_fit_into_the_picture(posts: dict[int, int]) -> None:
    days = [(FIRST + timedelta(days=n), k) for n, k in sorted(posts.items())]
    drawn = str(columns(days, "posts"))
    said = [int(one.replace(",", "")) for one in re.findall(r": ([\d,]+) posts?</title>", drawn)]
    assert sum(said) == sum(posts.values())
    most = re.search(r'<text class="most"[^>]*>([\d,]+) post', drawn)
    assert most is not None
    assert int(most[1].replace(",", "")) == max(said)
    for role, x, y, text in re.findall(r'<text class="(\w+)" x="([\d.]+)" y="([\d.]+)">([^<]+)<', drawn):
        assert 0 < float(y) < HEIGHT
        if role != "spare":
            assert float(x) + len(text) * LETTER <= WIDTH


def test_columns_of_the_same_days_stand_below_one_another() -> None:
    few, many = ([(FIRST, k), (FIRST + timedelta(days=1), k)] for k in (3, 123_456))
    assert re.findall(r'rect x="([\d.]+)"', columns(few, "a")) == re.findall(r'rect x="([\d.]+)"', columns(many, "b"))
