"""The report carries on what an import left in doubt: times without a zone, and private files that were insisted on."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from inconcert.verbs.investigate import investigate

NOW = datetime(2026, 11, 21, tzinfo=UTC)
LINES = [f"{n},a{n % 4},2024-06-0{1 + n // 9} 10:{n:02}:05,some words on this day number {n}" for n in range(36)]


@pytest.mark.parametrize(("zone", "secret"), [(None, False), ("Asia/Shanghai", True)])
def test_times_without_a_zone_and_private_files_are_told(tmp_path: Path, zone: str | None, secret: bool) -> None:
    head, tail = (
        ("id,author,created_at,text,auth_token\n", ",s3cr3tS3CR3Ts3cr3t\n")
        if secret
        else ("id,author,created_at,text\n", "\n")
    )
    (tmp_path / "posts.csv").write_text(head + tail.join(LINES) + tail)
    summary = investigate([tmp_path / "posts.csv"], case=tmp_path / "case", zone=zone, insist_private=secret, now=NOW)
    page = summary.report.read_text("utf-8")
    assert ("100% of the times are written without a time zone and were taken for UTC" in page) == (zone is None)
    assert ("was read although it looks as if it held live credentials (a column" in page) == secret
    assert "s3cr3t" not in page
