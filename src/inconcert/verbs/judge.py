"""`judge`: what a person decides about groups, accounts and pairs, entered in the ledger under that person's name."""

from __future__ import annotations

import string
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from inconcert.case import Case, Run
from inconcert.errors import InputError, UnknownName
from inconcert.judgement.decided import STANDS, Decided, DecidedGroup
from inconcert.judgement.judgements import JUDGED, judged_value, judgements, listed_members
from inconcert.judgement.kinds import KINDS, fits
from inconcert.judgement.membership import Membership
from inconcert.judgement.wording import author, named_sources, one_line, prose
from inconcert.report import claims
from inconcert.report.decisions import decisions
from inconcert.verbs.called import account_called
from inconcert.verbs.waiting import PATIENCE_S, waiting

NO_Q = (
    "It has no q-value of its own: nobody tested it as it stands now, and the numbers beside it are those of the run."
)


@dataclass(frozen=True)
class Judged:
    """A judgement that was entered.

    label: J3, by which it can be retracted.   groups, accounts: what it is about.   makes: the group it made, None for most.
    notes: what whoever judged should know.
    """

    label: str
    kind: str
    text: str
    by: str
    groups: tuple[str, ...]
    accounts: tuple[str, ...]
    makes: str | None
    notes: tuple[str, ...]


def judge(
    case: Case,
    subjects: Sequence[str],
    kind: str,
    text: str,
    *,
    by: str,
    accounts: Sequence[str] = (),
    sources: Sequence[str] = (),
    patience_s: float = PATIENCE_S,
) -> Judged:
    """Enter a judgement on the newest cluster run.

    subjects: groups (G1, G1+G2, G1.a), or accounts where the kind is about accounts: ids, names of the report or handles.
    kind: of KINDS.   text: the new name, or the reason.   by: who judges.   accounts: those to split off or to remove.
    sources: where it is to be seen.   patience_s: how long to wait while another process writes.

    No judgement changes a number of the run or raises a level. UnknownName for a kind, group or account; InputError when the
    judgement does not fit what stands, when nobody signs it, or a text is empty or too long; CaseInUse.
    """
    if kind not in KINDS:
        raise UnknownName("judgement", kind, KINDS)
    its = KINDS[kind]
    who, where = author(by), named_sources(sources)
    said = one_line("The name", text, its.most) if its.is_name else prose("The reason", text, its.most)
    with waiting(case, patience_s):
        clustered = case.run("cluster")
        if clustered is None:
            raise InputError(
                f"The case {case.path} has no groups to judge. Run: inconcert detect {case.typed}, then cluster."
            )
        now = decisions(case, clustered)
        about_groups = its.groups != (0, 0)
        groups = [_group(now, id) for id in dict.fromkeys(subjects)] if about_groups else []
        named = list(accounts) if about_groups else [*subjects, *accounts]
        ids = tuple(_accounts(case, clustered, named))
        _refuse_misfit(kind, groups, ids, now)
        suffix = _suffix(case, groups[0]) if kind == "split" else ""
        was = [Membership(group.id, clustered.id, group.base) for group in groups]
        value = judged_value(kind, said, was, ids, where, suffix, listed_members(case.statements()))
        about = [f"group:{group.id}" for group in groups] or [f"account:{id}" for id in ids]
        case.say(" ".join(about), JUDGED, value, by=who)
        label = judgements(case.statements())[-1].label
    made = {"merge": "+".join(group.id for group in groups), "split": f"{groups[0].id}.{suffix}" if groups else ""}.get(
        kind
    )
    notes = [NO_Q] if made else []
    if kind == "rename":
        notes += _claimed(said, _level(clustered, groups[0]))
    return Judged(label, kind, said, who, tuple(group.id for group in groups), ids, made, tuple(notes))


def _group(now: Decided, id: str) -> DecidedGroup:
    group = now.groups.get(id)
    if group is None:
        raise UnknownName("group", id, now.groups)
    if group.merged_into is not None:
        merging = next(j for j in group.judgements if j.kind == "merge")
        raise InputError(
            f"{id} is part of {group.merged_into} ({merging.label} by {merging.by}). Judge {group.merged_into}, or retract "
            f"{merging.label} first."
        )
    return group


def _accounts(case: Case, clustered: Run, named: Sequence[str]) -> list[str]:
    if not named:
        return []
    known: pa.Array = clustered.table("scores")["account_id"].combine_chunks()
    return list(dict.fromkeys(account_called(case, name, known) for name in named))


def _refuse_misfit(kind: str, groups: Sequence[DecidedGroup], accounts: Sequence[str], now: Decided) -> None:
    """InputError when a judgement does not fit what stands."""
    its = KINDS[kind]
    for what, number, bounds in (("group", len(groups), its.groups), ("account", len(accounts), its.accounts)):
        if not fits(number, bounds):
            raise InputError(
                f"'{kind}' is about {_wanted(what, bounds)}; {number} {'was' if number == 1 else 'were'} named."
            )
    if groups and accounts:
        absent = [account for account in accounts if account not in groups[0].members]
        if absent:
            raise InputError(
                f"{absent[0]} is not in {groups[0].id} now. 'inconcert explain CASE {groups[0].id}' lists its accounts."
            )
        if kind == "split" and len(accounts) == len(groups[0].members):
            raise InputError(f"These are all accounts of {groups[0].id}: nothing would stay. Rename it instead.")
    for group in groups:
        aside = now.aside(group.id)
        if aside is not None and kind in ("confirm", "set-aside", "merge", "split"):
            raise InputError(f"{group.id} was set aside by {aside.by} ({aside.label}). Retract {aside.label} first.")
    if not groups and (same := _said_before(kind, accounts, now)):
        raise InputError(f"The same was judged before: {same}.")


def _said_before(kind: str, accounts: Sequence[str], now: Decided) -> str:
    """The judgement of that kind on that pair that stands; "" when there is none, or notes are meant."""
    for outcome in now.outcomes:
        one = outcome.judgement
        if kind != "note" and outcome.state == STANDS and one.kind == kind and set(one.accounts) == set(accounts):
            return f"{one.label} by {one.by}"
    return ""


def _wanted(what: str, bounds: tuple[int, int | None]) -> str:
    fewest, most = bounds
    if most == 0:
        return f"no {what}"
    number = f"{fewest}" if most == fewest else f"{fewest} or more"
    return f"{number} {what}{'' if number == '1' else 's'}"


def _suffix(case: Case, group: DecidedGroup) -> str:
    """The next letter nobody ever used for that group; two letters after z."""
    used = {
        one.suffix
        for one in judgements(case.statements())
        if one.kind == "split" and any(was.group == group.id for was in one.groups)
    }
    letters = [*string.ascii_lowercase, *(a + b for a in string.ascii_lowercase for b in string.ascii_lowercase)]
    free: str | None = next((letter for letter in letters if letter not in used), None)
    if free is None:
        raise InputError(f"{group.id} was split {len(letters)} times; no letter is left for another part.")
    return free


def _level(clustered: Run, group: DecidedGroup) -> str:
    """The level co-action gave a group; that of the weakest part for one that people made."""
    levels: dict[str, str] = {row["group_id"]: row["level"] for row in clustered.table("groups").to_pylist()}
    parts = group.id.split("+")
    return claims.lowest([levels[part.split(".")[0]] for part in parts if part.split(".")[0] in levels])


def _claimed(name: str, level: str) -> list[str]:
    if not claims.exceeds(level, name):
        return []
    return [f"The report leaves this name out: it claims more than level {level} carries."]
