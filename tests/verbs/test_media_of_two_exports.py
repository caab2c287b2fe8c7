"""Two exports that use one name for their pictures: another picture is no evidence, and an equal one is, by its bytes."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from inconcert.case import Case, create_case
from inconcert.verbs.copies import copies
from inconcert.verbs.import_media import import_media
from inconcert.verbs.ingest import ingest

Image = pytest.importorskip("PIL.Image")

NOW = datetime(2026, 11, 21, tzinfo=UTC)
NAME = "photos/photo_1.jpg"


def picture(seed: int) -> bytes:
    coarse = np.random.default_rng(seed).integers(0, 255, (12, 12, 3), dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(coarse).resize((192, 192)).save(out, "JPEG")
    return out.getvalue()


def export(folder: Path, chat: int, seed: int) -> Path:
    """A channel as Telegram Desktop exports it, of one post with a picture."""
    (folder / "photos").mkdir(parents=True)
    (folder / NAME).write_bytes(picture(seed))
    message = {
        "id": 1, "type": "message", "date": "2024-06-01T10:00:05", "date_unixtime": str(1717236005 + chat), "from": f"N{chat}",
        "from_id": f"channel{chat}", "photo": NAME, "text": f"Words of the channel {chat} that nobody else has.",
    }  # fmt: skip
    file = folder / "result.json"
    file.write_text(json.dumps({"name": f"N{chat}", "type": "public_channel", "id": chat, "messages": [message]}))
    return file


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return create_case(tmp_path / "case", now=NOW)


def media_actions(case: Case, kind: str = "media") -> list[tuple[str, str]]:
    rows = pa.concat_tables([pq.read_table(part) for part in case.parts("actions")]).to_pylist()
    return sorted((row["account_id"], row["object_id"]) for row in rows if row["kind"] == kind)


def carried(case: Case) -> set[tuple[str, str]]:
    return {
        (row["account_id"], row["sha256"]) for part in case.parts("media") for row in pq.read_table(part).to_pylist()
    }


@pytest.mark.parametrize("how", ["file by file", "together", "a folder"])
@pytest.mark.parametrize("equal", [False, True])
def test_each_picture_is_of_its_own_export(tmp_path: Path, case: Case, how: str, equal: bool) -> None:
    files = [export(tmp_path / "all" / f"chat_{chat}", chat, seed=1 if equal else chat) for chat in (1, 2)]
    given = {"file by file": [[file] for file in files], "together": [files], "a folder": [[tmp_path / "all"]]}[how]
    for some in given:
        ingest(case, some, now=NOW)
    (one, its), (other, others) = media_actions(case)
    assert one != other
    assert its != others
    assert len(carried(case)) == 2
    assert len({sha256 for _, sha256 in carried(case)}) == (1 if equal else 2)
    clusters = copies(case).table("picture_clusters").to_pylist()
    assert [cluster["accounts"] for cluster in clusters] == ([2] if equal else [])


def test_a_folder_that_may_be_of_either_is_of_neither(tmp_path: Path, case: Case) -> None:
    files = [export(tmp_path / f"chat_{chat}", chat, seed=chat) for chat in (1, 2)]
    for file in files:
        (file.parent / NAME).rename(file.parent / "kept.jpg")
    ingest(case, files, now=NOW)
    (tmp_path / "loose" / "photos").mkdir(parents=True)
    (tmp_path / "loose" / NAME).write_bytes(picture(1))
    read = import_media(case, tmp_path / "loose")
    assert (read.matched, read.set_aside) == (0, 1)
    assert f"its name fits 2 media ids, '{NAME}' among them" in read.reject_examples[0]
    (first, *_) = case.imports("case")
    of_one = import_media(case, tmp_path / "loose", of=[first])
    assert of_one.matched == 1
    assert len(carried(case)) == 1


def test_names_in_two_tables_are_two_pictures_and_in_one_table_one(tmp_path: Path, case: Case) -> None:
    for letter in "ab":
        rows = "".join(f"{letter}{n},{letter}{n},2024-06-01T10:00:0{n}Z,words {n},IMG-0001.jpg\n" for n in range(2))
        (tmp_path / f"{letter}.csv").write_text(f"id,author,created_at,text,media\n{rows}")
    ingest(case, [tmp_path / "a.csv", tmp_path / "b.csv"], now=NOW)
    objects = dict(media_actions(case))
    assert objects["a0"] == objects["a1"] != objects["b0"] == objects["b1"]
