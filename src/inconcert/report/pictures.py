"""What is drawn, with the sentence that says it to those who cannot see it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from inconcert.report import chart_look, figures, heatmap, shuffled, words
from inconcert.report.clock_chart import Clock
from inconcert.report.data import Group, Report
from inconcert.report.network_picture import network_picture
from inconcert.report.zones import BINS, by_hour


def of_group(group: Group, report: Report) -> Mapping[str, Any]:
    """Its `timeline` and `heat` (None without times) with `peak` and `busiest` in words, `pickable` (whether other
    zones can be picked), and its `network`."""
    id, size = group.row["group_id"], words.count(group.row["size"], "account")
    found: dict[str, Any] = {"timeline": None, "heat": None, "pickable": False}
    if group.timeline is not None:
        start, most = group.timeline.peak
        unit = group.timeline.axis.unit
        found["peak"] = f"The fullest {unit} begins {words.moment(start, 'min')} UTC with {words.count(most, 'post')}."
        found["timeline"] = figures.posts_over_time(
            group.timeline,
            f"Posts of {id} per {unit}. {found['peak']}",
            events=report.added.events.within(group.timeline.axis),
        )
    if group.week and report.zones is not None and "day" not in report.facts.precisions:
        found["pickable"] = len(group.week) <= heatmap.ENTRIES_AT_MOST
        hours = by_hour(group.week, report.zones.offsets[report.zone])
        found["busiest"] = heatmap.busiest(hours, report.zone)
        found["heat"] = heatmap.heatmap(hours, f"Posts of {id} by hour and weekday. {found['busiest']}")
    lines = words.count(len(group.lines.drawn), "line")
    label = f"Network picture of {id}: {size} as dots, {lines} between those that acted together."
    found["network"] = network_picture(group.members, group.lines.drawn, report.names.by_id, label)
    return found


def weeks(report: Report, cards: tuple[Group, ...], maps: Sequence[Clock]) -> Markup | None:
    """What the zone script needs, as JSON that cannot close its script element; None when nothing can be repainted.

    maps: those by hour and weekday that indicators drew.
    """
    packed = {group.row["group_id"]: heatmap.packed(group.week, BINS) for group in cards if group.week}
    packed |= {clock.key: heatmap.packed(clock.week, BINS) for clock in maps}
    groups = {id: bins for id, bins in packed.items() if bins is not None}
    if report.zones is None or not groups:
        return None
    data = {
        "bins": BINS,
        "steps": heatmap.STEPS,
        "offsets": report.zones.offsets,
        "groups": groups,
    }
    text = json.dumps(data, separators=(",", ":"), ensure_ascii=True)
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def over_time(report: Report) -> Markup | None:
    """Posts of the whole case over time, those by accounts in groups in front; None without times."""
    if report.whole is None:
        return None
    start, most = report.whole.peak
    unit = report.whole.axis.unit
    peak = f"{words.moment(start, 'min')} UTC with {words.count(most, 'post')}"
    label = f"All posts of the case per {unit}; the fullest begins {peak}."
    return figures.posts_over_time(
        report.whole,
        label,
        colour=chart_look.GREY,
        within=report.grouped,
        events=report.added.events.within(report.whole.axis),
    )


def shuffled_copies(report: Report) -> Mapping[str, Any] | None:
    """What permuted copies gave, as `sentences` and `picture` (None when nothing was found); None without copies."""
    if report.calibration is None or not report.calibration.copies:
        return None
    sentences = shuffled.sentences(report.calibration, report.alpha)
    if not any(map(any, (report.calibration.observed, *report.calibration.copies))):
        return {"sentences": sentences, "picture": None}
    return {"sentences": sentences, "picture": figures.permuted_copies(report.calibration, " ".join(sentences))}
