"""How many reports of the register say what: per year, platform, category, language and level, and when techniques were first seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from inconcert.catalogue.reports import LEVELS, Report


@dataclass(frozen=True)
class Spread:
    """One technique over the years.   first_seen: report id and its month.   by_year: {year: reports that name it}."""

    technique: str
    first_seen: str
    first_report: str
    by_year: Mapping[int, int]

    @property
    def reports(self) -> int:
        """Reports that name it."""
        return sum(self.by_year.values())


@dataclass(frozen=True)
class Counts:
    """{value: reports}, most first, but years in their order, those without any among them, and levels in the order of
    LEVELS. A report with several platforms, categories, languages or sources counts for each.   sizes: {what: sum}; the same
    accounts may be in the sums of several reports."""

    reports: int
    by_year: Mapping[int, int]
    by_platform: Mapping[str, int]
    by_category: Mapping[str, int]
    by_language: Mapping[str, int]
    by_level: Mapping[str, int]
    by_source: Mapping[str, int]
    sizes: Mapping[str, int]
    techniques: tuple[Spread, ...]


def counts(reports: Sequence[Report]) -> Counts:
    """The counts over those reports."""
    years = Counter(report.year for report in reports)
    sizes: Counter[str] = Counter()
    for report in reports:
        sizes.update(report.counts)
    levels = Counter(report.level for report in reports)
    return Counts(
        len(reports),
        {year: years[year] for year in range(min(years), max(years) + 1)} if years else {},
        _each(reports, lambda one: one.platforms),
        _each(reports, lambda one: one.categories),
        _each(reports, lambda one: one.languages),
        {level: levels[level] for level in LEVELS if levels[level]},
        _each(reports, lambda one: one.sources),
        dict(sorted(sizes.items())),
        spread(reports),
    )


def spread(reports: Sequence[Report]) -> tuple[Spread, ...]:
    """Every technique that those reports name, the one named earliest first, then the one named most."""
    naming: dict[str, list[Report]] = {}
    for report in sorted(reports, key=lambda one: (one.date, one.row)):
        for id in report.techniques:
            naming.setdefault(id, []).append(report)
    found = [
        Spread(id, its[0].date, its[0].id, dict(sorted(Counter(one.year for one in its).items())))
        for id, its in naming.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.first_seen, -one.reports, one.technique)))


def _each(reports: Iterable[Report], values: Callable[[Report], Iterable[str]]) -> dict[str, int]:
    found = Counter(value for report in reports for value in values(report))
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
