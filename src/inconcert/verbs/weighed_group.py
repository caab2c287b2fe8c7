"""What is read of a case to weigh who is behind one group."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from inconcert.attribution.entered import Entered, entered
from inconcert.attribution.finding import Answer, Finding
from inconcert.attribution.weighing import Weighing
from inconcert.case import Case, Run
from inconcert.errors import InputError, UnknownName
from inconcert.indicators.standing_groups import standing_groups
from inconcert.judgement.decided import FOUND, Decided, DecidedGroup, parts_found
from inconcert.judgement.judgements import Judgement
from inconcert.judgement.membership import Membership
from inconcert.judgement.weighed import Weighed, weighed
from inconcert.verbs.attribution_findings import handed_over
from inconcert.verbs.judgements import decided_now
from inconcert.yardstick.yardsticks import PHIA, YARDSTICKS


@dataclass(frozen=True)
class WeighedGroup:
    """row: of `groups`, at the level all its evidence carries it to.   aside: the judgement that set the group aside.   entries: about it or the
    case, oldest first, without those taken back."""

    clustered: Run
    row: Mapping[str, Any]
    group: DecidedGroup
    aside: Judgement | None
    entries: tuple[Weighed, ...]
    answers: tuple[Answer, ...]
    findings: tuple[Finding, ...]

    @property
    def level(self) -> str:
        """L0 to L3."""
        return str(self.row["level"])

    @property
    def membership(self) -> Membership:
        """The group as it is, for the ledger."""
        return Membership(self.group.id, self.clustered.id, self.group.base)

    @cached_property
    def entered(self) -> Entered:
        """Findings and entries put together."""
        return entered(self.findings, self.entries)

    @cached_property
    def weighing(self) -> Weighing:
        """What is weighed, in the words of the yardstick last chosen."""
        names = [one.value["name"] for one in self.entries if one.what == "yardstick"]
        known = [YARDSTICKS[name] for name in names if name in YARDSTICKS]
        its = self.entered
        return Weighing(its.hypotheses, its.items, known[-1] if known else PHIA, self.level == "L3")


def weighed_group(case: Case, called: str) -> WeighedGroup:
    """The group of that id of the newest cluster run; UnknownName for none, InputError without a run or for one that people made."""
    clustered = case.run("cluster")
    if clustered is None:
        raise InputError(f"The case {case.path} has no groups yet. Run: inconcert detect {case.path}, then cluster.")
    now = decided_now(case)
    group = now.groups.get(called)
    if group is None:
        raise UnknownName("group", called, now.groups)
    rows = {row["group_id"]: row for row in standing_groups(clustered, case.run("indicators")).to_pylist()}
    if group.how != FOUND or called not in rows:
        raise InputError(_untested(now, group, rows))
    handed = handed_over(case, clustered, called)
    entries = _entries(now, weighed(case.statements()), called)
    return WeighedGroup(clustered, rows[called], group, now.aside(called), entries, handed.answers, handed.findings)


def _untested(now: Decided, group: DecidedGroup, known: Collection[str]) -> str:
    """Why a group that people merged or split is not weighed, and what can be."""
    parts = [part for part in parts_found(now, group.id) if part in known] or list(known)
    made = group.made_by.label if group.made_by is not None else None
    taken_back = f"; or take {made} back" if made else ""
    return (
        f"{group.id} was put together by people{f' ({made})' if made else ''}. Nobody tested it as a group: it has no chance of being a false alarm and no level, "
        f"and what was measured of its parts does not hold for it. Weigh what it was made of, {', '.join(parts)}{taken_back}."
    )


def _entries(now: Decided, every: Sequence[Weighed], group: str) -> tuple[Weighed, ...]:
    """Those that stand about the case, or about what is now this group."""
    found = []
    for one in every:
        its = now.found(one.group)[0] if one.group is not None else None
        if one.retracted is None and (one.group is None or (its is not None and its.id == group)):
            found.append(one)
    return tuple(found)
