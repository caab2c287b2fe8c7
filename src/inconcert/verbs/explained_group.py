"""One group or set: who is in it, which of its pairs stand by themselves, and what people decided about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from inconcert import schema
from inconcert.case import Case
from inconcert.indicators.standing_groups import standing_groups
from inconcert.judgement.decided import FOUND, Decided
from inconcert.judgement.judgements import Judgement
from inconcert.judgement.sets import NO_RATE, NamedSet, standing_set
from inconcert.report.pseudonyms import pseudonyms
from inconcert.report.runs import newest
from inconcert.verbs.judge import NO_Q
from inconcert.verbs.judged_tables import judged_words
from inconcert.verbs.judgements import decided_now


@dataclass(frozen=True)
class ExplainedMember:
    """One account.   name: as in the report, None when it has none there.   partners: members it makes a pair beyond chance with.
    judged: what people decided about it, in a few words."""

    account_id: str
    name: str | None
    partners: int
    judged: str | None


@dataclass(frozen=True)
class ExplainedGroup:
    """One group or set.

    id: G1, or the name of the set.   name: given by people, None without.   how: found, merged, split or set.
    row: its row of `groups`; None for what people put together.   notes: what must be known of its numbers.
    members: most partners first.   pairs: rows of `edges` above L0 between members, smallest q first.   judgements: that stand.
    """

    id: str
    name: str | None
    how: str
    row: Mapping[str, Any] | None
    notes: tuple[str, ...]
    members: tuple[ExplainedMember, ...]
    pairs: pa.Table
    judgements: tuple[Judgement, ...]


def explained_group(case: Case, called: str) -> ExplainedGroup | None:
    """The group of that id, or the set of that name, as it stands; None when there is neither."""
    now = decided_now(case)
    group = now.groups.get(called)
    if group is None:
        kept = standing_set(case.statements(), called)
        return _set(case, kept, now) if kept is not None else None
    row = next((row for row in _rows(case) if row["group_id"] == called), None)
    notes = [NO_Q] if group.how != FOUND else []
    if group.merged_into is not None:
        notes.append(f"People put it into {group.merged_into}.")
    if (aside := now.aside(called)) is not None:
        notes.append(f"Set aside by {aside.by} ({aside.label}): it is no finding of the report.")
    accounts = sorted(group.base)
    members, pairs = _members(case, accounts, now, called)
    return ExplainedGroup(called, group.name, group.how, row, tuple(notes), members, pairs, group.judgements)


def _set(case: Case, kept: NamedSet, now: Decided) -> ExplainedGroup:
    members, pairs = _members(case, kept.accounts, now, None)
    return ExplainedGroup(kept.name, None, "set", None, (NO_RATE,), members, pairs, ())


def _rows(case: Case) -> list[dict[str, Any]]:
    clustered = case.run("cluster")
    return standing_groups(clustered, case.run("indicators")).to_pylist() if clustered is not None else []


def _members(
    case: Case, accounts: tuple[str, ...] | list[str], now: Decided, group: str | None
) -> tuple[tuple[ExplainedMember, ...], pa.Table]:
    detected = case.run("detect")
    edges = detected.table("edges") if detected is not None else schema.EDGES.empty()
    its = pa.array(accounts, pa.string())
    inside = pc.and_(pc.is_in(edges["source"], value_set=its), pc.is_in(edges["target"], value_set=its))
    pairs = edges.filter(pc.and_(inside, pc.not_equal(edges["level"], "L0")))
    pairs = pairs.sort_by([(name, "ascending") for name in ("q_value", "source", "target")])
    partners: dict[str, int] = {}
    for end in ("source", "target"):
        for account in pairs[end].to_pylist():
            partners[account] = partners.get(account, 0) + 1
    names = pseudonyms(newest(case).members(), (), {}).by_id if case.run("cluster") is not None else {}
    found = [
        ExplainedMember(one, names.get(one), partners.get(one, 0), judged_words(now, one, group)) for one in accounts
    ]
    return tuple(sorted(found, key=lambda one: (-one.partners, one.account_id))), pairs
