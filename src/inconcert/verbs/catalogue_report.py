"""One report of the register with what it names: each technique beside its innocent explanations, and the tactics of DISARM."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inconcert.catalogue import disarm
from inconcert.catalogue.observables import observables
from inconcert.catalogue.reports import LEVELS, SOURCE, Report, reports
from inconcert.errors import UnknownName

__all__ = [
    "LEVELS",
    "SOURCE",
    "Named",
    "Report",
    "ReportTold",
    "Tactic",
    "catalogue_report",
    "named",
    "tactics_of",
    "technique_names",
]


@dataclass(frozen=True)
class Named:
    """What a report says it saw.   confounders: what else that may be.   numbers: of DISARM; none for a sign that is no technique."""

    id: str
    name: str
    confounders: tuple[str, ...]
    numbers: tuple[str, ...]


@dataclass(frozen=True)
class Tactic:
    """A tactic of DISARM with the techniques named under it, as (number, name)."""

    name: str
    techniques: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ReportTold:
    """means: what its level of attribution stands for.   tactics: in DISARM's order; of how many.   source, framework: whose facts and
    numbers these are, and on what terms.   others: reports of the same publisher or label, by date."""

    report: Report
    means: str
    named: tuple[Named, ...]
    tactics: tuple[Tactic, ...]
    of_tactics: int
    source: str
    framework: str
    others: tuple[Report, ...]


def catalogue_report(id: str) -> ReportTold:
    """The report of that id; UnknownName when there is none."""
    every = {one.id: one for one in reports()}
    if id not in every:
        raise UnknownName("report of the register", id, list(every))
    one = every[id]
    seen = named(one.techniques)
    others = tuple(
        other
        for other in every.values()
        if other.id != id and (set(other.sources) & set(one.sources) or (one.label and other.label == one.label))
    )
    tactics = tactics_of(sorted({number for its in seen for number in its.numbers}))
    return ReportTold(one, LEVELS[one.level], seen, tactics, len(disarm.tactics()), SOURCE, disarm.licence(), others)


def named(ids: Sequence[str]) -> tuple[Named, ...]:
    """What observables stand for, in their order."""
    known = observables()
    return tuple(Named(id, known[id].name, known[id].confounders, known[id].disarm) for id in ids)


def technique_names() -> dict[str, str]:
    """Observable that the register names -> its name."""
    return {id: one.name for id, one in observables().items()}


def tactics_of(numbers: Sequence[str]) -> tuple[Tactic, ...]:
    """The tactics of these techniques, in DISARM's order; what DISARM does not have, or no longer, is left out."""
    found: dict[str, list[tuple[str, str]]] = {}
    for number in numbers:
        one = disarm.techniques().get(number)
        if one is not None and one.tactic is not None:
            found.setdefault(one.tactic.id, []).append((one.id, one.name))
    return tuple(Tactic(one.name, tuple(found[one.id])) for one in disarm.tactics() if one.id in found)
