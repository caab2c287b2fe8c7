"""The register of disclosed operations in one picture: counts per year, platform, category, language and level, and how techniques spread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import vl_convert

from inconcert.catalogue.counts import Counts, Spread
from inconcert.catalogue.observables import observables
from inconcert.catalogue.reports import SOURCE
from inconcert.report import words
from inconcert.report.chart_look import BLUE, INK, MUTED, ORANGE, PALE_BLUE, as_svg
from inconcert.report.drawing import Drawing

WIDTH = 940
ROWS_AT_MOST = 12
"""Bars of one panel."""
TECHNIQUES_AT_MOST = 40
_BAR, _ROW = 19, 21
"""Heights in pixels: of a bar, of a row of the matrix."""
_HEIGHT = 130
"""Of the years, pixels."""
_NAMES = 170
"""Width of the names beside bars."""


def catalogue_chart(counts: Counts) -> Drawing | None:
    """The picture; None without any report. Techniques that one report alone names are drawn only where there is room."""
    if not counts.reports:
        return None
    half = (WIDTH - 2 * _NAMES - 60) // 2
    levels = {f"{level.replace('_', ' ')}": n for level, n in counts.by_level.items()}
    left = alt.vconcat(
        _years(counts.by_year, half),
        _bars("Category", counts.by_category, half),
        _bars("Who is behind it, as the report says", levels, half),
        spacing=24,
    )
    right = alt.vconcat(
        _bars("Platform", counts.by_platform, half), _bars("Language", counts.by_language, half), spacing=24
    )
    shown = _drawn(counts.techniques)
    panels = [alt.hconcat(left, right, spacing=30), *([_matrix(shown, counts.by_year)] if shown else [])]
    label = (
        f"{words.count(counts.reports, 'report')} by year, platform, category, language and level of attribution"
        + (f"; {words.count(len(shown), 'technique')} by year" if shown else "")
    )
    chart = alt.concat(*panels, columns=1, align="none", spacing=34).resolve_scale(
        color="independent", size="independent"
    )
    notes = [f"A report counts once for each platform, category and language it names. {SOURCE}."]
    for what, its in (("platforms", counts.by_platform), ("languages", counts.by_language)):
        if len(its) > ROWS_AT_MOST:
            notes.append(f"{ROWS_AT_MOST} of {len(its)} {what} are drawn.")
    if len(shown) < len(counts.techniques):
        notes.append(f"{len(shown)} of {len(counts.techniques)} techniques are drawn, those that most reports name.")
    return Drawing(as_svg(chart, label, "catalogue"), (), tuple(notes))


def standalone_svg(drawing: Drawing) -> str:
    """The picture as a file of its own, on white."""
    head = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" style="background:#fff" '
    return head + str(drawing.svg).removeprefix("<svg ")


def png(drawing: Drawing) -> bytes:
    """The picture as PNG, two pixels for one, on white."""
    background = '<rect x="-1000" y="-1000" width="5000" height="5000" fill="#ffffff"/>'
    opening, _, rest = standalone_svg(drawing).partition(">")
    image: bytes = vl_convert.svg_to_png(f"{opening}>{background}{rest}", scale=2)
    return image


def _drawn(spread: Sequence[Spread]) -> list[Spread]:
    """Those with most reports, in the order in which they were first seen."""
    several = [one for one in spread if one.reports > 1]
    chosen = (
        several if len(several) >= 8 else sorted(spread, key=lambda one: (-one.reports, one.first_seen, one.technique))
    )
    most = sorted(chosen, key=lambda one: (-one.reports, one.first_seen, one.technique))[:TECHNIQUES_AT_MOST]
    return [one for one in spread if one in most]


def _title(text: str, below: str = "", offset: int = 8) -> alt.TitleParams:
    look: dict[str, Any] = (
        {"subtitle": below, "subtitleColor": MUTED, "subtitleFontSize": 12, "subtitlePadding": 5} if below else {}
    )
    return alt.TitleParams(
        text, anchor="start", fontSize=14, fontWeight="bold", color=INK, offset=offset, frame="bounds", **look
    )


def _years(by_year: Mapping[int, int], width: int) -> alt.LayerChart | alt.FacetChart:
    values = [{"year": str(year), "n": n} for year, n in by_year.items()]
    base = alt.Chart(alt.InlineData(values=values))
    x = alt.X("year:N", title=None, axis=alt.Axis(labelAngle=0, domain=True, ticks=False, labelPadding=6))
    aside = alt.Axis(labels=False, ticks=False, domain=False, grid=False, minExtent=_NAMES, maxExtent=_NAMES)
    y = alt.Y("n:Q", title=None, axis=aside, scale=alt.Scale(domain=[0, max(1, *by_year.values()) * 1.12]))
    bars = base.mark_bar(color=BLUE, width={"band": 0.72}).encode(x=x, y=y)
    numbers = base.mark_text(dy=-8, color=INK, fontSize=12).encode(x=x, y=y, text="n:Q")
    return alt.layer(bars, numbers).properties(width=width, height=_HEIGHT, title=_title("Reports a year"))


def _bars(title: str, counted: Mapping[str, int], width: int) -> alt.LayerChart | alt.FacetChart:
    shown = list(counted.items())[:ROWS_AT_MOST]
    values = [{"what": what.replace("_", " "), "n": n} for what, n in shown] or [{"what": "none stated", "n": 0}]
    base = alt.Chart(alt.InlineData(values=values))
    axis = alt.Axis(domain=False, ticks=False, labelPadding=8, labelLimit=_NAMES, minExtent=_NAMES, maxExtent=_NAMES)
    y = alt.Y("what:N", title=None, sort=[str(one["what"]) for one in values], axis=axis)
    x = alt.X("n:Q", title=None, axis=None, scale=alt.Scale(domain=[0, max(1, *(n for _, n in shown), 1) * 1.12]))
    bars = base.mark_bar(color=PALE_BLUE, stroke=BLUE, strokeWidth=0.8, height={"band": 0.68}).encode(x=x, y=y)
    numbers = base.mark_text(align="left", dx=5, color=INK, fontSize=12).encode(x=x, y=y, text="n:Q")
    return alt.layer(bars, numbers).properties(width=width, height=_BAR * len(values), title=_title(title))


def _matrix(spread: Sequence[Spread], by_year: Mapping[int, int]) -> alt.LayerChart | alt.FacetChart:
    """One row a technique: a disc for each year, as large as the number of reports, which stands in it; a diamond where it was first seen."""
    names = [_named(one) for one in spread]
    years = [str(year) for year in by_year]
    cells = [
        {"what": name, "year": str(year), "n": n}
        for name, one in zip(names, spread, strict=True)
        for year, n in one.by_year.items()
    ]
    firsts = [
        {"what": name, "year": one.first_seen[:4], "when": one.first_seen, "all": words.count(one.reports, "report")}
        for name, one in zip(names, spread, strict=True)
    ]
    width = WIDTH - 290
    x = alt.X(
        "year:N",
        title=None,
        scale=alt.Scale(domain=[*years, " "]),
        axis=alt.Axis(orient="top", labelAngle=0, domain=False, ticks=False),
    )
    axis = alt.Axis(
        domain=False,
        ticks=False,
        labelPadding=8,
        labelLimit=270,
        minExtent=270,
        maxExtent=270,
        grid=True,
        gridColor="#eef1f5",
    )
    y = alt.Y("what:N", title=None, sort=names, scale=alt.Scale(domain=names), axis=axis)
    base, first = alt.Chart(alt.InlineData(values=cells)), alt.Chart(alt.InlineData(values=firsts))
    most = max(cell["n"] for cell in cells if isinstance(cell["n"], int))
    size = alt.Size("n:Q", legend=None, scale=alt.Scale(domain=[1, max(most, 2)], range=[190, 400]))
    discs = base.mark_circle(color=PALE_BLUE, stroke=BLUE, strokeWidth=0.8, opacity=1).encode(x=x, y=y, size=size)
    numbers = base.mark_text(color=INK, fontSize=11).encode(x=x, y=y, text="n:Q")
    marks = first.mark_point(shape="diamond", filled=True, color=ORANGE, size=60, opacity=1, xOffset=-20).encode(
        x=x, y=y
    )
    when = first.mark_text(color=MUTED, fontSize=11, align="left").encode(x=alt.value(width - 62), y=y, text="all:N")
    title = _title(
        "How techniques spread",
        "A disc: reports that name the technique in that year. A diamond: the year of the first. In brackets: DISARM's number.",
        offset=14,
    )
    return alt.layer(discs, numbers, marks, when).properties(width=width, height=_ROW * len(names), title=title)


def _named(one: Spread) -> str:
    """The technique in the words of the register, with DISARM's number."""
    its = observables()[one.technique]
    return f"{its.name} ({', '.join(its.disarm)})" if its.disarm else its.name
