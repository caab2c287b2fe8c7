"""A case with missing or damaged tables claims nothing, and says which file and what to do."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from inconcert.case import open_case
from inconcert.cli.detect import command as detect
from inconcert.errors import CaseError
from inconcert.verbs.ingest import ingest
from inconcert.verbs.init import init
from inconcert.verbs.investigate import investigate
from inconcert.verbs.report import report

from .worlds import write_posts

NOW = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("damaged")
    return investigate([write_posts(folder / "posts.csv", ring=True)], case=folder / "case", now=NOW).case


@pytest.mark.parametrize("name", ["posts.parquet", "actions.parquet"])
def test_a_missing_table_is_no_empty_one(whole: Path, tmp_path: Path, name: str) -> None:
    copy = Path(shutil.copytree(whole, tmp_path / "copy"))
    next(copy.glob(f"data/*/{name}")).unlink()
    with pytest.raises(CaseError, match=f"{name} is missing"):
        open_case(copy).parts(name.removesuffix(".parquet"))
    if name == "posts.parquet":
        with pytest.raises(CaseError, match="is missing, though the ledger says it was written"):
            report(open_case(copy))


def test_a_damaged_table_of_a_run_names_its_folder(whole: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(whole, tmp_path / "copy"))
    edges = next(copy.glob("runs/*/edges.parquet"))
    edges.write_bytes(edges.read_bytes()[:300])
    with pytest.raises(CaseError, match="Delete the folder"):
        open_case(copy).run("detect").table("edges")  # type: ignore[union-attr]


def test_a_file_name_that_is_no_utf_8_is_read(tmp_path: Path) -> None:
    file = write_posts(tmp_path / "posts.csv", ring=False).rename(tmp_path / "b\udcffad.csv")
    (done,) = ingest(init(tmp_path / "case", now=NOW), [file], now=NOW)
    assert (done.file, done.rows_kept > 0) == ("b\ufffdad.csv", True)


def test_a_window_of_a_million_years_is_refused() -> None:
    result = CliRunner().invoke(detect, ["case", "--window", "999999999999h"])
    assert result.exit_code == 2
    assert "not a length of time" in result.output
