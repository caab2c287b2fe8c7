"""The verb `entities` on a case: bringing, guarding private persons, paths of groups, export, taking back."""

from __future__ import annotations

import json
import os
from pathlib import Path
from xml.etree import ElementTree

import pytest

from inconcert.case import Case, create_case, open_case
from inconcert.entities import ftm_entities
from inconcert.entities.held_entities import held_entities
from inconcert.entities.privacy import opaque
from inconcert.errors import InputError, NotAllRead, UnknownName
from inconcert.judgement.brought import APPROVED, PERSON
from inconcert.verbs.add_entities import add_entities
from inconcert.verbs.entities import around, asked_for, entities, export_entities, posts, search_entities
from inconcert.verbs.entity_owners import owners
from inconcert.verbs.entity_paths import entity_paths
from inconcert.verbs.judge import judge
from inconcert.verbs.judgements import retract
from inconcert.verbs.name_person import approve_naming, ask_to_name
from inconcert.verbs.verify import verify

from .conftest import NOW, record, rows
from .judged_case import made_case

JANE = [
    {"id": "jane", "schema": "Person", "properties": {"name": ["Jane Doe"], "email": ["jane@example.org"]}},
    {"id": "firm", "schema": "Company", "properties": {"name": ["Firm"]}},
    {
        "id": "job",
        "schema": "Employment",
        "properties": {"employee": ["jane"], "employer": ["firm"], "role": ["clerk of"]},
    },
]


@pytest.fixture
def case(tmp_path: Path) -> Case:
    create_case(tmp_path / "case", now=NOW)
    return open_case(tmp_path / "case", clock=lambda: NOW)


def file_of(folder: Path, name: str, *lines: dict[str, object]) -> Path:
    file = folder / name
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return file


def everything(case: Case) -> bytes:
    """Every byte of a case."""
    return b"".join(file.read_bytes() for file in sorted(case.path.rglob("*")) if file.is_file())


def test_a_case_without_entities_says_how_to_bring_them(case: Case):
    with pytest.raises(InputError, match="--add FILE"):
        entities(case)


def test_the_bundled_graph_answers(case: Case):
    (added,) = add_entities(case, [], by="Ann", reference=True)
    assert (added.entities, added.ties, added.aside, len(added.withheld)) == (281, 394, (), 10)
    held = entities(case)
    assert (held.things, held.ties) == (281, 394)
    assert held.strengths == {"confirmed": 218, "reported": 114, "assessed": 48, "possible": 14}
    assert [one.id for one in search_entities(case, "yancheng bureau")][:2] == [
        "yancheng-psb",
        "yancheng-traffic-police",
    ]
    assert around(case, "奇安信").middle.id == "qi-an-xin"
    assert owners(case, "QAX").owners[0].id == "cec"
    assert len(posts(case, "Qi Xiangdong")) == 16
    ways = entity_paths(case, "yancheng_psb", "Qi An Xin", steps=3)
    assert [len(ways.paths), ways.paths[0].strength, ways.complete] == [18, "confirmed", True]
    assert verify(case).intact


def test_bringing_the_same_again_enters_nothing(case: Case, tmp_path: Path):
    file = file_of(tmp_path, "f.ftm.jsonl", JANE[1])
    (first,) = add_entities(case, [file], by="Ann")
    before = len(case.statements())
    (again,) = add_entities(case, [file], by="Bo")
    assert (again.already, again.label, len(case.statements())) == (True, first.label, before)
    assert first.original_kept


def test_details_of_a_private_person_never_reach_the_case_before_two_people_agree(case: Case, tmp_path: Path):
    file = file_of(tmp_path, "staff.ftm.jsonl", *JANE)
    (added,) = add_entities(case, [file], by="Ann")
    person = opaque("jane")
    assert ([one.id for one in added.withheld], added.original_kept) == ([person], False)
    for secret in (b"Jane", b"jane@example.org"):
        assert secret not in everything(case)
    with pytest.raises(UnknownName):
        around(case, "Jane Doe")
    with pytest.raises(InputError, match="Nobody asked"):
        approve_naming(case, person, by="Ben", because="x")
    with pytest.raises(InputError, match="reason is empty"):
        ask_to_name(case, person, by="Ann", because=" ")
    ask_to_name(case, person, by="Ann Lee", because="she signs the orders")
    for same in ("Ann Lee", "ann  LEE"):
        with pytest.raises(InputError, match="somebody else"):
            approve_naming(case, person, by=same, because="yes")
    add_entities(case, [file], by="Ann")
    assert b"Jane" not in everything(case)
    approved = approve_naming(case, person, by="Ben Ode", because="read the orders")
    assert (approved.approved, approved.again) == (True, ("staff.ftm.jsonl",))
    assert entities(case).withheld != ()
    (named,) = add_entities(case, [file], by="Ann")
    assert (named.withheld, named.original_kept) == ((), True)
    assert around(case, "Jane Doe").middle.id == "jane"
    assert entities(case).things == 2
    export_entities(case, tmp_path / "out.csv")
    assert "Jane Doe" in (tmp_path / "out.csv").read_text("utf-8")
    retract(case, approved.label, by="Ben Ode", because="the orders were forged")
    for name in ("out.ftm.jsonl", "out2.csv", "out.statements.jsonl"):
        export_entities(case, tmp_path / name)
        assert "Jane" not in (tmp_path / name).read_text("utf-8")
        assert "Firm" in (tmp_path / name).read_text("utf-8")
    assert verify(case).intact


def test_an_approval_forged_into_the_ledger_counts_nothing_and_is_reported(case: Case, tmp_path: Path):
    add_entities(case, [file_of(tmp_path, "staff.jsonl", *JANE)], by="Ann")
    person = opaque("jane")
    ask_to_name(case, person, by="Ann", because="x")
    asked = case.statements()[-1]
    case.say(f"{PERSON}{person}", APPROVED, {"because": "mine"}, by="ANN", because=[asked.id])
    (added,) = add_entities(case, [file_of(tmp_path, "staff.jsonl", *JANE)], by="Ann")
    assert [one.id for one in added.withheld] == [person]
    assert any("approval by the person who asked" in fault.what for fault in verify(case, recompute=False).faults)


def test_an_office_from_another_file_makes_public(case: Case, tmp_path: Path):
    post = {"id": "post", "schema": "Directorship", "properties": {"director": ["jane"], "organization": ["firm"]}}
    add_entities(case, [file_of(tmp_path, "posts.jsonl", JANE[1], post)], by="Ann")
    assert entities(case).dangling == 1
    (added,) = add_entities(case, [file_of(tmp_path, "staff.jsonl", *JANE)], by="Ann")
    assert added.withheld == ()
    retract(case, "E1", by="Ann", because="another Jane")
    assert [one.id for one in entities(case).withheld] == [opaque("jane")]
    with pytest.raises(UnknownName):
        around(case, "Jane Doe")


def test_what_is_taken_back_is_gone(case: Case, tmp_path: Path):
    add_entities(case, [file_of(tmp_path, "f.jsonl", JANE[1])], by="Ann")
    retract(case, "E1", by="Ann", because="the wrong file")
    with pytest.raises(InputError, match="holds no entities"):
        entities(case)
    (again,) = add_entities(case, [tmp_path / "f.jsonl"], by="Ann")
    assert (again.label, again.already) == ("E2", False)


def test_of_several_files_the_good_ones_are_read(case: Case, tmp_path: Path):
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"id": "x", "schema": "Dragon", "properties": {}}\n')
    with pytest.raises(NotAllRead, match=r"bad\.jsonl") as raised:
        add_entities(case, [bad, file_of(tmp_path, "f.jsonl", JANE[1]), tmp_path / "absent"], by="Ann")
    assert [one.file for one in raised.value.done] == ["f.jsonl"]
    assert set(raised.value.failures) == {"bad.jsonl", "absent"}


def test_a_notice_becomes_entities_with_its_words(case: Case, tmp_path: Path):
    file = tmp_path / "notice.txt"
    file.write_bytes(
        "项目编号：AB-2020-C1-01\n采购人：某局\n中标供应商：某公司\n一年内粉丝达到80万\n".encode("gb18030")
    )
    (added,) = add_entities(case, [file], by="Ann")
    assert added.notices[0].targets[0].number == 800_000
    near = around(case, "某公司")
    assert [(tie.relation, tie.strength) for tie in near.ties] == [("supplied", "reported")]
    assert "中标供应商:某公司" in (near.ties[0].note or "")
    assert near.ties[0].proof == ("row 1: notice.txt, row 1",)


def test_a_group_is_tied_to_entities_from_level_three_on_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    case = made_case(tmp_path / "case")
    account = {"id": "acc", "schema": "UserAccount", "properties": {"username": ["@handle_a3"], "service": ["Twitter"]}}
    other = {"id": "acc2", "schema": "UserAccount", "properties": {"username": ["handle_a4"], "service": ["Weibo"]}}
    tie = {"id": "t", "schema": "UnknownLink", "properties": {"subject": ["acc"], "object": ["firm"]}}
    far = {"id": "t2", "schema": "UnknownLink", "properties": {"subject": ["acc2"], "object": ["firm"]}}
    add_entities(case, [file_of(tmp_path, "f.jsonl", JANE[1], account, other, tie, far)], by="Ann")
    with pytest.raises(InputError, match="G1 stands at level L2: below L3"):
        entity_paths(case, "G1", "Firm")
    monkeypatch.setattr("inconcert.verbs.entity_paths.LEAST_LEVEL", "L2")
    ways = entity_paths(case, "G1", "Firm")
    assert (ways.group, [one.id for one in ways.starts]) == (("G1", "L2"), ["acc"])
    assert [path.nodes for path in ways.paths] == [("@handle_a3", "Firm")]
    assert ways.paths[0].strength == "reported"
    with pytest.raises(UnknownName):
        entity_paths(case, "G9", "Firm")


def with_level(case: Case, group: str, level: str) -> None:
    """A run of indicators by which that group stands at that level."""
    clustered = case.run("cluster")
    assert clustered is not None
    standing = {"group_id": group, "level": level, "families": "[]", "why_not_higher": "x"}
    record(
        case, "indicators", [clustered.id], {"indicators": rows("indicators"), "standings": rows("standings", standing)}
    )


def test_paths_lead_from_the_accounts_of_a_group_that_stands_at_l3(tmp_path: Path):
    """By what indicators found, as in a case of its own; a name that no account of the group has on that platform begins none."""
    case = made_case(tmp_path / "case")
    with_level(case, "G1", "L3")
    accounts = [
        {"id": id, "schema": "UserAccount", "properties": {"username": [name], "service": [service]}}
        for id, name, service in (
            ("by-handle", "HANDLE_A3", "Twitter"),
            ("by-id", "a4", "x"),
            ("other", "handle_a5", "Weibo"),
        )
    ]
    ties = [
        {
            "id": f"t-{one['id']}",
            "schema": "UnknownLink",
            "properties": {"subject": [one["id"]], "object": ["firm"], "role": ["met"]},
        }
        for one in accounts
    ]
    add_entities(case, [file_of(tmp_path, "f.jsonl", JANE[1], *accounts, *ties)], by="Ann")
    ways = entity_paths(case, "G1", "Firm")
    assert (ways.group, [one.id for one in ways.starts]) == (("G1", "L3"), ["by-handle", "by-id"])
    assert [[tie.id for tie in way.weakest] for way in ways.paths] == [["t-by-handle"], ["t-by-id"]]
    with pytest.raises(InputError, match="G2 stands at level L1: below L3"):
        entity_paths(case, "G2", "Firm")
    made = judge(case, ["G1", "G2"], "merge", "one hand", by="Ann").makes
    assert made is not None
    with pytest.raises(InputError, match="put together by people and has no level of its own"):
        entity_paths(case, made, "Firm")


def test_none_of_the_accounts_of_a_group_is_an_entity(tmp_path: Path):
    case = made_case(tmp_path / "case")
    with_level(case, "G1", "L3")
    add_entities(case, [file_of(tmp_path, "f.jsonl", JANE[1])], by="Ann")
    with pytest.raises(InputError, match="None of the 10 accounts of G1 is among the entities"):
        entity_paths(case, "G1", "Firm")


def test_entities_are_asked_for_by_kind_strength_and_date(case: Case):
    add_entities(case, [], by="Ann", reference=True)

    def found(*asked: str, words: str = "") -> list[str]:
        return [one.id for one in search_entities(case, words, asked_for(*asked))]

    graph = held_entities(case).graph
    assert len(found()) == 281
    assert set(found("LegalEntity")) == {id for id in graph.nodes if "LegalEntity" in graph.entities[id].kind.is_a}
    possible = {end for tie in graph.ties if tie.strength == "possible" for end in (tie.source, tie.target)}
    assert set(found("", "possible")) == possible
    assert "yancheng-psb" in found("", "", "2019-01-21", "2019-01-21", words="bureau")
    assert "yancheng-psb" not in found("", "possible", "2019-01-21", "2019-01-21", words="bureau")
    for wrong in (("Dragon",), ("", "sure"), ("", "", "soon"), ("", "", "2021", "2020")):
        with pytest.raises(InputError):
            asked_for(*wrong)


def test_export_replaces_nothing_unasked_and_takes_no_other_ending(case: Case, tmp_path: Path):
    add_entities(case, [file_of(tmp_path, "f.jsonl", JANE[1])], by="Ann")
    out = tmp_path / "out.ftm.jsonl"
    export_entities(case, out)
    with pytest.raises(InputError, match="--force"):
        export_entities(case, out)
    assert export_entities(case, out, force=True).entities == 1
    with pytest.raises(InputError, match=r"ends neither"):
        export_entities(case, tmp_path / "out.xlsx")
    add_entities(case, [out], by="Ann")
    assert entities(case).things == 1


def test_the_figure_is_written(case: Case, tmp_path: Path):
    add_entities(case, [], by="Ann", reference=True)
    around(case, "yancheng_psb", steps=2, draw=tmp_path / "f.svg")
    assert (tmp_path / "f.svg").read_text("utf-8").startswith("<svg")
    with pytest.raises(InputError, match="--force"):
        around(case, "yancheng_psb", draw=tmp_path / "f.svg")
    with pytest.raises(InputError, match="steps"):
        around(case, "yancheng_psb", steps=9)


FIRM = {"id": "firm", "schema": "Company", "properties": {"name": ["Firm"]}}


@pytest.mark.parametrize(
    "extra", [{"x": "\ud800"}, {"\ud800": "x"}, {"x": [{"y": "\udfff"}]}]
)  # "\ud800" is half a character, which JSON can spell and a file in UTF-8 cannot hold
def test_half_a_character_beside_the_properties_is_set_aside(case: Case, tmp_path: Path, extra: dict[str, object]):
    (done,) = add_entities(case, [file_of(tmp_path, "a.jsonl", {**FIRM, **extra})], by="Ann Lee")
    assert [one.reason.partition(":")[0] for one in done.aside] == ["it holds what JSON in UTF-8 cannot"]
    assert entities(case).things == 1


def test_a_number_too_large_loses_no_entity(case: Case, tmp_path: Path):
    file = tmp_path / "a.jsonl"
    file.write_text('{"id":"a","schema":"Company","properties":{"name":["A"]},"x":1e999}\n', encoding="utf-8")
    (done,) = add_entities(case, [file], by="Ann Lee")
    assert (done.entities, entities(case).things) == (1, 1)


def test_a_further_column_takes_no_place_of_a_known_one(case: Case, tmp_path: Path):
    """A column that only the file knows is written beside the known ones; one called "strength" would speak in its place."""
    own = {"statements": [{"prop": "name", "value": "Firm", "strength": "possible", "rest": {"strength": "confirmed"}}]}
    (done,) = add_entities(case, [file_of(tmp_path, "a.jsonl", {**FIRM, "inconcert": own})], by="Ann Lee")
    assert [one.reason for one in done.aside] == ["a further column cannot be called 'strength'"]
    export_entities(case, tmp_path / "out.statements.jsonl")
    assert "confirmed" not in (tmp_path / "out.statements.jsonl").read_text("utf-8")


def test_a_file_whose_name_is_no_text_is_read(case: Case, tmp_path: Path):
    file = Path(os.fsdecode(os.fsencode(tmp_path / "posts") + b"\xff.csv"))
    file.write_text("person,role,body\nAnn Example,head of,Firm\n", encoding="utf-8")
    (done,) = add_entities(case, [file], by="Ann Lee")
    assert done.file == "posts\N{REPLACEMENT CHARACTER}.csv"


def test_what_could_not_be_read_again_is_refused(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """What is stored has one line for each entity; of a longer one than is read nothing would come back, and nobody was told."""
    monkeypatch.setattr(ftm_entities, "LINE_AT_MOST", 2_000)
    nodes = [{"id": "n", "kind": "company", "name": "A", "aliases": [f"{n:07}" for n in range(400)]}]
    with pytest.raises(InputError, match="cannot be kept as it is: of its entity 1, a line may have 2,000 characters"):
        add_entities(case, [file_of(tmp_path, "b.json", {"nodes": nodes, "edges": []})], by="Ann Lee")
    with pytest.raises(InputError, match="holds no entities"):
        entities(case)


def test_the_name_of_a_private_person_is_in_no_title(case: Case, tmp_path: Path):
    file_of(tmp_path, "jane_doe.jsonl", *JANE)
    add_entities(case, [tmp_path / "jane_doe.jsonl"], by="Ann Lee")
    assert b"jane_doe" not in everything(case)
    assert b"Jane" not in everything(case)


@pytest.mark.parametrize("ben", ["Ann\u200b Lee", "\uff21nn Lee", "ANN  LEE", "Ann\u00ad Lee", "Ann\u00a0Lee"])
def test_nobody_approves_what_they_asked_under_another_spelling(case: Case, tmp_path: Path, ben: str):
    add_entities(case, [file_of(tmp_path, "a.jsonl", *JANE)], by="Ann Lee")
    ask_to_name(case, opaque("jane"), by="Ann Lee", because="a named defendant")
    with pytest.raises(InputError, match="somebody else has to approve"):
        approve_naming(case, opaque("jane"), by=ben, because="so it is")


@pytest.mark.parametrize("name", ["\u200binconcert", "\uff49nconcert 1.0", "in\u00adconcert"])
def test_nobody_signs_as_the_program_by_letters_that_look_alike(case: Case, tmp_path: Path, name: str):
    with pytest.raises(InputError, match="how the program signs"):
        add_entities(case, [file_of(tmp_path, "a.jsonl", *JANE)], by=name)


def test_no_export_takes_the_place_of_the_ledger(case: Case, tmp_path: Path):
    add_entities(case, [file_of(tmp_path, "a.jsonl", FIRM)], by="Ann Lee")
    before = (case.path / "ledger.jsonl").read_bytes()
    with pytest.raises(InputError, match="which nothing but the case writes"):
        export_entities(case, case.path / "ledger.jsonl", force=True)
    assert (case.path / "ledger.jsonl").read_bytes() == before


def test_an_export_writes_through_no_link(case: Case, tmp_path: Path):
    add_entities(case, [file_of(tmp_path, "a.jsonl", FIRM)], by="Ann Lee")
    (tmp_path / "kept.jsonl").write_text("mine")
    (tmp_path / "out.jsonl").symlink_to(tmp_path / "kept.jsonl")
    export_entities(case, tmp_path / "out.jsonl", force=True)
    assert (tmp_path / "kept.jsonl").read_text() == "mine"


def test_a_figure_holds_nothing_that_xml_may_not(case: Case, tmp_path: Path):
    evil = {"id": "a", "schema": "Company", "properties": {"name": ["A\x1b[31m\x0b\uffff<b>"]}}
    add_entities(case, [file_of(tmp_path, "a.jsonl", evil)], by="Ann Lee")
    around(case, "a", draw=tmp_path / "a.svg")
    assert ElementTree.fromstring((tmp_path / "a.svg").read_text("utf-8")).tag.endswith("svg")
