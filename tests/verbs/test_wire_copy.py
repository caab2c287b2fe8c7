"""Copies are found and wire copy is not mistaken for a campaign: on the demo corpus of barbican, and on newspapers of our own.

The corpus (oubliette-barbican 0.1.0 and 0.1.1, CC0) is 21 posts: two campaigns of five and four accounts, and twelve
bystanders. Every account posts once and no two texts are equal, only alike; none of the posts is wire copy, so that part of
the case stands on generated newspapers that print the dispatches of one agency.
"""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import pytest

import inconcert
from inconcert.evaluate.finding import examine
from inconcert.evaluate.sample import read_world, sample
from inconcert.network.innocent import SYNDICATION
from inconcert.synthetic.crowd import Crowd
from inconcert.synthetic.operations import Operation
from inconcert.synthetic.press import Newsroom
from inconcert.synthetic.scenarios import Scenario
from inconcert.synthetic.world import build

NOW = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.fixture
def corpus() -> list[dict[str, str | None]]:
    """Records of the demo corpus, with the campaign that each post belongs to."""
    pytest.importorskip("barbican", reason="oubliette-barbican is not installed")
    text = files("barbican").joinpath("data/demo_corpus.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_the_campaigns_of_the_corpus_are_clusters_of_copies_and_nobody_is_accused(
    corpus: list[dict[str, str | None]], tmp_path: Path
) -> None:
    """Its campaigns are paraphrases, one post an account. Each is one text in several wordings, without a bystander; since two
    accounts have one thing in common and L1 needs three, that is all that may be said."""
    posts, campaigns = tmp_path / "posts.jsonl", defaultdict(set)
    with posts.open("w", encoding="utf-8") as out:
        for row in corpus:
            seen = {name: row[name] for name in ("post_id", "author_id", "timestamp", "text")}
            out.write(json.dumps(seen) + "\n")
            campaigns[row["campaign_id"]].add(row["post_id"])
    assert {name: len(found) for name, found in campaigns.items()} == {"ferry-push": 5, "levy-push": 4, None: 12}
    assert len({row["text"] for row in corpus}) == len({row["author_id"] for row in corpus}) == len(corpus)
    summary = inconcert.investigate([posts], case=tmp_path / "case", now=NOW)
    clusters = defaultdict(set)
    for row in summary.copies.table("copies").to_pylist():
        clusters[row["cluster_id"]].add(row["post_id"])
    assert len(clusters) == 2
    for name in ("ferry-push", "levy-push"):
        (found,) = [posts for posts in clusters.values() if posts & campaigns[name]]
        assert found <= campaigns[name]
        assert len(found) >= 4
    assert not summary.found


@pytest.mark.parametrize(
    "newsroom",
    [Newsroom(), Newsroom(automatic=1.0, automatic_s=30.0)],
    ids=["most edit it", "all print it within half a minute"],
)
def test_wire_copy_is_at_most_l1_and_explained_as_syndication(newsroom: Newsroom) -> None:
    """Beside an operation that is found."""
    operation = Operation(n_accounts=20, n_objects=40, jitter_s=5.0, cover=0.0)
    crowd = Crowd(n_accounts=600, n_posts=3_000)
    world = build(Scenario(name="wire copy", about="", crowd=crowd, groups=(newsroom, operation)), 1)
    finding = examine(sample(read_world(world, "wire copy")))
    unit = {row["account_id"]: row["unit"] for row in world.truth.to_pylist()}
    units = [unit[account] for account in finding.sample.accounts.to_pylist()]
    levels = defaultdict(set)
    for name, level in zip(units, finding.outcome.standing.level, strict=True):
        levels[name].add(level)
    assert levels["operation"] <= {"L1", "L2"}
    members = [[units[member] for member in j.members.tolist()] for j in finding.outcome.judged]
    assert ["operation"] * operation.n_accounts in members
    papers = [j for j, who in zip(finding.outcome.judged, members, strict=True) if "newsroom" in who]
    said = [(j.level, SYNDICATION in [each["name"] for each in json.loads(j.innocent)]) for j in papers]
    assert levels["newsroom"] <= {"L0", "L1"}, said
    assert all(level <= "L1" and syndicated for level, syndicated in said), said
