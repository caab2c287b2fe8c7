"""`check`: a draft held against a case, as it stands after judgements."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.browse.conftest import World, world  # noqa: F401

from inconcert.cli.command import inconcert
from inconcert.errors import InputError, UnknownName
from inconcert.verbs.check import check
from inconcert.verbs.judge import judge


def draft(folder: Path, text: str) -> Path:
    file = folder / "draft.md"
    file.write_text(text, "utf-8")
    return file


def level(world: World, group: str) -> str:  # noqa: F811
    return next(row["level"] for row in world.run("cluster", "groups") if row["group_id"] == group)


def test_groups_of_the_case_carry_their_levels(world: World, tmp_path: Path):  # noqa: F811
    found = check(draft(tmp_path, "G1 is coordinated. G1 is run by the ministry. Nobody knows who."), world.case)
    marked = [one.sentence for one in found.remarks if one.kind == "exceeds"]
    assert level(world, "G1") == "L1"
    assert marked == ["G1 is coordinated.", "G1 is run by the ministry."]
    assert (found.sentences, found.exceeding) == (3, 2)
    assert found.groups == len(world.run("cluster", "groups"))


def test_a_group_set_aside_carries_nothing_and_a_name_is_known(world: World, tmp_path: Path):  # noqa: F811
    file = draft(tmp_path, "The night shift is coordinated.")
    judge(world.case, ["G1"], "rename", "The night shift", by="Ann Lee")
    assert ["G1 stands at L1" in one.why for one in check(file, world.case).remarks] == [True]
    judge(world.case, ["G1"], "set-aside", "a club", by="Ann Lee")
    assert ["G1 stands at L0" in one.why for one in check(file, world.case).remarks] == [True]


def test_what_is_no_draft_is_refused(tmp_path: Path):
    (tmp_path / "a.bin").write_bytes(bytes(range(256)) * 8)
    for path in (tmp_path / "absent.md", tmp_path, tmp_path / "a.bin"):
        with pytest.raises(InputError):
            check(path)
    with pytest.raises(UnknownName):
        check(draft(tmp_path, "a"), scale="admiralty")


def test_the_command_line(tmp_path: Path):
    file = draft(tmp_path, "It possibly is \u202e<script>.\n")
    told = CliRunner().invoke(inconcert, ["check", str(file)])
    assert told.exit_code == 0
    assert "\u202e" not in told.output
    assert "possibly" in told.output
    as_json = json.loads(CliRunner().invoke(inconcert, ["check", str(file), "--json"]).stdout)
    assert as_json["remarks"][0]["line"] == 1
