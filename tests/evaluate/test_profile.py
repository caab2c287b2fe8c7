"""The profile of a crowd: counts by popularity and time scale, against an oracle and against a bundled one."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from itertools import combinations
from pathlib import Path

from click.testing import CliRunner

from inconcert.evaluate.profile import COLUMNS, main, profile, write
from inconcert.evaluate.sample import read_file, read_world
from inconcert.network.reference import bundled_profiles
from inconcert.network.synchrony import BINS
from inconcert.synthetic.crowd import Crowd
from inconcert.synthetic.scenarios import Scenario
from inconcert.synthetic.world import build


def test_counts_equal_an_oracle() -> None:
    export = read_world(build(Scenario(name="small", about="", crowd=Crowd(n_accounts=150, n_posts=900)), 3), "small")
    first: dict[str, dict[str, int]] = defaultdict(dict)
    for row in export.actions.to_pylist():
        if row["kind"] == "share":
            earlier = first[row["object_id"]].get(row["account_id"], row["time_us"])
            first[row["object_id"]][row["account_id"]] = min(earlier, row["time_us"])
    objects = [sorted(times.values()) for times in first.values() if len(times) >= 2]
    rows = [r for r in profile(export, "small", "x") if r["kind"] == "share" and r["resolution_s"] == 1]
    assert {r["tau_s"] for r in rows} == {10, 60, 600, 3600, 21600}
    for row in rows:
        high = dict(BINS)[row["popularity_min"]]
        mine = [times for times in objects if row["popularity_min"] <= len(times) <= (high or len(times))]
        near = row["tau_s"] * 1_000_000
        pairs = [b - a <= near for times in mine for a, b in combinations(times, 2)]
        hits = [
            any(abs(a - b) <= near for j, b in enumerate(times) if i != j)
            for times in mine
            for i, a in enumerate(times)
        ]
        counts = (len(mine), len(hits), sum(hits), len(pairs), sum(pairs))
        assert counts == tuple(
            row[c] for c in ("objects", "actions", "actions_with_partner", "pairs", "pairs_in_window")
        )
        assert (row["account_hit_rate"], row["pair_hit_rate"]) == (
            round(sum(hits) / len(hits), 5),
            round(sum(pairs) / len(pairs), 5),
        )


def test_a_bundled_profile_comes_out_again(shared_data: Path) -> None:
    """Texts that differ in how they are normalised are a few: 138 of 720 actions with a partner within a minute, of 710 here."""
    made = list(profile(read_file(shared_data / "organic_crowds" / "elgl19.parquet"), "elgl19", "twitter"))
    for kind, fewer, off in (("text", 0.03, 0.02), ("near_text", 0.0, 0.0)):
        bundled, again = (
            {
                (r["tau_s"], r["popularity_min"]): r
                for r in rows
                if (r["crowd"], r["kind"], r["resolution_s"]) == ("elgl19", kind, 1)
            }
            for rows in (bundled_profiles().to_pylist(), made)
        )
        assert bundled.keys() == again.keys()
        for key, row in bundled.items():
            assert abs(again[key]["actions"] - row["actions"]) <= fewer * row["actions"]
            assert abs(again[key]["account_hit_rate"] - row["account_hit_rate"]) <= off


def test_the_command_prints_csv_and_refuses_what_holds_no_posts(tmp_path: Path) -> None:
    export = read_world(build(Scenario(name="small", about="", crowd=Crowd(n_accounts=80, n_posts=400)), 1), "small")
    out = io.StringIO()
    write(profile(export, "small", "x"), out)
    rows = list(csv.DictReader(out.getvalue().splitlines()))
    assert tuple(rows[0]) == COLUMNS
    (tmp_path / "empty.csv").write_text("")
    result = CliRunner().invoke(main, [str(tmp_path / "empty.csv")])
    assert result.exit_code == 2
    assert "error:" in result.output + (result.stderr if result.stderr_bytes else "")
