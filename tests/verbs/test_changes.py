"""`changes`: what differs between captures is a fact with both witnesses, and nothing else is."""

from __future__ import annotations

import csv
import itertools
import json
import random
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inconcert.case import Case, create_case
from inconcert.cli.changes import command
from inconcert.errors import InputError, UnknownName
from inconcert.schema import CHANGE_KINDS
from inconcert.verbs.changes import changes
from inconcert.verbs.export import export
from inconcert.verbs.ingest import ingest

NOW = datetime(2026, 11, 21, tzinfo=UTC)
LONG = "these words are long enough to be compared"
MAPPING = {
    name: name
    for name in (
        "post_id", "account_id", "handle", "display_name", "bio", "account_created_at", "followers", "account_status", "created_at",
        "text", "deleted", "observed_at", "platform", "likes",
    )
}  # fmt: skip
Row = Mapping[str, str]
Take = Callable[[Sequence[Row]], str]


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return create_case(tmp_path / "case", now=NOW)


@pytest.fixture
def take(tmp_path: Path, case: Case) -> Take:
    """Read rows of a made-up table into the case as one file; the id of the import."""
    files: list[Path] = []

    def _take(rows: Sequence[Row]) -> str:
        files.append(tmp_path / f"capture{len(files)}.csv")
        return read(case, rows, files[-1])

    return _take


def read(case: Case, rows: Sequence[Row], file: Path) -> str:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    used = {name: column for name, column in MAPPING.items() if column in columns}
    (result,) = ingest(case, [file], mapping=used, now=NOW)
    return result.import_id


def post(id: str, **more: str) -> Row:
    return {"post_id": id, "account_id": "a", "created_at": "2024-01-01T10:00:00Z", "text": LONG, **more}


def told(case: Case, **options: Any) -> list[tuple[str, str | None, str | None, str]]:
    rows = changes(case, limit=0, **options).rows.to_pylist()
    return [(row["kind"], row["before"], row["after"], row["ordered_by"]) for row in rows]


def test_every_kind_of_change_is_told_with_both_witnesses(case: Case, take: Take) -> None:
    before = {
        "handle": "one", "display_name": "One", "bio": "old", "account_created_at": "2019-05-04T10:00:00Z", "followers": "900",
        "observed_at": "2024-02-01T00:00:00Z",
    }  # fmt: skip
    after = {
        "handle": "@two", "display_name": "Two", "bio": "new", "account_created_at": "2020-05-04T10:00:00Z", "followers": "9000",
        "account_status": "suspended", "observed_at": "2024-03-01T00:00:00Z",
    }  # fmt: skip
    first = take([post("1", **before), post("2", **before)])
    second = take([post("1", **after) | {"text": "other words"}, post("2", **after, deleted="true")])
    third = take(
        [post("2", **after, deleted="false") | {"account_status": "active", "observed_at": "2024-04-01T00:00:00Z"}]
    )
    found = changes(case)
    rows = {row["kind"]: row for row in found.rows.to_pylist()}
    assert {kind: (row["before"], row["after"]) for kind, row in rows.items()} == {
        "handle": ("one", "@two"),
        "display-name": ("One", "Two"),
        "bio": ("old", "new"),
        "created-at": ("2019-05-04T10:00:00Z", "2020-05-04T10:00:00Z"),
        "followers": ("900", "9000"),
        "account-suspended": (None, "suspended"),
        "account-restored": ("suspended", "active"),
        "post-edited": (LONG, "other words"),
        "post-deleted": (None, "deleted"),
        "post-restored": ("deleted", "there"),
    }
    assert found.counts == dict.fromkeys((kind for kind in CHANGE_KINDS if kind in rows), 1)
    assert (found.accounts, found.posts, found.imports) == (1, 2, 3)
    assert {row["ordered_by"] for row in rows.values()} == {"captured"}
    witnesses = {kind: (row["before_import_id"], row["before_row_ref"], row["after_import_id"], row["after_row_ref"]) for kind, row in rows.items()}  # fmt: skip
    assert witnesses["handle"] == witnesses["post-edited"] == (first, 1, second, 1)
    assert witnesses["post-deleted"] == (first, 2, second, 2)
    assert witnesses["account-restored"] == (second, 1, third, 1)
    assert (rows["handle"]["platform"], rows["handle"]["account_id"], rows["handle"]["post_id"]) == (
        "unknown",
        "a",
        None,
    )
    assert rows["post-edited"]["post_id"] == "1"


def test_captures_are_in_the_order_of_their_times_whichever_file_was_read_first(case: Case, take: Take) -> None:
    take([post("1", handle="late", observed_at="2024-06-01T00:00:00Z")])
    take([post("1", handle="early", observed_at="2024-05-01T00:00:00Z") | {"text": "as it was"}])
    assert told(case) == [("handle", "early", "late", "captured"), ("post-edited", "as it was", LONG, "captured")]


def test_without_times_the_order_is_that_of_reading_and_within_a_file_it_is_unknown(case: Case, take: Take) -> None:
    take([post("1", handle="one"), post("2", handle="two")])
    take([post("3", handle="three"), post("4", handle="one")])
    assert told(case) == [("handle", "one", "two", "unknown"), ("handle", "two", "three", "imported")]


def test_what_is_missing_or_said_otherwise_is_no_change(case: Case, take: Take) -> None:
    take([
        post("1", handle="@One", account_created_at="2019-05-04", followers="10", bio="words "),
        post("2", account_id="b", account_created_at="2019-05-01"), post("3", account_id="c", deleted="false"),
    ])  # fmt: skip
    take([
        post("1", handle="one", account_created_at="2019-05-04T20:00:00Z", followers="900", bio=" words"),
        post("2", account_id="b", account_created_at="2019-05-20T09:30:00Z"),
    ])  # fmt: skip
    take([post("1", likes="7"), post("9", account_id="c")])
    assert told(case) == []


def test_jumps_of_followers_are_those_asked_for(case: Case, take: Take) -> None:
    take(
        [
            post(str(day), followers=str(n), observed_at=f"2024-01-0{day}T00:00:00Z")
            for day, n in enumerate((500, 1400, 1500, 700), 1)
        ]
    )
    assert told(case) == []
    found = told(case, follower_least=800)
    assert found == [("followers", "500", "1400", "captured"), ("followers", "1500", "700", "captured")]
    assert told(case, follower_factor=2.5, follower_least=0) == [("followers", "500", "1400", "captured")]


def test_one_kind_one_account_and_what_is_wrong(case: Case, take: Take) -> None:
    with pytest.raises(InputError, match="holds no posts"):
        changes(case)
    take([post("1", handle="one", bio="x"), post("2", account_id="b", handle="other")])
    take([post("1", handle="uno", bio="y"), post("2", account_id="b", handle="another")])
    assert told(case, kinds=["handle"], accounts=["@Uno"]) == [("handle", "one", "uno", "imported")]
    assert told(case, kinds=["bio"], accounts=["b"]) == []
    assert changes(case, limit=1).counts == {"handle": 2, "bio": 1}
    assert len(changes(case, limit=1).rows) == 2
    with pytest.raises(UnknownName, match="handles"):
        changes(case, kinds=["handles"])
    with pytest.raises(InputError, match="nobody"):
        changes(case, accounts=["nobody"])
    with pytest.raises(InputError, match="at least 1"):
        changes(case, follower_factor=float("nan"))


def test_the_command_says_what_is_known_and_hides_nothing(case: Case, take: Take, tmp_path: Path) -> None:
    first = take([post("1", display_name="Ann\u202e", bio="see http://e.example/x")])
    take([post("1", display_name="=1+1\x07", bio="b" * 500)])
    done = CliRunner().invoke(command, [str(case.path)], obj=None)
    assert done.exit_code == 0, done.output
    assert "2 changes of 1 accounts, from 2 files" in done.output
    assert f"- Ann⟨U+202E⟩   [{first}:1]" in done.output
    assert "hxxp://e.example" in done.output
    assert "order in which the files were read" in done.output
    assert max(map(len, done.output.splitlines())) < 260
    as_json = json.loads(CliRunner().invoke(command, [str(case.path), "--json", "--kind", "bio"], obj=None).output)
    assert as_json["counts"] == {"bio": 1}
    assert as_json["rows"][0]["after"] == "b" * 500
    export(case, tmp_path / "changes.csv")
    with (tmp_path / "changes.csv").open(encoding="utf-8-sig", newline="") as out:
        (named,) = [row for row in csv.DictReader(out) if row["kind"] == "display-name"]
    assert not named["after"].startswith("=")


CAPTURES = st.lists(
    st.tuples(st.sampled_from("ab"), st.integers(0, 9), st.sampled_from("xyz")), min_size=1, max_size=12
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(captures=CAPTURES, cut=st.integers(0, 12), seed=st.integers(0, 9))
def test_timed_changes_are_those_of_a_slow_reading_in_any_order(
    captures: list[tuple[str, int, str]], cut: int, seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """One handle a moment: records in any order, split over two files, give the changes along the moments."""
    known = {(account, day): handle for account, day, handle in captures}
    expected = []
    for account in "ab":
        along = [handle for (whose, _), handle in sorted(known.items()) if whose == account]
        expected += [(account, a, b) for a, b in itertools.pairwise(along) if a != b]
    rows = [
        post(f"{account}{day}", account_id=account, handle=handle, observed_at=f"2024-01-1{day}T00:00:00Z")
        for (account, day), handle in known.items()
    ]
    random.Random(seed).shuffle(rows)
    folder = tmp_path_factory.mktemp("captures")
    case = create_case(folder / "case", now=NOW)
    for number, part in enumerate((rows[:cut], rows[cut:])):
        if part:
            read(case, part, folder / f"{number}.csv")
    found = changes(case, limit=0).rows
    assert isinstance(found, pa.Table)
    said = [(row["account_id"], row["before"], row["after"]) for row in found.to_pylist()]
    alongs = [[handle for (whose, _), handle in sorted(known.items()) if whose == account] for account in "ab"]
    if all(len(along) == len(set(along)) for along in alongs):
        assert said == expected
    # within one file a description that comes back is one row, so of handles that return only some changes are seen
    captured = {(account, handle) for (account, _), handle in known.items()}
    assert {(account, handle) for account, *both in said for handle in both} <= captured
    assert {account for account, *_ in said} == {account for account, *_ in expected}
