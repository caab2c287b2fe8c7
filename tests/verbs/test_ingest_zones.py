"""Times without a zone: read as the user or the tool says, else as UTC with that doubt, which stays with the import."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from inconcert.case import Case, create_case
from inconcert.errors import InputError, UnknownName
from inconcert.ingest import reading
from inconcert.verbs.import_result import ImportResult
from inconcert.verbs.ingest import ingest

NOW = datetime(2026, 11, 21, tzinfo=UTC)
WEIBO = Path(__file__).parent.parent / "contract" / "importers" / "weibo_search.csv"
LONG = "these words are long enough to be compared"
HEAD = "id,author,created_at,account_created_at,text\n"


@pytest.fixture
def take(tmp_path: Path) -> Callable[..., tuple[ImportResult, Case]]:
    def _take(content: str, **options: Any) -> tuple[ImportResult, Case]:
        case = create_case(tmp_path / f"case{len(list(tmp_path.iterdir()))}", now=NOW)
        (tmp_path / "posts.csv").write_text(content)
        (result,) = ingest(case, [tmp_path / "posts.csv"], now=NOW, **options)
        return result, case

    return _take


def column(case: Case, table: str, name: str) -> list[Any]:
    return [value for part in case.parts(table) for value in pq.read_table(part)[name].to_pylist()]


def test_the_users_zone_moves_what_has_none_and_belongs_to_the_import(take: Callable[..., Any]) -> None:
    lines = f"1,a,2024-06-01 10:00:05,2019-05-01,{LONG}\n2,b,2024-06-01T10:00:00Z,2019-05-02,{LONG}\n"
    moved, case = take(HEAD + lines, zone="Asia/Shanghai")
    plain, utc = take(HEAD + lines)
    assert [time.hour for time in column(case, "posts", "created_at")] == [2, 10]
    assert column(case, "posts", "time_zone_source") == ["given", "stated"]
    assert column(utc, "posts", "time_zone_source") == ["assumed-utc", "stated"]
    # a day is no moment: it stays the day that was written
    assert [time.hour for time in column(case, "accounts", "created_at")] == [0, 0]
    assert moved.import_id != plain.import_id
    assert column(case, "imports", "zone") == ["Asia/Shanghai"]
    assert column(utc, "imports", "zone") == [None]
    assert [note for note in moved.notes if "1 of 2 posts" in note and "Asia/Shanghai, as you said" in note]
    assert [note for note in plain.notes if "1 of 2 posts" in note and "UTC was assumed" in note and "--zone" in note]


def test_the_same_file_in_another_zone_is_refused(take: Callable[..., Any], tmp_path: Path) -> None:
    _, case = take(HEAD + f"1,a,2024-06-01 10:00:05,,{LONG}\n", zone="Asia/Shanghai")
    (again,) = ingest(case, [tmp_path / "posts.csv"], zone="Asia/Shanghai", now=NOW)
    assert again.already
    with pytest.raises(InputError, match="another time zone"):
        ingest(case, [tmp_path / "posts.csv"], now=NOW)
    with pytest.raises(UnknownName, match="Did you mean 'Europe/Berlin'"):
        ingest(case, [tmp_path / "posts.csv"], zone="Europe/Berln", now=NOW)


def test_times_with_a_zone_carry_no_doubt(take: Callable[..., Any]) -> None:
    result, _ = take(HEAD + f"1,a,2024-06-01T10:00:05Z,,{LONG}\n2,b,1717236000,,{LONG}\n", platform="x")
    assert result.notes == ()


def test_a_tool_that_always_writes_one_zone_is_read_in_it_unless_the_user_knows_better(tmp_path: Path) -> None:
    case, other = (create_case(tmp_path / name, now=NOW) for name in ("case", "other"))
    (own,) = ingest(case, [WEIBO], now=NOW)
    (given,) = ingest(other, [WEIBO], zone="America/New_York", now=NOW)
    assert set(column(case, "posts", "time_zone_source")) == {"source"}
    assert set(column(other, "posts", "time_zone_source")) == {"given"}
    apart = {
        (b - a).total_seconds()
        for a, b in zip(column(case, "posts", "created_at"), column(other, "posts", "created_at"), strict=True)
    }
    assert apart <= {12 * 3600, 13 * 3600}
    assert [note for note in own.notes if "Asia/Shanghai, in which such files are written" in note]
    assert [note for note in given.notes if "Such files ordinarily have them in Asia/Shanghai" in note]


def test_a_file_of_days_stays_a_file_of_days_whatever_the_batches(
    take: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "BATCH_ROWS", 1)
    days = "".join(f"{n},a{n},2024-06-0{n} 00:00:00,,{LONG}\n" for n in range(1, 5))
    result, case = take(HEAD + days, zone="Asia/Shanghai")
    assert result.precision == "day"
    assert [time.day for time in column(case, "posts", "created_at")] == [1, 2, 3, 4]
    # the fifth record has a time of day, so the others are midnights of that place: the whole file decides
    result, case = take(HEAD + days + f"5,a5,2024-06-05 12:00:00,,{LONG}\n", zone="Asia/Shanghai")
    assert [time.hour for time in column(case, "posts", "created_at")] == [16, 16, 16, 16, 4]


def test_times_that_the_clocks_of_a_place_skipped_or_showed_twice_are_told(take: Callable[..., Any]) -> None:
    result, case = take(
        HEAD + f"1,a,2024-03-31 02:30:00,,{LONG}\n2,b,2024-10-27 02:30:00,,{LONG}\n3,c,2024-07-01 02:30:00,,{LONG}\n",
        zone="Europe/Berlin",
    )
    assert [time and time.hour for time in column(case, "posts", "created_at")] == [None, 0, 0]
    reasons = dict(zip(column(case, "rejects", "row_ref"), column(case, "rejects", "reason"), strict=True))
    assert "never was" in reasons[1]
    assert "twice" in reasons[2]
    assert (result.rows_kept, result.rows_rejected) == (3, 0)


def test_the_times_of_other_tables_are_moved_too_and_days_stay(tmp_path: Path) -> None:
    case = create_case(tmp_path / "case", now=NOW)
    (tmp_path / "documents.csv").write_text(
        "title,text,gloss,language,date\n"
        "one,原文一,gloss,zh,2024-06-01 10:00\ntwo,原文二,gloss,zh,2024-06-02\nthree,原文三,gloss,zh,2024-06-03T10:00:00Z\n"
    )
    (result,) = ingest(case, [tmp_path / "documents.csv"], zone="Asia/Shanghai", now=NOW)
    assert result.tables == {"documents": 3}
    published = [
        time for part in case.parts("documents", "given") for time in pq.read_table(part)["published_at"].to_pylist()
    ]
    assert [(time.day, time.hour) for time in published] == [(1, 2), (2, 0), (3, 10)]
