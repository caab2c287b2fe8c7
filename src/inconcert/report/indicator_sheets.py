"""The readings on one group, and those on everything else, as two sheets of cards that the page prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from inconcert.report import indicator_cards, indicator_words, words
from inconcert.report.claims import held_of_people
from inconcert.report.clock_chart import Clock
from inconcert.report.data import Group, Report
from inconcert.report.hostile_text import one_line
from inconcert.report.indicator_cards import Balance, Card
from inconcert.report.indicator_pictures import Picture
from inconcert.report.measured import DESCRIBED, FOUND, LIST_GROUP, NOT_FOUND, TOO_LITTLE, OfGroup, Tally


@dataclass(frozen=True)
class Sheet:
    """The readings on one group or list.

    anchor: where it is on the page.   accounts: those measured, None when nothing is known of them.
    cards: of the group itself, those that found something first.   members: what was found on its members.   tallies: how often
    each measure was found on them: (indicator, words).   evidence: what counts towards level L3, in words.
    """

    id: str
    anchor: str
    name: str
    accounts: int | None
    level: str
    cards: tuple[Card, ...]
    members: tuple[Card, ...]
    tallies: tuple[tuple[str, str], ...]
    balance: tuple[Balance, ...]
    controls: Mapping[str, int]
    evidence: tuple[str, ...]

    @property
    def found(self) -> tuple[Card, ...]:
        """Cards with a reading that was found."""
        return tuple(card for card in self.cards if card.found)

    @property
    def rest(self) -> tuple[Card, ...]:
        """The others."""
        return tuple(card for card in self.cards if not card.found)

    @property
    def summary(self) -> str:
        """How many measures were taken, and what became of them."""
        n = Counter(state for card in self.cards for state in card.states)
        said = [
            f"{n[FOUND]:,} {'shows' if n[FOUND] == 1 else 'show'} more than chance explains"
            if n[FOUND]
            else "none shows more than chance explains"
        ]
        said += [f"{n[NOT_FOUND]:,} may be chance"] if n[NOT_FOUND] else []
        said += [f"{n[DESCRIBED]:,} only {'describes' if n[DESCRIBED] == 1 else 'describe'}"] if n[DESCRIBED] else []
        said += [f"for {n[TOO_LITTLE]:,} there is too little to say"] if n[TOO_LITTLE] else []
        taken = words.count(n.total(), "measure")
        return f"{taken.capitalize()} {'was' if n.total() == 1 else 'were'} taken: {words.joined(said)}."

    @property
    def poor(self) -> tuple[Balance, ...]:
        """Traits in which the control is unlike the group."""
        return tuple(one for one in self.balance if one.poor)

    @property
    def maps(self) -> tuple[Clock, ...]:
        """Its maps by hour and weekday."""
        return maps_of((*self.cards, *self.members))


@dataclass(frozen=True)
class Outside:
    """What belongs to no group.   lists: sheets of the user's lists.   found, quiet: cards.   tallies: (indicator, words)."""

    lists: tuple[Sheet, ...]
    found: tuple[Card, ...]
    quiet: tuple[Card, ...]
    tallies: tuple[tuple[str, str], ...]
    not_run: tuple[tuple[str, str], ...]

    @property
    def maps(self) -> tuple[Clock, ...]:
        """All maps by hour and weekday."""
        return (*(clock for sheet in self.lists for clock in sheet.maps), *maps_of((*self.found, *self.quiet)))


def of_group(group: Group, report: Report) -> Sheet | None:
    """The sheet of a group; None when its indicators were not measured."""
    of = report.added.indicators.groups.get(group.row["group_id"]) if report.added.indicators else None
    if of is None:
        return None
    stretch = indicator_cards.busiest_stretch(group, report)
    id = group.row["group_id"]
    return _sheet(of, report, anchor=id, name=id, level=group.row["level"], stretch=stretch)


def outside_groups(report: Report) -> Outside:
    """Everything else. ValueError when there is no run of indicators."""
    it = report.added.indicators
    if it is None:
        raise ValueError("no indicators were measured")
    stretch = indicator_cards.busiest_stretch(None, report)
    lists = (
        _sheet(
            of,
            report,
            anchor=f"list-{i}",
            name=f"List {one_line(held_of_people('L0', report.names.masked(of.group_id.removeprefix(LIST_GROUP))), 60)}",
            level="L0",
            stretch=stretch,
        )
        for i, of in enumerate(it.lists, 1)
    )
    return Outside(
        lists=tuple(lists),
        found=indicator_cards.cards(it.found, report, level="L0", stretch=stretch),
        quiet=indicator_cards.cards(it.quiet, report, level="L0", stretch=stretch),
        tallies=_tallies(it.tallies),
        not_run=tuple((indicator_words.title(name), indicator_words.needs(what)) for name, what in it.not_run),
    )


def maps_of(cards: Iterable[Card]) -> tuple[Clock, ...]:
    """Maps by hour and weekday among the pictures of cards."""
    pictures: list[Picture] = [picture for card in cards for picture in card.pictures]
    return tuple(clock for picture in pictures if picture.clocks is not None for clock in picture.clocks.maps)


def _sheet(of: OfGroup, report: Report, *, anchor: str, name: str, level: str, stretch: int) -> Sheet:
    return Sheet(
        id=of.group_id,
        anchor=anchor,
        name=name,
        accounts=of.balance[0]["accounts"] if of.balance else None,
        level=level,
        cards=indicator_cards.cards(of.readings, report, level=level, stretch=stretch),
        members=indicator_cards.cards(of.members, report, level="L0", stretch=stretch),
        tallies=_tallies(of.tallies),
        balance=indicator_cards.balance(of),
        controls=of.controls,
        evidence=tuple(indicator_words.evidence_words(of)),
    )


def _tallies(tallies: Iterable[Tally]) -> tuple[tuple[str, str], ...]:
    ordered = sorted(tallies, key=lambda one: (-one.found, one.indicator, one.measure, one.subject))
    return tuple(
        (
            f"{indicator_words.title(one.indicator)}: {one_line(one.measure.replace('-', ' '), 60)}",
            indicator_words.tally_words(one),
        )
        for one in ordered
    )
