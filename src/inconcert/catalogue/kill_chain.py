"""The ten phases of Meta's online operations kill chain, and the DISARM techniques that belong to each.

The phases are those of Nimmo and Hutchins (Carnegie, 2023), named as in the list of procedures that Meta publishes, which
counts them from 0. The crosswalk is ours.
"""

from __future__ import annotations

from dataclasses import dataclass

from inconcert.catalogue.disarm import Technique, techniques


@dataclass(frozen=True)
class Phase:
    """number: 1 to 10.   tactics: ids of DISARM tactics of which everything belongs to the phase, unless another phase names it.
    numbers: T-numbers that belong to it with their parts, whatever their tactic."""

    number: int
    name: str
    tactics: tuple[str, ...]
    numbers: tuple[str, ...] = ()


PHASES: tuple[Phase, ...] = (
    Phase(1, "Acquiring assets", ("TA15",), ("T0146", "T0147", "T0148", "T0149", "T0150")),
    Phase(2, "Disguising assets", ("TA16",), ("T0143", "T0144", "T0145")),
    Phase(3, "Gathering information", ("TA13",)),
    Phase(4, "Coordinating and planning", ("TA01", "TA02", "TA14")),
    Phase(5, "Testing defenses", (), ("T0020", "T0131.002")),
    Phase(6, "Evading detection", (), ("T0128", "T0129", "T0130")),
    Phase(7, "Indiscriminate engagement", ("TA09", "TA17")),
    Phase(8, "Targeted engagement", ("TA05",), ("T0116", "T0048")),
    Phase(9, "Compromising assets", (), ("T0123", "T0150.005")),
    Phase(10, "Enabling longevity", (), ("T0059", "T0060", "T0131")),
)
"""In their order."""


def phase(technique: Technique) -> Phase | None:
    """The phase a technique of the newest version belongs to: the one that names its number, or else its parent's, or its
    tactic; None where the crosswalk has none, as for making content."""
    for named in (technique.id, technique.parent):
        found = next((one for one in PHASES if named in one.numbers), None)
        if found is not None:
            return found
    tactic = technique.tactic.id if technique.tactic is not None else None
    return next((one for one in PHASES if tactic in one.tactics), None)


def techniques_of(phase_number: int) -> tuple[Technique, ...]:
    """The techniques of the newest version in that phase, by number."""
    return tuple(one for one in techniques().values() if (its := phase(one)) is not None and its.number == phase_number)
