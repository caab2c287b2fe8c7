"""Other views than the one that is computed, each by a named analyst, with a reason and a word of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inconcert.attribution.claim_register import claim_on
from inconcert.attribution.weighing import Weighing
from inconcert.judgement.weighed import Weighed


@dataclass(frozen=True)
class Dissent:
    """One view.   label: A5.   about: a hypothesis.   word: its own.   warning: where that word says more than the evidence carries, or is none
    of the yardstick; "" elsewhere."""

    label: str
    by: str
    at: str
    about: str
    word: str
    because: str
    warning: str


def dissents(entries: Sequence[Weighed], weighing: Weighing) -> tuple[Dissent, ...]:
    """Those among these entries, oldest first."""
    return tuple(
        Dissent(
            one.label, one.by, one.at, one.value["about"], one.value["word"], one.value["text"], _warning(one, weighing)
        )
        for one in entries
        if one.what == "dissent"
    )


def _warning(one: Weighed, weighing: Weighing) -> str:
    about, word = one.value["about"], one.value["word"]
    band = next((band for band in weighing.yardstick.bands if word in (band.term, *band.others)), None)
    if band is None:
        return f"'{word}' is no word of the yardstick of this case."
    told = next((outcome for outcome in weighing.outcomes if about in outcome.ids), None)
    return claim_on(weighing, told, word, band.low, one.by).warning if told is not None else ""
