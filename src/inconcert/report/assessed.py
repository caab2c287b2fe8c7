"""What a report is handed of the assessments of a case: all of one that somebody signed, and of others that there is one."""

from __future__ import annotations

from dataclasses import dataclass

from inconcert.attribution.ach_matrix import Matrix
from inconcert.attribution.confidence import Confidence
from inconcert.attribution.dissent import Dissent
from inconcert.attribution.item import Item
from inconcert.attribution.sensitivity import Removal
from inconcert.attribution.settling import Settling
from inconcert.attribution.signature import Signed
from inconcert.attribution.waterfall import Step
from inconcert.attribution.weighing import Outcome


@dataclass(frozen=True)
class SignedPaper:
    """What was signed and still stands; the fields as in `inconcert.attribution`.   named: whether somebody gave the leading
    explanation its name.   titles: hypothesis -> title.   sha256: of what is weighed."""

    leading: Outcome
    named: bool
    outcomes: tuple[Outcome, ...]
    titles: dict[str, str]
    yardstick: str
    confidence: Confidence
    items: tuple[Item, ...]
    matrix: Matrix
    pair: tuple[str, str] | None
    waterfall: tuple[Step, ...]
    removals: tuple[Removal, ...]
    settling: tuple[Settling, ...]
    dissents: tuple[Dissent, ...]
    signatures: tuple[Signed, ...]
    sha256: str


@dataclass(frozen=True)
class Assessed:
    """The assessment of one group.

    level: L0 to L3, or L4 while a signature stands.   lacks: what the next level would need.   lapsed: whether a signature no longer stands.
    signed: None unless one does. A report then has nothing it could say of the working paper.
    """

    group_id: str
    level: str
    lacks: str
    lapsed: bool
    signed: SignedPaper | None
