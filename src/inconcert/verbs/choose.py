"""`choose`: what the report of a case describes, which pictures it shows, and what somebody wrote beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from inconcert.case import Case
from inconcert.errors import InputError, UnknownName
from inconcert.judgement.choices import CHOSEN, ChosenPart, choice_value, choices
from inconcert.judgement.decided import Decided
from inconcert.judgement.membership import Membership
from inconcert.judgement.wording import NOTE_AT_MOST, author, prose
from inconcert.normalise.local_time import refuse_unknown_zone
from inconcert.report.chosen import BESIDE, GROUP_FIGURES, PART_FIGURES, SECTIONS
from inconcert.verbs.judgements import decided_now
from inconcert.verbs.waiting import waiting


@dataclass(frozen=True)
class Chose:
    """A choice that was entered.   label: R2, by which it can be retracted.   parts: groups and parts it is about."""

    label: str
    by: str
    zone: str
    notes: bool
    parts: tuple[str, ...]


def choose(
    case: Case,
    *,
    by: str,
    leave_out: Sequence[str] = (),
    without: Sequence[str] = (),
    texts: Mapping[str, str] | None = None,
    zone: str = "UTC",
    notes: bool = False,
) -> Chose:
    """Enter what the report shows; it replaces what was chosen before. Nothing but the report changes.

    leave_out: groups that are listed and not described, and sections (see `report.chosen.SECTIONS`) that are left out.   without:
    pictures left out, as "G1:network" or "volume:timeline".   texts: group or part -> Markdown printed beside it; of it, what claims
    more than the level carries is left out.   zone, notes: as `report` takes them.   by: who chooses.
    UnknownName for a group, part, picture or zone; InputError for an empty or too long text, or when nobody signs; CaseInUse.
    """
    who = author(by)
    refuse_unknown_zone(zone)
    said = {place: prose(f"The text beside {place}", text, NOTE_AT_MOST) for place, text in (texts or {}).items()}
    with waiting(case):
        clustered = case.run("cluster")
        if clustered is None:
            raise InputError(
                f"The case {case.path} has no groups yet. Run: inconcert detect {case.typed}, then cluster."
            )
        now = decided_now(case)
        pictures = [_picture(one, now) for one in without]
        places = dict.fromkeys([*leave_out, *(place for place, _ in pictures), *said])
        known = {**dict.fromkeys(now.groups), **dict.fromkeys(BESIDE), **dict.fromkeys(PART_FIGURES)}
        for place in places:
            if place not in known or (place in leave_out and place not in now.groups and place not in SECTIONS):
                raise UnknownName("group or part of the report", place, [*now.groups, *SECTIONS])
            if place in said and place not in now.groups and place not in BESIDE:
                raise UnknownName("part of the report to write beside", place, [*now.groups, *BESIDE])
        parts = [
            ChosenPart(
                "" if place in now.groups else place,
                Membership(place, clustered.id, now.groups[place].base) if place in now.groups else None,
                place not in leave_out,
                tuple(dict.fromkeys(figure for of, figure in pictures if of == place)),
                said.get(place, ""),
            )
            for place in places
        ]
        case.say("report", CHOSEN, choice_value(zone, notes, parts, case.statements()), by=who)
        label = choices(case.statements())[-1].label
    return Chose(label, who, zone, notes, tuple(places))


def _picture(spelt: str, now: Decided) -> tuple[str, str]:
    place, _, figure = spelt.partition(":")
    known = GROUP_FIGURES if place in now.groups else PART_FIGURES.get(place, {})
    if figure not in known:
        raise UnknownName("picture of the report", spelt, [f"{place}:{one}" for one in known])
    return place, figure
