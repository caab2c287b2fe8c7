"""What is compared and measured: kinds of action, and indicators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from inconcert.errors import UnknownName
from inconcert.indicators.catalogue import INDICATORS
from inconcert.indicators.indicator import AUTHENTICITY, FAMILIES, Indicator
from inconcert.schema import KINDS, WINDOWS_US

CO_ACTION = "D1"
"""Number of the comparison of accounts by what they act on, of whatever kind."""


@dataclass(frozen=True)
class Detector:
    """One kind of action: its name, what two accounts must have in common, and the time scales, seconds."""

    kind: str
    common: str
    windows_s: tuple[float, ...]


@dataclass(frozen=True)
class Described:
    """One indicator: the class attributes of indicators.Indicator, and its parameters with their defaults.

    counts_for_l3: whether its family can carry a group to level L3.
    """

    name: str
    id: str
    family: str
    family_about: str
    about: str
    cites: str
    measures: Mapping[str, str]
    needs: tuple[str, ...]
    minimum: str
    confounders: tuple[str, ...]
    disarm: tuple[str, ...]
    figure: str
    parameters: Mapping[str, str]
    counts_for_l3: bool


@dataclass(frozen=True)
class Detectors:
    """kinds: every kind of action, each also compared without time.   indicators: in the order of the methods."""

    kinds: tuple[Detector, ...]
    indicators: tuple[Described, ...]


def detectors(name: str | None = None) -> Detectors:
    """All of them, or those of that name or number, such as D9; UnknownName when there is none."""
    kinds = tuple(Detector(kind, common, tuple(w / 1e6 for w in WINDOWS_US)) for kind, common in KINDS.items())
    measured = tuple(_described(one) for one in INDICATORS.values())
    if name is None:
        return Detectors(kinds, measured)
    number = name.upper()
    found = Detectors(
        tuple(one for one in kinds if name == one.kind or number == CO_ACTION),
        tuple(one for one in measured if name == one.name or number == one.id),
    )
    if not found.kinds and not found.indicators:
        raise UnknownName("detector", name, [*KINDS, *INDICATORS, CO_ACTION, *(one.id for one in measured)])
    return found


def _described(one: type[Indicator]) -> Described:
    defaults = one()
    return Described(
        name=one.name, id=one.id, family=one.family, family_about=FAMILIES[one.family], about=one.about, cites=one.cites,
        measures=one.measures, needs=tuple(need.replace("|", " or ") for need in one.needs), minimum=one.minimum,
        confounders=one.confounders, disarm=one.disarm, figure=one.figure.chart,
        parameters={field.name: str(getattr(defaults, field.name)) for field in fields(one)},
        counts_for_l3=one.family in AUTHENTICITY,
    )  # fmt: skip
