"""The published investigation re-told: counts of the catalogue, the paths from the bureau to the company, and a word for every claim."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from inconcert.attribution.evidence_strength import TIERS, observables
from inconcert.case import Case
from inconcert.cli.command import inconcert
from inconcert.cli.outcome import Outcome
from inconcert.verbs.add_entities import add_entities
from inconcert.verbs.catalogue import catalogue
from inconcert.verbs.claims import Claims, claims
from inconcert.verbs.entity_paths import EntityPaths, entity_paths
from inconcert.verbs.init import init
from inconcert.yardstick.assertions import overclaims
from inconcert.yardstick.yardsticks import YARDSTICKS

BUREAU, COMPANY = "yancheng_psb", "Qi An Xin"
STRENGTHS = {"confirmed": 0, "reported": 1, "assessed": 2, "possible": 3}
NOW = datetime(2026, 11, 22, tzinfo=UTC)
TOO_MUCH = {"C01", "C05", "C09", "C10", "C11", "C13", "C17", "C19", "C20", "C22", "C23", "C34", "C37", "C38", "C39"}
"""Claims of the reference that its own evidence, as graded, does not carry in the words used."""


@pytest.fixture(scope="module")
def reference(shared_data: Path) -> Path:
    return shared_data.parent / "reference"


@pytest.fixture(scope="module")
def readme(reference: Path) -> str:
    return (reference / "README.md").read_text("utf-8")


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A case with the bundled graph of entities."""
    case = init(tmp_path_factory.mktemp("retold") / "case", now=NOW)
    add_entities(case, [], by="Ann Lee", reference=True)
    return case


@pytest.fixture(scope="module")
def paths(graph: Case) -> EntityPaths:
    return entity_paths(graph, BUREAU, COMPANY, steps=3)


@pytest.fixture(scope="module")
def graded(reference: Path) -> Claims:
    return claims(reference / "claims.csv")


def counts_of(readme: str, head: str) -> dict[str, int]:
    """The table of the README that begins so: column -> the first number under it."""
    lines = readme.splitlines()
    at = next(place for place, line in enumerate(lines) if line.startswith(f"| by {head} "))
    names, numbers = ([cell.strip() for cell in lines[at + step].strip("|").split("|")][1:] for step in (0, 2))
    return {name: int(number) for name, number in zip(names, numbers, strict=True)}


@pytest.mark.data
@pytest.mark.parametrize(
    ("head", "option"),
    [("year", "year"), ("platform", "platform"), ("category", "category"), ("attribution_level", "level")],
)
def test_the_catalogue_counts_what_the_reference_counts(readme: str, head: str, option: str):
    told = counts_of(readme, head)
    told.pop("all", None)
    assert told
    for name, n in told.items():
        asked = {option: int(name) if option == "year" else name}
        assert len(catalogue(**asked).reports) == n, name  # type: ignore[arg-type]


def test_the_command_line_says_the_same():
    told = CliRunner().invoke(inconcert, ["catalogue", "--json"], obj=Outcome())
    counted = json.loads(told.stdout)["counts"]
    assert counted["by_year"] == {"2017": 1, "2018": 0, "2019": 7, "2020": 15, "2021": 15, "2022": 13}
    assert counted["by_level"] == {
        "none": 17,
        "linked": 16,
        "network_named": 13,
        "state_attributed": 3,
        "company_named": 2,
    }
    assert {name: counted["by_platform"][name] for name in ("Twitter", "Facebook", "YouTube")} == {
        "Twitter": 39,
        "Facebook": 22,
        "YouTube": 16,
    }
    assert (counted["by_category"]["political"], counted["by_category"]["police"]) == (32, 18)


def test_paths_lead_from_the_bureau_to_the_company_and_each_names_its_weakest_link(paths: EntityPaths):
    assert paths.complete
    assert paths.paths
    for path in paths.paths:
        told = [STRENGTHS[step.tie.strength] for step in path.steps]
        assert STRENGTHS[path.strength] == max(told)
        assert {tie.strength for tie in path.weakest} == {path.strength}
    assert paths.paths[0].strength == "confirmed"


def test_the_direct_tie_between_them_is_assessed_and_no_more(paths: EntityPaths):
    (direct,) = [path for path in paths.paths if len(path.steps) == 1]
    assert direct.strength == "assessed"


@pytest.mark.data
def test_every_claim_of_the_reference_gets_a_word_at_or_below_its_evidence(graded: Claims, reference: Path):
    listed = list(csv.DictReader((reference / "claims.csv").open(encoding="utf-8", newline="")))
    assert [one.stated.claim_id for one in graded.claims] == [row["claim_id"] for row in listed]
    assert graded.set_aside == ()
    for one in graded.claims:
        assert one.unknown == ()
        assert one.word
        assert one.warning or TIERS.index(one.says) <= TIERS.index(one.carries)
        for scale in YARDSTICKS.values():
            lesser = min(one.says, one.carries, key=TIERS.index)
            assert scale.words(lesser.low, lesser.high).least <= scale.words(one.carries.low, one.carries.high).least


@pytest.mark.data
def test_words_above_the_evidence_are_marked(graded: Claims):
    assert {one.stated.claim_id for one in graded.claims if one.warning} == TOO_MUCH
    by_id = {one.stated.claim_id: one for one in graded.claims}
    assert (by_id["C08"].word, by_id["C08"].at_most) == ("likely", "likely")
    assert (by_id["C19"].word, by_id["C19"].carries.name) == ("a realistic possibility", "even")
    assert "no more than “a realistic possibility”" in by_id["C19"].warning


@pytest.mark.data
def test_a_claim_with_a_stronger_word_than_its_evidence_is_marked(reference: Path, tmp_path: Path):
    text = (reference / "claims.csv").read_text("utf-8")
    stronger = tmp_path / "claims.csv"
    stronger.write_text(
        text.replace("possible; possibly affiliated,possible", "almost certain,stated_fact"), encoding="utf-8"
    )
    (one,) = [one for one in claims(stronger).claims if one.stated.claim_id == "C07"]
    assert one.warning.startswith("It is put as stated fact (“almost certain”)")
    assert one.word == "likely"


@pytest.mark.data
def test_strengths_of_observables_are_those_of_the_reference(reference: Path, readme: str):
    rows = list(csv.DictReader((reference / "observables.csv").open(encoding="utf-8", newline="")))
    assert {row["id"]: (row["strength"], row["group"]) for row in rows} == {
        id: (one.strength, one.group) for id, one in observables().items()
    }
    told = re.search(r"\(strong (\d+), moderate (\d+), weak (\d+), recorded_only (\d+)\)", readme)
    assert told is not None
    found = Counter(one.strength for one in observables().values())
    assert [found[name] for name in ("strong", "moderate", "weak", "recorded_only")] == [int(n) for n in told.groups()]


@pytest.mark.data
def test_claims_on_who_is_behind_it_pass_no_gate_without_a_signature(graded: Claims):
    naming = {one.stated.claim_id for one in graded.claims if overclaims("L3", f"{one.stated.claim}.")}
    assert {"C03", "C07", "C08", "C15", "C28", "C40"} <= naming
