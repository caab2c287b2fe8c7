"""Where the groups of a case are, as the report is handed it: those at L3 that were located, and only what enough accounts show."""

from __future__ import annotations

from inconcert.case import Case, Run
from inconcert.indicators.standing_groups import standing_groups
from inconcert.judgement.decided import FOUND
from inconcert.place.counted import FEWER
from inconcert.report.placed import Placed, PlacedSign
from inconcert.verbs.judgements import decided_now
from inconcert.verbs.locate import Located, LocatedItem, located, percent
from inconcert.verbs.place_gate import located_run


def placed_groups(case: Case) -> tuple[Placed, ...]:
    """Of every group at L3 of the newest run that was located; none that was set aside."""
    clustered = case.run("cluster")
    if clustered is None or not any(run.verb == "locate" for run in case.runs()):
        return ()
    now = decided_now(case)
    rows = standing_groups(clustered, case.run("indicators")).to_pylist()
    ids = [
        row["group_id"]
        for row in rows
        if row["level"] == "L3"
        and now.aside(row["group_id"]) is None
        and row["group_id"] in now.groups
        and now.groups[row["group_id"]].how == FOUND
    ]
    runs = {id: located_run(case, id, clustered) for id in ids}
    return tuple(_placed(located(case, id), run) for id, run in runs.items() if run is not None)


def _placed(found: Located, run: Run) -> Placed:
    told = [item for item in found.items if item.accounts != FEWER]
    keys = {item.key: item for item in told}
    return Placed(
        group_id=found.group, run=run, stands=found.stands, statement=found.statement, yardstick=found.yardstick,
        signs=tuple(_sign(item, keys) for item in told), few=len(found.items) - len(told),
        others=tuple((one.name, percent(one.chance), one.word) for one in (found.anywhere, found.staged)),
        aside=found.set_aside[0], chart=found.chart, map=found.map,
    )  # fmt: skip


def _sign(item: LocatedItem, told: dict[str, LocatedItem]) -> PlacedSign:
    ends = [f"{10**end:,.1f}" for end in (item.weight.low, item.weight.high)]
    innocent, laid = item.readings
    favours = item.favours if float(ends[1].replace(",", "")) > 1 else f"no region: {item.favours}"
    return PlacedSign(
        item.says, item.kind, item.counts, favours, ends[0] if ends[0] == ends[1] else " to ".join(ends),
        (innocent.says, percent(innocent.chance)), (laid.says, percent(laid.chance)), item.says_otherwise,
        tuple(says for key, says, _ in item.conflicts if key in told),
    )  # fmt: skip
