"""One piece of evidence, ready to be weighed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from inconcert.attribution.grading import Grade
from inconcert.attribution.ranges import NONE, Range


@dataclass(frozen=True, kw_only=True)
class Item:
    """One item.

    key: its own, as "creation-bursts/burst" or "A7".   text: one sentence.   kind: row of elicited.csv, "" for none.   family: of FAMILIES.
    category: of CATEGORIES.   access: of ACCESS.   grade: None for what the program measured.   found_by: who found it.
    weights: hypothesis -> log10 of how much likelier it is there than under the least favourable one; the grade is counted in.
    steps: first and last step of the spectrum of responsibility it bears on, None for none.
    """

    key: str
    text: str
    kind: str
    family: str
    category: str
    access: str
    grade: Grade | None
    source: str
    found_by: str
    weights: Mapping[str, Range]
    steps: tuple[str, str] | None = None

    def among(self, hypotheses: tuple[str, ...]) -> dict[str, Range]:
        """Its weights under these hypotheses, moved so that the smallest and the largest point lie as far above 0 as below.

        Nothing but 0 when all are alike: then it says nothing of them.
        """
        its = {one: self.weights.get(one, NONE) for one in hypotheses}
        if len(set(its.values())) <= 1:
            return dict.fromkeys(hypotheses, NONE)
        points = [weight.point for weight in its.values()]
        middle = (min(points) + max(points)) / 2
        return {one: weight.shifted(-middle) for one, weight in its.items()}

    def spread(self, hypotheses: tuple[str, ...]) -> float:
        """How much likelier it is under the most favourable of these than under the least, as a power of ten: its diagnosticity."""
        points = [weight.point for weight in self.among(hypotheses).values()]
        return max(points, default=0.0) - min(points, default=0.0)
