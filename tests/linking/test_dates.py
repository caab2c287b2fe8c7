"""When something was published, and what a group showed before that: only where the source says so."""

from __future__ import annotations

import pytest

from inconcert.linking.first_published import FirstPublished, first_published
from inconcert.linking.timeline import timeline

from .made_material import indicator

DAY_US = 86_400_000_000


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("reported 2021-12", FirstPublished("2021-12", True)),
        ("Domains spoofing news. Registration date: 2024-03-05, Country likely targeted", FirstPublished("2022-01-01", False)),
        ("registered on 2019-02-01; disclosed 2022-09-27", FirstPublished("2022-09-27", True)),
        ("created 2019-02-01, expires 2023-02-01", FirstPublished("2022-01-01", False)),
        ("", FirstPublished("2022-01-01", False)),
    ],
)  # fmt: skip
def test_the_day_a_domain_was_registered_is_not_the_day_it_was_published(comment: str, expected: FirstPublished):
    assert first_published(indicator("domain", "own.media", comment=comment)) == expected


@pytest.mark.parametrize(
    ("public_on", "before"),
    [("1970-01-10", True), ("1970-01-03", None), ("1970-01-02", False), ("1970-01", None), ("1970", None), ("1971", True), ("1969-12", False)],
)  # fmt: skip
def test_within_one_day_month_or_year_neither_came_first(public_on: str, before: bool | None):
    row = {
        "group_id": "G1", "operation": "night", "kind": "domain", "value": "own.media", "how": "exact", "carriers": 3, "counts": True,
        "first_us": 2 * DAY_US, "last_us": 9 * DAY_US, "public_on": public_on, "public_stated": True,
    }  # fmt: skip
    (found,) = timeline([row], "G1", frozenset({"night"}))
    assert found.before is before
