"""`link` on a small case: a ring is known again by what was published of it, and comes out again; look-ups need no group."""

from __future__ import annotations

import csv
import json
import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from inconcert import schema
from inconcert.case import Case
from inconcert.catalogue.add import add as add_to_library
from inconcert.cli.link import command
from inconcert.cli.outcome import Outcome
from inconcert.errors import InputError, UnknownName
from inconcert.progress import silent
from inconcert.verbs.held_libraries import held_libraries, kept_in
from inconcert.verbs.init import open_case
from inconcert.verbs.investigate import investigate
from inconcert.verbs.link import link, timelines
from inconcert.verbs.link_lookups import addresses_known, report_recycled
from inconcert.verbs.recompute import AGAIN, recompute_run
from inconcert.verbs.results import result

from .worlds import write_posts

NOW = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
HITS = ("row,ip,triggered_at\n1,185.220.101.37,2022-11-16T01:06:50Z\n2,52.17.54.30,2022-11-16T01:14:29Z\n3,nowhere,2022-11-16T01:14:29Z\n"
        "4,52.17.54.30,last week\n")  # fmt: skip


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("link")
    posts = write_posts(folder / "posts.csv", ring=True)
    return open_case(investigate([posts], case=folder / "case", now=NOW).case)


def write_library(folder: Path, rows: list[tuple[str, str, str, str]]) -> Path:
    file = folder.with_suffix(".csv")
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([("type", "value", "operation", "comment"), *rows])
    add_to_library(folder, [file], now=NOW)
    return folder


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty links of the ring, published before it posted them; and an operation that has nothing to do with it."""
    rows = [("url", f"hxxps://example[.]org/{1000 + n}", "night courier", "seen 2026-04-01") for n in range(20)]
    rows += [("url", f"https://elsewhere.site/{n}", "day herald", "") for n in range(20)]
    rows += [("ip", "185.220.101.37", "exit watch", "scans, 2021-12")]
    return write_library(tmp_path_factory.mktemp("known") / "library", rows)


def test_the_ring_is_linked_to_what_was_published_of_it_and_to_nothing_else(case: Case, library: Path):
    run = link(case, library=[library])
    said = {(row["group_id"], row["operation"]): row["verdict"] for row in run.table("links").to_pylist()}
    assert said == {
        ("G1", "night courier"): "linked",
        ("G1", "day herald"): "no evidence",
        ("G1", "exit watch"): "could not be compared",
    }
    assert run.info["counts"]["linked"] == 1
    assert link(case, library=[library]).already
    assert result(case, "links").num_rows == 3


def test_every_item_has_its_rarity_and_its_witnesses(case: Case, library: Path):
    items = link(case, library=[library]).table("link_items").to_pylist()
    posts = {(row["import_id"], row["row_ref"]): row for row in result_rows(case)}
    assert len(items) == 20
    for item in items:
        assert item["control"] == 0
        assert item["carriers"] >= 5
        assert 0 < item["rate"] < 1
        for one in json.loads(item["witnesses"]):
            assert posts[one["import_id"], one["row_ref"]]["account_id"] == one["account_id"]
            assert item["value"].rpartition("/")[2] in posts[one["import_id"], one["row_ref"]]["text"]
    assert all(one.before is False for one in timelines(link(case, library=[library])))


def result_rows(case: Case) -> list[dict]:
    import pyarrow.parquet as pq

    return [row for part in case.parts("posts") for row in pq.read_table(part).to_pylist()]


def test_the_run_comes_out_again_from_what_the_case_keeps(case: Case, library: Path, tmp_path: Path):
    kept = write_library(tmp_path / "gone", [("url", "https://example.org/1001", "night", "")])
    run = link(case, library=[kept, library], group="G1")
    for path in kept.iterdir():
        if path.is_file():
            path.unlink()
    again = recompute_run(case, run, AGAIN["link"], silent)
    assert (again.differs, again.rewritten) == ((), ())
    assert set(run.tables) == {"links", "link_items"}
    assert all(schema.table(name).check(run.table(name)) is not None for name in run.tables)


def test_what_cannot_be_used_is_refused_with_the_remedy(case: Case, library: Path, tmp_path: Path):
    with pytest.raises(InputError, match="catalogue add"):
        link(case, library=[])
    with pytest.raises(InputError, match="catalogue add"):
        link(case, library=[tmp_path])
    with pytest.raises(UnknownName, match="G7"):
        link(case, library=[library], group="G7")


def test_the_command_names_no_account_below_l3(case: Case, tmp_path: Path):
    ring = write_library(
        tmp_path / "named",
        [("account", "https://twitter.com/ring1", "night", ""), ("url", "https://example.org/1003", "night", "")],
    )
    done = CliRunner().invoke(command, [str(case.path), "--library", str(ring)], obj=Outcome())
    assert done.exit_code == 0, done.output
    assert "example.org/1003" in done.output
    assert "https://" not in done.output
    assert "ring1" not in done.output


def test_hostile_names_of_operations_show_as_they_are(case: Case, tmp_path: Path):
    evil = write_library(tmp_path / "evil", [("url", "https://example.org/1003", "<b>x</b>\u202e ../../etc", "")])
    done = CliRunner().invoke(command, [str(case.path), "--library", str(evil)], obj=Outcome())
    assert done.exit_code == 0
    assert "\u202e" not in done.output
    assert not (case.path.parent / "etc").exists()


def test_addresses_are_looked_up_with_the_distance_of_dates(library: Path, tmp_path: Path):
    (tmp_path / "hits.csv").write_text(HITS)
    found = addresses_known(tmp_path / "hits.csv", library=[library])
    assert (found.hits, found.addresses, [row for row, _ in found.set_aside]) == (2, 2, [3, 4])
    (known,) = found.known
    assert (known.address, known.published, known.months) == ("185.220.101.37", "2021-12", 11)
    (tmp_path / "none.csv").write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match="no column for the address"):
        addresses_known(tmp_path / "none.csv", library=[library])


@pytest.mark.data
def test_the_hits_of_the_published_investigation(library: Path, shared_data: Path):
    found = addresses_known(shared_data.parent / "reference" / "canary_hits.csv", library=[library])
    assert (found.hits, found.addresses) == (24, 23)
    assert [(one.address, one.row, one.months) for one in found.known] == [("185.220.101.37", 12, 11)]


def test_a_report_that_repeats_what_was_public_is_told(library: Path, tmp_path: Path):
    report = tmp_path / "vendor.csv"
    with report.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([("type", "value"), *(("url", f"https://example.org/{1000 + n}") for n in range(10))])
    told = report_recycled(report, library=[library], now=NOW)
    assert (told.verdict, told.n, len(told.repeated), told.first) == ("recycled", 10, 10, "2026-04-01")
    assert report_recycled(report, library=[library], now=NOW, before="2026-01-01").repeated == ()


def test_the_command_prints_look_ups(case: Case, library: Path, tmp_path: Path):
    (tmp_path / "hits.csv").write_text(HITS)
    base = [str(case.path), "--library", str(library)]
    told = CliRunner().invoke(command, [*base, "--addresses", str(tmp_path / "hits.csv")], obj=Outcome())
    assert "11 months earlier" in told.output
    as_json = CliRunner().invoke(command, [*base, "--addresses", str(tmp_path / "hits.csv"), "--json"], obj=Outcome())
    assert json.loads(as_json.output)["known"][0]["months"] == 11
    assert CliRunner().invoke(command, [*base, "--before", "2020-01-01"], obj=Outcome()).exit_code == 2


def test_hits_in_a_pipe_are_not_waited_for(library: Path, tmp_path: Path):
    os.mkfifo(tmp_path / "hits.csv")
    with pytest.raises(InputError, match="is not a file"):
        addresses_known(tmp_path / "hits.csv", library=[library])


def test_a_library_named_twice_says_everything_once(library: Path, tmp_path: Path):
    (tmp_path / "hits.csv").write_text(HITS)
    assert len(addresses_known(tmp_path / "hits.csv", library=[library, library]).known) == 1


@pytest.mark.parametrize("before", ["zzzz", "2026-13-99", "", "last year"])
def test_a_date_that_is_none_is_refused(library: Path, tmp_path: Path, before: str):
    """Compared as text, everything was published before zzzz."""
    (tmp_path / "report.csv").write_text("domain\nharbour.com\n")
    with pytest.raises(InputError, match="is no date"):
        report_recycled(tmp_path / "report.csv", library=[library], now=NOW, before=before)


def test_without_a_library_those_of_the_last_comparison_are_read_again(case: Case, library: Path):
    run = link(case, library=[library])
    done = CliRunner().invoke(command, [str(case.path)], obj=Outcome())
    assert done.exit_code == 0, done.output
    assert run.id in done.output
    assert "G1 and night courier: linked" in done.output
    assert CliRunner().invoke(command, [str(case.path), "--report", str(library)], obj=Outcome()).exit_code == 2


def test_a_library_that_grew_is_kept_in_its_newest_state(case: Case, tmp_path: Path):
    grown = write_library(tmp_path / "grown", [("url", "https://example.org/1001", "tide", "")])
    link(case, library=[grown])
    more = tmp_path / "more.csv"
    more.write_text("type,value,operation\nurl,https://example.org/1002,tide\n", "utf-8")
    add_to_library(grown, [more], now=NOW)
    link(case, library=[grown])
    assert [one["name"] for one in kept_in(case)].count("grown") == 1
    (held,) = (one for one in held_libraries(tmp_path, case) if one.name == "grown")
    assert held.kept
    assert {one.value for its in held.operations for one in its.indicators} == {
        "https://example.org/1001",
        "https://example.org/1002",
    }
    assert kept_in(case, newest=True) == tuple(one for one in kept_in(case) if one["name"] == "grown")


def test_a_hash_of_a_stranger_is_no_path(case: Case, library: Path, monkeypatch: pytest.MonkeyPatch):
    link(case, library=[library])
    runs = [
        replace(run, info={**run.info, "parameters": {"library": [{"name": "x", "ledger": "../../x", "files": []}]}})
        for run in case.runs()
        if run.verb == "link"
    ]
    monkeypatch.setattr(Case, "runs", lambda self: runs)
    assert kept_in(case) == ()
