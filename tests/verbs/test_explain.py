"""`explain`: accounts by any of their names, posts with their times and words, and one reading by its number."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from inconcert.case import Case, create_case
from inconcert.cli.explain import command
from inconcert.cli.terminal import plain
from inconcert.errors import InputError, UnknownName
from inconcert.verbs.called import account_called
from inconcert.verbs.detect import detect
from inconcert.verbs.explain import explain
from inconcert.verbs.explained_reading import reading_number
from inconcert.verbs.ingest import ingest

from .conftest import record, rows

HOSTILE = "\u202ehidden https://evil.example/x <b>\n" + "long " * 200
WITNESSES = {"kind", "object_id", "source_post_id", "target_post_id", "gap_us", "popularity", "chance"}


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """Accounts 100 to 111; 100 and 101 share five posts a few seconds apart; 104 and 105 bear one handle; runs by hand."""
    folder = tmp_path_factory.mktemp("explain")
    with (folder / "posts.csv").open("w", newline="", encoding="utf-8") as out:
        sheet = csv.writer(out)
        sheet.writerow(["post_id", "account_id", "handle", "created_at", "text", "shared_id"])
        for n in range(5):
            for i in range(12):
                if i < 2 or (i + n) % 3 == 0:
                    text = HOSTILE if (n, i) == (0, 0) else f"post {n} of {i}"
                    handle = "Twin" if i in (4, 5) else f"Name_{i}"
                    at = f"2024-03-0{n + 1}T10:0{min(i, 9)}:0{i % 10}Z"
                    sheet.writerow([f"p{n}-{i}", str(100 + i), handle, at, text, f"s{n}"])
        sheet.writerow(["q", "200", "silent", "2024-03-01T00:00:00Z", "too short", ""])
    case = create_case(folder / "case", now=datetime(2026, 11, 21, tzinfo=UTC))
    ingest(case, [folder / "posts.csv"], now=datetime(2026, 11, 21, tzinfo=UTC))
    detected = detect(case)
    clustered = record(
        case,
        "cluster",
        [detected.id],
        {
            "groups": rows(
                "groups",
                {"group_id": "G1", "level": "L1", "size": 2},
                {"group_id": "G2", "level": "L0", "size": 2},
            ),
            "members": rows(
                "members",
                {"group_id": "G1", "account_id": "101", "n_partners": 3},
                {"group_id": "G1", "account_id": "100", "n_partners": 1},
                {"group_id": "G2", "account_id": "103", "n_partners": 1},
            ),
        },
    )
    measured = {
        "reading": 2, "indicator": "handles", "measure": "default-handle", "family": "creation", "subject": "group", "subject_id": "G1",
        "group_id": "G1", "state": "found", "n": 2, "unit": "accounts", "value": 0.5, "low": 0.1, "high": 0.9, "scale": "share",
        "control": 0.02, "n_control": 40, "p_value": 0.0004, "q_value": 0.002, "says": "1 of 2 is one. They are inauthentic.",
    }  # fmt: skip
    refused = {
        "reading": 1, "indicator": "no-such", "measure": "m", "subject": "account", "subject_id": "100", "state": "too little",
        "unit": "posts", "scale": "share", "says": "Too little to say: 3 posts; it needs 9.", "lacking": "3 posts; it needs 9",
    }  # fmt: skip
    tables = {
        "indicators": rows("indicators", refused, measured),
        "indicator_witnesses": rows(
            "indicator_witnesses",
            {"reading": 2, "account_id": "100", "post_id": "p0-0", "why": "its handle https://evil.example"},
            {"reading": 2, "account_id": "101", "post_id": None, "why": "its age"},
            {"reading": 7, "account_id": "109", "post_id": None, "why": "of another"},
        ),
        "standings": rows("standings", {"group_id": "G1", "level": "L1", "families": "[]", "why_not_higher": ""}),
    }
    record(case, "indicators", [clustered.id], tables)
    return case


def shown(case: Case, *arguments: str) -> Result:
    return CliRunner().invoke(command, [str(case.path), *arguments])


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("100", "100"), ("G1-01", "101"), ("g1-2", "100"), ("name_3", "103"), ("@Name_3", "103"), ("NAME_0", "100"),
    ],
)  # fmt: skip
def test_an_account_goes_by_its_id_its_name_in_the_report_or_its_handle(case: Case, name: str, id: str) -> None:
    other = "110" if id != "110" else "111"
    found = explain(case, other, name)
    assert {found.source, found.target} == {id, other}
    assert found.asked == ({} if name == id else {id: name})
    assert f"  {name} is {id}" in shown(case, name, other).output or name == id


def test_a_handle_of_several_lists_them_and_unknown_ones_are_refused(case: Case) -> None:
    with pytest.raises(
        InputError, match=r"'twin' may be any of 2 accounts: 104 \(by its handle\), 105 \(by its handle\)"
    ):
        explain(case, "twin", "100")
    for name in ("nobody", "G1-03", "G2-01", "A-01x", ""):  # G2 is at L0, where no account has a name
        with pytest.raises(UnknownName):
            explain(case, name, "100")
    with pytest.raises(InputError, match="'silent' is the account 200, which did nothing"):
        explain(case, "silent", "100")
    with pytest.raises(InputError, match="'G1-02' and '@name_0' are one account"):
        explain(case, "G1-02", "@name_0")
    with pytest.raises(InputError, match="'100' was given twice"):
        explain(case, "100", "100")


def test_an_id_goes_before_a_handle_that_reads_the_same(case: Case) -> None:
    import pyarrow as pa

    assert account_called(case, "Twin", pa.array(["Twin", "104"])) == "Twin"


def test_the_posts_are_told_with_their_time_and_the_beginning_of_their_words(case: Case) -> None:
    found = explain(case, "100", "101")
    told = plain(found)
    assert set(told["witnesses"][0]) >= WITNESSES
    ids = {(row[f"{side}_post_id"], row[side]) for row in told["witnesses"] for side in ("source", "target")}
    assert {(post.post_id, post.account_id) for post in found.posts} == ids
    lines = shown(case, "100", "101").output.splitlines()
    assert "     2024-03-02 10:01:01 UTC  101: post 1 of 1" in lines
    hostile = next(line for line in lines if "hidden" in line)
    assert "⟨U+202E⟩hidden hxxps://evil[.]example/x <b> long" in hostile
    assert hostile.endswith("…")
    assert len(hostile) < 220
    assert not set("".join(lines)) & set("\u202e\x00")


@pytest.mark.parametrize(
    ("text", "number"), [("I2", 2), ("i2.13", 2), ("I", None), ("2", None), ("G1-01", None), ("I2 ", None)]
)
def test_the_number_of_a_reading(text: str, number: int | None) -> None:
    assert reading_number(text) == number


def test_a_reading_is_told_with_its_control_chance_and_what_it_rests_on(case: Case) -> None:
    found = explain(case, "I2")
    assert [(w.number, w.account_id, w.post_id) for w in found.witnesses] == [
        ("I2.1", "100", "p0-0"),
        ("I2.2", "101", None),
    ]
    output = shown(case, "I2.1").output
    for line in (
        "I2: handles, default-handle; group G1",
        "  50% (95% interval 10% to 90%)",
        "  control 2% of 40",
        "  sample 2 accounts",
        "  q = 0.002",
        "  p = 0.0004",
        "it may also be",
        "rests on: 2 named",
        "  I2.1 100: its handle hxxps://evil.example",
        "  I2.2 101: its age",
    ):
        assert line in output.splitlines()
    assert "That is more than chance explains (q = 0.002)." in " ".join(output.split())
    assert "2024-03-01 10:00:00 UTC  post p0-0: ⟨U+202E⟩hidden" in output
    assert "inauthentic" not in output  # the group stands at L1
    assert "of another" not in output


def test_a_reading_with_too_little_has_no_number(case: Case) -> None:
    output = shown(case, "I1").output
    assert "Too little to say: 3 posts; it needs 9." in output
    assert "p =" not in output
    assert "rests on: no single post or account" in output


def test_a_number_no_reading_has_is_refused(case: Case, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="has no reading I3; it has 2"):
        explain(case, "I3")
    with pytest.raises(InputError, match="is no reading, such as I12, no group and no set"):
        explain(case, "100")
    with pytest.raises(InputError, match="has no indicators run"):
        explain(create_case(tmp_path / "empty", now=datetime(2026, 11, 21, tzinfo=UTC)), "I1")
