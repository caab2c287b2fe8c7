"""A database of weibo-crawler or weibo-search is the same posts as CSV and as one JSON object a row."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from inconcert.ingest.reading import open_reading

ROWS = [
    {
        "id": "5040000000000001", "bid": "OaAaAaAa1", "user_id": "1700000001", "screen_name": "张三", "text": "原来的话",
        "article_url": "https://example.org/a", "topics": "会议,北京", "at_users": "李四", "pics": "https://example.org/1.jpg",
        "video_url": "", "location": "广州", "created_at": "2024-06-03 10:00:00", "source": "iPhone客户端",
        "attitudes_count": "1", "comments_count": "2", "reposts_count": "3", "retweet_id": "", "ip": "江苏",
    },
    {
        "id": "5040000000000002", "bid": "OaAaAaAa2", "user_id": "1700000002", "screen_name": "李四", "text": "转发微博",
        "article_url": "", "topics": "", "at_users": "", "pics": "", "video_url": "https://example.org/v.mp4", "location": "",
        "created_at": "2024-06-03 10:01:00", "source": "", "attitudes_count": "0", "comments_count": "0", "reposts_count": "0",
        "retweet_id": "5040000000000001", "ip": "发布于 广东",
    },
]  # fmt: skip


def read(path: Path) -> list[dict[str, str]]:
    reading = open_reading(path)
    assert (reading.importer.name, reading.importer.zone) == ("weibo_crawler_database", "Asia/Shanghai")
    rows = [row for batch in reading.batches() for row in batch.fields.to_pylist()]
    return [{name: value for name, value in row.items() if value is not None and name != "media"} for row in rows]


def test_rows_and_objects_agree(tmp_path: Path) -> None:
    with (tmp_path / "weibo.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(ROWS[0]))
        writer.writeheader()
        writer.writerows(ROWS)
    (tmp_path / "weibo.jsonl").write_text("\n".join(map(json.dumps, ROWS)), encoding="utf-8")
    found = read(tmp_path / "weibo.csv")
    assert found == read(tmp_path / "weibo.jsonl")
    assert [row["ip_region"] for row in found] == ["江苏", "广东"]
    assert found[1]["shared_id"] == found[0]["post_id"] == "5040000000000001"
