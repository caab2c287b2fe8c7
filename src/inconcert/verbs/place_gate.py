"""Whether a group may be located at all: at level L3, and by no judgement set aside."""

from __future__ import annotations

from dataclasses import dataclass

from inconcert.case import Case, Run
from inconcert.errors import InputError, UnknownName
from inconcert.indicators.standing_groups import standing_groups
from inconcert.judgement.decided import FOUND, DecidedGroup
from inconcert.verbs.clustered import newest_clusters
from inconcert.verbs.judgements import decided_now


@dataclass(frozen=True)
class Locatable:
    """clustered, measured: the runs that brought the group to L3."""

    clustered: Run
    measured: Run
    group: DecidedGroup


def locatable(case: Case, group: str) -> Locatable:
    """The group, if it stands at L3.

    InputError below L3, with what is lacking, for a group that people put together or set aside, and without a cluster run of these
    posts; UnknownName for no such group.
    """
    clustered = newest_clusters(case, "locate")
    measured = case.run("indicators")
    rows = {row["group_id"]: row for row in standing_groups(clustered, measured).to_pylist()}
    now = decided_now(case)
    its = now.groups.get(group)
    if its is None:
        raise UnknownName("group", group, now.groups)
    if its.how != FOUND or group not in rows:
        raise InputError(
            f"{group} was put together by people and has no level of its own. Locate a group of the run: {', '.join(rows)}."
        )
    row = rows[group]
    if measured is None or row["level"] != "L3":
        lacks = row["why_not_higher"] or "needs more evidence"
        raise InputError(
            f"{group} stands at level {row['level']}, and nothing is located below L3: where people are is nobody's business unless they are shown to be "
            f"no ordinary crowd. The group {lacks}."
        )
    aside = now.aside(group)
    if aside is not None:
        raise InputError(f"{group} was set aside ({aside.label}): it is no finding. Retract {aside.label} first.")
    return Locatable(clustered, measured, its)


def located_run(case: Case, group: str, clustered: Run) -> Run | None:
    """The newest run `locate` of that group as this cluster run found it, resting on nothing that was withdrawn."""
    runs = case.runs()
    outdated = case.outdated_runs(runs)
    its = [
        run
        for run in runs
        if run.verb == "locate" and run.info["parameters"]["group"] == group and run.id not in outdated
    ]
    return next((run for run in reversed(its) if clustered.id in run.info["inputs"]), None)
