"""`attribute`: who is behind a group, weighed between rival hypotheses; everything that pages and the command line show of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from inconcert.attribution.ach_matrix import Matrix, matrix
from inconcert.attribution.binding import fingerprint
from inconcert.attribution.claim_register import Claim, register
from inconcert.attribution.confidence import Confidence, confidence
from inconcert.attribution.dissent import Dissent, dissents
from inconcert.attribution.family_weight import FamilyWeight
from inconcert.attribution.finding import HERE, QUESTIONS, Answer, Finding
from inconcert.attribution.four_questions import answers
from inconcert.attribution.grid import Cell, grid
from inconcert.attribution.hypotheses import Hypothesis
from inconcert.attribution.item import Item
from inconcert.attribution.ladder import LADDER, attributable, rung
from inconcert.attribution.sensitivity import Removal, removals
from inconcert.attribution.settling import Settling, settling
from inconcert.attribution.signature import LAPSED, STANDS, Signed, signed
from inconcert.attribution.spectrum import SpectrumStep, spectrum
from inconcert.attribution.waterfall import Step, steps, usual_pair
from inconcert.attribution.weighing import Outcome, Weighing
from inconcert.case import Case
from inconcert.errors import InputError
from inconcert.judgement import membership
from inconcert.judgement.weighed import OF_THE_CASE, WEIGHED, weighed, weighed_value
from inconcert.judgement.wording import REASON_AT_MOST, author, prose
from inconcert.verbs.attribution_entries import Entry, SignOff, described, fields_of
from inconcert.verbs.waiting import PATIENCE_S, waiting
from inconcert.verbs.weighed_group import WeighedGroup, weighed_group


@dataclass(frozen=True)
class Assessment:
    """Everything that is shown of one group; a working paper of the analyst, and no finding before it is signed.

    level: L0 to L3, or L4 while a sign-off stands.   why_not_higher: what the next level would need.   aside: the judgement that set the group
    aside.   hypotheses: all.   outcomes: every explanation that may be told apart.   leading: the likeliest.   confidence: in that one.
    answers: to the four questions.   rung: of attribution.ladder.   items: those that count; those with another `found_by` than "this
    case" are other people's and credited to them.   families: what each weighs.   left_out: (item, label of the entry, its author, reason).
    unused: labels of entries that fit nothing that stands.   unweighed: findings of no elicited kind.   pair: the two hypotheses of the
    `waterfall`, None where fewer than two may be told apart.   removals: what changes without any one item or family.   settling: what evidence would settle it.   spectrum, grid: the items by step of state
    responsibility, and by category and access.   claims: with their words, and warnings.   sha256: of exactly what is weighed.
    weighing: from which all this follows.
    """

    group: str
    name: str | None
    level: str
    why_not_higher: str
    aside: str | None
    yardstick: str
    hypotheses: tuple[Hypothesis, ...]
    outcomes: tuple[Outcome, ...]
    leading: Outcome
    confidence: Confidence
    answers: tuple[Answer, ...]
    rung: str
    items: tuple[Item, ...]
    families: tuple[FamilyWeight, ...]
    left_out: tuple[tuple[Item, str, str, str], ...]
    unused: tuple[str, ...]
    unweighed: tuple[Finding, ...]
    matrix: Matrix
    pair: tuple[str, str] | None
    waterfall: tuple[Step, ...]
    removals: tuple[Removal, ...]
    settling: tuple[Settling, ...]
    spectrum: tuple[SpectrumStep, ...]
    grid: tuple[Cell, ...]
    claims: tuple[Claim, ...]
    dissents: tuple[Dissent, ...]
    sign_offs: tuple[Signed, ...]
    sha256: str
    weighing: Weighing = field(repr=False)

    @property
    def found_here(self) -> tuple[Item, ...]:
        """Items of this case."""
        return tuple(item for item in self.items if item.found_by == HERE)

    @property
    def found_elsewhere(self) -> tuple[Item, ...]:
        """Items that others found, credited to them."""
        return tuple(item for item in self.items if item.found_by != HERE)


@dataclass(frozen=True)
class Attributed:
    """What was entered.   label: A3, by which it can be retracted.   says: in a few words.   lapses: labels of sign-offs it made lapse."""

    label: str
    by: str
    says: str
    lapses: tuple[str, ...]


def assessment(case: Case, group: str, *, pair: tuple[str, str] | None = None) -> Assessment:
    """Weigh what the case holds and people entered about a group of the newest cluster run; nothing is written.

    pair: hypotheses of the waterfall; the likeliest and its nearest rival by default. UnknownName for a group or hypothesis; InputError
    without groups, for a group that people put together, and for hypotheses that may not be told apart.
    """
    return _assessment(weighed_group(case, group), pair)


def attribute(case: Case, group: str, entry: Entry | SignOff, *, by: str, patience_s: float = PATIENCE_S) -> Attributed:
    """Enter something into the weighing of a group, under somebody's name: it can be retracted, and whatever was signed before lapses.

    UnknownName and InputError when the entry does not fit what is weighed now, or nobody signs it; a sign-off only at level L3, on an actor
    that is likely at least. CaseInUse.
    """
    who = author(by)
    with waiting(case, patience_s):
        opened = weighed_group(case, group)
        before = _assessment(opened, None)
        if isinstance(entry, SignOff):
            what, fields = "sign-off", _signature(entry, before)
        else:
            what, fields = fields_of(entry, opened.weighing)
        was = None if what in OF_THE_CASE else opened.membership
        value = weighed_value(what, was, fields, case.statements())
        case.say("case" if was is None else f"group:{opened.group.id}", WEIGHED, value, by=who)
        label = weighed(case.statements())[-1].label
        after = assessment(case, group)
    stood = {one.label for one in before.sign_offs if one.state == STANDS}
    lapsed = tuple(one.label for one in after.sign_offs if one.label in stood and one.state == LAPSED)
    return Attributed(label, who, described(entry, fields), lapsed)


def _signature(entry: SignOff, now: Assessment) -> dict[str, Any]:
    """InputError unless the group stands at L3 and an actor is likely at least."""
    if now.level not in ("L3", "L4"):
        raise InputError(
            f"{now.group} stands at level {now.level}, and nothing is attributed below L3. {now.why_not_higher[:1].upper()}{now.why_not_higher[1:]}."
        )
    if now.aside is not None:
        raise InputError(f"{now.group} was set aside ({now.aside}): it is no finding. Retract {now.aside} first.")
    if attributable(now.weighing) is None:
        raise InputError(
            f"There is no actor to sign for: the likeliest explanation is “{now.leading.title}” ({now.leading.words.text}). A sign-off needs an actor "
            "whose words begin at likely."
        )
    text = prose("The sign-off", entry.text, REASON_AT_MOST)
    return {**_signable(now.weighing, now.confidence, now.sha256), "text": text}


def _signable(weighing: Weighing, sure: Confidence, sha256: str) -> dict[str, str]:
    """What a signature is under."""
    its = weighing.leading
    return {"about": its.ids[0], "word": its.words.text, "confidence": sure.level, "sha256": sha256}


def _assessment(opened: WeighedGroup, pair: tuple[str, str] | None) -> Assessment:
    its, weighing, level = opened.entered, opened.weighing, opened.level
    sha256 = fingerprint(weighing, level, membership.fingerprint(opened.group.members))
    removed = removals(weighing)
    sure = confidence(weighing, removed)
    may_stand = level == "L3" and opened.aside is None and attributable(weighing) is not None
    signatures = signed(opened.entries, _signable(weighing, sure, sha256) if may_stand else None)
    stands = any(one.state == STANDS for one in signatures)
    said = answers(opened.row, level, weighing, sure, opened.answers)
    pair = pair or usual_pair(weighing)
    return Assessment(
        group=opened.group.id, name=opened.group.name, level="L4" if stands else level, why_not_higher=opened.row["why_not_higher"],
        aside=opened.aside.label if opened.aside is not None else None, yardstick=weighing.yardstick.title,
        hypotheses=weighing.hypotheses, outcomes=weighing.outcomes, leading=weighing.leading, confidence=sure, answers=said,
        rung=rung(weighing, stands, next(one for one in said if one.question == "network")), items=weighing.items,
        families=weighing.families, left_out=tuple((item, one.label, one.by, one.value["text"]) for item, one in its.left_out),
        unused=tuple(one.label for one in its.unused), unweighed=its.unweighed, matrix=matrix(weighing), pair=pair,
        waterfall=steps(weighing, *pair) if pair else (), removals=removed, settling=settling(weighing), spectrum=spectrum(weighing),
        grid=grid(weighing), claims=register(weighing), dissents=dissents(opened.entries, weighing), sign_offs=signatures,
        sha256=sha256, weighing=weighing,
    )  # fmt: skip


__all__ = ["HERE", "LADDER", "QUESTIONS", "Assessment", "Attributed", "Item", "Outcome", "assessment", "attribute"]
