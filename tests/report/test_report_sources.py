"""What the report gathers, against plain Python over the same rows."""

from __future__ import annotations

import itertools
from pathlib import Path

import made_up_case
import numpy as np
import pyarrow as pa
import pytest

from inconcert.report.data import Report, gather
from inconcert.report.fit import liveliest
from inconcert.report.volume import volume


@pytest.fixture(scope="module")
def tables() -> made_up_case.Tables:
    return made_up_case.with_groups()


@pytest.fixture(scope="module")
def gathered(tables: made_up_case.Tables, tmp_path_factory: pytest.TempPathFactory) -> Report:
    return gather(made_up_case.write(tmp_path_factory.mktemp("sources") / "case", tables), zone="UTC")


def test_timelines_and_weeks_count_every_post_of_members(gathered: Report, tables: made_up_case.Tables) -> None:
    for group in gathered.groups:
        members = {member["account_id"] for member in group.members}
        posts = sum(post["account_id"] in members for post in tables.posts)
        assert sum(group.timeline.posts) == sum(n for _, _, n in group.week) == posts > 0
    assert sum(gathered.whole.posts) == len(tables.posts)
    assert sum(gathered.grouped.posts) == sum(sum(group.timeline.posts) for group in gathered.groups)


def test_witnesses_count_members_on_the_object_and_put_the_earlier_post_first(
    gathered: Report, tables: made_up_case.Tables
) -> None:
    for group in gathered.groups:
        members = {member["account_id"] for member in group.members}
        for witness in group.evidence.witnesses:
            firsts: dict[str, int] = {}
            for action in tables.actions:
                if (action["kind"], action["object_id"]) == (witness.kind, witness.object_id) and action[
                    "account_id"
                ] in members:
                    firsts[action["account_id"]] = min(
                        action["time_us"], firsts.get(action["account_id"], action["time_us"])
                    )
            assert witness.accounts == len(firsts)
            assert witness.span_us == max(firsts.values()) - min(firsts.values())
            assert witness.first.time_us <= witness.second.time_us
            pairs = [
                w
                for w in tables.witnesses
                if (w["group_id"], w["kind"], w["object_id"])
                == (group.row["group_id"], witness.kind, witness.object_id)
            ]
            assert witness.chance == min(w["chance"] for w in pairs)


def test_each_kind_of_evidence_is_shown_before_more_of_one(gathered: Report) -> None:
    for group, kinds in zip(gathered.groups, ({"text", "url"}, {"text", "hashtag"}), strict=True):
        assert {witness.kind for witness in group.evidence.witnesses[:4]} == kinds


def test_pairs_inside_and_outside_groups(gathered: Report, tables: made_up_case.Tables) -> None:
    of = [{m["account_id"] for m in group.members} for group in gathered.groups]
    outside = [e for e in tables.edges if not any(e["source"] in g and e["target"] in g for g in of)]
    assert (
        (gathered.pairs.total, gathered.pairs.outside) == (len(tables.edges), len(outside)) == (gathered.pairs.total, 2)
    )
    assert gathered.pairs.outside_accounts == 4
    for group in gathered.groups:
        lines = {(line.source, line.target) for line in group.lines.drawn}
        seen = {(w["source"], w["target"]) for w in tables.witnesses if w["group_id"] == group.row["group_id"]}
        assert lines == seen
        assert group.lines.total == len(seen)


def test_lines_join_neighbours_in_time_on_an_object(tmp_path: Path) -> None:
    tables = made_up_case.with_groups()
    tables.edges, tables.witnesses = [], []
    (g1, _) = gather(made_up_case.write(tmp_path / "case", tables), zone="UTC").groups
    members = {member["account_id"] for member in g1.members}
    on: dict[str, list[tuple[int, str]]] = {}
    for action in tables.actions:
        if action["kind"] == "text" and action["account_id"] in members:
            on.setdefault(action["object_id"], []).append((action["time_us"], action["account_id"]))
    expected: dict[tuple[str, str], int] = {}
    for acts in on.values():
        for (earlier, a), (later, b) in itertools.pairwise(sorted(acts)):
            if later - earlier <= 60_000_000:
                pair = (min(a, b), max(a, b))
                expected[pair] = expected.get(pair, 0) + 1
    assert {(line.source, line.target): line.shared for line in g1.lines.drawn} == expected
    assert not any(line.tested for line in g1.lines.drawn)


def test_account_level_counts(gathered: Report, tables: made_up_case.Tables) -> None:
    raised = [score for score in tables.scores if score["q_account"] <= 0.01]
    assert gathered.accounts.raised == len(raised) > 0
    assert gathered.accounts.outside == 0


def test_candidates_at_l0_do_not_count_as_groups(gathered: Report) -> None:
    assert [group.row["group_id"] for group in gathered.groups] == ["G1", "G2"]
    assert [row["group_id"] for row in gathered.candidates] == ["G3"]
    assert not [account for account in gathered.names.by_id if account.startswith("paper")]


def test_fit_leaves_out_accounts_in_groups(gathered: Report, tables: made_up_case.Tables) -> None:
    grouped = {member["account_id"] for group in gathered.groups for member in group.members}
    for fit in gathered.fits:
        rows = [r for r in tables.account_tests if r["window_us"] == fit.window_us and r["account_id"] not in grouped]
        assert fit.hits == sum(r["hits"] for r in rows)
        assert fit.expected == pytest.approx(sum(r["expected"] for r in rows))
    assert liveliest(gathered.fits).ratio == max(fit.hits / fit.expected for fit in gathered.fits)


def test_volume_baseline_against_all_comparisons() -> None:
    rng = np.random.default_rng(1)
    n_posts = rng.integers(1, 9, 60)
    inside = rng.random(60) < 0.3
    ids = [f"a{i:02}" for i in range(60)]
    found = volume(
        pa.table({"account_id": ids, "n_posts": pa.array(n_posts)}),
        pa.array([a for a, m in zip(ids, inside, strict=True) if m]),
    )
    wins = [(a > b) + 0.5 * (a == b) for a, b in itertools.product(n_posts[inside], n_posts[~inside])]
    assert found.auc == pytest.approx(np.mean(wins))
    busiest = sorted(zip(-n_posts, ids, inside, strict=True))[: int(inside.sum())]
    assert found.among_busiest == sum(m for _, _, m in busiest)
    assert volume(pa.table({"account_id": ids, "n_posts": pa.array(n_posts)}), pa.array([], pa.string())) is None


def test_a_control_crowd_is_named_but_its_posts_are_not_reported(tmp_path: Path, tables: made_up_case.Tables) -> None:
    case = made_up_case.write(tmp_path / "case", tables)
    row = {
        "import_id": "feed",
        "file": "crowd.csv",
        "sha256": "cd" * 32,
        "importer": "table",
        "importer_version": "1",
        "mapping": "{}",
        "rows_read": 5,
        "rows_kept": 5,
        "rows_rejected": 0,
        "rows_duplicate": 0,
        "role": "control",
    }
    from inconcert.case import write_parquet

    with case.writing("data", "feed") as folder:
        write_parquet(made_up_case.as_table("imports", [row]), folder / "imports.parquet")
        write_parquet(
            made_up_case.as_table("posts", [tables.posts[0] | {"account_id": "stranger"}]), folder / "posts.parquet"
        )
    found = gather(case, zone="UTC")
    assert found.facts.posts == len(tables.posts)
    assert [row["file"] for row in found.imports] == ["harbour.csv", "crowd.csv"]
