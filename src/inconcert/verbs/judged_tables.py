"""What people decided, put together and noted, as tables for `export`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

import pyarrow as pa

from inconcert import schema
from inconcert.case import Case, Run
from inconcert.indicators.standing_groups import standing_groups
from inconcert.judgement.decided import Decided, DecidedGroup
from inconcert.judgement.notes import notes
from inconcert.judgement.retraction import Retraction
from inconcert.judgement.sets import named_sets
from inconcert.verbs.judgements import decided_now


def judged_table(case: Case, name: str) -> pa.Table:
    """The table of that name, one of JUDGED; empty while nobody said anything."""
    return pa.Table.from_pylist(JUDGED[name](case), schema=schema.table(name).arrow)


def judged_words(now: Decided, account: str, group_id: str | None) -> str | None:
    """What people decided about an account as member of its group, in a few words; None when they decided nothing."""
    group = now.groups.get(group_id or "")
    said = []
    if group is not None:
        if (aside := now.aside(group.id)) is not None:
            said.append(f"group set aside ({aside.label})")
        if group.merged_into is not None:
            said.append(f"group merged into {group.merged_into}")
        if (removed := group.removed.get(account)) is not None:
            said.append(f"removed ({removed.label})")
        if account in group.left:
            said.append(f"split off to {group.left[account]}")
    said += [f"{one.kind} ({one.label})" for one in now.of_account.get(account, ()) if not one.groups]
    return ", ".join(said) or None


def _judgements(case: Case) -> list[dict[str, Any]]:
    return [
        {
            "judgement": one.label,
            "kind": one.kind,
            "state": outcome.state,
            "groups": ",".join(was.group for was in one.groups) or None,
            "groups_now": ",".join(outcome.groups) or None,
            "overlap": outcome.overlap,
            "accounts": json.dumps(one.accounts) if one.accounts else None,
            "text": one.text,
            "sources": json.dumps(one.sources) if one.sources else None,
            "author": one.by,
            "at": datetime.fromisoformat(one.at),
            **_taken_back(one.retracted),
        }
        for outcome in decided_now(case).outcomes
        for one in (outcome.judgement,)
    ]


def _groups(case: Case) -> list[dict[str, Any]]:
    now, clustered = decided_now(case), case.run("cluster")
    measured = _measured(case, clustered)
    return [_group_row(now, group, measured.get(group.id, {})) for group in now.groups.values()]


def _measured(case: Case, clustered: Run | None) -> Mapping[str, Mapping[str, Any]]:
    if clustered is None:
        return {}
    return {row["group_id"]: row for row in standing_groups(clustered, case.run("indicators")).to_pylist()}


def _group_row(now: Decided, group: DecidedGroup, row: Mapping[str, Any]) -> dict[str, Any]:
    aside = now.aside(group.id)
    return {
        "group_id": group.id,
        "name": group.name,
        "made": group.how,
        "of_groups": ",".join(group.origin) or None,
        "part_of": group.merged_into,
        "set_aside_by": aside.by if aside is not None else None,
        "set_aside_because": aside.text if aside is not None else None,
        "size": len(group.members),
        "removed": len(group.removed),
        "level": row.get("level"),
        "q_value": row.get("q_value"),
    }


def _members(case: Case) -> list[dict[str, Any]]:
    return [
        {
            "group_id": group.id,
            "account_id": account,
            "removed_by": group.removed[account].by if account in group.removed else None,
            "removed_because": group.removed[account].text if account in group.removed else None,
            "split_to": group.left.get(account),
        }
        for group in decided_now(case).groups.values()
        for account in sorted(group.base)
    ]


def _sets(case: Case) -> list[dict[str, Any]]:
    rows = []
    for one in named_sets(case.statements()):
        if one.retracted is None:
            its = {"set": one.name, "author": one.by, "at": datetime.fromisoformat(one.at)}
            rows += [{**its, "account_id": account} for account in one.accounts]
            rows += [{**its, "post_import_id": import_id, "post_row_ref": row} for import_id, row in one.posts]
    return rows


def _notes(case: Case) -> list[dict[str, Any]]:
    return [
        {
            "note": one.label,
            "about_kind": one.about_kind,
            "about": one.about or None,
            "text": one.text,
            "sources": json.dumps([asdict(source) for source in one.sources]) if one.sources else None,
            "author": one.by,
            "at": datetime.fromisoformat(one.at),
            **_taken_back(one.retracted),
        }
        for one in notes(case.statements())
    ]


def _taken_back(retraction: Retraction | None) -> dict[str, str | None]:
    if retraction is None:
        return {"retracted_by": None, "retracted_because": None}
    return {"retracted_by": retraction.by, "retracted_because": retraction.because}


JUDGED: dict[str, Callable[[Case], list[dict[str, Any]]]] = {
    "judgements": _judgements, "judged_groups": _groups, "judged_members": _members, "sets": _sets, "notes": _notes,
}  # fmt: skip
"""Name of a table -> its rows."""
