"""The report's section on place: for each group at L3 that was located, the sentence, its map and chart, and the signs that enough accounts share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from inconcert.case import Run
from inconcert.report import claims
from inconcert.report.attribution_section import mask_of_group
from inconcert.report.data import Report
from inconcert.report.drawing import Drawing
from inconcert.report.hostile_text import defanged, visible
from inconcert.report.placed import Placed, PlacedSign

LEVEL = "L3"
SIGNS_AT_MOST, TEXT_AT_MOST = 16, 600
"""Signs printed of one group, and characters of the text of one."""


@dataclass(frozen=True)
class PrintedSign:
    """One sign.   otherwise: the innocent way in which it misleads, with what somebody wrote of it; laid: the other way."""

    its: PlacedSign
    says: Markup
    otherwise: Markup
    laid: str


@dataclass(frozen=True)
class PrintedPlace:
    """One group.   statement: "" when it was computed before something was entered, retracted or measured; nothing else is printed then.   few: signs of so few
    accounts that they are not printed.   further: signs beyond those printed."""

    group_id: str
    run: Run
    statement: str
    yardstick: str
    signs: tuple[PrintedSign, ...]
    few: int
    further: int
    others: tuple[tuple[str, str, str], ...]
    aside: int
    chart: Drawing
    map: Drawing


def places(report: Report) -> tuple[PrintedPlace, ...]:
    """What the section prints, in the order given; none below L3."""
    levels = {group.row["group_id"] for group in report.groups}
    return tuple(_place(one, mask_of_group(report, one.group_id)) for one in report.placed if one.group_id in levels)


def _place(one: Placed, masked: Callable[[str], str]) -> PrintedPlace:
    shown = one.signs[:SIGNS_AT_MOST] if one.stands else ()
    return PrintedPlace(
        one.group_id, one.run, claims.held_to(LEVEL, one.statement) if one.stands else "", one.yardstick, tuple(_sign(its, masked) for its in shown),
        one.few, len(one.signs) - len(shown), one.others, one.aside, one.chart, one.map,
    )  # fmt: skip


def _sign(its: PlacedSign, masked: Callable[[str], str]) -> PrintedSign:
    def printed(text: str) -> Markup:
        cut = masked(text[: 4 * TEXT_AT_MOST])[:TEXT_AT_MOST]
        return visible(defanged(claims.held_of_people(LEVEL, cut)))

    otherwise = Markup("{}: {}").format(*its.otherwise)
    if its.as_entered:
        otherwise += Markup("; as entered: ") + printed(its.as_entered)
    return PrintedSign(its, printed(its.says), otherwise, "{}: {}".format(*its.laid))
