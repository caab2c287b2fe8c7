"""The pictures of one indicator's readings, every name in them masked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from inconcert.indicators.indicator import Indicator
from inconcert.indicators.reading import Point
from inconcert.report import words
from inconcert.report.charts import chart
from inconcert.report.clock_chart import Clocks, clocks
from inconcert.report.data import Report
from inconcert.report.drawing import Drawing
from inconcert.report.hostile_text import one_line
from inconcert.report.indicator_words import title
from inconcert.report.masking import masker
from inconcert.report.measured import Measured
from inconcert.report.verdicts import statement

MERGED = ("shares", "bars")
"""Charts in which readings of one indicator stand together."""

NAMED_LAYERS = ("clock", "strip", "curve", "bars")
"""Charts whose layers are named by the indicator; an account may be among them."""


LEAST = "L0"
"""Level to which the words read out for a picture are held, whatever the group's: they stand apart from it."""


@dataclass(frozen=True)
class Picture:
    """A chart, or maps by hour and weekday.   of: what it shows, where a card is about several things; else None."""

    of: str | None
    drawing: Drawing | None
    clocks: Clocks | None


def pictures_of(
    known: type[Indicator], its: Sequence[Measured], report: Report, stretch: int, room: int
) -> tuple[Picture, ...]:
    """At most `room` of them, those of the first readings."""
    figure = known.figure
    free = figure.chart in NAMED_LAYERS
    drawn: dict[tuple[Point, ...], str] = {}
    if figure.chart in MERGED:
        subjects: dict[tuple[str, str], list[Measured]] = {}
        for one in its:
            subjects.setdefault((one.row["subject"], one.row["subject_id"]), []).append(one)
        for same in subjects.values():
            together = dict.fromkeys(p for one in same for p in _masked(one, report, free=free))
            if together:
                drawn.setdefault(tuple(together), same[0].number)
    else:
        for one in its:
            if one.points:
                drawn.setdefault(_masked(one, report, free=free), one.number)
    several = len({(one.row["subject"], one.row["subject_id"]) for one in its}) > 1
    by_number = {one.number: one for one in its}
    pictures: list[Picture] = []
    for points, number in drawn.items():
        if len(pictures) >= room:
            break
        row, mask = by_number[number].row, mask_of(by_number[number], report)
        of = (
            subject_of(by_number[number], report, mask) if several and row["subject"] not in ("group", "case") else None
        )
        label = one_line(f"{title(row['indicator'])}. {statement(row, mask(row['says']), LEAST)}", 300)
        if figure.chart == "clock":
            maps = clocks(points, number, report.zones, report.zone, stretch)
            if maps is not None:
                pictures.append(Picture(of, None, maps))
            continue
        drawing = chart(figure, points, label)
        if drawing is not None:
            pictures.append(Picture(of, drawing, None))
    return tuple(pictures)


def subject_of(one: Measured, report: Report, mask: Callable[[str], str]) -> str:
    """Whom or what a reading is about, as the page names it."""
    row = one.row
    if row["subject"] in ("account", "followed"):
        return report.names.of(row["subject_id"])
    if row["subject"] == "pair":
        both = list(dict.fromkeys(report.names.of(seen.account_id) for seen in one.witnesses))
        return words.joined(both[:2]) if len(both) > 1 else "two accounts"
    if row["subject"] == "post":
        author = next((report.names.of(seen.account_id) for seen in one.witnesses), None)
        return f"post {one.number}" + (f" by {author}" if author else "")
    sign = "#" if row["subject"] == "hashtag" and not row["subject_id"].startswith("#") else ""
    return f"{row['subject']} {sign}{one_line(mask(row['subject_id']), 60)}"


def mask_of(one: Measured, report: Report) -> Callable[[str], str]:
    """What masks the texts of a reading."""
    named = report.added.indicators.named if report.added.indicators else {}
    return masker(one, report.names, named)


def _masked(one: Measured, report: Report, *, free: bool) -> tuple[Point, ...]:
    """Its points without names of accounts.   free: whether layers are names the indicator gives, not those of the chart."""
    mask = mask_of(one, report)
    known: dict[str, str] = {}

    def name(text: str) -> str:
        if text not in known:
            known[text] = mask(text)
        return known[text]

    return tuple(
        replace(p, layer=name(p.layer) if free else p.layer, label=name(p.label) if p.label else p.label)
        for p in one.points
    )
