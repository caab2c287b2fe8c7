"""What every indicator is: parameters with their meaning, what it needs, what it measures, and how it can be wrong."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pyarrow as pa

from inconcert.indicators.facts import Facts
from inconcert.indicators.figure import Figure
from inconcert.indicators.reading import Reading

FAMILIES: dict[str, str] = {
    "activity": "acting at the same moments",
    "creation": "how and when accounts were made, and their handles",
    "avatars": "profile pictures",
    "automation": "machines, or one hand behind several accounts",
    "repurposing": "accounts that changed hands or purpose",
    "persona": "names that contradict each other or imitate others",
    "engagement": "who answers, follows and passes on",
    "place": "when and where people work",
    "content": "what is said, and when",
    "none": "no evidence on anybody: a description",
}
"""Family -> what it is about. Evidence of one family counts once."""

AUTHENTICITY = ("creation", "avatars", "automation", "repurposing", "persona")
"""Families that can carry a group from L2 to L3; the others describe it."""


@dataclass(frozen=True)
class Example:
    """A small world, and what must be found in it: (measure, subject_id) of readings with a p-value of at most .001."""

    tables: Mapping[str, pa.Table]
    found: frozenset[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Indicator(ABC):
    """Base of all indicators; a subclass is one file, its fields are its parameters, each with a sentence in its docstring."""

    name: ClassVar[str]
    """As in `working-hours`; unique."""
    id: ClassVar[str]
    """Number in the methods of the design, as D9; several files may share one."""
    family: ClassVar[str]
    about: ClassVar[str]
    """What it measures, in one sentence for people who choose."""
    cites: ClassVar[str]
    measures: ClassVar[Mapping[str, str]]
    """Measure -> what its value is, and against what it is tested."""
    needs: ClassVar[tuple[str, ...]]
    """Columns that must hold something, as `posts.time_us`, or tables, as `follows`; alternatives joined by `|`."""
    minimum: ClassVar[str]
    """Smallest sample it speaks on, in words."""
    confounders: ClassVar[tuple[str, ...]]
    """Innocent explanations, each a phrase that can follow `It may also be:`."""
    disarm: ClassVar[tuple[str, ...]]
    """DISARM Red v1.6 techniques it can be evidence for; empty when none fits."""
    figure: ClassVar[Figure]

    @abstractmethod
    def measure(self, facts: Facts, rng: np.random.Generator) -> list[Reading]:
        """The readings on these facts, those with too small a sample among them. Same facts and seed, same readings, whatever
        the order of rows."""

    @classmethod
    @abstractmethod
    def example(cls) -> Example:
        """A small world of generated accounts in which it finds something, for the contract tests."""
