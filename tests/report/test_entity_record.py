"""The section on the record: names only around a group at L3, each sentence as strong as its source, each path as its weakest link."""

from __future__ import annotations

import html
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from inconcert.case import Case, open_case
from inconcert.entities.strength import STRENGTHS, weakest
from inconcert.report.data import gather
from inconcert.report.entity_group import LEFT_OUT
from inconcert.report.entity_record import Record
from inconcert.report.entity_words import TOLD
from inconcert.verbs.add_entities import add_entities
from inconcert.verbs.attribute import attribute
from inconcert.verbs.attribution_entries import ChosenYardstick
from inconcert.verbs.report import report
from inconcert.yardstick.remarks import Carried, remarks
from inconcert.yardstick.yardsticks import ICD_203, PHIA

SECTION, SECRET = "entities", "Roe-Secret"


def copied(case: Case, folder: Path) -> Case:
    return open_case(shutil.copytree(case.path, folder))


def members(case: Case, group: str) -> list[dict[str, Any]]:
    """Described accounts of a group."""
    run = case.run("cluster")
    assert run is not None
    ids = {row["account_id"] for row in run.table("members").to_pylist() if row["group_id"] == group}
    rows = [row for part in case.parts("accounts") for row in pq.read_table(part).to_pylist()]
    return [row for row in rows if row["account_id"] in ids and row["handle"]]


def tied(id: str, a: str, b: str, strength: str, source: str, role: str, **said: str) -> dict[str, Any]:
    properties = {"subject": [a], "object": [b], "role": [role], **{name: [value] for name, value in said.items()}}
    facts = [{"prop": "subject", "value": a, "dataset": "own", "strength": strength, "sources": [source]}]
    return {"id": id, "schema": "UnknownLink", "properties": properties, "inconcert": {"statements": facts}}


def bring(case: Case, folder: Path, handle: str, platform: str) -> None:
    account = {"name": [f"@{handle}"], "username": [handle], "service": [platform]}
    lines = [
        {"id": f"acc-{handle}", "schema": "UserAccount", "properties": account},
        {"id": "firm", "schema": "Company", "properties": {"name": ["Harbour Media"]}},
        {"id": "office", "schema": "PublicBody", "properties": {"name": ["Port Office"], "notes": [f"wrote to {handle} once"]}},
        {"id": "clerk", "schema": "Person", "properties": {"name": [f"Jane {SECRET}"]}},
        {"id": "j", "schema": "Employment", "properties": {"employee": ["clerk"], "employer": ["firm"], "role": ["employed by"]}},
        tied("t1", f"acc-{handle}", "firm", "reported", "letter 3", "registered with the domain of", date="2025-11-02"),
        tied("t2", f"acc-{handle}", "firm", "possible", "interview 1", "operated by", description="run by the firm on behalf of the office"),
        tied("t3", "office", "firm", "assessed", "balance sheet", "client of"),
    ]  # fmt: skip
    file = folder / "own.ftm.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    add_entities(case, [file], by="Ann Lee")


def of_page(case: Case) -> tuple[str, str]:
    """The whole page, and the words of the section; "" when it is not there."""
    text = report(case).read_text("utf-8")
    if f'id="{SECTION}"' not in text:
        return text, ""
    start = text.index(f'<section id="{SECTION}"')
    part = text[start : text.index("</section>", start)]
    return text, " ".join(html.unescape(re.sub(r"<[^>]+>", " ", part)).split())


def record_of(case: Case) -> Record:
    found = gather(case, zone="UTC").record
    assert found is not None
    return found


@pytest.fixture
def proved(indicators_case: Case, tmp_path: Path, known_indicators: None) -> Case:
    """A case whose G1 stands at L3."""
    return copied(indicators_case, tmp_path / "case")


def test_around_a_group_at_l3_stand_paths_with_their_weakest_link_and_every_source(proved: Case, tmp_path: Path):
    account = members(proved, "G1")[0]
    bring(proved, tmp_path, account["handle"], account["platform"])
    page, told = of_page(proved)
    assert '<svg xmlns="http://www.w3.org/2000/svg" class="entities"' in page
    assert "Weakest link: Port Office · client of · Harbour Media , “assessed”. The whole path carries no more." in told
    assert "1 account of G1 stands among these entities" in told
    assert all(source in told for source in ("letter 3", "interview 1", "balance sheet"))
    assert "no statement on who is behind the group" in told
    assert account["handle"] not in page
    assert SECRET not in page
    assert "operated by" not in told
    assert LEFT_OUT in told


def test_no_sentence_is_stronger_than_its_source_and_no_path_than_its_weakest_link(proved: Case, tmp_path: Path):
    account = members(proved, "G1")[0]
    bring(proved, tmp_path, account["handle"], account["platform"])
    (group,) = record_of(proved).groups
    for one in group.ties:
        assert one.sentence.startswith(TOLD[one.tie.strength].partition("{")[0])
        assert one.references
    assert {one.tie.strength for one in group.ties} == {"reported", "possible"}
    for way in group.ways:
        assert way.strength == weakest(one.tie.strength for one in way.links)
        assert [one.tie.strength for one in way.weakest] == [way.strength] * len(way.weakest)
        assert way.nodes[0].startswith("G1-")


def test_the_words_are_those_of_the_yardstick_of_the_case(proved: Case, tmp_path: Path):
    """The language check has nothing to say of any sentence of the section, of what files say as little as of our own."""
    account = members(proved, "G1")[0]
    bring(proved, tmp_path, account["handle"], account["platform"])
    (group,), scale = record_of(proved).groups, record_of(proved).scale
    assert scale == PHIA.title
    sentences = [one.sentence for one in (*group.ties, *(link for way in group.ways for link in way.links))]
    assert remarks("\n\n".join(sentences), PHIA, [Carried(("G1",), "L3")]) == []
    attribute(proved, "G1", ChosenYardstick(ICD_203.name), by="Ann Lee")
    assert record_of(proved).scale == ICD_203.title
    assert ICD_203.title in of_page(proved)[1]


def test_below_l3_counts_are_printed_and_no_name(groups_case: Case, tmp_path: Path):
    case = copied(groups_case, tmp_path / "case")
    account = members(case, "G1")[0]
    bring(case, tmp_path, account["handle"], account["platform"])
    page, told = of_page(case)
    assert "4 entities, 4 relations" in told
    assert "No group of this report stands at level L3" in told
    assert not any(name in page for name in ("Harbour Media", "Port Office", account["handle"], SECRET, "letter 3"))


def test_a_record_that_touches_no_account_of_the_group_names_nobody(proved: Case, tmp_path: Path):
    bring(proved, tmp_path, members(proved, "G1")[0]["handle"], "elsewhere")
    page, told = of_page(proved)
    assert "None of the accounts of G1 stands among these entities" in told
    assert not any(name in page for name in ("Harbour Media", "Port Office"))


def test_the_bundled_example_and_an_empty_case_add_nothing(groups_case: Case, tmp_path: Path):
    case = copied(groups_case, tmp_path / "case")
    before = of_page(case)
    add_entities(case, [], by="Ann Lee", reference=True)
    assert before[1] == ""
    assert of_page(case) == before


def test_each_strength_has_a_sentence_of_its_own():
    assert TOLD.keys() == STRENGTHS.keys()
    assert len({sentence.partition("{")[0] for sentence in TOLD.values()}) == len(STRENGTHS)
