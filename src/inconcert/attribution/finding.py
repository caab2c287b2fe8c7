"""What other rooms hand over for weighing: one finding of the case, and answers to questions that are theirs to answer."""

from __future__ import annotations

from dataclasses import dataclass

from inconcert.attribution.ranges import Range

HERE = "this case"
"""Who found what the program itself measured."""


@dataclass(frozen=True)
class Finding:
    """One finding on a group.

    key: unique and the same in every run, as "creation-bursts/burst".   kind: a row of elicited.csv.   text: what was found, one sentence.
    measured: log10 of the likelihood ratio against the ordinary explanation, None where the kind's weights are as elicited.
    source: where it is to be seen, as "run 8ba5b7cbb7905785".   there: whether the sign was found, beyond chance.   missed: whether it was tested
    for and not found.
    """

    key: str
    kind: str
    text: str
    source: str
    measured: Range | None = None
    there: bool = True
    missed: bool = False


@dataclass(frozen=True)
class Answer:
    """What is said of one of the four questions.

    question: of QUESTIONS.   answer: in a sentence.   term: its word, of the yardstick or of the claim ladder; "" when there is none.
    confidence: "high", "moderate", "low", or "" where nothing was examined.   because: reasons of the confidence.   alternatives: what
    else would explain it.   names: the network or place that is named, "" for none.
    """

    question: str
    answer: str
    term: str = ""
    confidence: str = ""
    because: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    names: str = ""


QUESTIONS: dict[str, str] = {
    "coordinated": "Does it act in concert?",
    "network": "Is it the same as a known network?",
    "place": "Where is it?",
    "actor": "Who runs it?",
}
"""Kept apart: a yes to one is no yes to another."""
