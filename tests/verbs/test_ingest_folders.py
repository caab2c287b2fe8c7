"""Folders and several files at once: all that can be read is read, the rest is told, and names stay apart."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from inconcert.case import Case, create_case
from inconcert.errors import InputError, NotAllRead, UnknownName
from inconcert.verbs import folder_files as walk
from inconcert.verbs.file_labels import FileLabels
from inconcert.verbs.folder_files import folder_files
from inconcert.verbs.ingest import ingest
from inconcert.verbs.native_bytes import import_rows, native_bytes
from inconcert.verbs.rejects import rejects
from inconcert.verbs.verify import verify

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def posts(first: int, last: int) -> str:
    return "id,author,created_at,text,platform\n" + "".join(
        f"{n},u{n % 4},2026-05-01T10:{n % 60:02d}:07Z,The ferry number {n} is late again today,x\n"
        for n in range(first, last)
    )


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return create_case(tmp_path / "case", now=NOW)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "exports"
    (folder / "sub" / "deep").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    (folder / "b.csv").write_text(posts(0, 10))
    (folder / "a.csv").write_text(posts(10, 20))
    (folder / "sub" / "deep" / "a.csv").write_text(posts(20, 30))
    (folder / ".hidden" / "x.csv").write_text(posts(90, 99))
    (folder / ".DS_Store").write_text("x")
    (folder / "README.txt").write_text("about")
    (folder / "sub" / "bad.csv").write_text("foo,bar\n1,2\n")
    (folder / "picture.png").write_bytes(PNG)
    outside = tmp_path / "outside.csv"
    outside.write_text(posts(50, 60))
    (folder / "link.csv").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    create_case(folder / "another-case", now=NOW)
    return folder


def test_a_folder_is_gone_through_and_what_is_left_is_told_by_kind(case: Case, folder: Path) -> None:
    results = ingest(case, [folder], now=NOW)
    assert [result.file for result in results] == ["a.csv (in exports)", "b.csv", "a.csv (in deep)"]
    assert [result.rows_kept for result in results] == [10, 10, 10]
    told = " ".join(results[-1].notes)
    for words in ("exports also holds what was not read", "1 hidden folders (.hidden)", "1 hidden files (.DS_Store)",
                  "2 links (", "1 read-me's (README.txt)", "1 cases of Inconcert (another-case)",
                  "exports/sub/bad.csv has no column that names the author"):  # fmt: skip
        assert words in told
    assert "outside" not in (case.path / "ledger.jsonl").read_text()
    assert str(folder.parent) not in (case.path / "ledger.jsonl").read_text()
    assert all(result.already for result in ingest(case, [folder], now=NOW))
    assert verify(case, recompute=False).intact


def test_pictures_in_a_folder_are_read_with_its_posts(case: Case, tmp_path: Path) -> None:
    image = pytest.importorskip("PIL.Image")
    pytest.importorskip("pdqhash")
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "posts.csv").write_text(posts(0, 10))
    image.effect_noise((64, 64), 80).save(folder / "3.png")
    image.effect_noise((64, 64), 90).save(folder / "unknown.png")
    (result,) = ingest(case, [folder], now=NOW)
    assert result.media is not None
    assert (result.media.files, result.media.matched, result.media.posts) == (2, 1, 1)


def test_a_folder_without_anything_to_read_is_refused_with_what_it_holds(case: Case, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="empty cannot be read: it holds no files"):
        ingest(case, [tmp_path / "empty"], now=NOW)
    (tmp_path / "empty" / "bad.csv").write_text("foo,bar\n1,2\n")
    with pytest.raises(InputError, match=r"empty/bad\.csv has no column that names the author"):
        ingest(case, [tmp_path / "empty"], now=NOW)
    assert case.imports() == {}


def test_a_folder_of_too_many_files_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "FILES_MAX", 3)
    with pytest.raises(InputError, match="holds more than 3 files"):
        folder_files(folder)


def test_one_bad_file_does_not_keep_the_others_from_being_read(case: Case, tmp_path: Path) -> None:
    good, bad, absent, last = (tmp_path / name for name in ("good.csv", "bad.csv", "absent.csv", "last.csv"))
    good.write_text(posts(0, 5))
    bad.write_text("foo,bar\n1,2\n")
    last.write_text(posts(5, 9))
    with pytest.raises(NotAllRead, match=r"2 of the files given could not be read") as partly:
        ingest(case, [good, bad, absent, last], now=NOW)
    assert partly.value.exit_code == 1
    assert [result.file for result in partly.value.done] == ["good.csv", "last.csv"]
    assert list(partly.value.failures) == [str(bad), str(absent)]
    assert "--map account_id=COLUMN" in partly.value.failures[str(bad)]
    assert len(case.imports()) == 2
    assert verify(case, recompute=False).intact
    with pytest.raises(InputError, match="None of the 2 files given can be read"):
        ingest(case, [bad, absent], now=NOW)
    with pytest.raises(UnknownName, match="format"):
        ingest(case, [good, bad], format="nonsense", now=NOW)


def test_files_of_one_name_are_told_apart_in_the_case_by_their_folders(case: Case, tmp_path: Path) -> None:
    paths = [tmp_path / name / "posts.csv" for name in ("one", "two", "three/two")]
    for place, path in enumerate(paths):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(posts(10 * place, 10 * place + 10) + "1,2\n")
    names = [ingest(case, [path], now=NOW)[0].file for path in paths]
    assert names == ["posts.csv", "posts.csv (in two)", "posts.csv (in three › two)"]
    paths[0].write_text(posts(40, 50))
    assert [one.file for one in ingest(case, [paths[0]], now=NOW)] == ["posts.csv (in one)"]
    paths[1].write_text(posts(50, 60))  # the same place in the end, in another state
    assert ingest(case, [paths[1]], now=NOW)[0].file.startswith("posts.csv (in ")
    files = [row["file"] for row in import_rows(case).values()]
    assert len(files) == len({*files}) == 5
    assert rejects(case, "posts.csv", now=NOW).rows == 1  # by that very name
    assert rejects(case, "posts.csv (in two)", now=NOW).rows == 1
    for row in import_rows(case).values():
        assert [number for number, _ in native_bytes(case, row, [1])] == [1]


def test_archives_of_one_name_are_told_apart_and_their_records_found(case: Case, tmp_path: Path) -> None:
    paths = [tmp_path / name / "export.zip" for name in ("one", "two")]
    for place, path in enumerate(paths):
        path.parent.mkdir()
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("posts.csv", posts(10 * place, 10 * place + 10))
    results = ingest(case, paths, now=NOW)
    assert [one.file for one in results] == ["export.zip (in one)/posts.csv", "export.zip (in two)/posts.csv"]
    for row in import_rows(case).values():
        ((_, content),) = native_bytes(case, row, [1])
        assert b"The ferry number" in content


def test_a_label_never_holds_more_than_three_folders() -> None:
    labels = FileLabels([], [Path(f"/cases/of/mine/{n}/a/b/c/x.csv") for n in (1, 2, 3)])
    told = [labels.of(Path(f"/cases/of/mine/{n}/a/b/c/x.csv"), str(n)) for n in (1, 2, 3)]
    assert told == ["x.csv (in c)", "x.csv (in b › c)", "x.csv (in a › b › c)"]
    assert labels.of(Path("/cases/of/mine/4/a/b/c/x.csv"), "4") == "x.csv (in c, 2)"
    assert labels.of(Path("/elsewhere/x.csv"), "1") == told[0]


def test_an_unknown_platform_and_missing_companions_are_told_with_the_remedy(case: Case, tmp_path: Path) -> None:
    file = tmp_path / "posts.csv"
    file.write_text(
        "id,author,created_at,text\n" + "".join(f"{n},u{n},2026-05-01T10:00:0{n}Z,some words {n}\n" for n in range(4))
    )
    (result,) = ingest(case, [file], now=NOW)
    assert any("Which platform" in note and "--platform" in note for note in result.notes)
    sample = next(Path(__file__).parents[1].glob("contract/importers/x_io_archive.*"))
    (tweets,) = ingest(case, [sample], now=NOW)
    assert any("also has a file of users" in note for note in tweets.notes)
    users = next(Path(__file__).parents[1].glob("contract/importers/x_io_archive_users.*"))
    (described,) = ingest(case, [users], now=NOW)
    assert not any("Ingest" in note for note in described.notes)


def test_dates_of_either_order_are_read_as_the_user_says_and_counted(case: Case, tmp_path: Path) -> None:
    file = tmp_path / "dates.csv"
    rows = "".join(f"{n},u{n},{n}/4/2026 10:00:05,words that are long enough {n},x\n" for n in range(1, 9))
    file.write_text(
        "id,author,created_at,text,platform\n" + rows + "9,u9,25/4/2026 10:00:05,words that are long enough 9,x\n"
    )
    (result,) = ingest(case, [file], day_first=False, now=NOW)
    note = next(note for note in result.notes if "3/4/2024" in note)
    assert "7 dates" in note
    assert "month first, as you said" in note
    assert "can only have the day first" in note
    times = {str(time)[:10] for part in case.parts("posts") for time in pq.read_table(part)["created_at"].to_pylist()}
    assert {"2026-01-04", "2026-08-04", "2026-04-25"} <= times
