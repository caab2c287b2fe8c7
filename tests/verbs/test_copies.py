"""`copies` in a case: clusters become objects, a control takes them away, and hostile text does no harm."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from inconcert.case import Case, create_case
from inconcert.cli.command import inconcert as command
from inconcert.cli.outcome import Outcome
from inconcert.synthetic.crowd import Crowd
from inconcert.synthetic.operations import Operation
from inconcert.synthetic.scenarios import Scenario
from inconcert.synthetic.world import World, build, write
from inconcert.verbs.copies import copies
from inconcert.verbs.detect import detect
from inconcert.verbs.ingest import ingest

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ONE = "The harbour council of Hollin Quay paid for the flood wall three times, and nobody was asked about it"
OTHER = ONE.replace("Hollin Quay", "Tarrowby")


def case_of(folder: Path, rows: list[tuple[str, str]], control: list[tuple[str, str]] = ()) -> Case:
    """A case of (account, text) posts, one a minute, and of a control."""
    case = create_case(folder / "case", now=NOW)
    for name, posts in (("case", rows), ("control", control)):
        if posts:
            with (folder / f"{name}.jsonl").open("w", encoding="utf-8") as out:
                for i, (account, text) in enumerate(posts):
                    record = {
                        "post_id": f"{name}{i}",
                        "account_id": account,
                        "created_at": 1_700_000_000 + 60 * i,
                        "text": text,
                    }
                    out.write(json.dumps(record) + "\n")
            ingest(case, [folder / f"{name}.jsonl"], role=name, now=NOW)
    return case


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> tuple[World, Path]:
    operation = Operation(n_accounts=12, n_objects=20, kinds=("text",), rewording=0.15, cover=0.5)
    made = build(Scenario(name="w", about="", crowd=Crowd(n_accounts=150, n_posts=800), groups=(operation,)), 3)
    file = tmp_path_factory.mktemp("copies") / "posts.csv"
    write(made, file)
    return made, file


def test_reworded_texts_of_an_operation_become_objects_of_its_own(world: tuple[World, Path], tmp_path: Path) -> None:
    made, file = world
    case = create_case(tmp_path / "case", now=NOW)
    ingest(case, [file], now=NOW)
    run = copies(case)
    unit = dict(zip(made.truth["account_id"].to_pylist(), made.truth["unit"].to_pylist(), strict=True))
    accounts = defaultdict(list)
    for row in run.table("near_actions").to_pylist():
        accounts[row["object_id"]].append(unit[row["account_id"]])
    pushed = [units for units in accounts.values() if units.count("operation") >= 2]
    assert len(pushed) >= 16, "of the twenty texts, each in several wordings"
    assert len(run.table("rewrites")) >= sum(n - 1 for n in run.table("copy_clusters")["texts"].to_pylist()) * 0.9
    assert set(run.table("languages")["language"].to_pylist()) & {"en", "zh-Hans", "ru"}
    assert copies(case).already
    assert run.id in detect(case).info["inputs"]
    assert run.id not in detect(case, kinds=["url", "text"]).info["inputs"], "nobody asked for near-identical texts"


def test_what_the_control_posted_is_no_object(tmp_path: Path) -> None:
    posts = [("a", ONE), ("b", OTHER), ("c", ONE)]
    (tmp_path / "alone").mkdir()
    (tmp_path / "held").mkdir()
    alone = copies(case_of(tmp_path / "alone", posts))
    held = copies(case_of(tmp_path / "held", posts, [("k", ONE), ("l", OTHER.replace("three", "four"))]))
    assert len(alone.table("near_actions")) == 3
    assert len(held.table("near_actions")) == 0
    assert held.table("copy_clusters")["ordinary"].to_pylist() == ["in the control"]
    assert len(held.table("near_actions_control")) == 2


def test_a_case_without_comparable_texts_says_nothing_and_fails_nowhere(tmp_path: Path) -> None:
    run = copies(case_of(tmp_path, [("a", "no"), ("b", "yes"), ("c", "")]))
    assert {name: run.info["tables"][name] for name in ("copy_clusters", "copies", "near_actions", "templates")} == {
        "copy_clusters": 0, "copies": 0, "near_actions": 0, "templates": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("hostile", "same"),
    [
        ("\u202e" + ONE + "\u202c", True),
        ("\u200b".join(ONE), True),
        (ONE.replace("a", "a" + "\u0301" * 40), True),
        ("<script>alert(1)</script> " + ONE, True),
        ("=HYPERLINK(1) " + ONE, True),
        ("x" * 1_000_000, False),
        ("\ud800" + ONE, True),
        ("\x00\x01" + ONE + "\x7f", True),
        ("🚢" * 5_000, False),
        ("ﷺ" * 2_000, False),
    ],
    ids=[
        "bidi",
        "zero width",
        "marks",
        "markup",
        "formula",
        "a long word",
        "surrogate",
        "control",
        "emoji",
        "ligatures",
    ],
)
def test_hostile_texts(hostile: str, same: bool, tmp_path: Path) -> None:
    run = copies(case_of(tmp_path, [("a", ONE), ("b", OTHER), ("c", hostile)]))
    (cluster,) = [row for row in run.table("copy_clusters").to_pylist() if row["accounts"] >= 2]
    assert cluster["accounts"] == (3 if same else 2)


def test_the_command_lists_the_largest_and_hides_nothing(tmp_path: Path) -> None:
    case = case_of(tmp_path, [("a", ONE), ("b", "\u202e" + OTHER + " https://a.example/x")])
    result = CliRunner().invoke(command, ["copies", str(case.path)], obj=Outcome())
    assert result.exit_code == 0, result.output
    assert "T1: 2 accounts, 2 posts, 2 wordings, en" in result.output
    assert "\u202e" not in result.output
    assert "https://" not in result.output
    machine = CliRunner().invoke(command, ["copies", str(case.path), "--json"], obj=Outcome())
    found = json.loads(machine.stdout)
    assert [text["cluster_id"] for text in found["largest"]["texts"]] == ["T1"]


def test_posts_of_two_platforms_meet(tmp_path: Path) -> None:
    case = create_case(tmp_path / "case", now=NOW)
    for platform, text in (("x", ONE), ("weibo", OTHER)):
        with (tmp_path / f"{platform}.csv").open("w", newline="") as out:
            writer = csv.writer(out)
            writer.writerows(
                [["post_id", "account_id", "created_at", "text"], ["1", platform + "1", "2026-05-01T10:00:00Z", text]]
            )
        ingest(case, [tmp_path / f"{platform}.csv"], platform=platform, now=NOW)
    (cluster,) = copies(case).table("copy_clusters").to_pylist()
    assert (cluster["accounts"], cluster["platforms"]) == (2, "twitter,weibo")
