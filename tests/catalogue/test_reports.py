"""The register says what the reference it was made from says: every count of its README."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from inconcert.catalogue.counts import counts, spread
from inconcert.catalogue.disarm import techniques
from inconcert.catalogue.observables import observables
from inconcert.catalogue.reports import COUNTS, LEVELS, listed, reports
from inconcert.catalogue.search import search
from inconcert.errors import UnknownName

FOUND = counts(reports())


@pytest.fixture(scope="module")
def reference(shared_data: Path) -> Path:
    folder = shared_data.parent / "reference"
    if not folder.is_dir():
        pytest.skip(f"reference data absent: no folder {folder}")
    return folder


def table(readme: str, head: str) -> dict[str, str]:
    """The table of the README that begins so: column -> what stands under it."""
    lines = readme.splitlines()
    at = next(place for place, line in enumerate(lines) if line.startswith(f"| {head}"))
    cells = [[cell.strip() for cell in lines[at + step].strip("|").split("|")] for step in (0, 2)]
    return dict(list(zip(*cells, strict=True))[1:])


def test_m08_rows_and_years():
    assert len(reports()) == FOUND.reports == 51
    assert FOUND.by_year == {2017: 1, 2018: 0, 2019: 7, 2020: 15, 2021: 15, 2022: 13}


def test_m48_the_ladder_of_attribution():
    assert FOUND.by_level == {
        "none": 17,
        "linked": 16,
        "network_named": 13,
        "state_attributed": 3,
        "company_named": 2,
    }
    assert list(FOUND.by_level) == list(LEVELS)
    attributed = search(reports(), level="state_attributed")
    assert {one.id for one in attributed} == {"2019-08-twitter", "2020-06-aspi", "2020-06-twitter"}


def test_every_table_of_the_readme(reference: Path):
    readme = (reference / "README.md").read_text("utf-8")
    years = table(readme, "by year")
    assert int(years.pop("all")) == len(reports())
    assert {str(year): n for year, n in FOUND.by_year.items() if n} == {year: int(n) for year, n in years.items()}
    assert dict(FOUND.by_category) == {name: int(n) for name, n in table(readme, "by category").items()}
    platforms = {name: int(n) for name, n in table(readme, "by platform").items()}
    once = re.search(r"One row each: (.*)\.", readme)
    assert once is not None
    assert dict(FOUND.by_platform) == platforms | dict.fromkeys(once[1].split(", "), 1)
    assert dict(FOUND.by_level) == {name: int(n) for name, n in table(readme, "by attribution_level").items()}
    sums = {name: int(re.match(r"[\d,]+", n)[0].replace(",", "")) for name, n in table(readme, "sums").items()}  # type: ignore[index]
    named = {"instagram": "Instagram accounts", "amplifiers": "amplifying accounts"}
    assert dict(FOUND.sizes) == {named.get(name, name): n for name, n in sums.items()}


def test_sources_languages_and_techniques_of_the_readme(reference: Path):
    readme = (reference / "README.md").read_text("utf-8")
    sources, languages = re.search(r"By source \(rows\): (.*?)\. Languages: (.*?)\.\n", readme).groups()  # type: ignore[union-attr]
    for said, found in ((sources, FOUND.by_source), (languages, FOUND.by_language)):
        for name, n in (part.rsplit(" ", 1) for part in said.split(", ")):
            assert found[name] == int(n), name
    used = re.search(r"(\d+) of the (\d+) observable ids are used as technique tags", readme)
    assert used is not None
    assert len(FOUND.techniques) == len(observables()) == int(used[1])


def test_facts_that_the_readme_asserts_of_operations():
    assert [FOUND.by_platform[name] for name in ("Twitter", "Facebook", "YouTube")] == [39, 22, 16]
    google = search(reports(), source="google")
    assert sorted(one.counts["channels"] for one in google) == [186, 210, 4566]


def test_the_packaged_table_is_the_reference(reference: Path):
    """Column by column, but for one note, whose names of people who were robbed of their accounts are left out."""
    with (reference / "operations.csv").open(encoding="utf-8", newline="") as file:
        theirs = list(csv.DictReader(file))
    for row, ours in zip(theirs, reports(), strict=True):
        assert int(row["row"]) == ours.row
        assert (row["report_id"], row["date"], row["attribution"]) == (ours.id, ours.date, ours.attribution)
        assert row["report_label"] == (ours.label or "")
        assert row["attribution_level"] == ours.level
        for column, values in (
            ("source_org", ours.sources), ("platforms", ours.platforms), ("languages", ours.languages), ("category", ours.categories),
            ("targets_or_narratives", ours.targets), ("techniques", ours.techniques),
        ):  # fmt: skip
            assert listed(row[column]) == values
        assert {COUNTS[column]: int(row[column]) for column in COUNTS if row[column]} == ours.counts
        assert row["note"] == (ours.note or "") or row["note"].startswith("victims: ")
    with (reference / "observables.csv").open(encoding="utf-8", newline="") as file:
        known = {row["id"]: row for row in csv.DictReader(file)}
    for id, one in observables().items():
        assert (known[id]["name"], known[id]["known_confounders"]) == (one.name, "; ".join(one.confounders))


def test_observables_name_techniques_that_there_are():
    assert {number for one in observables().values() for number in one.disarm} <= techniques().keys()
    assert {id for report in reports() for id in report.techniques} == observables().keys()
    assert observables()["business_hours_posting"].disarm == ()


def test_search_takes_words_and_all_that_is_asked_for():
    assert len(search(reports(), ["HONG", "kong"], platform="twitter", year=2019)) == 4
    assert {one.id for one in search(reports(), ["naval gazing"])} == {"2020-09-graphika"}
    assert len(search(reports(), category="abuse")) == 2
    by_id = search(reports(), technique="hijacked_accounts")
    assert len(by_id) == 6
    assert by_id == search(reports(), technique="T0150.005") == search(reports(), technique="Hijacked account")
    assert set(search(reports(), technique="T0049.002")) < set(search(reports(), technique="t0049"))
    assert search(reports(), ["no such thing anywhere"]) == ()


def test_a_retired_number_finds_what_took_its_place():
    assert set(search(reports(), technique="T0141.001")) >= set(search(reports(), technique="T0150.005"))


@pytest.mark.parametrize(
    "asked", [{"platform": "Twiter"}, {"category": "politics"}, {"level": "state"}, {"technique": "hijack"}]
)
def test_what_no_report_has_is_refused_with_the_nearest(asked: dict[str, str]):
    with pytest.raises(UnknownName, match=r"No .* is called"):
        search(reports(), **asked)  # type: ignore[arg-type]


def test_spread_names_the_first_report_of_each_technique():
    for one in spread(reports()):
        naming = [report for report in reports() if one.technique in report.techniques]
        assert one.first_seen == min(report.date for report in naming)
        assert one.by_year == dict(sorted(Counter(report.year for report in naming).items()))
        assert one.reports == len(naming)


def test_counts_of_nothing():
    nothing = counts(())
    assert (nothing.reports, nothing.by_year, nothing.techniques) == (0, {}, ())


def test_reports_are_found_by_language():
    assert len(search(reports(), language="Russian")) == FOUND.by_language["russian"] == 3
    with pytest.raises(UnknownName, match="latin"):
        search(reports(), language="latin")
