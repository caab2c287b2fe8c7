"""`catalogue`: what it finds, draws and adds, on the command line too."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from inconcert.case import Case
from inconcert.cli.catalogue import command
from inconcert.cli.outcome import Outcome
from inconcert.errors import InputError, UnknownName
from inconcert.verbs.catalogue import add_indicators, catalogue

from .conftest import record, rows

NOW = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    file = tmp_path / "published.csv"
    file.write_text(
        "indicator,type\nharbour-post[.]com,domain\nhxxps://t[.]me/Harbour_Post,url\n1.2.3.4,ip\n9 pages,\n", "utf-8"
    )
    add_indicators(tmp_path / "known", [file], operation="Harbour", licence="CC0", source="Somebody", now=NOW)
    return tmp_path / "known"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(command, [str(one) for one in arguments], obj=Outcome())


def test_all_that_is_bundled_and_what_fits():
    everything = catalogue()
    assert (len(everything.reports), everything.counts.reports, everything.operations, everything.groups) == (
        51,
        51,
        (),
        (),
    )
    assert "CC BY-SA 4.0" in everything.framework
    assert {one.id for one in catalogue(["naval"], platform="Facebook", year=2020).reports} == {"2020-09-graphika"}
    with pytest.raises(UnknownName, match="Did you mean 'Twitter'"):
        catalogue(platform="Twiter")


def test_a_library_is_listed_and_searched_by_any_spelling_of_an_address(library: Path):
    (known,) = catalogue(library=library).operations
    assert (known.operation, known.source, known.licence) == ("Harbour", "Somebody", "CC0")
    assert (known.kinds, known.unlisted, known.listed) == (
        {"domain": 1, "handle": 1, "ip": 1},
        0,
        ("2026-11-22", "2026-11-22"),
    )
    for spelt in ("harbour-post.com", "hxxps://www.harbour-post[.]com/", "HARBOUR-POST[.]COM"):
        found = catalogue([spelt], library=library)
        assert [(one.kind, one.value) for one in found.indicators] == [("domain", "harbour-post.com")]
        assert [one.operation for one in found.operations] == ["Harbour"]
    assert [one.value for one in catalogue(["@harbour_post"], library=library).indicators] == ["harbour_post"]
    assert catalogue(["elsewhere.com"], library=library).operations == ()
    assert catalogue(["Harbour"], library=library, source="nobody").operations == ()
    with pytest.raises(InputError, match="is no library"):
        catalogue(library=library.parent)


@pytest.mark.parametrize(
    ("name", "begins"), [("a.svg", b"<svg xmlns"), ("a.PNG", b"\x89PNG"), ("a.html", b"<!DOCTYPE html>")]
)
def test_pictures(tmp_path: Path, name: str, begins: bytes):
    target = tmp_path / name
    assert catalogue(year=2020, draw=target).drawn == target
    assert target.read_bytes().startswith(begins)
    with pytest.raises(InputError, match="exists already"):
        catalogue(draw=target)
    catalogue(draw=target, force=True)


def test_pictures_that_cannot_be(tmp_path: Path):
    with pytest.raises(InputError, match=r"ends in none of \.svg, \.png, \.html"):
        catalogue(draw=tmp_path / "a.pdf")
    with pytest.raises(InputError, match="nothing to draw"):
        catalogue(["no such words"], draw=tmp_path / "a.svg")
    assert list(tmp_path.iterdir()) == []


def test_groups_of_a_case(case: Case):
    with pytest.raises(InputError, match="has no indicators yet"):
        catalogue(case=case)
    found = {
        "reading": 1, "indicator": "hashtag-flooding", "measure": "m", "family": "engagement", "subject": "group", "subject_id": "G1", "group_id": "G1",
        "state": "found", "n": 9, "unit": "posts", "scale": "share", "says": "They wrote 9 of 10.", "q_value": 0.002,
    }  # fmt: skip
    tables = {
        "indicators": rows("indicators", found),
        "indicator_witnesses": rows(
            "indicator_witnesses", {"reading": 1, "account_id": "a", "post_id": "p1", "why": "w"}
        ),
        "standings": rows(
            "standings",
            *({"group_id": id, "level": "L2", "families": "[]", "why_not_higher": ""} for id in ("G1", "G2")),
        ),
    }
    clustered = case.run("cluster")
    assert clustered is not None
    record(case, "indicators", [clustered.id], tables)
    one, other = catalogue(case=case).groups
    assert one.techniques == ("T0015.001", "T0049.002")
    assert (one.level, other.group_id, other.techniques) == ("L2", "G2", ())
    said = run("--case", case.path).output
    assert "G1 (L2): 2 techniques" in said
    assert (
        "7 Indiscriminate engagement\n    T0049.002 Flood Existing Hashtag (Maximise Exposure)\n      hashtag-flooding: They wrote 9 of 10. (q = 0.002, 1 account"
        in said
    )
    assert said.count("it may also be") == 1
    assert "none is proven by that" in said


def test_the_command_adds_and_lists(tmp_path: Path):
    file = tmp_path / "list.txt"
    file.write_text("harbour-post[.]com\n\x1b[2J\n7 accounts\n", "utf-8")
    done = run("add", file, "--library", tmp_path / "known", "--licence", "MIT")
    assert (done.exit_code, done.output.splitlines()[:2]) == (
        0,
        ["list.txt: added; domain 1", "  1 new, 0 listed before, 0 listed no longer"],
    )
    assert "\x1b" not in done.output
    assert "1 set aside: says how many there are, not which (7 accounts)" in done.output
    assert "stands already" in run("add", file, "--library", tmp_path / "known", "--licence", "MIT").output
    listed = run("--library", tmp_path / "known", "--json")
    assert [one["operation"] for one in json.loads(listed.output)["operations"]] == ["list.txt"]
    assert (
        "domain harbour-post.com: list.txt (list.txt, row 1, "
        in run("harbour-post.com", "--library", tmp_path / "known").output
    )


def test_words_that_no_report_has_lead_to_libraries_and_no_verdict_stands_twice():
    assert "Published indicators are looked through with --library DIR" in run("Nowhere Courier").output
    told = run("--level", "none").output
    assert "behind it: none" in told
    assert "none (none)" not in told


def test_the_command_says_how_it_is_meant(tmp_path: Path):
    for arguments, says in (
        (("add", "x.csv"), "--library DIR"), (("--licence", "MIT"), "go with add"), (("--year", "soon"), "'soon' is not a valid integer"),
    ):  # fmt: skip
        done = run(*arguments)
        assert done.exit_code == 2
        assert says in done.output
    assert run("hong", "kong", "--year", "2019").output.startswith("6 bundled reports (2019: 6)\n")
