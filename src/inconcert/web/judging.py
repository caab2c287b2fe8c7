"""Judgements as pages show and take them: each with the command line that says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inconcert.judgement.decided import TAKEN_BACK, Decided
from inconcert.judgement.judgements import Judgement
from inconcert.judgement.kinds import KINDS
from inconcert.verbs.look import View, accounts_shown, texts_shown
from inconcert.web.jobs import step


@dataclass(frozen=True)
class Said:
    """One judgement.   did: "set aside".   accounts: (key, name on the page) of those it is about; known ones only.   retracted: who
    took it back, when and why; None while it stands.   again: why it has no effect on this run; "" when it has.
    """

    label: str
    kind: str
    did: str
    by: str
    at: str
    text: str
    groups: tuple[str, ...]
    accounts: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]
    retracted: tuple[str, str, str] | None
    again: str


def said_of(view: View, now: Decided, group_id: str, *, names: bool) -> tuple[Said, ...]:
    """Every judgement on a group, oldest first, those that were taken back among them."""
    stands = {one.label for one in now.groups[group_id].judgements} if group_id in now.groups else set()
    chosen = [
        outcome
        for outcome in now.outcomes
        if outcome.judgement.label in stands
        or (outcome.state == TAKEN_BACK and any(was.group == group_id for was in outcome.judgement.groups))
    ]
    return said(view, [(outcome.judgement, outcome.why) for outcome in chosen], names=names)


def said(view: View, judgements: Sequence[tuple[Judgement, str]], *, names: bool) -> tuple[Said, ...]:
    """Judgements, each with why it has no effect, with nobody named who should not be."""
    people = accounts_shown(view, [id for one, _ in judgements for id in one.accounts], names=names)
    spoken = [(one.text, *one.sources, one.retracted.because if one.retracted else "") for one, _ in judgements]
    told = iter(texts_shown(view, [text for texts in spoken for text in texts], names=names))
    found = []
    for one, why in judgements:
        text, *sources = [next(told) for _ in range(1 + len(one.sources))]
        because = next(told)
        back = (one.retracted.by, one.retracted.at, because) if one.retracted else None
        accounts = tuple((people[id].key, people[id].shown) for id in one.accounts if id in people)
        groups = tuple(was.group for was in one.groups)
        found.append(
            Said(
                one.label,
                one.kind,
                KINDS[one.kind].did,
                one.by,
                one.at,
                text,
                groups,
                accounts,
                tuple(sources),
                back,
                why,
            )
        )
    return tuple(found)


def judge_command(
    case: str, subjects: Sequence[str], kind: str, text: str, by: str, accounts: Sequence[str] = ()
) -> str:
    """The command line that judges; words in capitals stand for what is not said yet."""
    named = [part for account in accounts for part in ("--account", account)]
    return str(
        step(
            "judge",
            case,
            *subjects,
            f"--{kind}",
            text or ("NAME" if kind == "rename" else "REASON"),
            *named,
            "--by",
            by or "NAME",
        )
    )


def retract_command(case: str, label: str, because: str, by: str) -> str:
    """The command line that takes a judgement back."""
    return str(step("judgements", case, "--retract", label, "--because", because or "REASON", "--by", by or "NAME"))
