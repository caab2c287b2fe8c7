"""Are the statements of people what they should be: every judgement, set, note, choice, entry into a weighing,
entry about entities or places and retraction of a ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inconcert.judgement.brought import ENTERED, brought_faults
from inconcert.judgement.choices import CHOSEN, choice_faults
from inconcert.judgement.judgements import JUDGED, judgement_faults
from inconcert.judgement.located import LOCATED, located_faults
from inconcert.judgement.notes import NOTED, note_faults
from inconcert.judgement.retraction import RETRACTED, retraction_fault
from inconcert.judgement.sets import KEPT_SET, set_faults
from inconcert.judgement.weighed import WEIGHED, weighed_faults
from inconcert.ledger import Statement

OF_PEOPLE = (JUDGED, KEPT_SET, NOTED, CHOSEN, WEIGHED, LOCATED, *ENTERED)
"""What people say, and may take back."""


def form_faults(statements: Sequence[Statement]) -> Iterator[tuple[Statement, str]]:
    """Statements of people that are of bad form, and what is wrong with each."""
    yield from judgement_faults(statements)
    yield from set_faults(statements)
    yield from note_faults(statements)
    yield from choice_faults(statements)
    yield from weighed_faults(statements)
    yield from located_faults(statements)
    yield from brought_faults(statements)
    before: dict[str, str] = {}
    for said in statements:
        if said.says == RETRACTED:
            if (fault := retraction_fault(said)) is not None:
                yield said, fault
            elif before.get(said.about) not in OF_PEOPLE:
                yield said, "a retraction of nothing that somebody said before"
        before[said.id] = said.says
