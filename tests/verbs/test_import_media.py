"""Files of pictures and videos find their posts and profiles; what does not belong, or cannot be opened, is counted."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from inconcert import schema
from inconcert.case import Case, create_case
from inconcert.copies.pictures import picture_clusters
from inconcert.errors import InputError
from inconcert.media.hashes import LEAST_QUALITY
from inconcert.synthetic.clips import clip, video
from inconcert.synthetic.pictures import draw, encoded
from inconcert.verbs.import_media import MediaResult, import_media
from inconcert.verbs.ingest import ingest
from inconcert.verbs.media_folder import beside, relative_name
from inconcert.verbs.verify import verify

NOW = datetime(2026, 11, 21, tzinfo=UTC)
PHOTO = draw("photo", 0, 1, 1, 200)
PNG, JPEG = encoded(PHOTO, "PNG"), encoded(PHOTO, "JPEG")
WORDS = "these words are long enough to be compared"


@pytest.fixture
def empty(tmp_path: Path) -> Case:
    return create_case(tmp_path / "case", now=NOW)


@pytest.fixture
def posts(tmp_path: Path, empty: Case) -> Callable[..., Any]:
    """Ingest posts given as (id, author, media, ...)."""

    def _posts(*rows: tuple[str, str, str], name: str = "posts.csv", **options: Any) -> Any:
        lines = ["id,author,created_at,text,media,platform"]
        lines += [
            f"{id},{author},2024-01-01T00:00:{n:02d}Z,{WORDS} {n},{media},x"
            for n, (id, author, media) in enumerate(rows)
        ]
        path = tmp_path / "exports" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(lines))
        (result,) = ingest(empty, [path], now=NOW, **options)
        return result

    return _posts


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """A folder with these files."""

    def _folder(**files: bytes) -> Path:
        place = tmp_path / "pictures"
        for name, data in files.items():
            path = place / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return place

    return _folder


def rows(case: Case, name: str, role: str = "case") -> list[dict[str, Any]]:
    tables = [schema.table(name).check(pq.read_table(part)) for part in case.parts(name, role)]
    return [row for table in tables for row in table.to_pylist()]


def carried_by(case: Case, role: str = "case") -> set[tuple[str, str, str | None, str]]:
    return {(row["file"], row["media_id"], row["post_id"], row["use"]) for row in rows(case, "media", role)}


def test_files_are_found_by_media_ids_addresses_and_post_ids(posts: Callable, folder: Callable, empty: Case) -> None:
    posts(
        ("1", "a", "https://pbs.twimg.com/media/EabcXYZ?format=jpg&name=large"),
        ("2", "b", "https://pbs.twimg.com/media/EabcXYZ?format=png"),
        ("3", "c", "https://e.com/2024/05/cat.jpg"),
        ("4", "d", "deadbeef-0001"),
        ("20000005", "e", ""),
        ("20000006", "f", "https://e.com/v/film.mp4"),
        ("20000007", "g", ""),
    )
    place = folder(**{
        "EabcXYZ.jpg": JPEG, "deep/down/cat.jpg": JPEG, "deadbeef-0001.png": PNG, "20000005.jpg": JPEG,
        "20000005_2.png": PNG, "20000006-film.mp4": video(clip(1, 1, seconds=1)), "20000007-1.gif": encoded(PHOTO, "GIF"),
        "nobody.jpg": JPEG, "200000051.jpg": JPEG, "notes.txt": b"hello",
    })  # fmt: skip
    result = import_media(empty, place)
    sha_jpeg, sha_png = (hashlib.sha256(data).hexdigest() for data in (JPEG, PNG))
    gif = next(row["media_id"] for row in rows(empty, "media") if row["file"] == "20000007-1.gif")
    assert carried_by(empty) == {
        ("EabcXYZ.jpg", "https://pbs.twimg.com/media/EabcXYZ", "1", "post"),
        ("EabcXYZ.jpg", "https://pbs.twimg.com/media/EabcXYZ", "2", "post"),
        ("deep/down/cat.jpg", "https://e.com/2024/05/cat.jpg", "3", "post"),
        ("deadbeef-0001.png", "deadbeef-0001", "4", "post"),
        ("20000005.jpg", sha_jpeg, "20000005", "post"),
        ("20000005_2.png", sha_png, "20000005", "post"),
        ("20000006-film.mp4", "https://e.com/v/film.mp4", "20000006", "post"),
        ("20000007-1.gif", gif, "20000007", "post"),
    }
    assert (result.files, result.matched, result.unmatched, result.set_aside) == (10, 7, 3, 0)
    assert (result.posts, result.accounts, result.already) == (7, 7, False)
    # a file that the export does not name acts as its own hash; what the export names is an action already
    unnamed = [row for row in rows(empty, "actions") if row["kind"] == "media" and len(row["object_id"]) == 64]
    assert {(row["post_id"], row["object_id"]) for row in unnamed} == {
        ("20000005", sha_jpeg), ("20000005", sha_png), ("20000007", gif),
    }  # fmt: skip
    frames = rows(empty, "pictures")
    assert {row["mime"] for row in frames} == {"image/jpeg", "image/png", "image/gif", "video/mp4"}
    assert all(row["quality"] >= LEAST_QUALITY for row in frames)
    assert verify(empty, recompute=False).intact


def test_a_name_that_fits_several_things_is_not_guessed(posts: Callable, folder: Callable, empty: Case) -> None:
    posts(
        ("1", "a", "https://e.com/a/image.jpg"),
        ("2", "b", "https://e.com/b/image.jpg"),
        ("3", "c", "https://e.com/c/1.png"),
    )
    place = folder(**{"image.jpg": JPEG, "b/image.jpg": PNG, "1.jpg": JPEG})
    result = import_media(empty, place)
    assert carried_by(empty) == {
        ("b/image.jpg", "https://e.com/b/image.jpg", "2", "post"),
        ("1.jpg", "https://e.com/a/image.jpg", "1", "post"),  # the only one of its post
    }
    (reject,) = rows(empty, "rejects")
    assert reject["file"] == "image.jpg"
    assert "fits 2 media ids" in reject["reason"]
    assert result.reject_examples == (f"image.jpg: {reject['reason']}",)


def test_profiles_are_found_by_id_and_handle(posts: Callable, folder: Callable, empty: Case) -> None:
    posts(("1", "anna", ""), ("2", "ben", ""))
    place = folder(
        **{"avatars/anna.png": PNG, "x/profile_images/ben.jpg": JPEG, "avatars/nobody.png": PNG, "ben.jpg": JPEG}
    )
    result = import_media(empty, place)
    assert {(row["file"], row["account_id"], row["use"]) for row in rows(empty, "media")} == {
        ("avatars/anna.png", "anna", "avatar"), ("x/profile_images/ben.jpg", "ben", "avatar"),
    }  # fmt: skip
    assert (result.matched, result.unmatched, result.accounts, result.posts) == (2, 2, 2, 0)
    assert [row for row in rows(empty, "actions") if row["kind"] == "media"] == []


def test_hostile_files_are_set_aside_and_the_rest_is_read(posts: Callable, folder: Callable, empty: Case) -> None:
    posts(*((f"{n}", f"a{n}", "") for n in range(1, 8)))
    place = folder(**{
        "1.jpg": JPEG, "2.jpg": b"<svg onload=alert(1)>", "3.png": PNG[:900], "4.png": b"", "5.gif": b"GIF89a/*<script>*/",
    })  # fmt: skip
    (place / "6.jpg").symlink_to("/etc/hostname")
    os.mkfifo(place / "7.jpg")
    result = import_media(empty, place)
    assert {row["file"] for row in rows(empty, "media")} == {"1.jpg"}
    reasons = {row["file"]: row["reason"] for row in rows(empty, "rejects")}
    assert reasons["2.jpg"] == "SVG can hold scripts and is not opened"
    assert reasons["4.png"] == "is empty"
    assert reasons["6.jpg"] == reasons["7.jpg"] == "is a link, or no ordinary file, and is not followed"
    assert set(reasons) == {
        f"{n}.{end}" for n, end in zip(range(2, 8), ("jpg", "png", "png", "gif", "jpg", "jpg"), strict=True)
    }
    assert (result.matched, result.set_aside, result.unmatched) == (1, 6, 0)
    stored = {path.name for path in (empty.path / "raw" / "sha256").glob("*/*")}
    assert len(stored) == 2  # the export and the one picture
    assert verify(empty, recompute=False).intact


def test_reading_again_does_nothing_and_more_files_add_only_themselves(
    posts: Callable, folder: Callable, empty: Case
) -> None:
    posts(("1", "a", ""), ("2", "b", ""))
    place = folder(**{"1.jpg": JPEG, "2.svg": b"<svg>"})
    first, again = import_media(empty, place), import_media(empty, place)
    assert (again.already, again.matched, again.set_aside, again.import_ids) == (True, 1, 1, first.import_ids)
    assert (again.posts, again.pictures) == (0, 0)
    assert len(empty.imports()) == 2
    folder(**{"2_1.png": PNG})
    more = import_media(empty, place)
    assert (more.matched, more.posts, more.pictures, more.already) == (2, 1, 1, False)
    assert len(rows(empty, "media")) == len(rows(empty, "pictures")) == 2
    assert len(rows(empty, "rejects")) == 1
    assert import_media(empty, place).already


def test_the_pictures_of_a_control_are_kept_apart(posts: Callable, folder: Callable, empty: Case) -> None:
    posts(("1", "a", ""), ("2", "b", ""))
    posts(("8", "c", ""), name="control.csv", role="control")
    result = import_media(empty, folder(**{"1.jpg": JPEG, "2.jpg": JPEG, "8.jpg": JPEG}))
    assert len(result.import_ids) == 2
    assert {post for _, _, post, _ in carried_by(empty, "case")} == {"1", "2"}
    assert {post for _, _, post, _ in carried_by(empty, "control")} == {"8"}
    carried = pa.concat_tables(
        pq.read_table(part).append_column("role", pa.array([role] * pq.read_metadata(part).num_rows, pa.string()))
        for role in ("case", "control") for part in empty.parts("media", role)
    )  # fmt: skip
    pictures = pa.concat_tables(
        pq.read_table(part) for role in ("case", "control") for part in empty.parts("pictures", role)
    )
    clusters, _ = picture_clusters(pictures, carried)
    assert [(row["posts"], row["background_accounts"]) for row in clusters.to_pylist()] == [(2, 1)]


def test_a_share_does_not_carry_the_picture_of_another(tmp_path: Path, folder: Callable, empty: Case) -> None:
    export = tmp_path / "shares.csv"
    export.write_text(f"id,author,text,shared_id\n1,a,{WORDS},\n2,b,{WORDS},1\n")
    ingest(empty, [export], now=NOW)
    import_media(empty, folder(**{"1.jpg": JPEG, "2.jpg": JPEG}))
    assert {row["post_id"] for row in rows(empty, "media")} == {"1"}
    assert "its post is a share" in rows(empty, "rejects")[0]["reason"]


def test_what_lies_beside_an_export_is_found(posts: Callable, tmp_path: Path, empty: Case) -> None:
    for name, data in (("images/cat.jpg", JPEG), ("images/film.mov", video(clip(1, 1, seconds=1), format="mov"))):
        (tmp_path / "exports" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "exports" / name).write_bytes(data)
    (tmp_path / "exports" / "images" / "other.jpg").write_bytes(PNG)
    result = posts(("1", "a", "cat.jpg"), ("2", "b", "film.mov"), ("3", "c", "gone.jpg"), ("4", "d", "../secret.jpg"))
    assert isinstance(result.media, MediaResult)
    assert (result.media.files, result.media.matched) == (2, 2)
    assert {(row["file"], row["post_id"]) for row in rows(empty, "media")} == {("cat.jpg", "1"), ("film.mov", "2")}


def test_names_that_lead_elsewhere_are_no_files_beside(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.jpg").write_bytes(PNG)
    export = tmp_path / "in" / "posts.csv"
    names = (
        "../secret.jpg",
        "..\\secret.jpg",
        str(tmp_path / "secret.jpg"),
        "https://e.com/secret.jpg",
        "",
        "a\0b",
        "/",
    )
    assert [relative_name(name) for name in names] == [None] * len(names)
    assert beside(export, names) is None
    (tmp_path / "in" / "media").mkdir()
    (tmp_path / "in" / "media" / "a b.jpg").write_bytes(PNG)
    assert beside(export, ["nothing", "a b.jpg"]) == tmp_path / "in" / "media"


def test_the_folder_of_the_case_itself_is_not_looked_into(posts: Callable, tmp_path: Path, empty: Case) -> None:
    posts(("1", "a", ""))
    (empty.path / "1.jpg").write_bytes(JPEG)
    assert import_media(empty, tmp_path).matched == 0


def test_no_folder_and_a_folder_of_strangers_are_said(
    posts: Callable, tmp_path: Path, folder: Callable, empty: Case
) -> None:
    posts(("1", "a", ""))
    with pytest.raises(InputError, match="is no folder"):
        import_media(empty, tmp_path / "absent")
    result = import_media(empty, folder(**{"zebra.jpg": JPEG}))
    assert (result.unmatched, result.import_ids) == (1, ())
    assert "No file in" in result.notes[0]
    assert len(empty.imports()) == 1


def test_the_command_line_reads_and_says_so(tmp_path: Path, folder: Callable, empty: Case) -> None:
    from inconcert.cli.command import main

    export = tmp_path / "posts.csv"
    export.write_text(f"id,author,text\n1,a,{WORDS}\n2,b,{WORDS}\n")
    place = folder(**{"1.jpg": JPEG, "2.jpg": b"<svg>", "odd.jpg": PNG})
    arguments = ["ingest", str(empty.path), str(export), "--media", str(place)]
    told = run(main, arguments)
    assert "1 of 3 files belong to posts or profiles of the case" in told
    assert "1 files set aside, for instance:\n    2.jpg: SVG can hold scripts and is not opened" in told
    assert "all of them were read before" in run(main, arguments)
    (one,) = json.loads(run(main, [*arguments, "--json"]))
    assert one["media"]["matched"] == 1


def run(main: Any, arguments: list[str]) -> str:
    """What it prints."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.suppress(SystemExit):
        main(arguments)
    return out.getvalue()
