"""What people said about a case, read once for each state of its ledger."""

from __future__ import annotations

from functools import lru_cache

from inconcert.case import Case
from inconcert.judgement.choices import Choice, choices
from inconcert.judgement.decided import Decided
from inconcert.judgement.notes import Note
from inconcert.verbs.judgements import decided_now
from inconcert.verbs.notes import notes

_CASES = 8


def decided_of(case: Case) -> Decided:
    """The groups of the newest run with every judgement applied."""
    return _decided(case, _moment(case))


def notes_of(case: Case) -> tuple[Note, ...]:
    """Every note, oldest first."""
    return _notes(case, _moment(case))


def choices_of(case: Case) -> tuple[Choice, ...]:
    """Every choice for the report, oldest first."""
    return _choices(case, _moment(case))


def said_key(case: Case) -> str:
    """What the report of a case follows from, as a name: the last statement that is not about a report that was written."""
    return _key(case, _moment(case))


def _moment(case: Case) -> tuple[int, int]:
    its = case.ledger.stat()
    return its.st_mtime_ns, its.st_size


@lru_cache(maxsize=_CASES)
def _decided(case: Case, moment: tuple[int, int]) -> Decided:
    return decided_now(case)


@lru_cache(maxsize=_CASES)
def _notes(case: Case, moment: tuple[int, int]) -> tuple[Note, ...]:
    return tuple(notes(case))


@lru_cache(maxsize=_CASES)
def _choices(case: Case, moment: tuple[int, int]) -> tuple[Choice, ...]:
    return tuple(choices(case.statements()))


@lru_cache(maxsize=_CASES)
def _key(case: Case, moment: tuple[int, int]) -> str:
    last = [one.id for one in case.statements() if not (one.about == "report" and one.says == "wrote")]
    return last[-1][:16]
