"""Readings as the page shows them: one card an indicator, its figures, its sentences, and what else it may be."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from inconcert.indicators.catalogue import INDICATORS
from inconcert.indicators.matched_control import POOR
from inconcert.report import verdicts, words
from inconcert.report.data import Group, Report
from inconcert.report.hostile_text import one_line
from inconcert.report.indicator_pictures import Picture, mask_of, pictures_of, subject_of
from inconcert.report.indicator_words import title
from inconcert.report.measured import DESCRIBED, FOUND, NOT_FOUND, TOO_LITTLE, Measured, OfGroup, Seen

PARTS: dict[str, str] = {
    "place": "Rhythm",
    "activity": "Acting at the same moments",
    "creation": "Creation and handles",
    "avatars": "Profile pictures",
    "automation": "Automation and hand-off",
    "repurposing": "Repurposing",
    "persona": "Names",
    "engagement": "Amplification and replies",
    "content": "Content and timing",
    "none": "Impact and description",
}
"""Family -> the heading its readings stand under, in this order."""

FIGURES_OF_ONE, FIGURES_AT_MOST, QUIET_FIGURES = 2, 14, 8
"""Pictures of one indicator, of a whole card, and among them of those that found nothing."""

SENTENCES_OPEN = 3
"""Sentences a card on one subject begins with; further ones are folded, though what was found stays open."""

STEPWISE = ("working-hours",)
"""Indicators whose measures follow one from another (a rhythm, the clock it fits, what is done by that clock): they keep their order."""

SAID_AT_MOST, WHY_AT_MOST, UNIT_AT_MOST, WITNESSES_SHOWN = 700, 200, 40, 4

_SENTENCE_ENDS = re.compile(r"[.!?…\]](?=\s|$)")


@dataclass(frozen=True)
class Said:
    """One reading: its sentence, its numbers, its weight, what it rests on.

    number: I12.   with_it: numbers of readings of which the same is to be said, that there is too little.   subject: whom or what it is about, if not the group.   statement: what was measured; sentence: that and the verdict on it.
    """

    number: str
    with_it: tuple[str, ...]
    measure: str
    subject: str | None
    state: str
    statement: str
    sentence: str
    verdict: str
    numbers: tuple[str, ...]
    weight: str | None
    witnesses: tuple[Mapping[str, Any], ...]
    further: int


@dataclass(frozen=True)
class Card:
    """One indicator with its readings; the first n_open of them are open, the others folded.   also: what else it may be.   about, disarm, minimum: empty for an indicator unknown here."""

    name: str
    title: str
    part: str
    about: str
    also: str
    disarm: tuple[str, ...]
    minimum: str
    readings: tuple[Said, ...]
    n_open: int
    pictures: tuple[Picture, ...]

    @property
    def opened(self) -> tuple[Said, ...]:
        """Readings that are open."""
        return self.readings[: self.n_open]

    @property
    def folded(self) -> tuple[Said, ...]:
        """The others."""
        return self.readings[self.n_open :]

    @property
    def states(self) -> tuple[str, ...]:
        """The state of each measure taken."""
        return tuple(said.state for said in self.readings for _ in (said.number, *said.with_it))

    @property
    def found(self) -> bool:
        """Whether any of its readings was found."""
        return any(said.state == FOUND for said in self.readings)


@dataclass(frozen=True)
class Balance:
    """One trait of a matched control: the standardised difference, where its mark stands (0 to 1), whether the match is poor."""

    trait: str
    difference: float | None
    at: float
    poor: bool


def cards(readings: Iterable[Measured], report: Report, *, level: str, stretch: int) -> tuple[Card, ...]:
    """One card an indicator: those that found something first, then in the order of PARTS.

    level: of the group all these are about, else L0.   stretch: the stretch of the calendar in which clocks are drawn, see clocks.
    """
    by_indicator: dict[str, list[Measured]] = {}
    for one in readings:
        by_indicator.setdefault(one.row["indicator"], []).append(one)
    ordered = sorted(
        by_indicator.items(),
        key=lambda item: (
            not any(m.row["state"] == FOUND for m in item[1]),
            _place(item[1][0].row["family"]),
            item[0],
        ),
    )
    left, quiet, made = FIGURES_AT_MOST, QUIET_FIGURES, []
    for name, its in ordered:
        found = any(m.row["state"] == FOUND for m in its)
        room = min(left, FIGURES_OF_ONE) if found else min(left, quiet, FIGURES_OF_ONE)
        card = _card(name, its, report, level=level, stretch=stretch, room=room)
        left -= len(card.pictures)
        quiet -= 0 if found else len(card.pictures)
        made.append(card)
    return tuple(made)


def busiest_stretch(group: Group | None, report: Report) -> int:
    """The stretch of the calendar, between changes of clocks, in which most posts of a group lie, or of the case."""
    if group is not None and group.week:
        posts: Counter[int] = Counter()
        for stretch, _, n in group.week:
            posts[stretch] += n
        return max(posts, key=lambda stretch: (posts[stretch], -stretch))
    if report.zones is None or report.whole is None:
        return 0
    along, counted = report.whole.axis, Counter[int]()
    for i, n in enumerate(report.whole.posts):
        counted[bisect_right(report.zones.borders_us, along.start_us + i * along.unit_us)] += n
    return max(counted, key=lambda stretch: (counted[stretch], -stretch))


def balance(of: OfGroup) -> tuple[Balance, ...]:
    """How far the control of a group is from it, trait by trait."""
    found = []
    for row in of.balance:
        difference = row["difference"]
        at = 0.5 if difference is None else 0.5 + max(-1.0, min(1.0, difference)) / 2
        poor = difference is not None and abs(difference) > POOR
        found.append(Balance(one_line(row["trait"], 40), difference, at, poor))
    return tuple(found)


def _place(family: str) -> int:
    return list(PARTS).index(family) if family in PARTS else len(PARTS)


def _card(name: str, its: Sequence[Measured], report: Report, *, level: str, stretch: int, room: int) -> Card:
    known = INDICATORS.get(name)
    order = {FOUND: 0, NOT_FOUND: 1, DESCRIBED: 2, TOO_LITTLE: 3}
    stepwise = known is not None and name in STEPWISE
    steps = list(known.measures) if known is not None and stepwise else []
    ranked = sorted(
        its,
        key=lambda m: (
            steps.index(m.row["measure"]) if m.row["measure"] in steps else len(steps),
            0 if stepwise else order.get(m.row["state"], 4),
            0.0 if stepwise else m.row["q_value"] or 0.0,
            m.row["reading"],
        ),
    )
    readings = _together([_said(one, report, level) for one in ranked])
    return Card(
        name=name,
        title=title(name),
        part=PARTS.get(its[0].row["family"], PARTS["none"]),
        about=known.about if known else "",
        also="; ".join(known.confounders) if known else "",
        disarm=known.disarm if known else (),
        minimum=known.minimum if known else "",
        readings=readings,
        n_open=_n_open(readings, stepwise=stepwise),
        pictures=pictures_of(known, ranked, report, stretch, room) if known else (),
    )


def _together(readings: Sequence[Said]) -> tuple[Said, ...]:
    """The readings, those on one subject that lack the same thing joined into one, so that it is said once."""
    joined: list[list[Said]] = []
    lacking: dict[tuple[str | None, str], list[Said]] = {}
    for said in readings:
        key = said.subject, said.verdict
        if said.state == TOO_LITTLE and key in lacking:
            lacking[key].append(said)
            continue
        joined.append([said])
        if said.state == TOO_LITTLE:
            lacking[key] = joined[-1]
    return tuple(
        replace(
            first,
            with_it=tuple(said.number for said in same),
            measure=words.joined(list(dict.fromkeys(said.measure for said in (first, *same)))),
        )
        for first, *same in joined
    )


def _n_open(readings: Sequence[Said], *, stepwise: bool) -> int:
    """How many readings stand open: those that SENTENCES_OPEN hold, one at least, and what was found; all of them where a card
    is about several subjects. stepwise: the found ones do not come first."""
    if len({said.subject for said in readings}) > 1:
        return len(readings)
    left, n = SENTENCES_OPEN, 0
    for said in readings:
        left -= len(_SENTENCE_ENDS.findall(said.sentence))
        if left < 0 and n:
            break
        n += 1
    return n if stepwise else max(n, sum(said.state == FOUND for said in readings))


def _said(one: Measured, report: Report, level: str) -> Said:
    row, mask = one.row, mask_of(one, report)
    cut = one_line(mask(row["says"]), SAID_AT_MOST)
    lacking = one_line(mask(row["lacking"]), SAID_AT_MOST) if row["lacking"] else None
    row = {**row, "lacking": lacking, **{name: one_line(mask(row[name]), UNIT_AT_MOST) for name in ("unit", "scale")}}
    return Said(
        number=one.number,
        with_it=(),
        measure=one_line(row["measure"].replace("-", " ").replace("_", " "), 60),
        subject=None if row["subject"] in ("group", "case") else subject_of(one, report, mask),
        state=row["state"],
        statement=verdicts.statement(row, cut, level),
        sentence=verdicts.sentence(row, cut, level),
        verdict=verdicts.verdict(row) or "described, not tested",
        numbers=tuple(verdicts.measured_numbers(row)),
        weight=verdicts.weight(row),
        witnesses=tuple(_witness(seen, report, mask) for seen in one.witnesses[:WITNESSES_SHOWN]),
        further=len(one.witnesses[WITNESSES_SHOWN:]),
    )


def _witness(seen: Seen, report: Report, mask: Callable[[str], str]) -> Mapping[str, Any]:
    post = seen.post.post if seen.post is not None else None
    return {
        "number": seen.post.number if seen.post is not None else None,
        "account": report.names.of(seen.account_id),
        "time": words.moment(post.time_us, post.precision) if post is not None and post.time_us is not None else None,
        "why": one_line(mask(seen.why), WHY_AT_MOST),
        "text": one_line(mask(post.text), WHY_AT_MOST) if post is not None and post.text else None,
    }
