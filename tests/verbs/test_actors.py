"""The register of overt actors: every official post is a listed actor's within its term, or is named with the reason."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from inconcert.case import Case
from inconcert.cli.command import inconcert
from inconcert.cli.outcome import Outcome
from inconcert.errors import UnknownName
from inconcert.verbs.actors import AFTER, BEFORE, UNLISTED, Register, actors
from inconcert.verbs.add import add
from inconcert.verbs.ingest import ingest
from inconcert.verbs.init import init
from inconcert.verbs.sets import keep_set

NOW = datetime(2026, 11, 22, tzinfo=UTC)
N_OFFICIAL = 103
ENVOYS = [("10", "envoy_a"), ("11", "embassy_b"), ("12", "gazette_c")]


def sheet(file: Path, *rows: Sequence[str]) -> Path:
    with file.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows(rows)
    return file


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """103 posts of 2022 by three officials, and as many by ordinary people."""
    rows = [["post_id", "account_id", "handle", "created_at", "text", "platform"]]
    for n in range(N_OFFICIAL):
        at = (datetime(2022, 1, 1, 12, tzinfo=UTC) + timedelta(days=3 * n)).isoformat()
        account, handle = ENVOYS[n % 3]
        rows.append([f"o{n}", account, handle, at, "A remark", "twitter"])
        rows.append([f"p{n}", str(100 + n % 9), f"person{n % 9}", at, "A walk", "twitter"])
    made = init(tmp_path / "case", now=NOW)
    ingest(made, [sheet(tmp_path / "posts.csv", *rows)], now=NOW)
    return made


HEAD = ["account_id", "handle", "display_name", "role", "platform", "since", "until", "source"]
WHOLE = (
    ["10", "envoy_a", "Envoy A", "overt", "twitter", "2020", "", "list of the ministry, 3 May 2021"],
    ["", "@Embassy_B", "Embassy B", "overt", "twitter", "2021-06", "2022", "page of the embassy"],
    ["12", "", "Gazette C", "overt", "", "", "", ""],
    ["100", "person0", "Paper D", "independent", "twitter", "", "", "its page"],
)


def listed(case: Case, tmp_path: Path, *rows: Sequence[str], head: Sequence[str] = HEAD) -> Register:
    add(case, lists=[sheet(tmp_path / "officials.csv", head, *rows)], now=NOW)
    return actors(case)


def test_each_of_the_official_posts_of_a_year_is_a_listed_actors(case: Case, tmp_path: Path):
    found = listed(case, tmp_path, *WHOLE)
    assert (found.posts, found.mapped, found.unmapped) == (N_OFFICIAL, N_OFFICIAL, ())
    assert [(one.name, one.since, one.until, one.posts) for one in found.actors] == [
        ("Embassy B", "2021-06-01", "2022-12-31", 34), ("Envoy A", "2020-01-01", "", 35), ("Gazette C", "", "", 34),
    ]  # fmt: skip
    assert found.without_evidence == ("Gazette C",)
    assert (found.actors[1].first, found.actors[1].last) == ("2022-01-01", "2022-11-03")


def test_a_post_outside_the_term_is_nobodys_and_says_so(case: Case, tmp_path: Path):
    left = ["10", "envoy_a", "Envoy A", "overt", "twitter", "2022-02-01", "2022-06-30", "a list"]
    found = listed(case, tmp_path, left, *WHOLE[1:])
    whys = {one.why for one in found.unmapped}
    assert whys == {BEFORE, AFTER}
    assert {one.account for one in found.unmapped} == {"10"}
    assert all(not "2022-02-01" <= one.at <= "2022-06-30" for one in found.unmapped)
    assert found.mapped + len(found.unmapped) == found.posts == N_OFFICIAL


def test_one_office_with_two_holders_in_turn_has_two_terms(case: Case, tmp_path: Path):
    rows = [
        ["10", "envoy_a", "The first", "overt", "twitter", "", "2022-06-30", "a list"],
        ["10", "envoy_a", "The second", "overt", "twitter", "2022-07-01", "", "a list"],
    ]
    found = listed(case, tmp_path, *rows)
    assert found.mapped == found.posts == 35
    assert {one.name: (one.first <= "2022-06-30", one.last <= "2022-06-30") for one in found.actors} == {
        "The first": (True, True), "The second": (False, False),
    }  # fmt: skip


def test_a_set_said_to_be_official_shows_who_is_not_listed(case: Case, tmp_path: Path):
    listed(case, tmp_path, *WHOLE)
    keep_set(case, "officials of 2022", by="Ann Lee", accounts=["10", "11", "12", "103"])
    found = actors(case, within="officials of 2022")
    assert {one.why for one in found.unmapped} == {UNLISTED}
    assert {one.account for one in found.unmapped} == {"103"}
    assert found.mapped == N_OFFICIAL
    with pytest.raises(UnknownName):
        actors(case, within="nothing")


def test_dates_that_cannot_be_read_are_set_aside_and_the_account_stays(case: Case, tmp_path: Path):
    rows = [
        ["10", "", "Envoy A", "overt", "twitter", "<b>soon</b>", "", "a list"],
        ["11", "", "Embassy B", "overt", "twitter", "2022-06-01", "2021-01-01", "a list"],
    ]
    found = listed(case, tmp_path, *rows)
    assert [(one.name, one.since, one.until) for one in found.actors] == [("Embassy B", "", ""), ("Envoy A", "", "")]
    assert found.mapped == found.posts == 69
    told = [row for part in case.parts("rejects", "given") for row in pq.read_table(part).to_pylist()]
    assert sorted(row["column"] for row in told) == ["since", "until"]


def test_the_command_prints_terms_evidence_and_the_count(case: Case, tmp_path: Path):
    listed(case, tmp_path, *WHOLE)
    plain = CliRunner().invoke(inconcert, ["actors", str(case.path)], obj=Outcome())
    assert plain.exit_code == 0, plain.output
    assert "Envoy A (10, twitter), officials, since 2020-01-01: 35 posts, 2022-01-01 to 2022-11-03" in plain.output
    assert "  evidence: list of the ministry, 3 May 2021" in plain.output
    assert "103 of 103 official posts are a listed actor's" in plain.output
    machine = CliRunner().invoke(inconcert, ["actors", str(case.path), "--json"], obj=Outcome())
    assert json.loads(machine.stdout)["mapped"] == N_OFFICIAL


def test_without_a_list_it_says_how_to_give_one(case: Case):
    assert actors(case) == Register((), 0, 0, (), ())
    done = CliRunner().invoke(inconcert, ["actors", str(case.path)], obj=Outcome())
    assert "--role overt" in done.output
