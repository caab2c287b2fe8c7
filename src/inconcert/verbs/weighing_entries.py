"""What people entered into the weighing of a group, as the ledger keeps it: those taken back among them, each in a few words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from inconcert.attribution.hypotheses import ORDINARY
from inconcert.case import Case
from inconcert.judgement.retraction import Retraction
from inconcert.judgement.weighed import Weighed, weighed
from inconcert.verbs.judgements import decided_now
from inconcert.verbs.weighed_group import WeighedGroup, weighed_group

NOT_TOLD = "about an explanation that accuses somebody; it is kept, and not shown below level L3"


_OF_HYPOTHESES = ("hypothesis", "rename", "split", "prior", "dissent")


@dataclass(frozen=True)
class EnteredLine:
    """One entry.   label: A3.   id: of its statement.   at: UTC, RFC 3339.   what: of judgement.weighed.WHAT.   says: in a few words.
    retracted: None while it stands."""

    label: str
    id: str
    at: str
    by: str
    what: str
    says: str
    retracted: Retraction | None


def weighing_entries(case: Case, group: str) -> tuple[EnteredLine, ...]:
    """Every entry about the group or the case, oldest first; below L3 nothing of explanations that accuse. Fails as `weighed_group`."""
    opened = weighed_group(case, group)
    now, statements = decided_now(case), case.statements()
    innocent = {one.id for one in opened.entered.hypotheses if one.form in ORDINARY}
    found = []
    for one in weighed(statements):
        its = now.found(one.group)[0] if one.group is not None else None
        if one.group is None or (its is not None and its.id == opened.group.id):
            says = NOT_TOLD if opened.level < "L3" and _accuses(one, innocent) else _says(one, opened)
            found.append(EnteredLine(one.label, one.id, one.at, one.by, one.what, says, one.retracted))
    return tuple(found)


def _accuses(one: Weighed, innocent: set[str]) -> bool:
    """Whether an entry names, weighs or judges an explanation that accuses. A hypothesis that is no more may have accused: it counts."""
    about = one.value.get("like" if one.what == "hypothesis" else "about")
    return one.what == "sign-off" or (one.what in _OF_HYPOTHESES and about not in innocent)


def _says(one: Weighed, opened: WeighedGroup) -> str:
    said: Mapping[str, object] = one.value
    match one.what:
        case "hypothesis":
            return f"new hypothesis “{said['title']}”, like {said['like']}"
        case "rename":
            return f"{said['about']} is called “{said['title']}”"
        case "split":
            return f"{said['about']} is split into {' and '.join(f'“{title}”' for title in one.value['titles'])}"
        case "aside":
            return f"{said['about']} is left out: {said['text']}"
        case "prior":
            low, high = one.value["weight"]
            return f"prior of {said['about']}: {low:g} to {high:g}, because: {said['text']}"
        case "evidence":
            found_by = f", found by {said['found_by']}" if said["found_by"] else ""
            return f"evidence “{said['text']}”, graded {said['grade']}, source: {said['source']}{found_by}"
        case "yardstick":
            return f"words of the case: {said['name']}"
        case "dissent":
            return f"dissent on {said['about']}: {said['word']}, because: {said['text']}"
        case _:
            return f"signed: {said['about']}, {said['word']}. {said['text']}"
