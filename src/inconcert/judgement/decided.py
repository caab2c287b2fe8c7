"""What stands: the groups of a run with everything people decided about them.

Nothing here changes a number of the run. A merged or split group has no q-value of its own, since nobody tested it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from inconcert.judgement.judgements import Judgement
from inconcert.judgement.membership import CARRIED, Membership, overlap

STANDS, TAKEN_BACK, AGAIN = "stands", "retracted", "to be looked at again"
"""States of a judgement. AGAIN: the group it was made on is no longer there, or too different from what it was."""
FOUND, MERGED, SPLIT = "found", "merged", "split"
"""How a group came to be: by the run, or by people."""


@dataclass(frozen=True)
class DecidedGroup:
    """One group.

    id: G1; of groups put together "G1+G2", of accounts split off "G1.a".   base: its accounts as found, merged or split.
    how: FOUND, MERGED or SPLIT.   origin: the groups it was made of.   made_by: the judgement that made it.
    name: its newest name.   aside: the judgement that set it aside.   merged_into: the group it is part of now.
    removed: account -> the judgement that removed it.   left: account -> the group it was split off to.
    judgements: all that stand about it, oldest first.
    """

    id: str
    base: frozenset[str]
    how: str = FOUND
    origin: tuple[str, ...] = ()
    made_by: Judgement | None = None
    name: str | None = None
    aside: Judgement | None = None
    merged_into: str | None = None
    removed: Mapping[str, Judgement] = field(default_factory=dict)
    left: Mapping[str, str] = field(default_factory=dict)
    judgements: tuple[Judgement, ...] = ()

    @property
    def members(self) -> tuple[str, ...]:
        """Its accounts without those that people removed or split off, sorted."""
        return tuple(sorted(self.base - set(self.removed) - set(self.left)))


@dataclass(frozen=True)
class Outcome:
    """What became of a judgement.   state: STANDS, TAKEN_BACK or AGAIN.   groups: those it is about, as they are called now.
    overlap: least overlap with those it was made on, None for judgements on accounts.   why: of AGAIN, in words."""

    judgement: Judgement
    state: str
    groups: tuple[str, ...] = ()
    overlap: float | None = None
    why: str = ""


@dataclass(frozen=True)
class Decided:
    """groups: by id, those of the run first.   outcomes: one a judgement, oldest first.   of_account: account -> the judgements
    that stand and name it, oldest first."""

    groups: Mapping[str, DecidedGroup]
    outcomes: tuple[Outcome, ...]
    of_account: Mapping[str, tuple[Judgement, ...]]

    def found(self, was: Membership) -> tuple[DecidedGroup | None, float]:
        """The group that is now what that one was, and their overlap; None, and the best overlap, when none is."""
        return _found(self.groups, was)

    def aside(self, id: str) -> Judgement | None:
        """The judgement by which a group is set aside, itself or as part of another; None when it is not."""
        group = self.groups.get(id)
        if group is None or group.aside is not None or group.merged_into is None:
            return group.aside if group is not None else None
        return self.aside(group.merged_into)

    @property
    def taken_out(self) -> frozenset[str]:
        """Accounts that no longer belong to what a run found: removed, split off, or of a group that was set aside."""
        gone: set[str] = set()
        for group in self.groups.values():
            gone |= set(group.removed) | set(group.left) | (group.base if self.aside(group.id) is not None else set())
        return frozenset(gone)


def decided(groups: Mapping[str, Sequence[str]], made: Sequence[Judgement]) -> Decided:
    """Apply judgements to the groups of a run, oldest first.   groups: id -> accounts, as the run found them."""
    now = {id: DecidedGroup(id, frozenset(accounts)) for id, accounts in groups.items()}
    outcomes = []
    of_account: dict[str, tuple[Judgement, ...]] = {}
    for judgement in made:
        if judgement.retracted is not None:
            outcomes.append(Outcome(judgement, TAKEN_BACK))
            continue
        outcome = _outcome(now, judgement)
        outcomes.append(outcome)
        if outcome.state == STANDS:
            _apply(now, judgement, outcome.groups)
            for account in judgement.accounts:
                of_account[account] = (*of_account.get(account, ()), judgement)
    return Decided(now, tuple(outcomes), of_account)


def parts_found(now: Decided, id: str) -> list[str]:
    """The groups of the run that a group was made of, by way of others that people made; itself where the run found it."""
    group = now.groups.get(id)
    if group is None or not group.origin:
        return [id] if group is not None else []
    return list(dict.fromkeys(part for one in group.origin for part in parts_found(now, one)))


def _outcome(now: Mapping[str, DecidedGroup], judgement: Judgement) -> Outcome:
    if not judgement.groups:
        return Outcome(judgement, STANDS)
    found = [_found(now, was) for was in judgement.groups]
    least = min(share for _, share in found)
    ids = tuple(group.id for group, _ in found if group is not None)
    if len(ids) < len(found):
        was = next(was.group for was, (group, _) in zip(judgement.groups, found, strict=True) if group is None)
        share = f"the nearest shares {least:.0%} of its accounts" if least else "no group shares an account with it"
        return Outcome(judgement, AGAIN, ids, least, f"{was} is no longer there: {share}")
    if len(set(ids)) < len(ids):
        return Outcome(judgement, AGAIN, ids[:1], least, f"what were several groups is one now, {ids[0]}")
    if missing := _missing(now[ids[0]], judgement):
        return Outcome(judgement, AGAIN, ids, least, missing)
    return Outcome(judgement, STANDS, ids, least)


def _missing(group: DecidedGroup, judgement: Judgement) -> str:
    """Why the accounts of a judgement are no longer those of the group; "" when they are."""
    if not judgement.accounts:
        return ""
    there = sum(account in group.base for account in judgement.accounts) / len(judgement.accounts)
    return "" if there >= CARRIED else f"{group.id} holds only {there:.0%} of the accounts it names"


def _found(now: Mapping[str, DecidedGroup], was: Membership) -> tuple[DecidedGroup | None, float]:
    """The group nearest in membership; of several as near, that of the same name."""
    same = now.get(was.group)
    if same is not None and same.base == was.accounts:
        return same, 1.0
    best, share = None, 0.0
    for group in now.values():
        its = overlap(group.base, was.accounts)
        if its > share or (best is not None and its == share and group.id == was.group):
            best, share = group, its
    return (best, share) if share >= CARRIED else (None, share)


def _apply(now: dict[str, DecidedGroup], judgement: Judgement, ids: Sequence[str]) -> None:
    for id in ids:
        now[id] = replace(now[id], judgements=(*now[id].judgements, judgement))
    match judgement.kind:
        case "rename":
            now[ids[0]] = replace(now[ids[0]], name=judgement.text)
        case "set-aside":
            now[ids[0]] = replace(now[ids[0]], aside=judgement)
        case "remove":
            group = now[ids[0]]
            gone = {account: judgement for account in judgement.accounts if account in group.base}
            now[ids[0]] = replace(group, removed={**gone, **group.removed})
        case "merge":
            _merge(now, judgement, ids)
        case "split":
            _split(now, judgement, ids[0])


def _merge(now: dict[str, DecidedGroup], judgement: Judgement, ids: Sequence[str]) -> None:
    made = "+".join(ids)
    parts = [now[id] for id in ids]
    removed = {account: by for part in parts for account, by in part.removed.items()}
    left = {account: to for part in parts for account, to in part.left.items()}
    base = frozenset().union(*(part.base for part in parts))
    now[made] = DecidedGroup(made, base, MERGED, tuple(ids), judgement, removed=removed, left=left)
    for part in parts:
        now[part.id] = replace(now[part.id], merged_into=made)


def _split(now: dict[str, DecidedGroup], judgement: Judgement, id: str) -> None:
    made = f"{id}.{judgement.suffix}"
    chosen = frozenset(judgement.accounts) & now[id].base
    now[id] = replace(now[id], left={**now[id].left, **dict.fromkeys(sorted(chosen), made)})
    now[made] = DecidedGroup(made, chosen, SPLIT, (id,), judgement)
