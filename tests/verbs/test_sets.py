"""`sets`: accounts and posts under a name, from a search, a file or a group; explained and measured, with no rate of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from inconcert.case import Case
from inconcert.cli.command import inconcert
from inconcert.cli.outcome import Outcome
from inconcert.errors import InputError, UnknownName
from inconcert.judgement import sets as form
from inconcert.judgement.sets import NO_RATE
from inconcert.verbs import sets as verb
from inconcert.verbs.explain import explain
from inconcert.verbs.explained_group import ExplainedGroup
from inconcert.verbs.indicators import indicators
from inconcert.verbs.judge import judge
from inconcert.verbs.judged_tables import judged_table
from inconcert.verbs.judgements import retract
from inconcert.verbs.recompute import AGAIN, recompute_run
from inconcert.verbs.sets import keep_set, set_named, sets
from inconcert.verbs.verify import verify

from .judged_case import GROUPS, IMPORT, made_case


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return made_case(tmp_path / "case")


def command(*arguments: str) -> Result:
    return CliRunner().invoke(inconcert, list(arguments), obj=Outcome())


def test_a_set_is_made_from_a_search_a_file_a_group_or_names(case: Case, tmp_path: Path):
    file = tmp_path / "tip.txt"
    file.write_text("\ufeffaccount_id\n@handle_A1\n\nb0\ng1-03\n", "utf-8")
    judge(case, ["G1"], "remove", "x", by="Ann", accounts=["a0"])
    found = [
        keep_set(case, "harbour", by="Ann", from_search=["harbour", "a3"]),
        keep_set(case, "tip", by="Bob", accounts_file=file, because="named by a reader", sources=["a letter"]),
        keep_set(case, "group", by="Ann", group="G1"),
        keep_set(case, "by hand", by="Ann", accounts=["=d1", "Handle_d0"], posts=[(IMPORT, 2), (IMPORT, 2)]),
    ]
    assert [one.accounts for one in found] == [("a3",), ("a1", "a2", "b0"), tuple(GROUPS["G1"][1:]), ("=d1", "d0")]
    assert [one.posts for one in found] == [1, 0, 0, 1]
    assert {one.notes for one in found} == {(NO_RATE,)}
    assert set_named(case, "S2") == set_named(case, "tip")
    assert set_named(case, "tip").origin["file"] == "tip.txt"
    assert set_named(case, "harbour").posts == ((IMPORT, 4),)
    assert judged_table(case, "sets").num_rows == 1 + 1 + 3 + 9 + 2 + 1
    assert not verify(case, recompute=False).faults


@pytest.mark.parametrize(
    ("name", "options", "told"),
    [
        ("x", {}, "Nothing says what is in the set"),
        ("x", {"group": "G1", "accounts": ["a0"]}, "only one can be given"),
        ("x", {"group": "G9"}, "No group is called 'G9'"),
        ("x", {"accounts": ["nobody"]}, "No account of this case is called 'nobody'"),
        ("x", {"from_search": ["zebra"]}, "would be empty"),
        ("x", {"accounts_file": Path("absent.txt")}, "cannot be read"),
        ("G1+G2", {"accounts": ["a0"]}, "could be a group"),
        ("I12", {"accounts": ["a0"]}, "could be a group"),
        ("a/b", {"accounts": ["a0"]}, "holds a /"),
        (" \n", {"accounts": ["a0"]}, "is empty"),
    ],
)
def test_what_is_no_set_is_refused_with_a_sentence(case: Case, name: str, options: dict[str, object], told: str):
    before = case.ledger.read_bytes()
    with pytest.raises(InputError, match=told):
        keep_set(case, name, by="Ann", **options)  # type: ignore[arg-type]
    assert case.ledger.read_bytes() == before


def test_files_of_no_text_and_sets_too_large_are_refused(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    file = tmp_path / "x"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="not UTF-8"):
        keep_set(case, "x", by="Ann", accounts_file=file)
    monkeypatch.setattr(verb, "FILE_AT_MOST", 2)
    with pytest.raises(InputError, match="3 bytes; 2 are the most"):
        keep_set(case, "x", by="Ann", accounts_file=file)
    monkeypatch.setattr(verb, "MEMBERS_AT_MOST", 9)
    with pytest.raises(InputError, match="more than 9 accounts"):
        keep_set(case, "x", by="Ann", group="G1")
    with pytest.raises(InputError, match="more than 9"):
        keep_set(case, "x", by="Ann", from_search=["harbour"])
    assert form.MEMBERS_AT_MOST == 20_000


def test_a_name_is_taken_until_its_set_is_retracted(case: Case):
    keep_set(case, "tip", by="Ann", accounts=["a0"])
    with pytest.raises(InputError, match=r"S1 by Ann"):
        keep_set(case, "tip", by="Bob", accounts=["a1"])
    retract(case, "S1", by="Bob", because="x", kind="S")
    with pytest.raises(UnknownName):
        set_named(case, "tip")
    assert keep_set(case, "tip", by="Bob", accounts=["a1"]).label == "S2"
    assert [one.retracted is not None for one in sets(case)] == [True, False]
    assert judged_table(case, "sets")["account_id"].to_pylist() == ["a1"]


def test_a_set_is_explained_like_a_group_and_says_that_it_proves_nothing(case: Case):
    keep_set(case, "tip", by="Ann", accounts=["a0", "a1", "d0"])
    found = explain(case, "tip")
    assert isinstance(found, ExplainedGroup)
    assert (found.how, found.row, found.notes, found.pairs.num_rows) == ("set", None, (NO_RATE,), 1)
    assert [(one.account_id, one.name) for one in found.members] == [("a0", "G1-01"), ("a1", "G1-02"), ("d0", None)]
    assert NO_RATE in command("explain", str(case.path), "tip").output


def test_a_set_is_measured_beside_a_control_and_the_run_can_be_computed_again(case: Case):
    keep_set(case, "tip", by="Ann", accounts=GROUPS["G2"])
    keep_set(case, "posts", by="Ann", posts=[(IMPORT, 1)])
    plain = indicators(case, only=["handles"])
    assert "sets" not in plain.info["parameters"]
    run = indicators(case, only=["handles"], sets=["tip"])
    assert run.info["parameters"]["sets"] == {"tip": GROUPS["G2"]}
    assert f"Set tip: {NO_RATE}" in run.info["notes"]
    assert "list:tip" in run.table("indicators")["subject_id"].to_pylist()
    again = recompute_run(case, run, AGAIN["indicators"], lambda *_: None)
    assert (again.differs, again.rewritten) == ((), ())
    for name, error in (("absent", UnknownName), ("posts", InputError)):
        with pytest.raises(error):
            indicators(case, sets=[name])


def test_the_command_line_lists_shows_makes_and_retracts(case: Case):
    path = str(case.path)
    assert command("sets", path).output == "there are no sets yet\n"
    made = command("sets", path, "t\u202eip", "--account", "a0", "--by", "Ann", "--source", "https://a.example")
    assert made.output.startswith("S1 't⟨U+202E⟩ip': 1 accounts, 0 posts, by Ann\n")
    shown = command("sets", path, "t\u202eip").output
    assert "  a0\n" in shown
    assert "hxxps://a.example" in shown
    assert command("sets", path, "--json").exit_code == 0
    gone = command("sets", path, "t\u202eip", "--retract", "--because", "no", "--by", "Bob")
    assert gone.output == "S1 is retracted, by Bob: no\n"
    assert "retracted by Bob: no" in command("sets", path).output
    assert "Name the set" in command("sets", path, "--group", "G1", "--by", "Ann").output
