"""`claims`: a register of claims, of a file or of a case, each with the word its evidence carries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from inconcert.attribution.claims_file import SetAside, StatedClaim, read_claims, write_claims
from inconcert.attribution.evidence_strength import MEASURED, Strength, graded, observables
from inconcert.attribution.graded_claims import GradedClaim, graded_claims
from inconcert.case import Case
from inconcert.errors import InputError
from inconcert.indicators.standing_groups import standing_groups
from inconcert.verbs import two_texts
from inconcert.verbs.attribute import Assessment, assessment
from inconcert.verbs.export import written_at_once
from inconcert.verbs.judgements import decided_now
from inconcert.yardstick.yardsticks import PHIA, yardstick

__all__ = ["Claims", "GradedClaim", "StatedClaim", "claims"]


@dataclass(frozen=True)
class Claims:
    """A register.

    source: file or case.   claims: in their order.   set_aside: rows of the file that are none.   groups: of the case, those whose
    assessment was read; None without a case.   written: the file that was written, None for none.
    """

    source: str
    yardstick: str
    claims: tuple[GradedClaim, ...]
    set_aside: tuple[SetAside, ...]
    groups: tuple[str, ...] | None
    written: Path | None

    @property
    def warned(self) -> int:
        """Claims whose words say more than their evidence carries."""
        return sum(bool(one.warning) for one in self.claims)


def claims(
    register: Path | None = None, case: Case | None = None, *, scale: str = PHIA.name, write: Path | None = None, force: bool = False,
) -> Claims:  # fmt: skip
    """Grade the claims of a register, or those that the assessments of a case make.

    register: a table in CSV, see `attribution.claims_file`; None for that of the case.   case: whose items of evidence the register may
    name by their keys. Grades are then those of the case and not of the register, and an item that counts no longer carries nothing.   scale: phia or icd203.   write: a file for the
    register in that layout, with the warnings as caveats; force: in the place of one of that name.
    A case has claims on groups at level L3 or higher only. InputError for a file that is no register, neither file nor case, or a file that may
    not be written; UnknownName for a yardstick there is not.
    """
    if register is None and case is None:
        raise InputError("There is nothing to grade. Name a register of claims, a case, or both.")
    chosen = yardstick(scale)
    assessed = tuple(_assessed(case)) if case is not None else ()
    aside: tuple[SetAside, ...] = ()
    if register is not None:
        stated, aside = read_claims(two_texts.read(register).text, str(register))
        if case is not None:
            stated = tuple(replace(one, grades=()) for one in stated)
        known: Mapping[str, Strength] = observables() | _strengths(assessed)
    else:
        stated, known = tuple(one for its in assessed for one in _stated(its)), {}
    found = graded_claims(stated, known, chosen)
    if write is not None:
        with written_at_once(case, write, force=force) as draft:
            draft.write_text(write_claims(_with_warning(one) for one in found), encoding="utf-8", newline="")
    groups = tuple(one.group for one in assessed) if case is not None else None
    return Claims(str(register or (case.path if case else "")), chosen.title, found, aside, groups, write)


def _assessed(case: Case) -> Iterator[Assessment]:
    """The assessments of groups at L3 that stand."""
    clustered = case.run("cluster")
    if clustered is None:
        return
    now = decided_now(case)
    for row in standing_groups(clustered, case.run("indicators")).to_pylist():
        if row["level"] == "L3" and row["group_id"] in now.groups and now.aside(row["group_id"]) is None:
            yield assessment(case, row["group_id"])


def _stated(its: Assessment) -> Iterator[StatedClaim]:
    """The claims of an assessment, as a register has them."""
    ids = {one.title: one.ids[0] for one in its.outcomes}
    unsigned = "" if its.level == "L4" else "A working paper, which nobody signed."
    for one in its.claims:
        yield StatedClaim(
            f"{its.group}-{ids[one.claim]}", f"{its.group}: {one.claim}", its.group, one.word, "", one.evidence, one.alternatives,
            " ".join(part for part in (unsigned, one.warning) if part), one.grades,
        )  # fmt: skip


def _strengths(assessed: tuple[Assessment, ...]) -> dict[str, Strength]:
    """Key of an item -> its strength; of one that several groups have, any: they share the measurement."""
    found: dict[str, Strength] = {}
    for its in assessed:
        for item in its.items:
            strength = graded(item.key, item.grade.text if item.grade else MEASURED)
            if strength is not None:
                found.setdefault(item.key, strength)
    return found


def _with_warning(one: GradedClaim) -> StatedClaim:
    if not one.warning or one.warning in one.stated.caveat:
        return one.stated
    return replace(one.stated, caveat=" ".join(part for part in (one.stated.caveat, one.warning) if part))
