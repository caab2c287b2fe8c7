"""Tables with the Chinese names of columns that scrapers and monitoring services use are read without being told how."""

from __future__ import annotations

import csv
from pathlib import Path

import pyarrow as pa
import pytest

from inconcert.ingest.importer import respelled
from inconcert.ingest.reading import open_reading
from inconcert.ingest.tools.table import TABLE

ROW = {
    "标题": "title", "内容": "text", "作者": "handle", "作者ID": "account_id", "发布时间": "created_at", "点赞": "likes",
    "评论": "replies", "转发": "shares", "阅读量": "views", "链接": "post_url", "话题": "hashtags", "IP属地": "ip_region",
    "发布设备": "client", "发布位置": "place", "图片": "media", "平台": "platform", "采集时间": "observed_at", "粉丝数": "followers",
    "头像": "avatar", "是否转发": "is_share", "@用户": "mentions", "微博ID": "post_id",
}  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_columns_of_a_common_export(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "导出.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*ROW, "来源"])
        writer.writerows([[f"他们说这是我们的第{row}{place}个" for place in range(len(ROW) + 1)] for row in range(3)])
    reading = open_reading(path)
    assert reading.importer is TABLE
    assert {column: field for field, column in reading.mapping.items()} == ROW
    assert reading.unknown_columns == ("来源",)


def test_the_region_is_told_without_the_words_around_it() -> None:
    written = [
        "发布于 江苏",
        "来自江苏",
        "IP属地：江苏",
        "ip属地:江苏",
        "IP 属地 江苏",
        "江苏",
        "IP属地：",
        None,
        "中国香港",
    ]
    assert respelled(TABLE, "ip_region", pa.array(written)).to_pylist() == ["江苏"] * 6 + [None, None, "中国香港"]
