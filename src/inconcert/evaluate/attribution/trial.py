"""One world, investigated from its posts alone: the groups that were found, how far they got, and what was said of them."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa

from inconcert.attribution.hypotheses import ORDINARY
from inconcert.attribution.weighing import Outcome, Weighing
from inconcert.case import Case
from inconcert.evaluate.kept import Row
from inconcert.synthetic.honest import Activists, Fans
from inconcert.synthetic.press import Newsroom
from inconcert.synthetic.scenarios import SCENARIOS, Scenario
from inconcert.synthetic.world import build, write
from inconcert.verbs.cluster import cluster
from inconcert.verbs.copies import copies
from inconcert.verbs.detect import detect
from inconcert.verbs.indicators import indicators
from inconcert.verbs.ingest import ingest
from inconcert.verbs.init import init
from inconcert.verbs.weighed_group import weighed_group

NOW = datetime(2026, 11, 22, tzinfo=UTC)
DRIVE = Scenario(
    name="drive",
    about="fans and activists of whom half joined the platform in two drives of an hour, and newspapers; no operation",
    groups=(Fans(joined_together=0.5), Activists(joined_together=0.5), Newsroom()),
)
WORLDS: dict[str, Scenario] = {
    "demo": SCENARIOS["demo"], "honest": SCENARIOS["honest"], "drive": DRIVE, "quiet": SCENARIOS["quiet"],
}  # fmt: skip


def trial(world: str, seed: int) -> Row:
    """`groups`: each group above L0, see `_group`.   `posts`: of the world.   `crowd_l3`: ordinary accounts in a group at L3."""
    made = build(WORLDS[world], seed)
    with TemporaryDirectory() as scratch:
        case = _investigated(write(made, Path(scratch) / "posts.csv"), Path(scratch) / "case", seed)
        groups = _groups(case, made.truth)
    return {
        "posts": made.posts.num_rows,
        "groups": groups,
        "crowd_l3": sum(one["units"].get("crowd", 0) for one in groups if one["level"] == "L3"),
    }


def _investigated(posts: Path, folder: Path, seed: int) -> Case:
    """What `investigate` does, but for the descriptions and the report."""
    case = init(folder, now=NOW)
    ingest(case, [posts], now=NOW)
    copies(case)
    detect(case, seed=seed)
    cluster(case, seed=seed)
    indicators(case, seed=seed)
    return case


def _groups(case: Case, truth: pa.Table) -> list[dict[str, Any]]:
    clustered = case.run("cluster")
    if clustered is None:
        return []
    unit = dict(zip(truth["account_id"].to_pylist(), truth["unit"].to_pylist(), strict=True))
    units: dict[str, Counter[str]] = {}
    for row in clustered.table("members").to_pylist():
        units.setdefault(row["group_id"], Counter())[unit[row["account_id"]]] += 1
    above = [row["group_id"] for row in clustered.table("groups").to_pylist() if row["level"] != "L0"]
    return [_group(case, group, units[group]) for group in above]


def _group(case: Case, called: str, units: Counter[str]) -> dict[str, Any]:
    """units: members by unit of the truth.   kinds: of evidence that count for L3.   outcomes: hypothesis -> [low, point, high, least
    chance its words claim, its words], with every explanation told apart, whatever the level: what would be said were the level not
    asked for.   without: key of an item -> what leads without it."""
    opened = weighed_group(case, called)
    measured = case.run("indicators")
    kinds = [
        one["kind"]
        for row in (measured.table("standings").to_pylist() if measured is not None else [])
        if row["group_id"] == called
        for one in json.loads(row["families"] or "[]")
    ]
    weighing = replace(opened.weighing, apart=True)
    return {
        "group": called, "level": opened.level, "units": dict(units.most_common()), "kinds": kinds,
        "leading": weighing.leading.ids[0], "outcomes": {one.ids[0]: _said(one) for one in weighing.outcomes},
        "accused": _accused(weighing), "without": {i.key: weighing.without((i.key,)).leading.ids[0] for i in weighing.items},
    }  # fmt: skip


def _said(one: Outcome) -> list[Any]:
    its = one.chance
    return [round(its.low, 3), round(its.point, 3), round(its.high, 3), one.words.least, one.words.text]


def _accused(weighing: Weighing) -> list[str]:
    """The explanations that accuse somebody."""
    return [one.id for one in weighing.rivals if one.form not in ORDINARY]
