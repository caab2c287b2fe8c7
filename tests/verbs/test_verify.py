"""`verify` finds every changed, missing and added file, every broken link, and any run that does not come out again."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from inconcert import ledger
from inconcert.case import Case, Run, open_case
from inconcert.errors import InputError, MissingExtra
from inconcert.progress import Progress
from inconcert.verbs import verify as verify_file
from inconcert.verbs.verify import Verification, verify

from .conftest import cluster_tables, detect_tables, record


@pytest.fixture(autouse=True)
def again(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Verbs that give the tables of the hand-made runs; a test may put in others."""

    def detect(twin: Case, parameters: Mapping[str, Any], progress: Progress) -> Run:
        assert twin.parts("posts")[0].is_file()
        return record(twin, "detect", list(twin.imports()), detect_tables())

    def cluster(twin: Case, parameters: Mapping[str, Any], progress: Progress) -> Run:
        detected = twin.run("detect")
        assert detected is not None
        assert detected.table("edges").num_rows == 3
        assert twin.parts("posts")[0].is_file()
        return record(twin, "cluster", [detected.id], cluster_tables())

    verbs = {"detect": detect, "cluster": cluster}
    monkeypatch.setattr(verify_file, "AGAIN", verbs)
    return verbs


def files(case: Case) -> list[Path]:
    return sorted(path for path in case.path.rglob("*") if path.is_file() and path.name != ".lock")


def faulty(found: Verification) -> list[str]:
    assert not found.intact
    return [fault.path for fault in found.faults]


def test_an_untouched_case_is_intact_also_elsewhere(case: Case, tmp_path: Path) -> None:
    copy = shutil.copytree(case.path, tmp_path / "elsewhere")
    before = {path: path.stat().st_mtime_ns for path in copy.rglob("*")}
    for place in (case, open_case(copy)):
        found = verify(place)
        assert found.intact, found.faults
        assert found.notes == ()
        assert (found.originals, len(found.recomputed)) == (1, 2)
        assert found.files == len(files(place)) - 2  # the original, the ledger
        assert found.head == case.statements()[-1].id
    assert {path: path.stat().st_mtime_ns for path in copy.rglob("*")} == before


def test_every_changed_byte_is_named_with_its_file(case: Case) -> None:
    for file in files(case):
        content = file.read_bytes()
        file.chmod(0o644)
        for at in {0, len(content) // 2, len(content) - 1}:
            file.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
            assert file.relative_to(case.path).as_posix() in faulty(verify(case)), f"{file} byte {at}"
        file.write_bytes(content)
    assert verify(case).intact


def test_every_cut_or_grown_or_missing_file_is_named(case: Case) -> None:
    for file in files(case):
        content = file.read_bytes()
        file.chmod(0o644)
        name = file.relative_to(case.path).as_posix()
        for wrong in (content[:-1], content + b"x"):
            file.write_bytes(wrong)
            assert name in faulty(verify(case)), name
        file.unlink()
        assert name in faulty(verify(case)), name
        file.write_bytes(content)
    assert verify(case).intact


@pytest.mark.parametrize("place", ["raw/x", "raw/sha256/ab/x", "data/i1/x", "data/x", "runs/x/run.json", "report/x"])
def test_an_added_file_is_named(case: Case, place: str) -> None:
    added = case.path / place
    added.parent.mkdir(parents=True, exist_ok=True)
    added.write_text("x")
    assert faulty(verify(case)) == [place]


def test_an_added_link_to_a_folder_is_named(case: Case, tmp_path: Path) -> None:
    (case.path / "data" / "linked").symlink_to(tmp_path)
    assert faulty(verify(case)) == ["data/linked"]


def test_notes_of_the_analyst_are_no_fault_but_mentioned(case: Case) -> None:
    (case.path / "notes.txt").write_text("x")
    found = verify(case)
    assert found.intact
    assert found.notes == ("notes.txt is not entered in the ledger and was not checked",)


def test_a_run_taken_out_together_with_its_ledger_line_breaks_the_chain(case: Case) -> None:
    lines = case.ledger.read_bytes().splitlines(keepends=True)
    case.ledger.write_bytes(b"".join(line for line in lines if b'"runs/' not in line))
    shutil.rmtree(case.path / "runs")
    found = verify(case)
    assert faulty(found)[0] == "ledger.jsonl"
    assert "removed" in found.faults[0].what


def test_a_ledger_cut_at_a_line_shows_in_the_head_and_in_what_it_no_longer_covers(case: Case) -> None:
    head = verify(case, recompute=False).head
    lines = case.ledger.read_bytes().splitlines(keepends=True)
    case.ledger.write_bytes(b"".join(lines[:-1]))
    found = verify(case, recompute=False)
    assert faulty(found) == ["report/index.html"]
    assert found.head != head


def test_a_ledger_begun_anew_is_noticed(case: Case) -> None:
    case.ledger.write_bytes(b"")
    assert faulty(verify(case))[0] == "ledger.jsonl"


def test_what_interruptions_left_is_noted(case: Case) -> None:
    with case.ledger.open("ab") as out:
        out.write(b'{"half')
    assert faulty(verify(case)) == ["ledger.jsonl"]
    with case.lock():
        pass
    found = verify(case, recompute=False)
    assert found.intact
    assert found.notes == ("ledger lines that interruptions tore and that were set aside: 1",)


def test_a_part_that_waits_to_be_put_in_place_is_a_note(case: Case) -> None:
    (case.path / "data" / "i1").rename(case.path / ".scratch" / "data-i1")
    found = verify(case, recompute=False)
    assert found.intact
    assert "data/i1 waits" in found.notes[0]


def test_a_run_that_does_not_come_out_again_is_named_by_table(case: Case, again: dict[str, Any]) -> None:
    def other(twin: Case, parameters: Mapping[str, Any], progress: Progress) -> Run:
        tables = detect_tables()
        return record(twin, "detect", ["i1"], {"edges": tables["edges"].slice(1)})

    again["detect"] = other
    run = case.run("detect")
    assert run is not None
    assert faulty(verify(case)) == [f"runs/{run.id}/edges.parquet"]
    assert verify(case, recompute=False).intact


def test_other_versions_are_named_and_equal_values_are_enough_for_them(case: Case, again: dict[str, Any]) -> None:
    def newer(twin: Case, parameters: Mapping[str, Any], progress: Progress) -> Run:
        return record(twin, "detect", ["i1"], detect_tables(), version="2")

    again["detect"] = newer
    found = verify(case)
    assert found.intact
    assert found.recomputed[0].versions == {"numpy": ("1", "2")}


def test_a_table_that_comes_or_goes_is_a_difference(case: Case, again: dict[str, Any]) -> None:
    def more(twin: Case, parameters: Mapping[str, Any], progress: Progress) -> Run:
        extra: dict[str, pa.Table] = {**detect_tables(), "groups": cluster_tables()["groups"]}
        return record(twin, "detect", ["i1"], extra)

    again["detect"] = more
    assert faulty(verify(case))[0].endswith("groups.parquet")


def test_what_this_machine_cannot_compute_is_a_note_what_fails_a_fault(case: Case, again: dict[str, Any]) -> None:
    def lacking(twin: Case, parameters: Mapping[str, Any], progress: Progress) -> Run:
        raise MissingExtra("the Spark engine", "spark")

    def failing(twin: Case, parameters: Mapping[str, Any], progress: Progress) -> Run:
        raise InputError("no posts")

    again["detect"] = lacking
    found = verify(case)
    assert found.intact
    assert "pip install 'inconcert[spark]'" in found.notes[0]
    again["detect"] = failing
    assert "no posts" in verify(case).faults[0].what


def test_recomputing_leaves_the_case_alone(case: Case) -> None:
    before = {path: path.read_bytes() for path in files(case)}
    verify(case)
    assert {path: path.read_bytes() for path in files(case)} == before
    assert ledger.torn_tail(case.ledger) == b""
