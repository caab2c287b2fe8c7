"""The pages show what the rows hold, and the command sets them without measuring."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from inconcert.evaluate import near_text
from inconcert.evaluate.__main__ import main
from inconcert.evaluate.families import ONE_CROWD, SEVERAL_CROWDS
from inconcert.evaluate.kept import Kept, Row
from inconcert.evaluate.markdown import interval, table
from inconcert.evaluate.plan import PARTS
from inconcert.evaluate.power import cells

CODE = "0123456789ab"
NOTHING = {"pair": 0, "account": 0, "group": 0, "any": 0, "edge": 0}


def run(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(main, [str(folder), *options], env={"INCONCERT_DATA": str(folder)})


def worlds_row(worlds: int, offenders: list[Row]) -> Row:
    with_claims = NOTHING | {"any": len(offenders), "pair": len(offenders)}
    p_values = {
        "pair": {"url 60 s": [1000, 50, 30, 11, 0]},
        "account": {"url 60 s": [1000, 50, 30, 10, 0]},
        "group": {},
    }
    return {"worlds": worlds, "accounts": 900, "posts": 5_000, **NOTHING, "pair": len(offenders),
            "worlds_with": with_claims, "offenders": offenders, "p_values": p_values}  # fmt: skip


def group(level: str, confirmed: bool) -> Row:
    return {"level": level, "size": 7, "confirmed": confirmed, "q": 0.002, "kind": "url", "scale": "60 s",
            "innocent": ["syndication"]}  # fmt: skip


def crowd_row() -> Row:
    return {"accounts": 500, "tested": 200, "account": 1, "edges": 5, "l1": 3, "pair": 4, "any": 5, "tests": {},
            "groups": [group("L1", True)], "spread": {"url 60 s": [0.5, 120, 0.25]}}  # fmt: skip


def unit(accounts: int, raised: int) -> Row:
    return {"accounts": accounts, "raised": raised, "l2": 0, "pair": raised, "account": 0, "group": 0}


def fill(folder: Path) -> None:
    rows = {part: Kept(folder / "evaluation", part, CODE) for part in PARTS}
    copy = {"edges": 0, "accounts": 0, "groups": 0, "kinds": {"url": 0}, "alone": {"url 10 s": 1}, "scales": 6}
    rows["permutations"].row("elgl19, as it is", crowd_row)
    rows["permutations"].row("elgl19, copy 1", lambda: copy)
    rows["permutations"].row("elgl19, copy 2", lambda: copy)
    offender = {"seed": 9, **NOTHING, "pair": 1, "tests": {"edge (L1), url 60 s": 1}}
    rows["worlds"].row(f"{ONE_CROWD[0].name}, seeds 1 to 8", lambda: worlds_row(8, []))
    rows["worlds"].row(f"{ONE_CROWD[0].name}, seeds 9 to 16", lambda: worlds_row(8, [offender]))
    rows["worlds"].row(f"{SEVERAL_CROWDS[0].name}, seeds 1 to 8", lambda: worlds_row(8, []))
    truth = {"units": {"crowd": unit(400, 1), "operation": unit(48, 24)}, "l1": 9, "false": 2, "groups": []}
    rows["honest"].row("seed 1", lambda: truth)
    rows["crowds"].row("elgl19, 60 s", crowd_row)
    scores = {"operation": 10, "crowd": 90, "auc": 0.9, "average_precision": 0.8, "volume_auc": 0.7,
              "volume_average_precision": 0.6}  # fmt: skip
    case = {"all": scores, "comparable": scores, "raised": {"groups": [7, 1]},
            "groups": [{**group("L2", True), "operation": 6, "window_s": 60.0}]}  # fmt: skip
    rows["case_a"].row("seed 1", lambda: case)
    cell = cells()["cover"][0]
    for seed in (1, 2):
        rows["operations"].row(f"{cell.key}, seed {seed}", lambda: truth)

    real = {"clusters": 12, "largest": 7, "accounts_in_clusters": 30, "operation_in_clusters": 4}
    rows["near_text"].row("elgl19", lambda: {**real, "exact": crowd_row(), "near": crowd_row() | {"edges": 6}})
    sides = {
        name: {**crowd_row(), "raised": [n, 1], "all": scores, "comparable": scores}
        for name, n in (("exact", 6), ("near", 7))
    }
    rows["near_text"].row("case_a", lambda: {**real, **sides})
    for cell in near_text.cells():
        rows["near_text"].row(f"{cell.key}, seed 1", lambda: {"exact": None, "near": truth})


def test_pages_are_set_from_rows_without_measuring(tmp_path: Path) -> None:
    fill(tmp_path)
    done = run(tmp_path, "--render")
    assert done.exit_code == 0, done.output
    page = (tmp_path / "calibration.md").read_text()
    quiet = ONE_CROWD[0].name
    assert f"| {quiet} | 16 | 1,800 | 0 | 1 | 0 | 0 | {interval(1, 16)} |" in page
    assert f"| {quiet}: edge (L1), url 60 s | 1 | 1 |" in page
    assert f"| {quiet}: pairs, url 60 s | 2,000 | 0.05 | 0.03 | 0.011 | 0 |" in page  # above .01
    assert f"{quiet}: accounts, url 60 s" not in page
    assert "| elgl19 | url | 6 | 5 | 1 | 2 | 0 | 0 | 2 url 10 s | 0 | 0.0 % (0.0 to 65.8) |" in page
    assert f"| elgl19, 60 s | 500 | 200 | {interval(1, 200, 2)} | 5 | 3 | 1 | {interval(5, 500, 2)} |" in page
    assert "| elgl19, 60 s, G1 | L1 | 7 | yes | 0.002 | url 60 s | syndication |" in page
    assert "| elgl19, 60 s: url | 120 | 0.50 (25 %) | – | – |" in page
    assert "| seed 1, all accounts | 10 | 90 | 0.900 | 0.800 | 0.700 | 0.600 |" in page
    assert f"with the code {CODE};" in page
    power = (tmp_path / "power.md").read_text()
    assert "| 48 | 5 s | 0 | 0.5 | 2 | 50 % (40 to 60) | 50 % to 50 % |" in power
    assert "2 of 800 | 4 of 18 |" in power
    near = (tmp_path / "near-text.md").read_text()
    assert "| elgl19 | 500 | 12 | 7 | 30 | 5 | 6 | 5 | 5 | – | – | – | – |" in near
    assert "| case_a | 500 | 12 | 7 | 30 | 5 | 5 | 1 | 1 | 6 of 10 | 7 of 10 | 0.90 | 0.90 |" in near
    assert f"| 20% | 1 | {interval(0, 48, 0)} | 0 | {interval(24, 48, 0)} | 1 |" in near
    for text in (page, power, near):
        tables = [line for line in text.splitlines() if line.startswith("|")]
        assert tables
        assert str(tmp_path) not in text


def test_pages_without_rows_say_nothing_false(tmp_path: Path) -> None:
    assert run(tmp_path, "--render").exit_code == 0
    page = (tmp_path / "calibration.md").read_text()
    assert "Not measured." in page
    assert "Nothing was raised" not in page
    assert not (tmp_path / "evaluation").exists()


def test_real_parts_need_the_data(tmp_path: Path) -> None:
    done = run(tmp_path, "--part", "case_a")
    assert done.exit_code == 2
    assert "--data" in done.stderr
    assert not (tmp_path / "calibration.md").exists()


def test_a_table_escapes_and_groups_digits() -> None:
    assert table(["a", "b"], [["x|y", 12_000]]) == ["| a | b |", "|---|---:|", "| x\\|y | 12,000 |", ""]
