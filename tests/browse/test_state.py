"""What a view shows follows what counts in the case: a withdrawn import is no part of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from inconcert.browse.state import state
from inconcert.case import Case, create_case
from inconcert.verbs.cluster import cluster
from inconcert.verbs.detect import detect
from inconcert.verbs.ingest import ingest
from inconcert.verbs.prepare import prepare, prepared
from inconcert.verbs.withdraw import withdraw

from .conftest import NOW, write


@pytest.fixture
def case(tmp_path: Path) -> Case:
    made = create_case(tmp_path / "case", now=NOW)
    for file in write(tmp_path, 3):
        ingest(made, [file], now=NOW)
    detect(made)
    cluster(made, bootstraps=2, copies=1)
    return made


def test_what_was_withdrawn_is_not_shown_and_comes_back(case: Case) -> None:
    before, posts = state(case), prepare(case).rows("SELECT import_id, count(*) AS n FROM posts GROUP BY 1")
    withdraw(case, "export-1.csv", reason="somebody else's", now=NOW)
    without = state(case)
    assert without.key != before.key
    assert set(without.imports) < set(before.imports)
    assert without.runs == ()
    assert prepared(case) is None
    view = prepare(case)
    assert view.rows("SELECT import_id, count(*) AS n FROM posts GROUP BY 1") == [
        row for row in posts if row["import_id"] in without.imports
    ]
    assert view.rows("SELECT * FROM members") == []
    withdraw(case, "export-1.csv", undo=True, now=NOW)
    assert state(case) == before
    assert prepared(case) is None
    assert prepare(case).key == before.key
