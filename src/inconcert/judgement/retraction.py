"""What was taken back: nothing is ever deleted, a later statement says that an earlier one no longer holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inconcert.ledger import Statement

RETRACTED = "retracted"


@dataclass(frozen=True)
class Retraction:
    """Who took a statement back, when (UTC, RFC 3339), and why."""

    by: str
    at: str
    because: str


def retractions(statements: Sequence[Statement]) -> dict[str, Retraction]:
    """Id of a statement -> its retraction, the first where there are several; those of bad form are left out."""
    found: dict[str, Retraction] = {}
    for said in statements:
        if said.says == RETRACTED and retraction_fault(said) is None:
            found.setdefault(said.about, Retraction(said.by, said.at, said.value["because"]))
    return found


def retraction_fault(said: Statement) -> str | None:
    """What is wrong with the form of a retraction; None when nothing is."""
    if not isinstance(said.value, dict) or not isinstance(said.value.get("because"), str):
        return "a retraction without a reason"
    if said.because != (said.about,):
        return "a retraction that does not rest on what it takes back"
    return None
