"""`describe` on a small case made by hand: its tables, what it refuses, and that it comes out again byte for byte."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from inconcert import schema
from inconcert.case import Case, Run, create_case, write_parquet
from inconcert.cli.describe import command
from inconcert.cli.outcome import Outcome
from inconcert.errors import InputError
from inconcert.normalise.language import languages as told
from inconcert.normalise.text import text_hash
from inconcert.normalise.text_hashes import text_hashes
from inconcert.progress import silent
from inconcert.verbs.describe import NOT_A_NEW_OWNER, NOT_COPIES, describe
from inconcert.verbs.recompute import AGAIN, recompute_run

from .conftest import NOW, record, rows

START = datetime(2026, 3, 1, tzinfo=UTC)
ENGLISH = "Nobody believes what Mandiant says about the new bridge in the harbour, and I do not either, day {}"
FRENCH = "Personne ne croit ce que la société Mandiant raconte sur le nouveau pont du port, moi non plus, jour {}"
CHINESE = "没有人相信Mandiant公司关于港口新桥的说法，我也不相信，今天是第{}天"
PLAIN = "The weather at the coast stays mild this week and the ferries run on time again, day {}"
WANTED = ("account_languages", "group_languages", "language_switches", "cross_language", "group_avatars")


def post(account: str, day: int, text: str, kind: str = "post") -> dict[str, Any]:
    words = text.format(day)
    return {
        "post_id": f"{account}{day}{kind}", "account_id": account, "platform": "x", "created_at": START + timedelta(days=day),
        "kind": kind, "text": words, "text_hash": text_hash(words),
    }  # fmt: skip


def posts() -> list[dict[str, Any]]:
    return [
        *(post("turned", day, ENGLISH if day < 20 else FRENCH) for day in range(40)),
        *(post("steady", day, CHINESE) for day in range(6)),
        *(post("outside", day, PLAIN) for day in range(8)),
        post("outside", 30, "ok"),
        post("steady", 9, PLAIN, kind="share"),
    ]


def add_import(
    case: Case, id: str, role: str, found: Sequence[Mapping[str, Any]], **others: Sequence[Mapping[str, Any]]
) -> None:
    with case.writing("data", id) as folder:
        for name, its in {
            "imports": [{"import_id": id, "role": role}],
            "posts": found,
            "actions": [],
            **others,
        }.items():
            write_parquet(rows(name, *its), folder / f"{name}.parquet")


def copies_tables(found: Sequence[Mapping[str, Any]], near: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    texts = rows("posts", *found)["text"].combine_chunks()
    table = told(texts).append_column("text_hash", text_hashes(texts))
    known = [row for row in table.to_pylist() if row["text_hash"] is not None]
    return {
        "languages": rows("languages", *{row["text_hash"]: row for row in known}.values()),
        "near_actions": rows("near_actions", *near),
        "near_actions_control": schema.NEAR_ACTIONS_CONTROL.empty(),
        "picture_clusters": schema.PICTURE_CLUSTERS.empty(),
        "picture_copies": schema.PICTURE_COPIES.empty(),
    }


def near(post_id: str, account: str) -> dict[str, Any]:
    return {"account_id": account, "kind": "near_media", "object_id": "P1", "post_id": post_id, "platform": "x"}


def add_runs(case: Case) -> Run:
    """A copies, a detect and a cluster run, each read by the next."""
    pictures = [near("turned1post", "turned"), near("steady2post", "steady")]
    copied = record(case, "copies", list(case.imports()), copies_tables(posts(), pictures))
    detected = record(case, "detect", [*case.imports(), copied.id], {"edges": schema.EDGES.empty()})
    grouped = [{"group_id": "G1", "account_id": id} for id in ("steady", "turned")]
    return record(case, "cluster", [*detected.info["inputs"], detected.id], {"members": rows("members", *grouped)})


@pytest.fixture
def case(tmp_path: Path) -> Case:
    made = create_case(tmp_path / "case", now=NOW)
    add_import(made, "i1", "case", posts())
    add_import(
        made, "i2", "control", [post(f"crowd{n}", n, "mandiant again, says everybody here {}") for n in range(3)]
    )
    add_runs(made)
    return made


def test_the_tables_tell_what_was_planted(case: Case):
    run = describe(case)
    assert set(run.tables) == set(WANTED)
    mix = {(row["account_id"], row["language"]): row["posts"] for row in run.table("account_languages").to_pylist()}
    assert mix == {
        ("turned", "en"): 20, ("turned", "fr"): 20, ("steady", "zh-Hans"): 6, ("outside", "en"): 8, ("outside", "unknown"): 1,
    }  # fmt: skip
    group = {row["language"]: (row["share"], row["share_others"]) for row in run.table("group_languages").to_pylist()}
    assert group == {"en": (20 / 46, 1.0), "fr": (20 / 46, 0.0), "zh-Hans": (6 / 46, 0.0)}
    (switch,) = run.table("language_switches").to_pylist()
    assert (switch["account_id"], switch["group_id"], switch["before"], switch["after"]) == ("turned", "G1", "en", "fr")
    assert switch["at_us"] == int((START + timedelta(days=20)).timestamp()) * 1_000_000
    leads = run.table("cross_language").to_pylist()
    assert [(row["kind"], row["object_id"], row["languages"], row["accounts_others"]) for row in leads] == [
        ("near_media", "P1", "en,zh", 0),
        ("name", "mandiant", "en,fr,zh", 3),
    ]
    assert run.table("group_avatars").num_rows == 0
    assert run.info["notes"] == [NOT_A_NEW_OWNER, NOT_COPIES]
    assert run.info["counts"] == {
        "posts_of_known_language": 54, "posts_of_unknown_language": 1, "languages": 3, "switches_of_language": 1,
        "leads_across_languages": 2,
    }  # fmt: skip


def test_it_is_not_computed_twice_and_comes_out_again(case: Case):
    run = describe(case)
    assert not run.already
    assert describe(case).already
    assert describe(case, alpha=0.001).id != run.id
    again = recompute_run(case, run, AGAIN["describe"], silent)
    assert (again.differs, again.rewritten, dict(again.versions)) == ((), (), {})


def test_profile_pictures_of_the_case_are_described(case: Case):
    def shown(account: str, sha256: str) -> dict[str, Any]:
        return {
            "media_id": sha256,
            "use": "avatar",
            "account_id": account,
            "platform": "x",
            "file": "a.png",
            "sha256": sha256,
        }

    add_import(
        case, "i3", "case", [], media=[shown("turned", "aa"), shown("steady", "aa"), shown("outside", "bb")], faces=[]
    )
    add_runs(case)
    (row,) = describe(case).table("group_avatars").to_pylist()
    assert (row["group_id"], row["accounts"], row["pictures"], row["identical"]) == ("G1", 2, 2, 2)


def test_it_needs_groups_and_says_how_to_get_them(tmp_path: Path, case: Case):
    empty = create_case(tmp_path / "empty", now=NOW)
    with pytest.raises(InputError, match=r"has no cluster run\. Run: inconcert detect"):
        describe(empty)
    with pytest.raises(InputError, match="alpha is 1"):
        describe(case, alpha=1)


def test_posts_that_came_after_the_groups_are_not_passed_over(case: Case):
    add_import(case, "i4", "case", [post("late", 1, PLAIN)])
    with pytest.raises(InputError, match=r"read into the case .* after its cluster run \(imports: 1, first: i4\)"):
        describe(case)
    add_runs(case)
    assert "late" in describe(case).table("account_languages")["account_id"].to_pylist()


def test_a_copies_run_the_groups_do_not_rest_on_serves_when_it_read_the_same(case: Case):
    detected = record(case, "detect", list(case.imports()), {"edges": schema.EDGES.empty()}, version="without copies")
    members = {"members": rows("members", {"group_id": "G1", "account_id": "turned"})}
    record(case, "cluster", [*detected.info["inputs"], detected.id], members)
    run, copied = describe(case), case.run("copies")
    assert copied is not None
    assert copied.id in run.info["inputs"]
    assert recompute_run(case, run, AGAIN["describe"], silent).differs == ()


def test_the_command_prints_what_was_found(case: Case):
    printed = CliRunner().invoke(command, [str(case.path)], obj=Outcome())
    assert printed.exit_code == 0, printed.output
    assert "G1: en 43% (others 100%), fr 43% (others 0%), zh-Hans 13% (others 0%)" in printed.stdout
    assert "turned: en (100% of 20) → fr (100% of 20) on 2026-03-21" in printed.stdout
    assert "G1: name mandiant in en,fr,zh: 2 members, 3 others" in printed.stdout
    assert "no proof of a new owner" in printed.stdout
    as_json = CliRunner().invoke(command, [str(case.path), "--json"], obj=Outcome())
    assert json.loads(as_json.stdout)["verb"] == "describe"
