"""How likely each kind of evidence is under each form of hypothesis: the packaged table `elicited.csv`, a judgement with its reasons.

The ranges were not measured. They say what people who know the field would find surprising, wide where they would disagree, and every row
has its reason beside it. Whoever knows better gives ranges of their own with an item.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from inconcert.attribution.hypotheses import FORMS, Hypothesis
from inconcert.attribution.ranges import NONE, Range

SHOWN = "shown"
"""Unit of rows whose numbers are chances that a group of that form shows the sign at all; how telling the sign is was measured."""


@dataclass(frozen=True)
class Kind:
    """One row: a kind of evidence.

    unit: SHOWN, or "log10": then `weights` are powers of ten against the least favourable form.   weights: form -> its range.
    steps: first and last step of the spectrum of responsibility it bears on, None for none.   reason: why these numbers.
    """

    name: str
    title: str
    family: str
    category: str
    access: str
    unit: str
    weights: Mapping[str, Range]
    steps: tuple[str, str] | None
    reason: str


@cache
def elicited() -> Mapping[str, Kind]:
    """Every kind, by name."""
    text = files("inconcert.attribution").joinpath("elicited.csv").read_text("utf-8")
    return {row["kind"]: _kind(row) for row in csv.DictReader(text.splitlines())}


def kind_of_finding(key: str) -> Kind | None:
    """The row for a finding: that of indicator and measure, or that of the indicator; None when there is neither."""
    table = elicited()
    return table.get(key) or table.get(key.partition("/")[0])


def weights_of(
    kind: Kind | None, own: Mapping[str, Range], hypotheses: Sequence[Hypothesis], measured: Range | None = None
) -> dict[str, Range]:
    """Hypothesis -> log10 weight of an item, the least favourable at 0.

    own: ranges that somebody gave with the item; they go before those of the kind, also for hypotheses made like the one they were given
    for.   measured: log10 of the measured likelihood ratio, for kinds of that unit, of which the end of its range nearest to
    1 counts, as on the claim ladder; ValueError when it is missing there.
    """
    found: dict[str, Range] = {}
    given = dict(own)
    for one in hypotheses:
        if one.id not in given and one.like in given:
            given[one.id] = given[one.like]
        found[one.id] = given.get(one.id) or (_elicited(kind, one.form, measured) if kind else NONE)
    least = min((weight.point for weight in found.values()), default=0.0)
    return {id: weight.shifted(-least) for id, weight in found.items()}


def _elicited(kind: Kind, form: str, measured: Range | None) -> Range:
    its = kind.weights[form]
    if kind.unit != SHOWN:
        return its
    if measured is None:
        raise ValueError(f"evidence of the kind {kind.name} is weighed by what was measured, and nothing was")
    # the measured ratio is one number for all forms: a range of it for each would let it differ between them
    cautious = (
        min(max(measured.low, 0.0), measured.high) if measured.point > 0 else max(min(measured.high, 0.0), measured.low)
    )
    return Range(*sorted(_mixed(share, cautious) for share in (its.low, its.point, its.high)))


def _mixed(share: float, log: float) -> float:
    """log10 of P(reading | form) / P(reading | ordinary people), when that share of groups of the form shows the sign and the others are
    like ordinary people; `log` is that of those who show it. So a missing sign weighs little against a form that often lacks it."""
    return math.log10(1 - share + share * 10**log)


def _kind(row: Mapping[str, str]) -> Kind:
    steps = row["steps"].partition("/")
    return Kind(
        row["kind"], row["title"], row["family"], row["category"], row["access"], row["unit"],
        {form: _range(row[form]) for form in FORMS},
        (steps[0], steps[2]) if row["steps"] else None, row["reason"],
    )  # fmt: skip


def _range(cell: str) -> Range:
    low, high = (float(end) for end in cell.split("/"))
    return Range(low, (low + high) / 2, high)
