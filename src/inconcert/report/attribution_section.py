"""The section on who is behind the groups: what an analyst signed, and of everything else that nothing is attributed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from markupsafe import Markup

from inconcert.attribution.item import Item
from inconcert.attribution.sensitivity import Removal
from inconcert.attribution.weighing import Outcome
from inconcert.report import claims
from inconcert.report.ach_matrix import ach_matrix
from inconcert.report.assessed import SignedPaper
from inconcert.report.attribution_waterfall import attribution_waterfall
from inconcert.report.data import Report
from inconcert.report.drawing import Drawing
from inconcert.report.hostile_text import defanged, visible
from inconcert.report.masking import masker
from inconcert.report.measured import Measured

SIGNED_LEVEL = "L4"
SETTLING_SHOWN = 5


@dataclass(frozen=True)
class Rival:
    """One explanation.   words: of the yardstick.   chance: as "55% to 80%".   low, high: 0 to 1."""

    title: Markup
    words: str
    chance: str
    low: float
    high: float


@dataclass(frozen=True)
class Shown:
    """One item of evidence.   key: by which the rest of the section calls it.   grade: in words."""

    key: str
    text: Markup
    kind: str
    grade: str
    source: Markup
    found_by: Markup | None


@dataclass(frozen=True)
class Opinion:
    """What a named analyst said.   label: A6."""

    label: str
    by: Markup
    day: str
    about: Markup
    word: str
    text: Markup


@dataclass(frozen=True)
class SignedPart:
    """What is printed of a signed paper."""

    sentence: Markup
    yardstick: str
    confidence: str
    because: tuple[Markup, ...]
    rivals: tuple[Rival, ...]
    items: tuple[Shown, ...]
    waterfall: Drawing | None
    matrix: Drawing
    changes: tuple[Markup, ...]
    settling: tuple[Markup, ...]
    dissents: tuple[Opinion, ...]
    signatures: tuple[Opinion, ...]
    sha256: str


@dataclass(frozen=True)
class Attribution:
    """One group.   lacks: what the next level would need, "" from L3 on.   lapsed: a signature no longer stands.   signed: see `SignedPart`."""

    group_id: str
    level: str
    lacks: str
    lapsed: bool
    signed: SignedPart | None


def attributions(report: Report) -> tuple[Attribution, ...]:
    """What the section prints, in the order given; every word that is not the program's own masked, defanged and held to level L4."""
    return tuple(
        Attribution(
            one.group_id, one.level, claims.held_to(one.level, one.lacks) if one.level < "L3" else "", one.lapsed,
            _part(one.group_id, one.signed, _Printed(mask_of_group(report, one.group_id))) if one.signed is not None else None,
        )
        for one in report.assessed
    )  # fmt: skip


def mask_of_group(report: Report, group: str) -> Callable[[str], str]:
    """What masks texts about a group: the accounts that any of its readings rests on are hidden wherever they stand."""
    its = report.added.indicators
    of_group = its.groups.get(group) if its is not None else None
    if its is None or of_group is None:
        return report.names.masked
    seen = tuple(one for reading in (*of_group.readings, *of_group.members) for one in reading.witnesses)
    return masker(Measured("", {"subject": "group", "subject_id": group}, (), seen), report.names, its.named)


@dataclass(frozen=True)
class _Printed:
    """How words of people and of posts are printed."""

    mask: Callable[[str], str]

    def plain(self, text: str) -> str:
        return claims.held_of_people(SIGNED_LEVEL, self.mask(text))

    def __call__(self, text: str) -> Markup:
        return visible(defanged(self.plain(text)))


def _part(group: str, paper: SignedPaper, printed: _Printed) -> SignedPart:
    lead = paper.leading
    titles = {id: printed.plain(title) for id, title in paper.titles.items()}
    drawn = None
    if paper.pair is not None:
        drawn = attribution_waterfall(paper.waterfall, titles[paper.pair[0]], titles[paper.pair[1]])
    rows = tuple(replace(row, text=printed.plain(row.text)) for row in paper.matrix.rows)
    holds = "It is {} that {} is behind {}." if paper.named else "It is {} that this explanation of {} holds: {}."
    about = (printed(lead.title), group) if paper.named else (group, printed(lead.title))
    sentence = Markup(holds).format(lead.words.text, *about)
    return SignedPart(
        sentence=sentence, yardstick=paper.yardstick, confidence=paper.confidence.level,
        because=tuple(printed(why) for _, why in paper.confidence.reasons),
        rivals=tuple(_rival(one, printed) for one in sorted(paper.outcomes, key=lambda one: -one.chance.point)),
        items=tuple(_shown(item, printed) for item in paper.items), waterfall=drawn,
        matrix=ach_matrix(replace(paper.matrix, rows=rows), titles),
        changes=tuple(_change(one, lead, printed) for one in paper.removals if one.word_changes or one.lead_changes),
        settling=tuple(
            Markup("{}: then “{}” would be {}").format(printed(one.title), printed(one.then.title), one.then.words.text)
            for one in paper.settling[:SETTLING_SHOWN]
        ),
        dissents=tuple(
            Opinion(one.label, printed(one.by), one.at[:10], printed(titles.get(one.about, one.about)), one.word, printed(one.because))
            for one in paper.dissents
        ),
        signatures=tuple(
            Opinion(one.label, printed(one.by), one.at[:10], printed(titles.get(one.about, one.about)), one.word, printed(one.text))
            for one in paper.signatures
        ),
        sha256=paper.sha256,
    )  # fmt: skip


def _rival(one: Outcome, printed: _Printed) -> Rival:
    ends = [_percent(end) for end in (one.chance.low, one.chance.high)]
    chance = ends[0] if ends[0] == ends[1] else " to ".join(ends)
    return Rival(printed(one.title), one.words.text, chance, one.chance.low, one.chance.high)


def _shown(item: Item, printed: _Printed) -> Shown:
    grade = f"{item.grade.text}: {item.grade.words}" if item.grade else "measured"
    elsewhere = None if item.grade is None or item.found_by in ("", "this case") else printed(item.found_by)
    return Shown(
        item.key, printed(item.text), f"{item.category}, {item.access}", grade, printed(item.source), elsewhere
    )


def _change(one: Removal, lead: Outcome, printed: _Printed) -> Markup:
    then = one.of(lead.ids)
    told = Markup("Without the {} {}, that would be {}").format(one.what, one.key, then.words.text)
    if one.lead_changes:
        told += Markup(", and “{}” would lead").format(printed(one.leading.title))
    return told + "."


def _percent(chance: float) -> str:
    return "less than 1%" if chance < 0.01 else "more than 99%" if chance > 0.99 else f"{chance:.0%}"
