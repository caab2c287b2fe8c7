"""How the weight for one explanation against another builds up, family by family: the rows of a waterfall."""

from __future__ import annotations

from dataclasses import dataclass

from inconcert.attribution.families import FAMILIES
from inconcert.attribution.posterior import total_weights
from inconcert.attribution.ranges import Range
from inconcert.attribution.weighing import Weighing
from inconcert.errors import InputError, UnknownName

_LEFT = "Below it only explanations that accuse nobody are weighed against each other."
BEFORE, AFTER = "before any evidence", "after all evidence"


@dataclass(frozen=True)
class Step:
    """One row.

    label: BEFORE, the title of a family, or AFTER.   weight: log10 of the ratio it adds, in favour of the first of the two.   start, end: where
    the bar of its point begins and ends.   leading, widening: keys of items.   capped: whether the family would have weighed more.
    """

    label: str
    weight: Range
    start: float
    end: float
    leading: tuple[str, ...] = ()
    widening: tuple[str, ...] = ()
    capped: bool = False


def steps(weighing: Weighing, one: str, other: str) -> tuple[Step, ...]:
    """The prior odds of `one` against `other`, what each family adds, and the odds after all; UnknownName for ids that are not weighed."""
    for id in (one, other):
        if id not in weighing.ids:
            raise UnknownName("hypothesis that is weighed", id, weighing.ids)
    if not {one, other} <= set(weighing.tellable):
        raise InputError(f"{one} and {other} may not be told apart below level L3. {_LEFT}")
    if one == other:
        raise InputError(f"{one} cannot be weighed against itself. Name two hypotheses, as: --pair H1 --pair H6.")
    priors = total_weights({h.id: h.prior for h in weighing.rivals}, ())
    before = priors[one].less(priors[other])
    found = [Step(BEFORE, before, 0.0, before.point)]
    at = before.point
    for family in weighing.families:
        its = family.weights[one].less(family.weights[other])
        title = FAMILIES[family.family].title
        found.append(Step(title, its, at, at + its.point, family.leading, family.widening, family.capped))
        at += its.point
    total = total_weights({h.id: h.prior for h in weighing.rivals}, weighing.families)
    after = total[one].less(total[other])
    return (*found, Step(AFTER, after, 0.0, after.point))


def usual_pair(weighing: Weighing) -> tuple[str, str] | None:
    """The likeliest hypothesis and its nearest rival, of those that may be told apart; None when fewer than two are left of them."""
    total = total_weights({h.id: h.prior for h in weighing.rivals}, weighing.families)
    ranked = sorted(weighing.tellable, key=lambda id: -total[id].point)  # equals stay in the order of the hypotheses
    return (ranked[0], ranked[1]) if len(ranked) > 1 else None
