"""`judge` and `judgements`: signed, kept in the ledger, honoured by explain and export, carried over, and taken back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from inconcert import ledger
from inconcert.case import Case, create_case, lock
from inconcert.cli.command import inconcert
from inconcert.cli.outcome import Outcome
from inconcert.errors import CaseInUse, InputError, UnknownName
from inconcert.ledger import statement
from inconcert.verbs.explain import explain
from inconcert.verbs.explained_group import ExplainedGroup
from inconcert.verbs.export import export
from inconcert.verbs.judge import NO_Q, judge
from inconcert.verbs.judged_tables import JUDGED, judged_table
from inconcert.verbs.judgements import decided_now, judgements, retract
from inconcert.verbs.results import batches
from inconcert.verbs.verify import verify

from .conftest import NOW
from .judged_case import GROUPS, clustered, made_case

HOSTILE = "\u202e<script>alert(1)</script>\x00 https://evil.example =1+1 \udcff"


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return made_case(tmp_path / "case")


def command(*arguments: str) -> Result:
    return CliRunner().invoke(inconcert, list(arguments), obj=Outcome())


def ranking(case: Case) -> dict[str, str | None]:
    """Account -> what accounts.csv says people decided."""
    _, found = batches(case, "accounts")
    return {row["account_id"]: row["judged"] for batch in found for row in batch.to_pylist()}


def test_every_kind_of_judgement_is_signed_numbered_and_intact(case: Case):
    made = [
        judge(case, ["G1"], "rename", "Night  shift", by="Ann Lee", sources=["https://a.example"]),
        judge(case, ["G1"], "comment", "look again", by="Bob"),
        judge(case, ["G1"], "remove", "a newsroom", by="Bob", accounts=["G1-01"]),
        judge(case, ["G1"], "split", "another language", by="Bob", accounts=["@handle_a5", "a6"]),
        judge(case, ["G1"], "confirm", "I read the posts", by="Ann Lee"),
        judge(case, ["G3"], "set-aside", "a fan club", by="Ann Lee"),
        judge(case, ["G1", "G2"], "merge", "one phone book", by="Ann Lee"),
        judge(case, ["d0"], "note", "a journalist", by="Bob"),
        judge(case, ["a1", "a2"], "same-person", "same photographs", by="Bob"),
        judge(case, ["a1", "a3"], "known-friend", "seen together", by="Bob"),
    ]
    assert [one.label for one in made] == [f"J{n}" for n in range(1, 11)]
    assert made[0].text == "Night shift"
    assert (made[3].makes, made[3].accounts, made[3].notes) == ("G1.a", ("a5", "a6"), (NO_Q,))
    assert made[6].makes == "G1+G2"
    now = decided_now(case)
    assert now.groups["G1"].name == "Night shift"
    assert now.groups["G1+G2"].members == tuple(sorted({*GROUPS["G1"], *GROUPS["G2"]} - {"a0", "a5", "a6"}))
    assert {one.state for one in judgements(case)} == {"stands"}
    assert [s.by for s in case.statements() if s.says == "judged"][:2] == ["Ann Lee", "Bob"]
    assert not verify(case, recompute=False).faults


def test_a_judgement_changes_no_run_and_a_made_group_has_no_q(case: Case):
    before = {file: file.read_bytes() for file in (case.path / "runs").rglob("*") if file.is_file()}
    judge(case, ["G1", "G2"], "merge", "x", by="Ann")
    judge(case, ["G1+G2"], "split", "x", by="Ann", accounts=["b0"])
    judge(case, ["G3"], "confirm", "x", by="Ann")
    assert {file: file.read_bytes() for file in (case.path / "runs").rglob("*") if file.is_file()} == before
    rows = {row["group_id"]: row for row in judged_table(case, "judged_groups").to_pylist()}
    assert [(id, row["level"], row["q_value"], row["size"]) for id, row in rows.items()] == [
        ("G1", "L2", 0.001, 10), ("G2", "L1", 0.001, 5), ("G3", "L0", 0.001, 3), ("G1+G2", None, None, 14), ("G1+G2.a", None, None, 1),
    ]  # fmt: skip
    assert rows["G1"]["part_of"] == "G1+G2"
    assert rows["G1+G2"]["of_groups"] == "G1,G2"


@pytest.mark.parametrize(
    ("subjects", "kind", "accounts", "told"),
    [
        (["G9"], "rename", [], "No group is called 'G9'"),
        (["G1"], "praise", [], "No judgement is called 'praise'"),
        (["G1", "G2"], "rename", [], "about 1 group; 2 were named"),
        (["G1"], "merge", [], "about 2 or more groups; 1 was named"),
        (["G1", "G1"], "merge", [], "1 was named"),
        (["G1"], "split", [], "about 1 or more accounts; 0 were named"),
        (["G1"], "split", GROUPS["G1"], "nothing would stay"),
        (["G1"], "remove", ["b0"], "b0 is not in G1 now"),
        (["G1"], "remove", ["nobody"], "No account"),
        (["a0"], "same-person", [], "about 2 accounts; 1 was named"),
        (["a0", "a0"], "same-person", [], "about 2 accounts; 1 was named"),
        (["G1"], "comment", ["a0"], "about no account; 1 was named"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence(
    case: Case, subjects: list[str], kind: str, accounts: list[str], told: str
):
    before = case.ledger.read_bytes()
    with pytest.raises(InputError, match=told):
        judge(case, subjects, kind, "because", by="Ann", accounts=accounts)
    assert case.ledger.read_bytes() == before


def test_what_was_decided_bounds_what_can_be_decided(case: Case):
    judge(case, ["G1", "G2"], "merge", "x", by="Ann")
    judge(case, ["a0", "a1"], "same-person", "x", by="Ann")
    judge(case, ["G3"], "set-aside", "x", by="Ann")
    for subjects, kind, told in (
        (["G1"], "rename", r"part of G1\+G2 \(J1 by Ann\)"),
        (["a1", "a0"], "same-person", "judged before: J2 by Ann"),
        (["G3"], "confirm", r"set aside by Ann \(J3\)"),
    ):
        with pytest.raises(InputError, match=told):
            judge(case, subjects, kind, "x", by="Bob")


def test_retracting_restores_and_keeps_everything(case: Case):
    found = decided_now(case).groups
    judge(case, ["G1"], "remove", "x", by="Ann", accounts=["a0"])
    judge(case, ["G1"], "rename", "night", by="Ann")
    said = case.ledger.read_bytes()
    retract(case, "j1", by="Bob", because="I confused two accounts")
    assert decided_now(case).groups["G1"].name == "night"
    retract(case, "2", by="Bob", because="x")
    assert decided_now(case).groups == found
    assert case.ledger.read_bytes().startswith(said)
    first = judgements(case)[0].judgement.retracted
    assert first is not None
    assert (first.by, first.because) == ("Bob", "I confused two accounts")
    for label, error in (("J1", InputError), ("J3", UnknownName), ("S1", UnknownName), ("x", InputError)):
        with pytest.raises(error):
            retract(case, label, by="Bob", because="x")
    with pytest.raises(InputError):
        retract(case, "J1", by="Bob", because=" ")
    assert not verify(case, recompute=False).faults


def test_a_letter_of_a_retracted_split_is_not_given_again(case: Case):
    judge(case, ["G1"], "split", "x", by="Ann", accounts=["a0"])
    retract(case, "J1", by="Ann", because="x")
    assert judge(case, ["G1"], "split", "x", by="Ann", accounts=["a1"]).makes == "G1.b"


def test_after_a_new_run_judgements_follow_the_accounts_and_not_the_number(case: Case):
    judge(case, ["G1"], "rename", "night", by="Ann")
    judge(case, ["G2"], "set-aside", "fans", by="Ann")
    judge(case, ["G1"], "remove", "x", by="Ann", accounts=["a0"])
    detected = case.run("detect")
    assert detected is not None
    clustered(case, detected, {"G1": ["b0", "b1", "b2", "d0", "=d1"], "G2": GROUPS["G1"][:9]}, version="2")
    now = decided_now(case)
    assert [one.state for one in now.outcomes] == ["stands", "to be looked at again", "stands"]
    assert now.groups["G2"].name == "night"
    assert now.aside("G1") is None
    assert now.groups["G2"].members == tuple(GROUPS["G1"][1:9])
    listed = command("judgements", str(case.path)).output
    assert "J1  rename G1 (now G2): stands" in listed
    assert "J2  set-aside G2: to be looked at again" in listed
    assert "shares 43% of its accounts" in listed


def test_explain_tells_what_people_decided(case: Case):
    judge(case, ["G1"], "rename", "night", by="Ann")
    judge(case, ["G1"], "remove", "x", by="Ann", accounts=["a0"])
    judge(case, ["G1", "G2"], "merge", "x", by="Ann")
    found, made = explain(case, "G1"), explain(case, "G1+G2")
    assert isinstance(found, ExplainedGroup)
    assert isinstance(made, ExplainedGroup)
    assert (found.name, found.how, found.pairs.num_rows) == ("night", "found", 1)
    assert found.row is not None
    assert found.row["q_value"] == 0.001
    assert (
        next(one for one in found.members if one.account_id == "a0").judged == "group merged into G1+G2, removed (J2)"
    )
    assert made.row is None
    assert made.notes == (NO_Q,)
    with pytest.raises(InputError, match="no group and no set"):
        explain(case, "G9")
    assert "J3 merge" in command("explain", str(case.path), "G1").output


def test_export_tells_what_people_decided(case: Case, tmp_path: Path):
    assert set(ranking(case).values()) == {None}
    judge(case, ["G1"], "remove", "x", by="Ann", accounts=["a0"])
    judge(case, ["G2"], "set-aside", "x", by="Ann")
    judge(case, ["d0"], "note", "x", by="Ann")
    said = ranking(case)
    assert said["a0"] == "removed (J1)"
    assert said["a1"] is None
    assert said["b3"] == "group set aside (J2)"
    assert said["d0"] == "note (J3)"
    for name in JUDGED:
        for suffix in (".csv", ".json", ".parquet"):
            export(case, tmp_path / f"{name}{suffix}")
    export(case, tmp_path / "network.gexf")
    assert 'title="judged"' in (tmp_path / "network.gexf").read_text()
    assert "removed (J1)" in (tmp_path / "network.gexf").read_text()


def test_hostile_words_are_shown_by_their_codes_and_bounded(case: Case):
    judge(case, ["G1"], "rename", HOSTILE, by=HOSTILE)
    judge(case, ["G1"], "set-aside", HOSTILE * 10, by="Ann", sources=[HOSTILE])
    listed = command("judgements", str(case.path))
    assert listed.exit_code == 0
    assert "\u202e" not in listed.output
    assert "\x00" not in listed.output
    assert "⟨U+202E⟩" in listed.output
    assert "https://evil" not in listed.output
    assert command("judgements", str(case.path), "--json").exit_code == 0
    for kind, most in (("rename", 120), ("comment", 2_000)):
        with pytest.raises(InputError, match=rf"{most + 1:,} characters; {most:,} are the most"):
            judge(case, ["G2"], kind, "x" * (most + 1), by="Ann")


def test_a_name_that_claims_too_much_is_told(case: Case):
    assert judge(case, ["G2"], "rename", "The troll farm", by="Ann").notes
    assert judge(case, ["G2"], "rename", "A coordinated group", by="Ann").notes
    assert not judge(case, ["G1"], "rename", "A coordinated group", by="Ann").notes


def test_the_command_line_asks_who_judges_and_for_one_decision(case: Case, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("INCONCERT_BY", raising=False)
    nobody = command("judge", str(case.path), "G1", "--rename", "x")
    assert isinstance(nobody.exception, InputError)
    assert "--by NAME" in str(nobody.exception)
    for options in ((), ("--rename", "x", "--comment", "y")):
        assert "exactly one decision" in command("judge", str(case.path), "G1", *options, "--by", "Ann").output
    monkeypatch.setenv("INCONCERT_BY", "Ann")
    assert command("judge", str(case.path), "G1", "--rename", "x").output.startswith("J1: rename G1, by Ann\n")
    assert "retracted, by Ann" in command("judgements", str(case.path), "--retract", "J1", "--because", "no").output


def test_whoever_comes_second_waits_a_moment_or_hears_who_holds_the_case(case: Case):
    held = subprocess.Popen(
        [sys.executable, "-c", f"import time\nfrom pathlib import Path\nfrom inconcert.case import lock\n"
         f"with lock.hold(Path({str(case.path)!r})):\n    print('held', flush=True)\n    time.sleep(600)"],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    try:
        assert held.stdout is not None
        assert held.stdout.readline() == "held\n"
        with pytest.raises(CaseInUse, match=f"in use by process {held.pid}"):
            judge(case, ["G1"], "rename", "x", by="Ann", patience_s=0.2)
        threading.Timer(0.3, held.kill).start()
        assert judge(case, ["G1"], "rename", "x", by="Ann", patience_s=60).label == "J1"
    finally:
        held.kill()
        held.wait()


def test_many_at_once_lose_nothing(case: Case):
    def work(name: str) -> None:
        for n in range(5):
            judge(case, ["G1"], "comment", f"{name} {n}", by=name, patience_s=120)

    people = [threading.Thread(target=work, args=(name,)) for name in ("Ann", "Bob", "Cem")]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert sorted(o.judgement.text for o in judgements(case)) == sorted(
        f"{p} {n}" for p in ("Ann", "Bob", "Cem") for n in range(5)
    )
    assert not verify(case, recompute=False).faults


def test_a_kill_while_judging_leaves_a_case_that_verify_accepts(case: Case):
    """The child dies as it appends, after part of the line is on disk."""
    child = os.fork()
    if child == 0:
        real = os.fsync
        torn = ledger.append

        def half(file: Path, said: ledger.Statement) -> None:
            with file.open("ab", buffering=0) as out:
                out.write(ledger.canonical("half a line")[:5])
                real(out.fileno())
            os.kill(os.getpid(), signal.SIGKILL)
            torn(file, said)

        ledger.append = half
        judge(case, ["G1"], "rename", "x", by="Ann")
        os._exit(0)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL
    assert judge(case, ["G1"], "rename", "y", by="Ann").label == "J1"
    assert not verify(case, recompute=False).faults


def test_verify_tells_a_judgement_of_bad_form(case: Case):
    last = case.statements()[-1]
    with lock.hold(case.path):
        ledger.append(
            case.ledger, statement(last.id, at=NOW, by="Ann", about="group:G1", says="judged", value={"x": 1})
        )
    faults = verify(case, recompute=False).faults
    assert [fault.path for fault in faults] == ["ledger.jsonl"]
    assert faults[0].what.endswith("is a judgement of no known kind")
    assert judgements(case) == ()


def test_a_case_without_groups_says_what_to_run(tmp_path: Path):
    case = create_case(tmp_path / "empty", now=NOW)
    with pytest.raises(InputError, match="inconcert detect"):
        judge(case, ["G1"], "rename", "x", by="Ann")
    assert judgements(case) == ()
