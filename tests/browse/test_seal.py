"""A view that comes with a case from a stranger is not shown, and cannot lead out of the case."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from inconcert.browse.seal import SEAL, seal, sealed
from inconcert.browse.user_secret import BYTES, user_secret
from inconcert.case import Case, open_case
from inconcert.errors import CaseError
from inconcert.verbs.prepare import prepare, prepared

from .test_prepared_search import made

SECRET = bytes(range(BYTES))
POST = {"text": "tea", "account_id": "a", "platform": "x", "day": 1, "tags": {"tea"}}


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return made(tmp_path, [[{**POST, "text": f"tea {n}"} for n in range(9)]], [])


@pytest.fixture
def stranger(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A case as another user prepared it and sent it to us."""
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("XDG_STATE_HOME", str(tmp_path / "their state"))
        view = prepare(case)
        view.close()
        folder = case.path / ".view" / view.key
        with duckdb.connect(folder / "view.duckdb") as con:
            con.execute("UPDATE posts SET text = '<script>alert(1)</script>'")
        seal(folder, folder.name, user_secret())
    return open_case(shutil.copytree(case.path, tmp_path / "sent"))


def test_a_view_of_a_stranger_is_made_again(stranger: Case) -> None:
    assert prepared(stranger) is None
    view = prepare(stranger)
    assert view.rows("SELECT count(*) AS n FROM posts WHERE text LIKE '%script%'") == [{"n": 0}]
    assert prepared(stranger) is view


def test_our_own_view_is_ours_in_a_copy_of_the_case_too(case: Case, tmp_path: Path) -> None:
    key = prepare(case).key
    copied = prepared(open_case(shutil.copytree(case.path, tmp_path / "copy")))
    assert copied is not None
    assert copied.key == key


def written(folder: Path) -> None:
    (folder / "a.npy").write_bytes(b"other")


def linked(folder: Path) -> None:
    (folder / "a.npy").rename(folder.parent / "a.npy")
    (folder / "a.npy").symlink_to(folder.parent / "a.npy")


@pytest.mark.parametrize(
    "change",
    [
        written,
        linked,
        lambda folder: (folder / "a.npy").unlink(),
        lambda folder: (folder / "a.npy").rename(folder / "b.npy"),
        lambda folder: (folder / "view.duckdb.wal").write_bytes(b""),
        lambda folder: (folder / "within").mkdir(),
        lambda folder: (folder / SEAL).unlink(),
        lambda folder: (folder / SEAL).write_text(""),
        lambda folder: (folder / SEAL).write_text("é"),
        lambda folder: (folder / SEAL).open("a").write("0"),
    ],
)
def test_a_seal_speaks_for_every_file_and_no_other(tmp_path: Path, change: Callable[[Path], object]) -> None:
    folder = tmp_path / "view"
    folder.mkdir()
    (folder / "a.npy").write_bytes(b"letters")
    seal(folder, "key", SECRET)
    assert sealed(folder, "key", SECRET)
    assert not sealed(folder, "another key", SECRET)
    assert not sealed(folder, "key", bytes(BYTES))
    change(folder)
    assert not sealed(folder, "key", SECRET)


def test_links_that_a_case_brings_along_lead_nowhere(case: Case, tmp_path: Path) -> None:
    treasure = tmp_path / "home" / "treasure"
    treasure.mkdir(parents=True)
    (treasure / "file").write_text("kept")
    views = case.path / ".view"
    views.symlink_to(treasure.parent)
    with pytest.raises(CaseError, match="is a link"):
        prepare(case)
    views.unlink()
    view = prepare(case)
    shutil.rmtree(views / view.key)
    (views / view.key).symlink_to(treasure)
    (views / ".draft-1").symlink_to(treasure)
    assert prepared(case) is None
    assert not (views / prepare(case).key).is_symlink()
    (views / ".lock").unlink()
    (views / ".lock").symlink_to(treasure / "file")
    shutil.rmtree(views / view.key)
    with pytest.raises(CaseError, match="cannot be written"):
        prepare(case)
    assert [path.name for path in treasure.parent.rglob("*")] == ["treasure", "file"]
    assert (treasure / "file").read_text() == "kept"


def test_the_secret_is_made_once_and_for_its_user_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    secret = user_secret()
    file = tmp_path / "state" / "inconcert" / "key"
    assert user_secret() == secret == file.read_bytes()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["key"]
    monkeypatch.setenv("XDG_STATE_HOME", "state")  # relative: counts as none
    monkeypatch.setenv("HOME", str(tmp_path))
    assert user_secret() != secret
    assert (tmp_path / ".local" / "state" / "inconcert" / "key").is_file()


def test_a_secret_that_cannot_be_kept_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    with pytest.raises(CaseError, match="Set XDG_STATE_HOME"):
        user_secret()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    (tmp_path / "inconcert").mkdir()
    (tmp_path / "inconcert" / "key").write_bytes(b"short")
    with pytest.raises(CaseError, match="holds 5 bytes"):
        user_secret()
