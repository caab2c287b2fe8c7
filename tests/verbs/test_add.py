"""`add`: lists, events, storylines and followers become tables of the case; what cannot be used is set aside and said."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from inconcert.case import Case, create_case
from inconcert.cli.add import command
from inconcert.cli.outcome import Outcome
from inconcert.errors import InputError, UnknownName
from inconcert.normalise.given.events import read_span
from inconcert.verbs.add import add
from inconcert.verbs.import_given import GIVEN
from inconcert.verbs.verify import verify

NOW = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return create_case(tmp_path / "case", now=NOW)


def write(file: Path, header: Sequence[str], *lines: Sequence[Any]) -> Path:
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([header, *lines])
    return file


def table(case: Case, name: str) -> list[dict[str, Any]]:
    return [row for part in case.parts(name, GIVEN) for row in pq.read_table(part).to_pylist()]


def test_a_list_has_roles_in_its_rows_or_from_the_command(case: Case, tmp_path: Path):
    mixed = write(
        tmp_path / "who.csv", ["handle", "role", "platform"],
        ["@Outlet", "overt", "x"], ["paper", "INDEPENDENT", ""], ["", "overt", "x"], ["odd", "enemy", ""],
    )  # fmt: skip
    (done,) = add(case, lists=[mixed], now=NOW)
    assert done.tables == {"lists": 2}
    assert done.rows_rejected == 2
    assert any("enemy" in example for example in done.reject_examples)
    assert [(r["handle"], r["role"], r["list"], r["row_ref"]) for r in table(case, "lists")] == [
        ("Outlet", "overt", "who", 1), ("paper", "independent", "who", 2),
    ]  # fmt: skip
    plain = write(tmp_path / "set.csv", ["account_id"], ["1"], ["2"])
    add(case, lists=[plain], role="suspected", list_name="set one", now=NOW)
    assert {(r["account_id"], r["role"], r["list"]) for r in table(case, "lists") if r["list"] == "set one"} == {
        ("1", "suspected", "set one"), ("2", "suspected", "set one"),
    }  # fmt: skip


def test_the_same_file_again_is_left_alone_and_the_case_stays_intact(case: Case, tmp_path: Path):
    events = write(tmp_path / "events.csv", ["title", "date"], ["a report", "2022-02-23"])
    (first,), (again,) = add(case, events=[events], now=NOW), add(case, events=[events], now=NOW)
    assert (first.already, again.already) == (False, True)
    assert len(case.imports(GIVEN)) == 1
    # imports of posts are another thing: no run is outdated by a list
    assert case.imports() == {}
    assert verify(case).intact


@pytest.mark.parametrize(
    ("written", "first", "last", "precision"),
    [
        ("2022-02-23", "2022-02-23", "2022-02-24", "day"),
        ("2022-12", "2022-12-01", "2023-01-01", "month"),
        ("2021", "2021-01-01", "2022-01-01", "year"),
        ("2013/2014", "2013-01-01", "2015-01-01", "year"),
        ("2022-11-15/2022-11-19", "2022-11-15", "2022-11-20", "day"),
        ("2022-02-23T15:38:00Z", "2022-02-23T15:38:00", "2022-02-23T15:38:01", "s"),
        ("2022-02-23 15:38", "2022-02-23T15:38:00", "2022-02-23T15:39:00", "min"),
    ],
)
def test_a_date_stays_as_coarse_as_it_was_given(written: str, first: str, last: str, precision: str):
    def us(moment: str) -> int:
        return round(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp()) * 1_000_000

    assert read_span(written) == (us(first), us(last), precision)


@pytest.mark.parametrize(
    "written", ["soon", "1700", "2022-13", "0000-00-00", "2014/2013", "9" * 500, "2022-02-30", "/"]
)
def test_what_is_no_date_has_a_reason(written: str):
    assert isinstance(read_span(written), str)


def test_storylines_take_titles_from_their_narrative_and_mark_puns(case: Case, tmp_path: Path):
    file = write(
        tmp_path / "told.csv", ["id", "kind", "original", "storyline", "gloss", "direction", "note", "language", "date"],
        ["N1", "narrative", "", "", "the sea is empty", "pushed", "", "en", ""],
        ["T1", "hashtag", "#大海空了", "N1", "the sea is empty", "pushed", "", "zh", ""],
        ["T2", "hashtag", "#Matrix", "", "film title", "pushed", "a film title used as pun", "en", ""],
        ["E1", "event", "", "", "a report", "", "", "en", "2022-02"],
        ["C1", "concept", "", "", "an idea", "", "", "en", ""],
    )  # fmt: skip
    (done,) = add(case, storylines=[file], now=NOW)
    assert done.tables == {"storylines": 2, "events": 1}
    assert [(r["storyline"], r["title"], r["pattern"], r["direction"]) for r in table(case, "storylines")] == [
        ("N1", "the sea is empty", "大海空了", "pushed"), ("T2", "film title", "matrix", "pun"),
    ]  # fmt: skip
    assert [r["precision"] for r in table(case, "events")] == ["month"]
    assert done.rows_rejected == 1


def test_a_storyline_is_called_by_its_title_or_else_by_its_name_and_not_by_one_of_its_signs(case: Case, tmp_path: Path):
    file = write(
        tmp_path / "told.csv", ["id", "kind", "pattern", "storyline", "title", "gloss"],
        ["T1", "phrase", "an empire of hackers", "hacker empire", "", "said in 2022"],
        ["T2", "hashtag", "#Matrix", "hacker empire", "", "a film"],
        ["T3", "phrase", "the sea is empty", "sea", "The empty sea", ""],
        ["T4", "hashtag", "#大海空了", "sea", "", "a pun"],
        ["T5", "phrase", "as T1 has it", "T1", "", "by a row's id"],
    )  # fmt: skip
    add(case, storylines=[file], now=NOW)
    assert [(r["storyline"], r["title"]) for r in table(case, "storylines")] == [
        ("hacker empire", "hacker empire"), ("hacker empire", "hacker empire"), ("sea", "The empty sea"), ("sea", "The empty sea"),
        ("T1", "by a row's id"),
    ]  # fmt: skip


def test_followers_without_positions_are_in_the_order_of_the_file(case: Case, tmp_path: Path):
    file = write(
        tmp_path / "f.csv",
        ["follower_id", "created_at"],
        ["3", "2020-01-01"],
        ["1", "2019-01-01"],
        ["", ""],
        ["2", "?"],
    )
    (done,) = add(case, follows=[file], followed="star", now=NOW)
    assert (done.tables, done.rows_rejected) == ({"follows": 3}, 1)
    found = table(case, "follows")
    assert [(r["followed_id"], r["follower_id"]) for r in sorted(found, key=lambda r: r["position"])] == [
        ("star", "3"), ("star", "1"), ("star", "2"),
    ]  # fmt: skip
    assert [r["follower_created_us"] is None for r in found] == [False, False, True]
    add(case, follows=[file], followed="moon", newest_first=True, now=NOW)
    turned = [r for r in table(case, "follows") if r["followed_id"] == "moon"]
    assert [r["follower_id"] for r in sorted(turned, key=lambda r: r["position"])] == ["2", "1", "3"]


def test_what_cannot_be_used_is_refused_before_anything_is_written(case: Case, tmp_path: Path):
    with pytest.raises(InputError, match="No file was given"):
        add(case, now=NOW)
    with pytest.raises(UnknownName, match="role of a list"):
        add(case, lists=[tmp_path / "x.csv"], role="enemies", now=NOW)
    strange = write(tmp_path / "strange.csv", ["colour"], ["red"])
    good = write(tmp_path / "good.csv", ["title", "date"], ["a", "2022"])
    with pytest.raises(InputError, match=r"strange\.csv has no column that could be title.*It has: colour"):
        add(case, events=[good, strange], now=NOW)
    assert case.imports(GIVEN) == {}
    empty = write(tmp_path / "undated.csv", ["title", "date"], ["a", "soon"])
    with pytest.raises(InputError, match=r"holds no events that can be used: 1 records.*row 1, date"):
        add(case, events=[empty], now=NOW)


def test_times_of_day_are_in_the_zone_that_the_user_says_and_days_are_days(case: Case, tmp_path: Path):
    events = write(
        tmp_path / "events.csv", ["title", "date"],
        ["here", "2022-02-23 08:00:00"], ["said", "2022-02-23T08:00:00Z"], ["day", "2022-02-23"], ["month", "2022-02"],
    )  # fmt: skip
    follows = write(
        tmp_path / "follows.csv", ["follower_id", "followed_id", "follower_created_at"],
        ["1", "9", "2022-02-23 08:00:00"], ["2", "9", "2022-02-23"],
    )  # fmt: skip
    add(case, events=[events], follows=[follows], zone="Asia/Shanghai", now=NOW)
    day = 1_645_574_400
    starts = {row["title"]: row["first_us"] // 1_000_000 for row in table(case, "events")}
    assert starts == {"here": day, "said": day + 8 * 3600, "day": day, "month": 1_643_673_600}
    made = {row["follower_id"]: row["follower_created_us"] // 1_000_000 for row in table(case, "follows")}
    assert made == {"1": day, "2": day}
    with pytest.raises(UnknownName, match="time zone"):
        add(case, events=[events], zone="Asia/Shangha", now=NOW)
    utc, *_ = add(case, events=[events], now=NOW)
    assert not utc.already


def test_private_messages_and_credentials_are_refused_and_masked_if_insisted(case: Case, tmp_path: Path):
    secret = "s3cr3tS3CR3Ts3cr3tS3CR3T"
    tokens = write(
        tmp_path / "who.csv", ["handle", "role", "access_token", "source"],
        ["ann", "overt", secret, f"ghp_{'a1B2' * 9}"], ["bob", "enemy", secret, ""],
    )  # fmt: skip
    mails = write(tmp_path / "mails.csv", ["from", "to", "subject", "date", "title"], ["a", "b", "c", "2022", "d"])
    good = write(tmp_path / "good.csv", ["title", "date"], ["a", "2022"])
    for arguments, kind in (({"lists": [tokens]}, "live credentials"), ({"events": [good, mails]}, "private messages")):
        with pytest.raises(InputError, match=f"looks as if it held {kind}.*--insist-private"):
            add(case, **arguments, now=NOW)
    assert not [path for path in (case.path / "raw").rglob("*") if path.is_file()]
    (done,) = add(case, lists=[tokens], insist_private=True, now=NOW)
    assert any("live credentials (a token of GitHub, in line 2)" in note for note in done.notes)
    (row,) = table(case, "lists")
    assert row["source"] == "ghp_… (40 characters)"
    kept = [path.read_bytes() for path in case.path.rglob("*") if path.is_file() and "raw" not in path.parts]
    assert not any(b"ghp_a1B2" in content for content in kept)
    (wrote,) = [one for one in case.statements() if one.about == f"data/{done.import_id}"]
    assert wrote.value["insisted"].startswith("live credentials")


def test_hostile_files_break_nothing(case: Case, tmp_path: Path):
    evil = write(
        tmp_path / "evil.csv", ["title", "date", "note"],
        ["=HYPERLINK(1)\x01\u202e<script>", "2022-02-23", "x" * 200_000], ["b", "2022-02-23\x00", "'"],
    )  # fmt: skip
    (done,) = add(case, events=[evil], now=NOW)
    assert done.tables["events"] >= 1
    assert table(case, "events")[0]["title"].startswith("=HYPERLINK")


@pytest.mark.data
def test_the_reference_narratives_load_with_their_gloss(case: Case, shared_data: Path):
    file = shared_data.parent / "reference" / "narratives.csv"
    (done,) = add(case, storylines=[file], now=NOW)
    assert done.tables["events"] >= 60
    tags = {r["pattern"]: r for r in table(case, "storylines") if r["kind"] == "hashtag"}
    assert len(tags) == 24
    assert tags["黑客帝国"]["direction"] == "pun"
    assert tags["genocidegames"]["direction"] == "targeted"
    assert all(tag["gloss"] for tag in tags.values())


def test_the_command_says_what_was_read(case: Case, tmp_path: Path):
    events = write(tmp_path / "events.csv", ["title", "date"], ["a", "2022-02-23"], ["b", "soon"])
    printed = CliRunner().invoke(command, [str(case.path), "--events", str(events)], obj=Outcome())
    assert printed.exit_code == 0, printed.output
    assert "events.csv: 1 event\n" in printed.stdout
    assert "1 of 2 records set aside" in printed.stdout
    as_json = CliRunner().invoke(command, [str(case.path), "--events", str(events), "--json"], obj=Outcome())
    assert json.loads(as_json.stdout)[0]["already"] is True


def test_records_without_ids_of_two_files_stay_apart(case: Case, tmp_path: Path):
    for name, title in (("a.csv", "Earthquake"), ("b.csv", "Election")):
        add(case, events=[write(tmp_path / name, ["title", "date"], [title, "2024-03-05"])], now=NOW)
        add(case, storylines=[write(tmp_path / f"s{name}", ["kind", "pattern"], ["phrase", title])], now=NOW)
    assert len({row["event_id"] for row in table(case, "events")}) == 2
    assert len({row["storyline"] for row in table(case, "storylines")}) == 2


def test_a_pattern_of_a_megabyte_is_set_aside_and_the_rest_kept(case: Case, tmp_path: Path):
    file = write(tmp_path / "s.csv", ["kind", "pattern"], ["phrase", "x" * 100_000], ["phrase", "the sea is empty"])
    (done,) = add(case, storylines=[file], now=NOW)
    assert (done.tables, done.rows_rejected) == ({"storylines": 1}, 1)
