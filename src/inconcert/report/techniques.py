"""The DISARM techniques of the report's groups, in the phases of the kill chain.

The names of the handbook say what an attacker does; a reading shows less. So they stand in the report from level L3 on, and only where they
claim no more than that level carries. Below it there are numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from inconcert.catalogue.disarm import licence
from inconcert.catalogue.group_techniques import Shown, by_phase
from inconcert.catalogue.kill_chain import Phase
from inconcert.report import claims
from inconcert.report.data import Report
from inconcert.report.hostile_text import defanged, one_line
from inconcert.report.indicator_pictures import mask_of
from inconcert.report.measured import Measured
from inconcert.report.verdicts import q_value, statement

NAMED_FROM = "L3"
NO_PHASE = "in no phase"
SAID_AT_MOST, READINGS_AT_MOST = 400, 3
"""Characters of a sentence, and readings of one technique, that are printed."""


@dataclass(frozen=True)
class Evidence:
    """One reading that shows a technique.   number: "I12", by which the page prints it.   says: what was measured.   q: in words.
    confounders: what else it may be."""

    number: str
    says: str
    q: str
    posts: int
    accounts: int
    confounders: tuple[str, ...]


@dataclass(frozen=True)
class Technique:
    """id: T-number.   name: of the handbook, None where the level does not carry it.   phase: its name, or NO_PHASE.   evidence: readings
    that the page prints.   further: how many others show it."""

    id: str
    name: str | None
    phase: str
    evidence: tuple[Evidence, ...]
    further: int


@dataclass(frozen=True)
class GroupTechniques:
    """One group.   phases: (name of the phase, techniques) of every phase, what is in none last."""

    group_id: str
    level: str
    phases: tuple[tuple[str, tuple[Technique, ...]], ...]

    @property
    def techniques(self) -> tuple[Technique, ...]:
        """Of all phases."""
        return tuple(one for _, its in self.phases for one in its)


@dataclass(frozen=True)
class Techniques:
    """groups: those that show any.   without: ids of the others.   phases: names, in their order.   framework: whose, on what terms."""

    groups: tuple[GroupTechniques, ...]
    without: tuple[str, ...]
    phases: tuple[str, ...]
    framework: str


def techniques(report: Report) -> Techniques | None:
    """Of the groups of the report; None when none shows any, or indicators are no part of it."""
    if report.added.indicators is None:
        return None
    printed = {one.row["reading"]: one for one in report.added.indicators.all}
    levels = {group.row["group_id"]: group.row["level"] for group in report.groups}
    found = [_of_group(report, id, level, printed) for id, level in levels.items() if id in report.techniques]
    if not found:
        return None
    used = {name for one in found for name, its in one.phases if its}
    phases = tuple(name for name, _ in found[0].phases if name != NO_PHASE or name in used)
    without = tuple(id for id in levels if id not in report.techniques)
    return Techniques(tuple(found), without, phases, defanged(licence()))


def _of_group(report: Report, id: str, level: str, printed: Mapping[int, Measured]) -> GroupTechniques:
    phases = by_phase(report.techniques[id])
    return GroupTechniques(
        id, level, tuple((_phase(phase), _techniques(report, its, level, printed)) for phase, its in phases)
    )


def _phase(phase: Phase | None) -> str:
    return f"{phase.number} {phase.name}" if phase is not None else NO_PHASE


def _techniques(
    report: Report, shown: Sequence[Shown], level: str, printed: Mapping[int, Measured]
) -> tuple[Technique, ...]:
    by_id: dict[str, list[Shown]] = {}
    for one in shown:
        by_id.setdefault(one.technique.id, []).append(one)
    made = []
    for id, its in by_id.items():
        told = [one for one in its if one.reading in printed][:READINGS_AT_MOST]
        evidence = tuple(_evidence(report, one, level, printed[one.reading]) for one in told)
        name, phase = _name(its[0].technique.name, level), _phase(its[0].phase)
        made.append(Technique(id, name, phase, evidence, len(its) - len(told)))
    return tuple(made)


def _name(name: str, level: str) -> str | None:
    return name if level >= NAMED_FROM and not claims.exceeds(level, name) else None


def _evidence(report: Report, one: Shown, level: str, measured: Measured) -> Evidence:
    says = statement(measured.row, one_line(mask_of(measured, report)(one.says), SAID_AT_MOST), level)
    q = q_value(measured.row) if one.q_value is not None else ""
    return Evidence(measured.number, says, q, one.posts, one.accounts, one.confounders)
