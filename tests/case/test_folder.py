"""Originals, parts and runs: what goes in comes out, once, in a fixed order."""

from __future__ import annotations

import hashlib
import itertools
import os
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.case import Case, Run, open_case, run_id, write_parquet
from inconcert.errors import CaseError, CustodyError, InputError, SchemaError, UnknownName

CALIBRATION = pa.table({"copy": pa.array([0], pa.int32()), "edges": [3], "accounts": [4], "groups": [1]})


def record(case: Case, *, alpha: float = 0.01, verb: str = "detect", inputs: tuple[str, ...] = ("i1",)) -> Run:
    return case.record_run(
        verb, parameters={"alpha": alpha, "seed": 1}, inputs=inputs, versions={"inconcert": "0.1.0"}, seed=1,
        engine="duckdb", tables={"calibration": CALIBRATION}, counts={"edges": 3}, duration_s=1.5,
    )  # fmt: skip


def add_import(case: Case, id: str, role: str) -> None:
    with case.writing("data", id) as folder:
        pq.write_table(pa.table({"role": [role]}), folder / "imports.parquet")
        pq.write_table(pa.table({"post_id": [id]}), folder / "posts.parquet")


def test_an_original_is_stored_once_and_never_writable(case: Case, tmp_path: Path) -> None:
    file, twin = tmp_path / "posts.csv", tmp_path / "twin.csv"
    file.write_bytes(b"a,b\n1,2\n")
    twin.write_bytes(b"a,b\n1,2\n")
    sha256 = case.store_original(file)
    assert sha256 == hashlib.sha256(b"a,b\n1,2\n").hexdigest() == case.store_original(twin)
    stored = case.original(sha256)
    assert stored == case.path / "raw" / "sha256" / sha256[:2] / sha256
    assert stored.read_bytes() == b"a,b\n1,2\n"
    assert stored.stat().st_mode & 0o222 == 0
    assert [s.value["file"] for s in case.statements() if s.says == "stored"] == ["posts.csv"]
    assert list((case.path / ".scratch").iterdir()) == []


def test_originals_of_one_size_are_told_apart(case: Case, tmp_path: Path) -> None:
    for content in (b"one", b"two"):
        (tmp_path / "x").write_bytes(content)
        assert case.original(case.store_original(tmp_path / "x")).read_bytes() == content


def test_a_stored_original_that_was_cut_is_noticed(case: Case, tmp_path: Path) -> None:
    file = tmp_path / "posts.csv"
    file.write_bytes(b"a,b\n1,2\n")
    stored = case.original(case.store_original(file))
    stored.chmod(0o644)
    stored.write_bytes(b"a,b\n")
    with pytest.raises(CustodyError, match="no longer matches"):
        case.store_original(file)


def test_what_is_no_ordinary_file_is_refused(case: Case, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="not an ordinary file"):
        case.store_original(tmp_path / "pipe")
    with pytest.raises(InputError, match="is a folder"):
        case.store_original(tmp_path)
    with pytest.raises(InputError, match="cannot be read"):
        case.store_original(tmp_path / "absent")
    with pytest.raises(CaseError, match="no original"):
        case.original("00" * 32)


def test_parts_are_found_by_role_in_the_order_of_their_ids(case: Case) -> None:
    for id, role in (("ff", "case"), ("0a", "case"), ("77", "control")):
        add_import(case, id, role)
    assert case.imports() == {"0a": "case", "77": "control", "ff": "case"}
    assert case.parts("posts") == [case.path / "data" / id / "posts.parquet" for id in ("0a", "ff")]
    assert case.parts("posts", role="control") == [case.path / "data" / "77" / "posts.parquet"]
    assert case.parts("actions") == []


def test_an_import_that_lost_its_description_is_not_passed_over(case: Case) -> None:
    add_import(case, "0a", "case")
    (case.path / "data" / "0a" / "imports.parquet").unlink()
    with pytest.raises(CaseError, match="0a is damaged"):
        case.parts("posts")


def test_a_part_that_fails_leaves_nothing(case: Case) -> None:
    def fail() -> None:
        with case.writing("data", "i1") as folder:
            (folder / "posts.parquet").write_bytes(b"half")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert not (case.path / "data").exists()
    assert list((case.path / ".scratch").iterdir()) == []
    assert [s.about for s in case.statements()] == ["case.toml"]


def test_a_part_is_never_overwritten_the_report_is(case: Case) -> None:
    add_import(case, "i1", "case")
    with pytest.raises(CaseError, match="exists already"):
        add_import(case, "i1", "case")
    for text in ("old", "new"):
        with case.writing("report", "") as folder:
            (folder / f"{text}.html").write_text(text)
    assert [path.name for path in (case.path / "report").iterdir()] == ["new.html"]
    assert list((case.path / ".scratch").iterdir()) == []


def test_the_ledger_holds_the_hash_of_every_file_of_a_part(case: Case) -> None:
    with case.writing("report", "", {"zone": "UTC"}) as folder:
        (folder / "img").mkdir()
        (folder / "img" / "é.svg").write_bytes(b"<svg/>")
    said = case.statements()[-1]
    digest = hashlib.sha256(b"<svg/>").hexdigest()
    assert (said.about, said.says) == ("report", "wrote")
    assert said.value == {"zone": "UTC", "files": {"img/é.svg": {"sha256": digest, "bytes": 6}}}


def test_a_run_comes_back_as_recorded(case: Case, now: datetime) -> None:
    made = record(Case(case.path, lambda: now))
    run = open_case(case.path).run("detect")
    assert run == made
    assert run is not None
    assert (run.id, run.at, run.duration_s) == (
        run_id("detect", {"seed": 1, "alpha": 0.01}, ["i1"], {"inconcert": "0.1.0"}), now, 1.5
    )  # fmt: skip
    assert run.info["counts"] == {"edges": 3}
    assert run.tables == ["calibration"]
    assert run.table("calibration").to_pylist() == [{"copy": 0, "edges": 3, "accounts": 4, "groups": 1}]
    assert case.run("cluster") is None
    with pytest.raises(UnknownName):
        run.table("edges")


def test_a_run_holds_no_clock(case: Case) -> None:
    run = record(case)
    text = (run.path / "run.json").read_text()
    assert "duration" not in text
    assert '"at"' not in text


def test_the_run_last_asked_for_is_the_newest(case: Case) -> None:
    first, second = record(case), record(case, alpha=0.05)
    assert case.run("detect") == second
    known = case.known_run(first.id)
    assert known is not None
    assert known.already
    assert case.run("detect") == first
    statements = len(case.statements())
    case.known_run(first.id)
    assert len(case.statements()) == statements
    assert case.known_run("0" * 16) is None


def test_a_deleted_run_can_be_made_again(case: Case) -> None:
    run = record(case)
    for path in run.path.iterdir():
        path.unlink()
    run.path.rmdir()
    assert case.known_run(run.id) is None
    assert record(case).id == run.id


def test_a_run_must_keep_to_the_schema_and_state_its_seed(case: Case) -> None:
    wrong = {"parameters": {"seed": 1}, "inputs": [], "versions": {}, "seed": 1, "engine": "", "counts": {}}
    with pytest.raises(SchemaError, match="lacks the column 'accounts'"):
        case.record_run(
            "detect", tables={"calibration": CALIBRATION.drop_columns("accounts")}, duration_s=0, **wrong
        )  # fmt: skip
    with pytest.raises(ValueError, match="seed"):
        case.record_run("detect", tables={}, duration_s=0, **{**wrong, "seed": 2})
    assert case.runs() == []


def test_run_ids_depend_on_everything_but_the_order_of_inputs() -> None:
    base = run_id("detect", {"a": 1}, ["x", "y"], {"numpy": "2"})
    assert base == run_id("detect", {"a": 1}, ["y", "x"], {"numpy": "2"})
    others = [
        run_id("cluster", {"a": 1}, ["x", "y"], {"numpy": "2"}),
        run_id("detect", {"a": 2}, ["x", "y"], {"numpy": "2"}),
        run_id("detect", {"a": 1}, ["x"], {"numpy": "2"}),
        run_id("detect", {"a": 1}, ["x", "y"], {"numpy": "3"}),
    ]
    assert len({base, *others}) == 5


@given(
    values=st.lists(st.tuples(st.text() | st.none(), st.floats() | st.none(), st.integers(0, 9)), max_size=30),
    cuts=st.lists(st.integers(0, 30), max_size=4),
)
def test_parquet_bytes_depend_on_the_table_only(
    tmp_path_factory: pytest.TempPathFactory, values: list[tuple[str | None, float | None, int]], cuts: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("parquet")
    names, types = ["s", "f", "i"], [pa.string(), pa.float64(), pa.int32()]
    whole = pa.table([pa.array([v[i] for v in values], types[i]) for i in range(3)], names=names)
    edges = [0, *sorted(min(cut, len(values)) for cut in cuts), len(values)]
    chunked = pa.concat_tables([whole.slice(a, b - a) for a, b in itertools.pairwise(edges)])
    write_parquet(whole, folder / "whole")
    write_parquet(chunked.replace_schema_metadata({"pandas": "x"}), folder / "chunked")
    assert (folder / "whole").read_bytes() == (folder / "chunked").read_bytes()
