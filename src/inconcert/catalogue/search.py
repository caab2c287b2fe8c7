"""Reports of the register that fit what somebody looks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from inconcert.catalogue.disarm import NUMBER, current
from inconcert.catalogue.observables import observables
from inconcert.catalogue.reports import LEVELS, Report
from inconcert.errors import UnknownName


def search(
    reports: Iterable[Report],
    words: Sequence[str] = (),
    *,
    platform: str | None = None,
    year: int | None = None,
    language: str | None = None,
    category: str | None = None,
    technique: str | None = None,
    level: str | None = None,
    source: str | None = None,
) -> tuple[Report, ...]:
    """Those reports that have every word, as part of any of their words, and all that is asked for besides, in their order.

    platform, category, language and source: in any case of letters; of a source a part of its name will do.   technique: id or name of an
    observable, or a T-number; of a technique with parts these count too.   UnknownName for a platform, category, language, level or
    technique that no report has.
    """
    every = tuple(reports)
    told = [
        _known("platform", platform, (name for one in every for name in one.platforms)),
        _known("category", category, (name for one in every for name in one.categories)),
        _known("level", level, LEVELS),
        _known("language", language, (name for one in every for name in one.languages)),
    ]
    named = _observables(technique) if technique is not None else None
    looked_for = [word.casefold() for word in words]
    return tuple(
        one
        for one in every
        if all(word in _text(one) for word in looked_for)
        and told[0] in (None, *one.platforms)
        and told[1] in (None, *one.categories)
        and told[2] in (None, one.level)
        and told[3] in (None, *one.languages)
        and (year is None or one.year == year)
        and (source is None or any(source.casefold() in name.casefold() for name in one.sources))
        and (named is None or not named.isdisjoint(one.techniques))
    )


def _known(what: str, asked: str | None, names: Iterable[str]) -> str | None:
    """The name as the register writes it."""
    if asked is None:
        return None
    known = {name.casefold(): name for name in names}
    if asked.casefold() not in known:
        raise UnknownName(what, asked, known.values())
    return known[asked.casefold()]


def _observables(asked: str) -> frozenset[str]:
    """Ids of the observables that are meant."""
    number = asked.strip().upper()
    if NUMBER.fullmatch(number):
        meant = {one.id for one in current(number)}
        return frozenset(
            id
            for id, one in observables().items()
            if any(n in meant or n.partition(".")[0] in meant for n in one.disarm)
        )
    folded = asked.strip().casefold()
    found = frozenset(id for id, one in observables().items() if folded in (id, one.name.casefold()))
    if not found:
        raise UnknownName("technique", asked, observables())
    return found


def _text(report: Report) -> str:
    """Everything a report says, for looking into."""
    names = [observables()[id].name for id in report.techniques]
    parts = [report.id, report.date, report.label or "", report.attribution, report.level, report.note or "", *names]
    parts += [*report.sources, *report.platforms, *report.languages, *report.categories, *report.techniques]
    return " ".join(
        [*parts, *(tag for target in report.targets for tag in (target, target.replace("_", " ")))]
    ).casefold()
