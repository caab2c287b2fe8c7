"""Profile pictures: shares are counted by picture, beside a control, and told in words."""

from __future__ import annotations

import pyarrow as pa
import pytest
from scipy import stats

from inconcert.evaluate.indicators.trial import readings
from inconcert.indicators.facts import PORTRAITS
from inconcert.indicators.profiles.profile_pictures import DEFAULT, LEADS, SHARED, ProfilePictures


def test_rows_and_reasons_are_words_and_the_control_has_its_interval():
    found = {r.measure: r for r in readings(ProfilePictures(), ProfilePictures.example().tables, 1)}
    assert found[SHARED].value == pytest.approx(7 / 17)
    assert found[LEADS].lacking
    for measure, k, n in ((SHARED, 0, 57), (DEFAULT, 3, 60)):
        of_group, beside = found[measure].points
        assert of_group.label == beside.label
        wilson = stats.binomtest(k, n).proportion_ci(0.95, method="wilson")
        assert (beside.x, beside.low, beside.high) == pytest.approx((k / n, wilson.low, wilson.high))
    said = [p.label for r in found.values() for p in r.points] + [w.why for r in found.values() for w in r.witnesses]
    assert said
    assert not [text for text in said if any(measure in text for measure in ProfilePictures.measures)]


def test_a_badge_that_all_show_is_one_picture():
    tables = dict(ProfilePictures.example().tables)
    rows = [
        row | ({"picture_id": "badge"} if row["account_id"] in {f"m{i}" for i in range(20)} else {})
        for row in tables["portraits"].to_pylist()
    ]
    tables["portraits"] = pa.Table.from_pylist(rows, schema=PORTRAITS.arrow)
    (shared,) = (r for r in readings(ProfilePictures(), tables, 1) if r.measure == SHARED)
    assert shared.value == pytest.approx(1 / 11)
    assert "20 members show one of them" in shared.says
    assert shared.p_value is not None
    assert shared.p_value > 0.01


def test_newcomers_with_the_default_picture_are_described_and_not_tested():
    tables = dict(ProfilePictures.example().tables)
    rows = [row | {"default_picture": row["account_id"].startswith("m")} for row in tables["portraits"].to_pylist()]
    tables["portraits"] = pa.Table.from_pylist(rows, schema=PORTRAITS.arrow)
    found = {r.measure: r for r in readings(ProfilePictures(), tables, 1)}
    assert found[DEFAULT].value == 1
    assert (found[DEFAULT].p_value, found[DEFAULT].lr, found[DEFAULT].lr_low, found[DEFAULT].lr_high) == (None,) * 4
    assert "30 of 30" in found[DEFAULT].says
    assert "not tested" in found[DEFAULT].says
