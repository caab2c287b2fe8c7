"""`attribute`: signed entries, what follows from them, the sign-off that lapses with any change, and the ladder that it alone raises."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from inconcert.case import Case
from inconcert.cli.command import inconcert
from inconcert.cli.outcome import Outcome
from inconcert.errors import InputError, UnknownName
from inconcert.judgement.weighed import WEIGHED
from inconcert.linking.verdict import LINKED_BITS
from inconcert.verbs.attribute import Assessment, assessment, attribute
from inconcert.verbs.attribution_entries import (
    ChosenYardstick,
    Dissent,
    Entry,
    Evidence,
    NewHypothesis,
    Prior,
    Rename,
    SetAside,
    SignOff,
    Split,
)
from inconcert.verbs.attribution_findings import linked_without_tactics
from inconcert.verbs.draw_attribution import draw_attribution
from inconcert.verbs.judge import judge
from inconcert.verbs.judgements import retract
from inconcert.verbs.verify import verify

from .conftest import record, rows
from .judged_case import GROUPS, clustered, made_case

HOSTILE = "\u202e<script>alert(1)</script>\x00 https://evil.example =1+1 \udcff"
CONTRACT = Evidence(text="A tender asks for these very hashtags", source="tender 12/2024", grade="A1", kind="contract")
ADDRESS = Evidence(
    text="Posts went out from the firm's lines",
    source="the platform",
    grade="A1",
    kind="firm-address",
    weights={"H2": (1.7, 2.0)},
)


def reading(
    number: int, group: str, indicator: str, measure: str, lr: float, state: str = "found"
) -> dict[str, object]:
    return {
        "reading": number, "indicator": indicator, "measure": measure, "subject": "group", "subject_id": group, "group_id": group,
        "state": state, "family": "x", "unit": "accounts", "scale": "share", "says": f"{measure} of {group} {HOSTILE[:-1]}",
        "lr": lr, "lr_low": lr / 2, "lr_high": lr * 2,
    }  # fmt: skip


def measured(case: Case, level: str = "L3", version: str = "1") -> Case:
    """The case, with a run of indicators that brings G1 to that level."""
    readings = [
        reading(1, "G1", "creation-bursts", "burst", 40.0),
        reading(2, "G1", "handles", "random-handles", 0.1, "not found"),
        reading(3, "G1", "impact", "inward-engagers", 50.0),
        reading(4, "G2", "handles", "default-handles", 5.0),
    ]
    standings = [{"group_id": id, "level": its, "families": "[]", "why_not_higher": "needs more"} for id, its in (("G1", level), ("G2", "L1"), ("G3", "L0"))]  # fmt: skip
    tables = {"indicators": rows("indicators", *readings), "standings": rows("standings", *standings)}
    record(case, "indicators", [case.run("cluster").id], tables, version)  # type: ignore[union-attr]
    return case


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return measured(made_case(tmp_path / "case"))


def weigh(case: Case, *entries: Entry | SignOff, group: str = "G1", by: str = "Ann Lee") -> Assessment:
    for entry in entries:
        attribute(case, group, entry, by=by)
    return assessment(case, group)


def command(*arguments: str) -> Result:
    return CliRunner().invoke(inconcert, list(arguments), obj=Outcome())


def test_findings_of_the_case_are_weighed_by_themselves(case: Case):
    found = assessment(case, "G1")
    assert [item.key for item in found.items] == ["creation-bursts/burst", "in-concert"]
    # the other sign of its family is missing, which one way of making accounts explains; the last has no elicited weights
    assert [one.key for one in found.unweighed] == ["handles/random-handles", "impact/inward-engagers"]
    assert found.level == "L3"
    assert found.rung == "none"
    assert [one.ids for one in found.outcomes] == [(f"H{n}",) for n in range(1, 8)]


def test_every_entry_is_signed_numbered_kept_and_can_be_taken_back(case: Case):
    before = assessment(case, "G1")
    entries: list[Entry] = [
        NewHypothesis("Ministry X", "h1"),
        Rename("H2", "Firm Y"),
        SetAside("H4", "nothing is sold"),
        SetAside("creation-bursts/burst", "a sign-up drive"),
        Prior("H5", 0.1, 0.4, "nobody gains"),
        CONTRACT,
        Split("H1", ("an office", "another office")),
        ChosenYardstick("icd203"),
        Dissent("H2", "Unlikely", "the tender is older"),
    ]
    labels = [attribute(case, "G1", entry, by="Ann Lee").label for entry in entries]
    assert labels == [f"A{n}" for n in range(1, 10)]
    found = assessment(case, "G1")
    assert {one.id: one.title for one in found.hypotheses if one.named} == {
        "H8": "Ministry X", "H2": "Firm Y", "H1.1": "an office", "H1.2": "another office",
    }  # fmt: skip
    assert {one.id for one in found.hypotheses if one.aside} == {"H4", "H1"}
    assert [(item.key, label, by) for item, label, by, _ in found.left_out] == [
        ("creation-bursts/burst", "A4", "Ann Lee")
    ]
    assert [item.key for item in found.items] == ["in-concert", "A6"]
    assert found.yardstick.startswith("ICD 203")
    assert [(one.word, one.by) for one in found.dissents] == [("unlikely", "Ann Lee")]
    assert next(one for one in found.hypotheses if one.id == "H5").prior.high == 0.4
    assert not verify(case, recompute=False).faults
    for label in reversed(labels):
        retract(case, label, by="Ben Ode", because="again")
    assert assessment(case, "G1") == before


def test_the_yardstick_is_that_of_the_case_and_the_rest_of_the_group(case: Case):
    weigh(case, CONTRACT, ChosenYardstick("icd203"))
    other = assessment(case, "G2")
    assert other.yardstick.startswith("ICD 203")
    assert "A1" not in [item.key for item in other.items]


def test_l4_stands_only_while_what_was_signed_is_what_is_weighed(case: Case):
    with pytest.raises(InputError, match="no actor to sign for"):
        attribute(case, "G1", SignOff("x"), by="Ann Lee")
    found = weigh(case, CONTRACT, ADDRESS, Rename("H2", "Firm Y"))
    assert (found.level, found.leading.ids, found.rung) == ("L3", ("H2",), "none")
    found = weigh(case, SignOff("I read every item"))
    assert (found.level, found.rung) == ("L4", "company_named")
    (signed,) = found.sign_offs
    assert (signed.by, signed.about, signed.word, signed.state) == ("Ann Lee", "H2", found.leading.words.text, "stands")
    weigh(
        case, Dissent("H2", "unlikely", "I disagree"), by="Ben Ode"
    )  # a view beside it changes nothing that is weighed
    assert assessment(case, "G1").level == "L4"
    done = attribute(case, "G1", Prior("H6", 1, 2, "a march was announced"), by="Ben Ode")
    assert done.lapses == ("A4",)
    found = assessment(case, "G1")
    assert (found.level, found.rung, found.sign_offs[0].state) == ("L3", "none", "lapsed")
    retract(case, done.label, by="Ben Ode", because="it was not")
    assert assessment(case, "G1").level == "L4"
    retract(case, "A4", by="Ann Lee", because="I was wrong")
    assert (assessment(case, "G1").level, assessment(case, "G1").sign_offs) == ("L3", ())


def test_a_signature_lapses_when_the_group_falls_below_l3_or_changes(case: Case):
    weigh(case, CONTRACT, ADDRESS, SignOff("all read"))
    removed = judge(case, ["G1"], "remove", "a newsroom", by="Bo", accounts=["a0"])
    assert assessment(case, "G1").level == "L3"
    retract(case, removed.label, by="Bo", because="it is none")
    assert assessment(case, "G1").level == "L4"
    aside = judge(case, ["G1"], "set-aside", "a fan club", by="Bo")
    assert assessment(case, "G1").level == "L3"
    with pytest.raises(InputError, match="set aside"):
        attribute(case, "G1", SignOff("x"), by="Ann")
    retract(case, aside.label, by="Bo", because="no")
    measured(case, "L2", version="2")
    found = assessment(case, "G1")
    assert (found.level, found.sign_offs[0].state) == ("L2", "lapsed")


def test_below_l3_nothing_is_signed_located_or_told_apart(tmp_path: Path):
    case = measured(made_case(tmp_path / "case"), "L2")
    found = weigh(case, CONTRACT, ADDRESS)
    with pytest.raises(InputError, match="nothing is attributed below L3"):
        attribute(case, "G1", SignOff("x"), by="Ann")
    assert [one.ids for one in found.outcomes] == [("H6",), ("H7",)]
    assert [one.id for one in found.withheld] == ["H1", "H2", "H3", "H4", "H5"]
    with pytest.raises(InputError, match="not be told apart"):
        assessment(case, "G1", pair=("H1", "H2"))
    told = {one.question: one for one in found.answers}
    assert (told["actor"].term, told["place"].term) == ("", "")
    assert "Nothing is said of this below level L3" in told["place"].answer
    assert told["coordinated"].term == "coordinated group"
    assert all(one.of(found.leading.ids) for one in found.removals)
    assert (found.spectrum, found.claims, found.rung) == ((), (), "none")


def test_setting_rivals_aside_is_no_way_round_level_l3(tmp_path: Path):
    case = measured(made_case(tmp_path / "case"), "L2")
    found = weigh(case, *(SetAside(f"H{n}", "x") for n in range(2, 6)))
    assert [one.ids for one in found.outcomes] == [("H6",), ("H7",)]
    assert found.pair == ("H6", "H7")
    assert set(found.matrix.inconsistency) == {"H6", "H7"}
    with pytest.raises(InputError, match="not be told apart"):
        assessment(case, "G1", pair=("H1", "H6"))
    found = weigh(case, SetAside("H6", "nobody marched"))
    assert (found.pair, found.waterfall, found.outcomes, found.leading) == (None, (), (), None)
    drawn = command("attribute", str(case.path), "G1", "--draw", str(tmp_path / "pictures"))
    assert "no odds to draw" in str(drawn.exception)
    assert command("attribute", str(case.path), "G1").exit_code == 0


def test_a_signed_statement_that_never_was_weighed_raises_nothing(case: Case):
    """Somebody who writes into the ledger by another way cannot know the hash of what is weighed at a level that forbids it."""
    found = weigh(case, CONTRACT, ADDRESS)
    attribute(case, "G1", SignOff("x"), by="Ann")
    value = next(one.value for one in case.statements() if one.says == WEIGHED and one.value["what"] == "sign-off")
    measured(case, "L2", version="2")
    low = assessment(case, "G1")
    case.say("group:G1", WEIGHED, {**value, "sha256": low.sha256}, by="Mallory")
    assert low.sha256 != found.sha256
    assert assessment(case, "G1").level == "L2"


def test_entries_stay_with_the_accounts_they_were_made_on(case: Case):
    weigh(case, CONTRACT)
    moved = {"G7": GROUPS["G1"], "G1": GROUPS["G2"]}
    clustered(case, case.run("detect"), moved, "2")  # type: ignore[arg-type]
    assert "A1" in [item.key for item in assessment(case, "G7").items]
    assert "A1" not in [item.key for item in assessment(case, "G1").items]


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (NewHypothesis(" "), "is empty"),
        (NewHypothesis("x", "H99"), "No hypothesis is called 'H99'"),
        (Rename("H1", "x" * 500), "120 are the most"),
        (Split("H1", ("only",)), "two or more"),
        (SetAside("H1", ""), "The reason is empty"),
        (SetAside("nothing", "x"), "No hypothesis or item is called"),
        (Prior("H1", 0, 1, "x"), "no range of weights above 0"),
        (Prior("H1", 2, 1, "x"), "no range of weights above 0"),
        (Prior("H1", float("nan"), 1, "x"), "no range of weights above 0"),
        (replace(CONTRACT, grade="Z9"), "is no grade"),
        (replace(CONTRACT, grade=""), "is no grade"),
        (replace(CONTRACT, kind="gossip"), "'gossip' is no kind of evidence"),
        (replace(CONTRACT, kind=""), "kind of evidence, or weights of its own"),
        (replace(CONTRACT, kind="", weights={"H1": (0, 1)}), "'' is no family"),
        (replace(CONTRACT, kind="handles"), "is measured by the program"),
        (replace(CONTRACT, source=""), "The source is empty"),
        (replace(CONTRACT, weights={"H1": (0, 9)}), "powers of ten within 6"),
        (replace(CONTRACT, weights={"H1": (float("nan"), 1)}), "powers of ten within 6"),
        (replace(CONTRACT, weights={"H77": (0, 1)}), "No hypothesis is called"),
        (replace(CONTRACT, category="rumour"), "'rumour' is no category"),
        (ChosenYardstick("mine"), "No yardstick is called 'mine'"),
        (Dissent("H1", "possibly", "x"), "No word of the PHIA probability yardstick is called 'possibly'"),
        (Dissent("", "likely", "x"), "No hypothesis is called ''"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_written(case: Case, entry: Entry, told: str):
    before = case.ledger.read_bytes()
    with pytest.raises(InputError, match=told):
        attribute(case, "G1", entry, by="Ann")
    with pytest.raises(InputError, match="Nobody is named"):
        attribute(case, "G1", CONTRACT, by=" ")
    assert case.ledger.read_bytes() == before


def test_the_last_two_hypotheses_stay_and_what_is_aside_cannot_be_judged(case: Case):
    for number in range(1, 6):
        attribute(case, "G1", SetAside(f"H{number}", "x"), by="Ann")
    with pytest.raises(InputError, match="last two"):
        attribute(case, "G1", SetAside("H6", "x"), by="Ann")
    with pytest.raises(InputError, match="H1 is set aside"):
        attribute(case, "G1", Rename("H1", "x"), by="Ann")
    assert [one.ids for one in assessment(case, "G1").outcomes] == [("H6",), ("H7",)]


def test_groups_that_are_none_or_made_by_people_are_refused(case: Case):
    judge(case, ["G1", "G2"], "merge", "x", by="Ann")
    with pytest.raises(InputError, match="put together by people"):
        assessment(case, "G1+G2")
    with pytest.raises(UnknownName, match="No group is called 'G9'"):
        assessment(case, "G9")


def test_own_weights_go_before_those_of_the_kind_and_others_are_credited(case: Case):
    mine = replace(CONTRACT, weights={"H1": (2.0, 2.5)}, found_by="The Daily Ledger")
    found = weigh(case, mine)
    (item,) = found.found_elsewhere
    assert item.found_by == "The Daily Ledger"
    assert item.weights["H1"].point == pytest.approx(2.25)
    assert item not in found.found_here
    own = replace(CONTRACT, kind="", family="statements", category="contextual", weights={"H6": (1.0, 1.2)})
    assert [one.family for one in weigh(case, own).items][-1] == "statements"


def linked(
    case: Case, items: Sequence[dict[str, Any]] = (), bits: float = 20.0, tactics: float = 0.0, **verdicts: str
) -> Case:
    """The case, with a run `link` that gives G1 these verdicts, operation by operation, and has these rows of `link_items`."""
    families = json.dumps({"accounts": 12.0, "texts": 8.0, **({"tactics": tactics} if tactics else {})})
    links = [
        {"group_id": "G1", "operation": name, "verdict": verdict, "bits": bits, "families": families,
         "evidence": 3, "says": f"{verdict} to {name}.", "would_change": "Other accounts."}
        for name, verdict in verdicts.items()
    ]  # fmt: skip
    record(
        case,
        "link",
        [case.run("cluster").id],
        {"links": rows("links", *links), "link_items": rows("link_items", *items)},
        str(sorted(verdicts.items())),
    )  # type: ignore[union-attr]
    return case


def test_what_linking_says_answers_its_own_question_and_only_a_link_is_evidence(case: Case):
    told = {one.question: one for one in assessment(case, "G1").answers}
    assert told["network"].answer == "This was not examined."
    found = assessment(linked(case, Old="possibly", Older="no evidence"), "G1")
    network = next(one for one in found.answers if one.question == "network")
    assert (network.term, network.confidence, network.names, found.rung) == ("possibly", "low", "Old", "none")
    assert not [item.key for item in found.items if item.family == "links"]
    found = assessment(linked(case, Old="possibly", Spamming="linked"), "G1")
    network = next(one for one in found.answers if one.question == "network")
    assert (network.term, network.confidence, network.names, found.rung) == (
        "linked",
        "high",
        "Spamming",
        "network_named",
    )
    assert [item.key for item in found.items if item.family == "links"] == ["link/Spamming"]
    assert "somebody who copies what was published of it" in network.alternatives


def test_a_link_is_no_attribution_in_the_first_line_of_the_terminal(case: Case):
    told = command("attribute", str(linked(case, Spamming="linked").path), "G1").output.splitlines()[0]
    assert "attribution: none (no actor is named; what it shows was published of a network that has a name" in told


def test_a_link_that_readers_of_the_publication_show_as_well_is_no_evidence(case: Case):
    its = [
        {"group_id": "G1", "operation": "Old", "family": "infrastructure", "kind": "domain", "how": "exact", "value": value, "counts": True,
         "public_on": "2022-09-27", "public_stated": True, "first_us": 1_700_000_000_000_000}
        for value in ("own.media", "own2.media")
    ]  # fmt: skip
    found = assessment(linked(case, its, Old="linked"), "G1")
    network = next(one for one in found.answers if one.question == "network")
    assert (network.term, network.confidence, found.rung) == ("linked", "low", "none")
    assert not [item.key for item in found.items if item.family == "links"]
    assert any("reports on it" in other for other in network.alternatives)


@given(others=st.floats(0, 30), tactics=st.floats(0, 2))
def test_tactics_carry_no_link_into_the_weighing(others: float, tactics: float):
    row = {"bits": others + tactics, "families": json.dumps({"accounts": others, "tactics": tactics})}
    assert linked_without_tactics(row) == (row["bits"] - tactics >= LINKED_BITS)


@pytest.mark.parametrize(("tactics", "weighed"), [(0.0, ["link/Old"]), (2.0, [])])
def test_signs_of_the_group_that_are_tactics_of_a_link_count_once(case: Case, tactics: float, weighed: list[str]):
    """Bursts of accounts are weighed by themselves, and up to two bits of a link may be these bursts."""
    found = assessment(linked(case, bits=LINKED_BITS + 1, tactics=tactics, Old="linked"), "G1")
    assert [item.key for item in found.items if item.family == "links"] == weighed
    assert "creation-bursts/burst" in [item.key for item in found.items]


def test_a_damaged_entry_is_set_aside_and_told(case: Case):
    weigh(case, CONTRACT)
    value = next(one.value for one in case.statements() if one.says == WEIGHED)
    case.say("group:G1", WEIGHED, {**value, "family": "gossip"}, by="Mallory")
    case.say("group:G1", WEIGHED, {**value, "grade": "??"}, by="Mallory")
    case.say("group:G1", WEIGHED, {"what": "aside", "group": value["group"], "about": "H99", "text": "x"}, by="Mallory")
    case.say("group:G1", WEIGHED, {"what": "split", "group": value["group"], "about": "H1", "titles": []}, by="Mallory")
    found = assessment(case, "G1")
    assert found.unused == ("A4", "A5", "A2", "A3")
    assert [item.key for item in found.items] == ["creation-bursts/burst", "in-concert", "A1"]


def test_the_command_line_says_the_same_and_nothing_hostile_acts(case: Case, tmp_path: Path):
    path = str(case.path)
    done = command(
        "attribute", path, "G1", "--evidence", HOSTILE, "--kind", "contract", "--source", HOSTILE, "--grade", "a2", "--weight", "H1=0.1..0.4",
        "--found-by", HOSTILE, "--by", "Ann",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    shown = command("attribute", path, "G1")
    assert "\u202e" not in shown.output
    assert "https://" not in shown.output
    assert "H2 a contractor runs it for a state: between" in shown.output
    told = json.loads(command("attribute", path, "G1", "--json").output)
    assert told["level"] == "L3"
    assert [item["key"] for item in told["items"]] == ["creation-bursts/burst", "in-concert", "A1"]
    drawn = command("attribute", path, "G1", "--draw", str(tmp_path / "pictures"), "--pair", "h2", "h6")
    assert drawn.exit_code == 0, drawn.output
    for name in ("attribution_waterfall.svg", "ach_matrix.svg"):
        svg = (tmp_path / "pictures" / name).read_text("utf-8")
        assert svg.startswith("<svg xmlns=")
        assert "<script" not in svg
        assert "\u202e" not in svg
    again = command("attribute", path, "G1", "--draw", str(tmp_path / "pictures"))
    assert isinstance(again.exception, InputError)
    assert "there already" in str(again.exception)
    back = command("attribute", path, "G1", "--retract", "1", "--because", "a forgery", "--by", "Ann")
    assert back.output == "A1 is retracted, by Ann: a forgery\n"
    assert command("attribute", path, "G1", "--kinds").output.count("\n") > 100


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--prior", "H1=x", "--because", "y"], "is not HYPOTHESIS=LOW..HIGH"),
        (["--prior", "H1=1...2..3", "--because", "y"], "is not HYPOTHESIS=LOW..HIGH"),
        (["--rename", "H1"], "is not ID=TITLE"),
        (["--hypothesis", "a", "--hypothesis", "b"], "one hypothesis at a time"),
        (["--yardstick", "phia", "--sign-off", "x"], "one thing at a time; 2 were given: --yardstick, --sign-off"),
        (["--yardstick", "phia", "--retract", "A1"], "one of them at a time"),
    ],
)
def test_options_that_do_not_fit_are_told(case: Case, options: list[str], told: str):
    done = command("attribute", str(case.path), "G1", *options, "--by", "Ann")
    assert told in f"{done.output} {done.exception}"


def test_likelihood_and_confidence_are_never_in_one_line(case: Case):
    weigh(case, CONTRACT, ADDRESS, SignOff("all read"))
    for line in command("attribute", str(case.path), "G1").output.splitlines():
        assert not (
            "onfidence" in line and any(word in line for word in ("likely", "chance", "possibility", "certain"))
        )


@pytest.mark.parametrize(
    "forged", [{"about": "H3"}, {"word": "almost certain, beyond doubt"}, {"confidence": "absolute"}]
)
def test_a_signature_stands_only_under_the_words_that_are_weighed(case: Case, forged: dict[str, str]):
    """A statement with the right hash and other words would put these under somebody's name."""
    weigh(case, CONTRACT, ADDRESS, SignOff("I read every item"))
    value = next(one.value for one in case.statements() if one.says == WEIGHED and one.value["what"] == "sign-off")
    retract(case, assessment(case, "G1").sign_offs[0].label, by="Ann Lee", because="I never did")
    case.say("group:G1", WEIGHED, {**value, **forged}, by="Eve")
    found = assessment(case, "G1")
    assert (found.level, found.sign_offs[0].state) == ("L3", "lapsed")


def test_pictures_are_written_through_no_link(case: Case, tmp_path: Path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "ach_matrix.svg").symlink_to(tmp_path / "made-elsewhere")
    with pytest.raises(InputError, match="exists already"):
        draw_attribution(assessment(case, "G1"), tmp_path / "out")
    assert not (tmp_path / "made-elsewhere").exists()
