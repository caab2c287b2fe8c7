"""`claims`: registers of files and of cases, and back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from inconcert.case import Case
from inconcert.cli.command import inconcert
from inconcert.cli.outcome import Outcome
from inconcert.errors import InputError, UnknownName
from inconcert.verbs.attribute import attribute
from inconcert.verbs.attribution_entries import SetAside, SignOff
from inconcert.verbs.claims import claims
from inconcert.verbs.judge import judge

from .judged_case import made_case
from .test_attribute import ADDRESS, CONTRACT, measured

HEAD = "claim_id,claim,evidence,confidence_words\n"


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return measured(made_case(tmp_path / "case"))


def register(folder: Path, text: str, name: str = "claims.csv") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_the_register_of_a_case_is_written_and_read_with_the_same_words(case: Case, tmp_path: Path):
    for entry in (CONTRACT, ADDRESS):
        attribute(case, "G1", entry, by="Ann Lee")
    file = tmp_path / "claims.csv"
    made = claims(case=case, write=file)
    assert made.groups == ("G1",)
    assert [one.stated.claim_id for one in made.claims] == [f"G1-H{n}" for n in range(1, 8)]
    assert all("which nobody signed" in one.stated.caveat for one in made.claims)
    again = claims(file, case)
    assert [(one.word, one.warning) for one in again.claims] == [(one.word, one.warning) for one in made.claims]
    assert [(one.word, one.warning) for one in claims(file).claims] == [(one.word, one.warning) for one in made.claims]
    with pytest.raises(InputError, match="exists already"):
        claims(case=case, write=file)


def test_a_stronger_word_written_by_hand_is_marked_and_a_grade_of_the_case_goes_first(case: Case, tmp_path: Path):
    attribute(case, "G1", CONTRACT, by="Ann Lee")
    text = "claim_id,claim,evidence,confidence_words,grades\nX,The firm runs G1,A1;in-concert,highly likely,A1;measured\nY,The firm runs G1,A1,almost certain,A1\n"
    assert [bool(one.warning) for one in claims(register(tmp_path, text), case).claims] == [False, True]
    attribute(case, "G1", SetAside("A1", "a forgery"), by="Ann Lee")
    forged = text.replace("A1;measured", "A1;F6")
    assert [bool(one.warning) for one in claims(register(tmp_path, forged), case).claims] == [True, True]


def test_below_l3_and_of_a_group_set_aside_a_case_claims_nothing(case: Case, tmp_path: Path):
    judge(case, ["G1"], "set-aside", "a club", by="Bo")
    assert (claims(case=case).claims, claims(case=case).groups) == ((), ())
    low = measured(made_case(tmp_path / "low"), "L2")
    attribute(low, "G1", CONTRACT, by="Ann Lee")
    assert claims(case=low).claims == ()
    told = CliRunner().invoke(inconcert, ["claims", "--case", str(low.path)], obj=Outcome())
    assert "no group at level L3 or higher" in told.output


def test_a_signed_register_says_so_by_saying_nothing(case: Case):
    for entry in (CONTRACT, ADDRESS, SignOff("all read")):
        attribute(case, "G1", entry, by="Ann Lee")
    assert not any("nobody signed" in one.stated.caveat for one in claims(case=case).claims)


def test_the_command_line(tmp_path: Path):
    file = register(tmp_path, HEAD + "C1,It \u202e<b>rains</b>,checkin_tag;nowhere,clearly\nC1,twice,a,likely\n")
    told = CliRunner().invoke(inconcert, ["claims", str(file)], obj=Outcome())
    assert told.exit_code == 0
    assert "\u202e" not in told.output
    assert "too much: It is put as “clearly”; 1 piece of evidence carries no more than “likely”." in told.output
    assert "set aside, 1 row (2): claim_id C1 stands above already" in told.output
    assert "evidence of unknown strength, which carries nothing: nowhere" in told.output
    as_json = json.loads(CliRunner().invoke(inconcert, ["claims", str(file), "--json"], obj=Outcome()).stdout)
    assert as_json["claims"][0]["at_most"] == "likely"
    written = tmp_path / "out.csv"
    CliRunner().invoke(inconcert, ["claims", str(file), "--write", str(written)], obj=Outcome())
    assert "carries no more than “likely”" in written.read_text("utf-8")


def test_what_cannot_be_graded_is_refused(tmp_path: Path):
    with pytest.raises(InputError, match="nothing to grade"):
        claims()
    with pytest.raises(InputError, match="no register of claims"):
        claims(register(tmp_path, "a,b\n1,2\n"))
    with pytest.raises(UnknownName):
        claims(register(tmp_path, HEAD), scale="admiralty")
