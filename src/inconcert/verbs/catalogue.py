"""`catalogue`: what is known of operations already: bundled reports, libraries of published indicators, techniques of a case's groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from inconcert.case import Case
from inconcert.catalogue import disarm
from inconcert.catalogue.add import Added, add
from inconcert.catalogue.counts import Counts, counts
from inconcert.catalogue.group_techniques import Shown, by_phase, group_techniques
from inconcert.catalogue.indicator import Indicator
from inconcert.catalogue.kill_chain import Phase
from inconcert.catalogue.reports import Report, reports
from inconcert.catalogue.search import search
from inconcert.errors import InputError
from inconcert.report.catalogue_chart import catalogue_chart, png, standalone_svg
from inconcert.report.catalogue_page import catalogue_page
from inconcert.report.drawing import Drawing
from inconcert.verbs.export import written_at_once
from inconcert.verbs.known_operations import Known, known_operations

__all__ = ["Added", "Catalogue", "GroupShown", "Indicator", "Known", "Report", "Shown", "add_indicators", "catalogue"]

MATCHES_AT_MOST = 1_000
"""Indicators of a library that are listed one by one."""


@dataclass(frozen=True)
class GroupShown:
    """A group of a case with the techniques it shows.   level: with the evidence of its indicators.   techniques: their numbers, each
    once.   phases: the kill chain, what is in no phase last."""

    group_id: str
    level: str
    techniques: tuple[str, ...]
    phases: tuple[tuple[Phase | None, tuple[Shown, ...]], ...]


@dataclass(frozen=True)
class Catalogue:
    """What was asked for.

    reports: bundled ones that fit; counts: over these.   operations: of the library, those that fit or hold an indicator that does.
    indicators: of the library that have all words, at most MATCHES_AT_MOST; matches: how many there are.   groups: of the case.
    framework: whose techniques these are, and on what terms.   drawn: the picture, where one was asked for.
    """

    reports: tuple[Report, ...]
    counts: Counts
    operations: tuple[Known, ...]
    indicators: tuple[Indicator, ...]
    matches: int
    groups: tuple[GroupShown, ...]
    framework: str
    drawn: Path | None


def catalogue(
    words: Sequence[str] = (),
    *,
    platform: str | None = None,
    year: int | None = None,
    language: str | None = None,
    category: str | None = None,
    technique: str | None = None,
    level: str | None = None,
    source: str | None = None,
    library: Path | None = None,
    case: Case | None = None,
    draw: Path | None = None,
    force: bool = False,
) -> Catalogue:
    """The bundled reports that fit, and what a library and a case hold beside them.

    words: every one must be in a report, in any case of letters; in a library, in the name of an operation or source, or in an indicator.
    platform, year, language, category, technique, level, source: of reports, as `catalogue.search.search` has them.   library: a folder made by
    `add_indicators`.   case: its groups with the techniques they show.   draw: write a picture of the reports that fit (.svg, .png, .html);
    force: in the place of a file of that name.
    UnknownName for a platform, language, category, technique or level; InputError for a folder that is no library, a case without indicators, a
    picture of nothing, or a file that may not be written; CustodyError when a library was changed.
    """
    fit = search(
        reports(),
        words,
        platform=platform,
        year=year,
        language=language,
        category=category,
        technique=technique,
        level=level,
        source=source,
    )
    counted = counts(fit)
    operations, indicators = known_operations(Path(library), words, source) if library is not None else ((), ())
    found = Catalogue(
        fit, counted, operations, indicators[:MATCHES_AT_MOST], len(indicators), _groups(case) if case is not None else (),
        disarm.licence(), draw,
    )  # fmt: skip
    if draw is not None:
        _draw(found, Path(draw), force=force)
    return found


def add_indicators(
    library: Path,
    files: Sequence[Path],
    *,
    operation: str | None = None,
    licence: str | None = None,
    source: str | None = None,
    now: datetime,
) -> tuple[Added, ...]:
    """Add published files to a library; everything as `inconcert.catalogue.add.add`."""
    return add(Path(library), files, operation=operation, licence=licence, source=source, now=now)


def _groups(case: Case) -> tuple[GroupShown, ...]:
    run = case.run("indicators")
    if run is None:
        raise InputError(f"The case {case.path} has no indicators yet. Run: inconcert indicators {case.path}")
    readings, witnesses = run.table("indicators").to_pylist(), run.table("indicator_witnesses").to_pylist()
    return tuple(
        _shown(row, group_techniques(readings, witnesses, row["group_id"]))
        for row in run.table("standings").to_pylist()
    )


def _shown(standing: Mapping[str, Any], shown: Sequence[Shown]) -> GroupShown:
    numbers = tuple(dict.fromkeys(one.technique.id for one in shown))
    return GroupShown(standing["group_id"], standing["level"], numbers, by_phase(shown))


def _draw(found: Catalogue, target: Path, *, force: bool) -> None:
    written: dict[str, Callable[[Drawing], bytes]] = {
        ".svg": lambda drawing: standalone_svg(drawing).encode(),
        ".png": png,
        ".html": lambda drawing: catalogue_page(found.reports, drawing).encode(),
    }
    as_file = written.get(target.suffix.lower())
    if as_file is None:
        raise InputError(
            f"{target} ends in none of {', '.join(written)}. Name the picture so, for instance reports.svg."
        )
    drawing = catalogue_chart(found.counts)
    if drawing is None:
        raise InputError("No bundled report fits, so there is nothing to draw. Ask for less.")
    with written_at_once(None, target, force=force) as draft:
        draft.write_bytes(as_file(drawing))
