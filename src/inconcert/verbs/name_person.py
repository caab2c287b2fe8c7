"""`entities --ask` and `--approve`: a private person is named only when one person gives a reason and another approves it."""

from __future__ import annotations

from dataclasses import dataclass

from inconcert.case import Case
from inconcert.entities.privacy import OPAQUE
from inconcert.errors import InputError
from inconcert.judgement.brought import APPROVED, ASKED, PERSON, approved_persons, brought, same_author, standing_files
from inconcert.judgement.wording import REASON_AT_MOST, author, prose
from inconcert.verbs.waiting import PATIENCE_S, waiting


@dataclass(frozen=True)
class NamedPerson:
    """What was entered.   label: E4, by which it can be taken back.   person: opaque id.   approved: whether that person may be named
    now.   again: files to be added once more, since the details were never entered."""

    label: str
    person: str
    by: str
    approved: bool
    again: tuple[str, ...]


def ask_to_name(case: Case, person: str, *, by: str, because: str, patience_s: float = PATIENCE_S) -> NamedPerson:
    """Ask that a private person may be named, for a reason. InputError for a person no file holds, and without a reason."""
    who, why = author(by), prose("The reason", because, REASON_AT_MOST)
    with waiting(case, patience_s):
        _withheld(case, person)
        case.say(f"{PERSON}{person}", ASKED, {"because": why}, by=who)
        label = brought(case.statements())[-1].label
    return NamedPerson(label, person, who, False, ())


def approve_naming(case: Case, person: str, *, by: str, because: str, patience_s: float = PATIENCE_S) -> NamedPerson:
    """Approve what somebody else asked. InputError when nobody asked, or when whoever approves is who asked."""
    who, why = author(by), prose("The reason", because, REASON_AT_MOST)
    with waiting(case, patience_s):
        _withheld(case, person)
        statements = case.statements()
        asked = [
            one for one in brought(statements) if one.says == ASKED and one.about == person and one.retracted is None
        ]
        if not asked:
            raise InputError(
                f"Nobody asked to name {person}. First: inconcert entities CASE --ask {person} --because REASON --by NAME"
            )
        other = next((one for one in reversed(asked) if not same_author(one.by, who)), None)
        if other is None:
            raise InputError(f"{who} asked to name {person}: somebody else has to approve it.")
        case.say(f"{PERSON}{person}", APPROVED, {"because": why}, by=who, because=[other.id])
        statements = case.statements()
        label = brought(statements)[-1].label
        again = tuple(one.value["file"] for one in standing_files(statements) if person in one.value["withheld"])
    return NamedPerson(label, person, who, person in approved_persons(statements), again)


def _withheld(case: Case, person: str) -> None:
    known = {id for one in standing_files(case.statements()) for id in one.value.get("withheld", ())}
    if not OPAQUE.fullmatch(person) or person not in known:
        raise InputError(
            f"'{person}' is no private person of this case; {len(known):,} are known by an id such as private-0123456789ab. "
            f"'inconcert entities {case.path}' lists them."
        )
