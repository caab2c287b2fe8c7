"""The page on attribution counts what the rows hold, and the command sets it without measuring."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from click.testing import CliRunner

from inconcert.evaluate.attribution.__main__ import PART, main
from inconcert.evaluate.attribution.page import page
from inconcert.evaluate.kept import Kept, Row


def group(unit: str, level: str, kinds: list[str], chance: float, least: float) -> dict[str, Any]:
    said = [0.0, chance, 1.0, least, "a word"]
    return {
        "group": "G1", "level": level, "units": {unit: 9, "crowd": 1}, "kinds": kinds, "leading": "H2", "outcomes": {"H2": said, "H6": [0.0, 0.1, 0.2, 0.0, "low"]},
        "accused": ["H2"], "without": {},
    }  # fmt: skip


ROWS: dict[str, Row] = {
    "demo 1": {"posts": 9, "crowd_l3": 1, "groups": [group("operation", "L3", ["made", "shown"], 0.9, 0.8), group("fans", "L2", ["made"], 0.3, 0.1)]},
    "demo 2": {"posts": 9, "crowd_l3": 0, "groups": [group("operation", "L2", ["made"], 0.9, 0.8)]},
    "drive 1": {"posts": 9, "crowd_l3": 0, "groups": [group("activists", "L2", [], 0.7, 0.55)]},
}  # fmt: skip


def test_levels_are_counted_by_world_and_by_whom_most_members_are_of():
    text = "\n".join(page(ROWS))
    assert "| operation | 2 | 2 | 1 | 50.0 % (9.5 to 90.5) |" in text
    assert "| everybody else | 2 | 1 | 0 | 0.0 % (0.0 to 79.3) |" in text
    assert "Ordinary accounts in a group at L3, over all 3 worlds: 1." in text
    assert "Of the 2 groups of people, 1 had one kind of evidence" in text


def test_a_group_of_people_that_would_be_accused_is_counted():
    text = "\n".join(page(ROWS))
    assert "| demo | 1 | 0 | 1 | 30 % |" in text
    assert "| drive | 1 | 1 | 1 | 70 % |" in text


def test_the_command_sets_the_page_from_kept_rows(tmp_path: Path):
    kept = Kept(tmp_path / "evaluation", PART, "0123456789ab")
    for key, row in ROWS.items():
        kept.row(key, lambda row=row: row)
    done = CliRunner().invoke(main, [str(tmp_path), "--render"])
    assert done.exit_code == 0, done.output
    written = (tmp_path / "attribution-measured.md").read_text("utf-8")
    assert "with the code 0123456789ab" in written
    assert "# How attribution was measured" in written
