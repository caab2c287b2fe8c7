"""A name stands for an id that is lacking; on platforms where a name may look like an id, it never meets one."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from inconcert.ingest.reading import open_reading
from inconcert.normalise.named import NAMED
from inconcert.normalise.records import Normalised, normalise


def made(default: str | None, **columns: list[str | None]) -> Normalised:
    rows = len(next(iter(columns.values())))
    fields = {name: pa.array(values, pa.string()) for name, values in columns.items()}
    table = pa.table({**fields, "text": ["a text"] * rows, "row_ref": pa.array(range(1, rows + 1), pa.int64())})
    return normalise(table, import_id="i", file="f", platform=default)


def test_a_name_of_digits_is_not_the_account_of_that_number() -> None:
    found = made("weibo", account_id=["1700000001", None, None], handle=["张三", "1700000001", "@张三"])
    assert found.posts["account_id"].to_pylist() == ["1700000001", "name:1700000001", "name:张三"]
    told = found.rejects.select(["row_ref", "value", "reason", "fatal"]).to_pylist()
    assert told == [
        {"row_ref": 2, "value": "1700000001", "reason": NAMED, "fatal": False},
        {"row_ref": 3, "value": "张三", "reason": NAMED, "fatal": False},
    ]


def test_without_any_ids_it_is_not_told_row_by_row() -> None:
    found = made("微博", handle=["张三", "[deleted]"])
    assert found.posts["account_id"].to_pylist() == ["name:张三"]
    assert found.rejects["fatal"].to_pylist() == [True]


def test_the_record_says_which_platform_it_is_of() -> None:
    found = made(None, platform=["weibo", "reddit"], account_id=[None, None], handle=["u", "u"])
    assert found.posts["account_id"].to_pylist() == ["name:u", "u"]


def test_platforms_that_know_people_by_name_keep_the_name() -> None:
    assert made("twitter", handle=["@somebody"]).posts["account_id"].to_pylist() == ["somebody"]
    assert made(None, handle=["somebody"]).posts["account_id"].to_pylist() == ["somebody"]


def test_a_file_of_weibo_search_without_ids_is_known_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text(
        "id,bid,用户昵称,微博正文,发布时间,发布工具\n1,N1,张三,会议今天,2023-05-01 10:00,iPhone客户端\n", "utf-8"
    )
    reading = open_reading(path)
    assert reading.importer.name == "weibo_search"
    assert any("written name:NAME" in note for note in reading.notes)
