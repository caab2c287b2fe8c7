"""`inconcert compare` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Run

BEFORE = "The stealthy {0} crew, known for breaking into grain terminals, has entered several {1} networks, according to {2}."
A = BEFORE.format("Iran", "US", "cyber giant Halden")
B = BEFORE.format("UK-led", "Cuban", "a Persian cyber security institute Blue Lantern Group Ltd")


def listed(out: str) -> list[str]:
    """Lines under the heading of substitutions."""
    after = out.partition("put in the place of one another:\n")[2]
    return [line.strip() for line in after.splitlines() if line.startswith("  ")]


def test_two_files_are_shown_as_one_text_with_marks_and_a_list(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(A)
    (tmp_path / "b.txt").write_text(B + "\n")
    done = run("compare", "a.txt", "b.txt", "--page", "page.html")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("A  a.txt, ")
    assert "rewritten copy with names swapped" in lines
    assert (
        "The stealthy [-Iran-]{+UK-led+} crew, known for breaking into grain terminals, has entered several [-US-]{+Cuban+} "
        "networks, according to [-cyber giant Halden-]{+a Persian cyber security institute Blue Lantern Group Ltd+}."
    ) in lines
    assert listed(done.stdout) == [
        "Iran → UK-led", "US → Cuban", "cyber giant Halden → a Persian cyber security institute Blue Lantern Group Ltd",
    ]  # fmt: skip
    assert lines[-2:] == ["The same words do not show the same author, nor who wrote first.", "page: page.html"]
    assert (tmp_path / "page.html").stat().st_size > 2_000
    told = json.loads(run("compare", "a.txt", "b.txt", "--json").stdout)
    assert [[one["before"], one["after"]] for one in told["substitutions"]] == [
        pair.split(" → ") for pair in listed(done.stdout)
    ]
    assert told["verdict"] == "rewritten copy with names swapped"


@pytest.mark.data
def test_the_sentences_of_the_reference_case_give_exactly_their_swapped_names(run: Run, shared_data: Path) -> None:
    swap = json.loads((shared_data / "quotes.json").read_text("utf-8"))["entity_swap"]
    done = run("compare", "--text", swap["original"], swap["rewritten"])
    assert listed(done.stdout) == [" → ".join(pair) for pair in swap["expected_substitutions"]]


def test_chinese_words(run: Run) -> None:
    text = "据{0}的研究人员披露，{1}黑客组织已经侵入{2}多个省的电网系统，并在其中潜伏了两年之久。"
    before, after = ("曼迪昂特", "中国", "美国"), ("奇安信", "美国", "俄罗斯")
    done = run("compare", "--text", text.format(*before), text.format(*after))
    assert listed(done.stdout) == [f"{old} → {new}" for old, new in zip(before, after, strict=True)]


def test_the_same_text_and_a_different_one(run: Run) -> None:
    same = run("compare", "--text", A, A.upper()).stdout
    assert "\nsame text\n" in same
    assert "No word differs." in same
    other = run(
        "compare", "--text", A, "Nothing of this is in the least like what was said before by anybody at all."
    ).stdout
    assert "\ndifferent\n" in other
    assert "same author" not in other


def test_hostile_words_do_nothing_to_the_terminal(run: Run) -> None:
    done = run("compare", "--text", f"{A} \x1b[31m[bold]x[/bold]", f"{B} \u202e http://a.example/b :smile: \x07")
    assert done.returncode == 0
    assert not {"\x1b", "\u202e", "\x07"} & set(done.stdout)
    assert "[bold]" in done.stdout
    assert ":smile:" not in done.stdout or "😄" not in done.stdout
    assert "http://" not in done.stdout


def test_long_unchanged_stretches_and_long_changes_are_shortened(run: Run, tmp_path: Path) -> None:
    kept = " ".join(f"word{n}" for n in range(400))
    (tmp_path / "a.txt").write_text(f"Iran\n{kept} {'x' * 5000}\n{kept}")
    (tmp_path / "b.txt").write_text(f"Cuba\n{kept} {'y' * 5000}\n{kept}")
    done = run("compare", "a.txt", "b.txt")
    assert "characters unchanged) …" in done.stdout
    assert "4,600 more characters" in done.stdout
    assert len(done.stdout) < 5_000
    assert listed(done.stdout)[0] == "Iran → Cuba"


def test_what_is_wrong_is_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(A)
    for arguments, words in (
        (("a.txt", "no.txt"), "No file no.txt."),
        (("a.txt", "."), "is a folder"),
        (("1", "2", "--case", "no"), "is not a case"),
        (("a.txt",), "Missing argument 'B'"),
    ):
        done = run("compare", *arguments)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
        assert words in done.stderr
