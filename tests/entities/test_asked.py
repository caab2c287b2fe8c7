"""What is asked of entities and ties: a span meets a date as days meet days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.entities.asked import Asked, ties_sought
from inconcert.entities.dated import asked_date, meets

from .small_world import link, world

DAYS = st.dates(date(2018, 1, 1), date(2021, 12, 31))
WRITTEN = st.builds(lambda day, letters: day.isoformat()[:letters], DAYS, st.sampled_from([4, 7, 10]))


def days(written: str) -> tuple[date, date]:
    """First and last day a date stands for, by counting."""
    its = [day for n in range(1461) if (day := date(2018, 1, 1) + timedelta(n)).isoformat().startswith(written)]
    return its[0], its[-1]


@given(WRITTEN, st.none() | WRITTEN, st.none() | WRITTEN, st.none() | WRITTEN)
def test_a_tie_meets_a_span_when_a_day_is_in_both(start: str, end: str | None, since: str | None, until: str | None):
    first, last = days(start)[0], days(end if end is not None else start)[1]
    wanted = (until is None or first <= days(until)[1]) and (since is None or last >= days(since)[0])
    assert meets(start, end, since, until) is wanted


def test_an_end_alone_says_nothing_of_the_beginning_and_no_date_meets_nothing():
    assert meets(None, "2019", None, "1990")
    assert not meets(None, "2019", "2020", None)
    assert not meets(None, None, None, "2019")


@pytest.mark.parametrize("wrong", ["", "19", "2019-13", "2019-04-32", "2019/04", "soon", "2019-04-24T10"])
def test_what_is_no_date_is_refused(wrong: str):
    with pytest.raises(ValueError, match="is no date"):
        asked_date(wrong)


def test_words_find_a_tie_by_its_ends_and_by_what_it_says():
    graph = world(link("t1", "alpha", "beta", role="signed cooperation with"), link("t2", "beta", "gamma", "possible"))
    assert [tie.id for tie in ties_sought(graph, "alpha", Asked())] == ["t1"]
    assert [tie.id for tie in ties_sought(graph, "cooperation", Asked())] == ["t1"]
    assert [tie.id for tie in ties_sought(graph, "", Asked(strength="possible"))] == ["t2"]
    assert ties_sought(graph, "alpha", Asked(schema="Person")) == ()
