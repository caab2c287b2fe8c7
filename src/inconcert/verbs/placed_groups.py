"""Where the groups of a case are, as the report is handed it: those at L3 that were located, and only what enough accounts show."""

from __future__ import annotations

from inconcert.case import Case, Run
from inconcert.errors import InputError
from inconcert.indicators.standing_groups import standing_groups
from inconcert.place.counted import FEWER
from inconcert.place.kinds import KINDS
from inconcert.report.placed import Placed, PlacedSign
from inconcert.verbs.locate import Located, LocatedItem, located, percent
from inconcert.verbs.place_gate import locatable, located_run


def placed_groups(case: Case) -> tuple[Placed, ...]:
    """Of every group at L3 of the newest run that was located; none that was set aside, and none at all while the run does not know all posts."""
    clustered = case.run("cluster")
    if clustered is None or not any(run.verb == "locate" for run in case.runs()):
        return ()
    rows = standing_groups(clustered, case.run("indicators")).to_pylist()
    runs = {row["group_id"]: _run(case, row["group_id"]) for row in rows if row["level"] == "L3"}
    return tuple(_placed(located(case, id), run) for id, run in runs.items() if run is not None)


def _run(case: Case, group: str) -> Run | None:
    """That which located the group; None where nothing may be located, or nobody did."""
    try:
        ready = locatable(case, group)
    except InputError:
        return None
    return located_run(case, group, ready.clustered)


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
        item.says, KINDS[item.kind].title, item.counts, favours, ends[0] if ends[0] == ends[1] else " to ".join(ends),
        (innocent.says, percent(innocent.chance)), (laid.says, percent(laid.chance)), item.says_otherwise,
        tuple(says for key, says, _ in item.conflicts if key in told),
    )  # fmt: skip
