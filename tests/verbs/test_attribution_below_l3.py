"""Below level L3 nothing that leaves the program tells, or lets anybody work out, how likely an explanation is that accuses somebody."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from inconcert.case import Case
from inconcert.errors import InputError
from inconcert.judgement.weighed import WEIGHED
from inconcert.verbs.attribute import assessment, attribute
from inconcert.verbs.attribution_entries import Dissent, Entry, NewHypothesis, Prior, Rename, SetAside, SignOff, Split
from inconcert.yardstick.yardsticks import YARDSTICKS

from .judged_case import made_case
from .test_attribute import ADDRESS, CONTRACT, command, measured, weigh

ACCUSING = ("H1", "H2", "H3", "H4", "H5")
NAME = "Bureau Nine"
LIKELY = sorted(
    {word for scale in YARDSTICKS.values() for band in scale.bands for word in (band.term, *band.others)}, key=len, reverse=True,
)  # fmt: skip


@pytest.fixture
def low(tmp_path: Path) -> Case:
    """G1 at level L2."""
    return measured(made_case(tmp_path / "case"), "L2")


def said(case: Case) -> list[str]:
    """All that the verb hands to doors: the lines, the JSON, and what the pictures say."""
    pictures = case.path.parent / "pictures"
    drawn = command("attribute", str(case.path), "G1", "--draw", str(pictures), "--force")
    assert drawn.exit_code == 0, drawn.output
    return [
        command("attribute", str(case.path), "G1").output,
        command("attribute", str(case.path), "G1", "--json").output,
        *(path.read_text("utf-8") for path in sorted(pictures.glob("*.svg"))),
    ]


def without_hashes(texts: list[str]) -> list[str]:
    return [re.sub(r"[0-9a-f]{64}", "", text) for text in texts]


@pytest.mark.parametrize(
    ("weak", "strong"),
    [
        ([replace(CONTRACT, weights={"H2": (0.6, 0.7)})], [replace(CONTRACT, weights={"H2": (5, 6)})]),
        ([replace(ADDRESS, weights={"H4": (1, 2)})], [replace(ADDRESS, weights={"H5": (3, 6)})]),
        (
            [replace(CONTRACT, grade="D4", weights={"H3": (0, 0)})],
            [replace(CONTRACT, grade="D4", weights={"H3": (-4, -3)})],
        ),
        (
            [replace(CONTRACT, kind="", family="place", category="contextual", weights={"H1": (1, 2)})],
            [replace(CONTRACT, kind="", family="place", category="contextual", weights={"H1": (5, 6)})],
        ),
        ([Prior("H1", 0.1, 0.2, "as before")], [Prior("H1", 1_000, 1_000_000, "as before")]),
    ],
)
def test_what_weighs_for_those_who_would_be_accused_changes_nothing(
    tmp_path: Path, weak: list[Entry], strong: list[Entry]
):
    told = []
    for name, entries in (("one", weak), ("other", strong)):
        case = measured(made_case(tmp_path / name / "case"), "L2")
        weigh(case, *entries)
        told.append(without_hashes(said(case)))
    assert told[0] == told[1]


def test_no_word_and_no_number_stands_beside_an_explanation_that_accuses(low: Case):
    weigh(
        low,
        CONTRACT,
        ADDRESS,
        Prior("H2", 7.25, 8.25, "x"),
        NewHypothesis(NAME, "H1"),
        Rename("H2", NAME),
        Split("H3", (NAME, NAME)),
    )
    lines, as_json, *pictures = said(low)
    assert NAME not in lines + as_json
    assert "7.25" not in lines + as_json
    for line in lines.splitlines():
        if re.search(r"\bH[1-589]\b", line):
            assert not [word for word in LIKELY if word in line], line
            assert "%" not in line
    assert not re.search(r"\bH[1-589]\b", "".join(pictures))
    told = json.loads(as_json)
    assert {one["id"] for one in told["hypotheses"]} == {"H6", "H7"}
    assert [set(one) for one in told["withheld"]] == [{"id", "says"}] * len(told["withheld"])
    for part in (
        "outcomes",
        "removals",
        "settling",
        "families",
        "matrix",
        "waterfall",
        "items",
        "answers",
        "pair",
        "left_out",
    ):
        assert not re.search(r'"H[1-589]', json.dumps(told[part])), part
    assert (told["claims"], told["spectrum"], told["rung"]) == ([], [], "none")


def test_what_is_said_of_the_others_holds_if_nobody_is_behind_it(low: Case):
    found = weigh(low, CONTRACT, ADDRESS)
    assert sum(one.chance.point for one in found.outcomes) == pytest.approx(1)
    assert found.points["A1"] == found.points["A2"] == "somebody behind it"
    lines = command("attribute", str(low.path), "G1").output
    told = [
        line
        for line in lines.splitlines()
        if any(word in line for word in LIKELY) and not line.startswith(("  Words", "    "))
    ]
    assert told
    assert all(
        "if nobody is behind it: " in line or " chance, a common source" in line.split(":")[0] for line in told
    ), told
    assert "Whether somebody is behind it is not said below level L3" in lines
    assert "A working paper, not a finding: it needs more." in lines
    left = weigh(low, SetAside("H7", "the archive was searched"))
    assert (left.outcomes, left.removals, left.settling, left.confidence) == ((), (), (), None)
    assert "100%" not in command("attribute", str(low.path), "G1").output


def test_another_view_on_those_who_would_be_accused_waits_for_l3(low: Case):
    before = low.ledger.read_bytes()
    for about in ACCUSING:
        with pytest.raises(InputError, match="below L3 nobody says how likely"):
            attribute(low, "G1", Dissent(about.lower(), "likely", "I feel so"), by="Ann")
    assert low.ledger.read_bytes() == before
    assert weigh(low, Dissent("H6", "likely", "they met")).dissents[0].about == "H6"


def test_what_was_said_and_signed_at_l3_is_not_told_when_the_group_falls(tmp_path: Path):
    case = measured(made_case(tmp_path / "case"))
    high = weigh(
        case,
        CONTRACT,
        ADDRESS,
        Rename("H2", NAME),
        Dissent("H2", "almost certain", "I know"),
        SignOff(f"{NAME} is behind it"),
    )
    assert high.level == "L4"
    assert (high.dissents[0].word, high.sign_offs[0].word) == ("almost certain", high.leading.words.text)  # type: ignore[union-attr]
    measured(case, "L2", version="2")
    found = assessment(case, "G1")
    (signed,) = found.sign_offs
    assert (signed.by, signed.about, signed.word, signed.confidence, signed.text, signed.state) == (
        "Ann Lee",
        "",
        "",
        "",
        "",
        "lapsed",
    )
    assert found.dissents == ()
    assert NAME not in "".join(said(case))


def test_a_dissent_written_past_the_verb_is_not_told_either(low: Case):
    weigh(low, Dissent("H6", "likely", "they met"))
    value = next(one.value for one in low.statements() if one.says == WEIGHED)
    low.say("group:G1", WEIGHED, {**value, "about": "H1", "word": "almost certain", "text": "I saw them"}, by="Mallory")
    assert "I saw them" not in "".join(said(low))
