"""`attribute`: who is behind a group, weighed between rival hypotheses; everything that pages and the command line show of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
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
from inconcert.attribution.hypotheses import ORDINARY, Hypothesis
from inconcert.attribution.item import Item
from inconcert.attribution.ladder import LADDER, attributable, rung
from inconcert.attribution.sensitivity import Removal, removals
from inconcert.attribution.settling import Settling, settling
from inconcert.attribution.signature import LAPSED, STANDS, Signed, signed
from inconcert.attribution.spectrum import SpectrumStep, spectrum
from inconcert.attribution.waterfall import Step, steps, usual_pair
from inconcert.attribution.weighing import Outcome, Weighing
from inconcert.attribution.withheld import NEITHER, NOBODY, SOMEBODY, Withheld, bare, innocent, points_to, withheld
from inconcert.case import Case
from inconcert.errors import InputError
from inconcert.judgement import membership
from inconcert.judgement.weighed import OF_THE_CASE, WEIGHED, Weighed, weighed, weighed_value
from inconcert.judgement.wording import REASON_AT_MOST, author, prose
from inconcert.verbs.attribution_entries import Dissent as DissentEntry
from inconcert.verbs.attribution_entries import Entry, SignOff, described, fields_of
from inconcert.verbs.waiting import PATIENCE_S, waiting
from inconcert.verbs.weighed_group import WeighedGroup, weighed_group


@dataclass(frozen=True)
class Assessment:
    """Everything that is shown of one group; a working paper of the analyst, and no finding before it is signed.

    Below L3 all of it but `sha256` holds the explanations alone that accuse nobody, weighed among themselves as if there were no others;
    see `attribution.withheld`. Nothing in it tells how likely the others are, and nothing can be worked out from it.

    level: L0 to L3, or L4 while a sign-off stands.   why_not_higher: what the next level would need.   aside: the judgement that set the group
    aside.   supposing: what `outcomes` and all that follows from them take for granted: below L3 that nobody is behind it, "" above.
    hypotheses: all; below L3 without those `withheld`.   outcomes: every explanation that is compared; none where fewer than two
    are.   leading: the likeliest of these.   confidence: in that one.
    answers: to the four questions.   rung: of attribution.ladder.   items: those that count; those with another `found_by` than "this
    case" are other people's and credited to them.   points: key of an item -> the side to which it points.   families: what each weighs.
    left_out: (item, label of the entry, its author, reason).
    unused: labels of entries that fit nothing that stands.   unweighed: findings of no elicited kind.   pair: the two hypotheses of the
    `waterfall`, None where fewer than two are compared.   removals: what changes without any one item or family.   settling: what evidence
    would settle it.   spectrum, grid: the items by step of state responsibility (none below L3), and by category and access.
    claims: with their words, and warnings; none below L3.   dissents: below L3 those on explanations that accuse nobody.   sign_offs: below L3
    without what was signed.   sha256: of exactly what is weighed.   weighing: from which all this follows.
    """

    group: str
    name: str | None
    level: str
    why_not_higher: str
    aside: str | None
    supposing: str
    yardstick: str
    hypotheses: tuple[Hypothesis, ...]
    withheld: tuple[Withheld, ...]
    outcomes: tuple[Outcome, ...]
    leading: Outcome | None
    confidence: Confidence | None
    answers: tuple[Answer, ...]
    rung: str
    items: tuple[Item, ...]
    points: Mapping[str, str]
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
    def told_apart(self) -> bool:
        """Whether explanations that accuse somebody are compared: from level L3 on."""
        return self.level >= "L3"

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
        if isinstance(entry, DissentEntry):
            _may_be_said(entry, opened)
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
    if entry.seen and not (len(entry.seen) >= 8 and now.sha256.startswith(entry.seen.strip().lower())):
        raise InputError(
            f"What is weighed is no longer what was read: its hash begins with {now.sha256[:12]}, not with '{entry.seen[:12]}'. Read it again, then sign."
        )
    if now.aside is not None:
        raise InputError(f"{now.group} was set aside ({now.aside}): it is no finding. Retract {now.aside} first.")
    if now.leading is None or now.confidence is None or attributable(now.weighing) is None:
        lead = (
            f"the likeliest explanation is “{now.leading.title}” ({now.leading.words.text})"
            if now.leading
            else "nothing is compared"
        )
        raise InputError(
            f"There is no actor to sign for: {lead}. A sign-off needs an actor whose words begin at likely."
        )
    text = prose("The sign-off", entry.text, REASON_AT_MOST)
    return {**_signable(now.weighing, now.confidence, now.sha256), "text": text}


def _signable(weighing: Weighing, sure: Confidence, sha256: str) -> dict[str, str]:
    """What a signature is under."""
    its = weighing.leading
    return {"about": its.ids[0], "word": its.words.text, "confidence": sure.level, "sha256": sha256}


def _may_be_said(entry: DissentEntry, opened: WeighedGroup) -> None:
    """InputError for another view on an explanation that accuses somebody, below L3."""
    forms = {one.id: one.form for one in opened.weighing.rivals}
    if opened.level != "L3" and forms.get(entry.about.strip().upper(), "chance") not in ORDINARY:
        raise InputError(
            f"{opened.group.id} stands at level {opened.level}: below L3 nobody says how likely an explanation is that accuses somebody. Enter evidence "
            "instead; the dissent once the group stands at L3."
        )


def _assessment(opened: WeighedGroup, pair: tuple[str, str] | None) -> Assessment:
    full, level = opened.weighing, opened.level
    sha256 = fingerprint(full, level, membership.fingerprint(opened.group.members))
    if pair is not None:
        steps(full, *pair)  # which refuses what may not be told apart
    weighing = full if full.apart else innocent(full, opened.findings, opened.entries)
    compared = len(weighing.rivals) > 1
    removed = removals(weighing) if compared else ()
    sure = confidence(weighing, removed) if compared else None
    may_stand = full.apart and opened.aside is None and attributable(full) is not None
    entries = opened.entries if full.apart else _sayable(opened.entries, weighing)
    signatures = signed(entries, _signable(full, sure, sha256) if may_stand and sure is not None else None)
    stands = any(one.state == STANDS for one in signatures)
    said = answers(opened.row, level, full, sure or _UNSURE, opened.answers)
    if not full.apart:
        said = tuple(
            replace(one, confidence="", because=(), alternatives=()) if one.question == "actor" else one for one in said
        )
    pair = pair or (usual_pair(weighing) if compared else None)
    its, kept = opened.entered, weighing.hypotheses
    return Assessment(
        group=opened.group.id, name=opened.group.name, level="L4" if stands else level, why_not_higher=opened.row["why_not_higher"],
        aside=opened.aside.label if opened.aside is not None else None,
        supposing="" if full.apart else NOBODY, yardstick=weighing.yardstick.title,
        hypotheses=kept, withheld=() if full.apart else withheld(full.hypotheses),
        outcomes=weighing.outcomes if compared else (), leading=weighing.leading if compared else None, confidence=sure, answers=said,
        rung=rung(full, stands, next(one for one in said if one.question == "network")), items=weighing.items,
        points={item.key: points_to(item, full.rivals) for item in full.items},
        families=weighing.families if compared else (),
        left_out=tuple((item if full.apart else bare(item, kept, opened.findings, opened.entries), one.label, one.by, one.value["text"]) for item, one in its.left_out),
        unused=tuple(one.label for one in its.unused),
        unweighed=its.unweighed if full.apart else tuple(replace(one, measured=None) for one in its.unweighed),
        matrix=matrix(weighing) if compared else Matrix((), (), {}), pair=pair,
        waterfall=steps(weighing, *pair) if pair else (), removals=removed, settling=settling(weighing) if compared else (),
        spectrum=spectrum(weighing) if full.apart else (), grid=grid(weighing), claims=register(weighing) if full.apart else (),
        dissents=dissents(entries, weighing), sign_offs=signatures, sha256=sha256, weighing=weighing,
    )  # fmt: skip


_UNSURE = Confidence("", ())
"""In nothing."""


def _sayable(entries: Sequence[Weighed], weighing: Weighing) -> tuple[Weighed, ...]:
    """The entries as they may be shown below L3: without views on explanations that accuse, and without what was signed."""
    found = []
    for one in entries:
        if one.what == "sign-off":
            one = replace(one, value={**one.value, "about": "", "word": "", "confidence": "", "text": ""})
        if one.what != "dissent" or one.value["about"] in weighing.ids:
            found.append(one)
    return tuple(found)


__all__ = [
    "HERE",
    "LADDER",
    "NEITHER",
    "NOBODY",
    "QUESTIONS",
    "SOMEBODY",
    "Assessment",
    "Attributed",
    "Item",
    "Outcome",
    "assessment",
    "attribute",
]
