"""What people decided about the groups of a run, read from the ledger of the case."""

from __future__ import annotations

from inconcert.case import Case, Run
from inconcert.judgement.decided import Decided, decided
from inconcert.judgement.judgements import judgements
from inconcert.report.pseudonyms import order


def decisions(case: Case, clustered: Run, *, judged: bool = True) -> Decided:
    """The groups of a cluster run, candidates at L0 among them, with every judgement applied to them; as they are found when not `judged`."""
    members = clustered.table("members")
    groups: dict[str, list[str]] = {id: [] for id in sorted(set(members["group_id"].to_pylist()), key=order)}
    for id, account in zip(members["group_id"].to_pylist(), members["account_id"].to_pylist(), strict=True):
        groups[id].append(account)
    return decided(groups, judgements(case.statements()) if judged else ())
