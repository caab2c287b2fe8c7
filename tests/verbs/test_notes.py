"""`notes`: written down with sources and author, found again, and taken back."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from inconcert.case import Case
from inconcert.cli.command import inconcert
from inconcert.cli.outcome import Outcome
from inconcert.errors import InputError
from inconcert.judgement.notes import Source
from inconcert.verbs.judged_tables import judged_table
from inconcert.verbs.judgements import retract
from inconcert.verbs.notes import add_note, notes
from inconcert.verbs.sets import keep_set
from inconcert.verbs.verify import verify

from .judged_case import IMPORT, made_case


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return made_case(tmp_path / "case")


def command(*arguments: str) -> Result:
    return CliRunner().invoke(inconcert, list(arguments), obj=Outcome())


def test_contradictions_of_a_picture_are_listed_with_author_and_sources(case: Case, tmp_path: Path):
    """Row M65: points that contradict one another, each with its source, and no verdict."""
    picture = tmp_path / "staged.jpg"
    picture.write_bytes(b"picture")
    text = "Contradictions:\n- the railing is missing in the second picture\n- the strap of the gun changes sides\n- the mark on the neck"
    noted = add_note(
        case, text, by="Ann", about=f"{IMPORT}/2", sources=[str(picture), f"post:{IMPORT}/3", "https://a.example/x"]
    )
    sha256 = hashlib.sha256(b"picture").hexdigest()
    assert (noted.label, noted.about_kind, noted.about) == ("N1", "post", f"{IMPORT}/2")
    assert noted.sources == (
        Source("file", "staged.jpg", sha256=sha256),
        Source("post", f"post:{IMPORT}/3", post=(IMPORT, 3)),
        Source("address", "https://a.example/x"),
    )
    assert case.original(sha256).read_bytes() == b"picture"
    (note,) = notes(case)
    assert (note.by, note.text) == ("Ann", text)
    assert not verify(case, recompute=False).faults


def test_a_gap_in_coverage_is_noted_with_what_was_said_and_what_was_not(case: Case):
    """Row M64: what the public discusses and the media omit, beside what an office said."""
    keep_set(case, "vote", by="Ann", from_search=["harbour"])
    add_note(case, "Posts on the vote in [the set](vote); no report in the listed outlets from 1 to 5 March, while the ministry spoke.",
             by="Ann", about="vote", sources=["https://ministry.example/remark", "evening news of 3 March, seen in the archive"])  # fmt: skip
    (note,) = notes(case)
    assert (note.about_kind, note.about) == ("set", "vote")
    assert [source.kind for source in note.sources] == ["address", "words"]


def test_notes_are_about_a_group_an_account_or_the_case(case: Case):
    assert add_note(case, "x", by="Ann", about="G1").about_kind == "group"
    assert add_note(case, "x", by="Ann", about="@handle_d0").about == "d0"
    assert add_note(case, "x", by="Ann").about_kind == "case"
    assert notes(case)[0].group is not None
    assert judged_table(case, "notes")["about"].to_pylist() == ["G1", "d0", None]


@pytest.mark.parametrize(
    ("about", "sources", "told"),
    [
        ("nobody", [], "No account of this case"),
        (f"{IMPORT}/999", [], "holds no post"),
        ("", ["fedcba9876543210/1"], "holds no post"),
        ("", [""], "is empty"),
        ("", ["x"] * 21, "too many"),
        ("", ["x" * 2_001], "2,001 characters"),
    ],
)
def test_what_cannot_be_noted_is_refused_with_a_sentence(case: Case, about: str, sources: list[str], told: str):
    before = case.ledger.read_bytes()
    with pytest.raises(InputError, match=told):
        add_note(case, "x", by="Ann", about=about, sources=sources)
    assert case.ledger.read_bytes() == before
    for text in ("", "x" * 20_001):
        with pytest.raises(InputError):
            add_note(case, text, by="Ann")


def test_notes_are_found_as_posts_are(case: Case):
    add_note(case, "The RAILING is missing; 舆论引导", by="Ann")
    add_note(case, "Nothing", by="Ann", sources=["a book on railings"])
    add_note(case, "railing, but wrong", by="Bob")
    retract(case, "N3", by="Bob", because="wrong", kind="N")
    found = {
        words: [note.label for note in notes(case, find=[words])]
        for words in ("railing", "railing*", "舆论", "-railing*")[:3]
    }
    assert found == {"railing": ["N1"], "railing*": ["N1", "N2"], "舆论": ["N1"]}
    assert [note.label for note in notes(case, find=["railing*", "-missing"])] == ["N2"]
    assert len(notes(case)) == 3
    with pytest.raises(InputError):
        notes(case, find=["?"])


def test_the_command_line_shows_hostile_notes_harmlessly(case: Case):
    path, text = str(case.path), "a\u202eb\n<script> https://evil.example\x00\udcff"
    made = command("notes", path, "--add", text, "--source", "javascript:alert(1)", "--source", "x\x00y", "--by", "Ann")
    assert made.exit_code == 0
    assert "address: javascript:alert(1)" in made.output
    listed = command("notes", path).output
    assert "a⟨U+202E⟩b" in listed
    assert "hxxps://evil.example⟨U+0000⟩" in listed
    assert command("notes", path, "--json").exit_code == 0
    assert command("notes", path, "--find", "zebra").output == "there are no such notes\n"
    assert (
        command("notes", path, "--retract", "1", "--because", "no", "--by", "Bob").output
        == "N1 is retracted, by Bob: no\n"
    )
    assert "not both" in command("notes", path, "--add", "x", "--retract", "N1").output
