"""The worked example: an operation, a fan group and wire copy end in different conclusions, and removing what decides changes the words.

The runs are made by hand with what the example world gives; docs/attribution.md tells the same of that world itself.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from inconcert.case import Case, create_case, open_case, write_parquet
from inconcert.verbs.attribute import Assessment, assessment, attribute
from inconcert.verbs.attribution_entries import Entry, Evidence, SetAside, SignOff
from inconcert.verbs.judgements import retract

from .conftest import NOW, edge, record, rows

IMPORT = "0123456789abcdef"
OPERATION, FANS, PAPERS = "G1", "G2", "G3"
LEVELS = {OPERATION: ("L2", "L3", []), FANS: ("L2", "L2", ["fans and followers"]), PAPERS: ("L1", "L1", ["syndication", "fans and followers"])}  # fmt: skip
"""Group -> its level by co-action, its level by all evidence, and the innocent explanations that fit."""
READINGS = (
    (OPERATION, "activity-synchrony", "synchrony", "found", (50.0, 70.7, 100.0)),
    (OPERATION, "creation-bursts", "burst", "found", (50.0, 70.7, 100.0)),
    (FANS, "handles", "default-handles", "not found", (0.2, 0.4, 0.9)),
    (FANS, "creation-bursts", "burst", "not found", (0.05, 0.1, 0.2)),
    (FANS, "working-hours", "work", "described", (0.1, 0.1, 0.1)),
    (FANS, "contradicting-names", "contradicting-names", "not found", (0.05, 0.1, 0.2)),
)
CONTRACT = Evidence(
    text="A contract pays a firm for these hashtags", source="register of contracts", grade="A1", kind="contract", weights={"H2": (1.6, 1.9)},
)  # fmt: skip
ADDRESS = Evidence(
    text="The accounts post from the firm's lines", source="the platform", grade="A1", kind="firm-address", weights={"H2": (1.6, 1.9)},
)  # fmt: skip
DECLARED = Evidence(text="Its page names the club and its chair", source="the page", grade="B2", kind="declared")
FILMED = Evidence(text="Forty members were filmed at a concert", source="television", grade="B2", kind="offline-people")
RETOLD = SetAside("explained/syndication", "the archive shows the same")
DISPATCH = Evidence(text="The agency sent each text minutes before", source="the agency", grade="A1", kind="artefact")


@pytest.fixture
def case(tmp_path: Path) -> Case:
    create_case(tmp_path / "case", now=NOW)
    case = open_case(tmp_path / "case", clock=lambda: NOW)
    with case.writing("data", IMPORT) as folder:
        write_parquet(rows("imports", {"import_id": IMPORT, "role": "case"}), folder / "imports.parquet")
    detected = record(case, "detect", [IMPORT], {"edges": rows("edges", edge("a", "b", 0.0, "L1"))})
    groups = [
        {
            "group_id": id, "level": level, "size": 10, "q_value": 0.001, "evidence_kinds": "url,text",
            "innocent": json.dumps([{"name": name, "why": f"It fits: {name}."} for name in fitting]),
        }
        for id, (level, _, fitting) in LEVELS.items()
    ]  # fmt: skip
    members = [{"group_id": id, "account_id": f"{id}-{n}"} for id in LEVELS for n in range(10)]
    clustered = record(
        case,
        "cluster",
        [IMPORT, detected.id],
        {"groups": rows("groups", *groups), "members": rows("members", *members)},
    )
    readings = [
        {
            "reading": n, "indicator": indicator, "measure": measure, "subject": "group", "subject_id": group, "group_id": group, "state": state,
            "says": f"{measure} was {state}.", "lr_low": low, "lr": lr, "lr_high": high,
        }
        for n, (group, indicator, measure, state, (low, lr, high)) in enumerate(READINGS, start=1)
    ]  # fmt: skip
    standings = [
        {"group_id": id, "level": level, "families": "[]", "why_not_higher": "x"}
        for id, (_, level, _) in LEVELS.items()
    ]
    record(
        case,
        "indicators",
        [clustered.id],
        {"indicators": rows("indicators", *readings), "standings": rows("standings", *standings)},
    )
    return case


def entered(case: Case, group: str, *entries: Entry | SignOff) -> Assessment:
    for entry in entries:
        attribute(case, group, entry, by="Ann Lee")
    return assessment(case, group)


def test_three_groups_end_in_three_conclusions(case: Case):
    operation = entered(case, OPERATION, CONTRACT, ADDRESS)
    fans = entered(case, FANS, DECLARED, FILMED)
    papers = entered(case, PAPERS, DISPATCH)
    assert (operation.level, fans.level, papers.level) == ("L3", "L2", "L1")
    assert (operation.leading.ids, fans.leading.ids, papers.leading.ids) == (("H2",), ("H6",), ("H7",))
    assert operation.leading.words.least >= 0.55
    assert {one.rung for one in (operation, fans, papers)} == {"none"}  # nobody has signed


def test_what_the_case_holds_alone_already_tells_them_apart(case: Case):
    found = {group: assessment(case, group) for group in LEVELS}
    innocent = {group: {one.ids: one.chance.point for one in its.outcomes} for group, its in found.items()}
    assert innocent[OPERATION]["H6",] < 0.1
    assert found[FANS].leading.ids == ("H6",)
    assert found[PAPERS].leading.ids == ("H7",)


@pytest.mark.parametrize(
    ("group", "entries", "decisive"),
    [(OPERATION, [CONTRACT, ADDRESS], "A1"), (FANS, [DECLARED, FILMED], "A1"), (PAPERS, [RETOLD, DISPATCH], "A2")],
)
def test_without_the_decisive_item_the_words_change(case: Case, group: str, entries: list[Entry], decisive: str):
    before = entered(case, group, *entries)
    told = next(one for one in before.removals if one.key == decisive)
    assert told.word_changes
    after = entered(case, group, SetAside(decisive, "a forgery"))
    then = next(one for one in after.outcomes if one.ids == before.leading.ids)
    assert then == told.of(before.leading.ids)
    assert then.words.text != before.leading.words.text


def test_the_signature_lapses_with_the_decisive_item_and_comes_back_with_it(case: Case):
    signed = entered(case, OPERATION, CONTRACT, ADDRESS, SignOff("Two people read every item"))
    assert (signed.level, signed.rung) == ("L4", "state_attributed")
    left = entered(case, OPERATION, SetAside("A1", "the register was forged"))
    assert (left.level, left.rung, left.sign_offs[0].state) == ("L3", "none", "lapsed")
    retract(case, left.left_out[0][1], by="Ann Lee", because="it was not")
    assert assessment(case, OPERATION).level == "L4"
