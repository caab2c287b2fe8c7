"""`inconcert link`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from inconcert.cli.bars import bars
from inconcert.cli.detect import run_lines
from inconcert.cli.options import FILE, case_argument, given, verb
from inconcert.cli.terminal import show, unclickable

if TYPE_CHECKING:
    from inconcert.case import Run
    from inconcert.verbs.link_lookups import AddressesKnown, Recycled

LISTED, LISTED_ITEMS = 12, 6
BITS = "Bits: how rare it is that an unrelated group shows as much; ten are about 1 in 1,000, and one more halves it."
NAMED = ("account", "handle")
"""Kinds of indicator whose value names an account."""


@verb("link", "Compare groups with known operations.")
@case_argument
@click.option(
    "--library", multiple=True, type=FILE, metavar="FOLDER",
    help="Known operations: a folder of 'inconcert catalogue add'. May be repeated. [default: those of the last comparison]",
)  # fmt: skip
@click.option("--group", metavar="GROUP", help="Only this group. [default: all above L0]")
@click.option(
    "--addresses", type=FILE, metavar="FILE", help="Instead: look up the addresses of this CSV file (columns ip, time)."
)
@click.option(
    "--report",
    type=FILE,
    metavar="FILE",
    help="Instead: how much of this report's list of indicators was public before.",
)
@click.option("--before", metavar="DATE", help="With --report: its date; what came later does not count.")
def command(
    case: Path,
    library: Sequence[Path],
    group: str | None,
    addresses: Path | None,
    report: Path | None,
    before: str | None,
    as_json: bool,
) -> None:
    """Compare each group of 'inconcert cluster' with each known operation: accounts, links, texts, pictures, hashtags, tactics.

    Every match is worth as many bits as it is rare among the ordinary accounts of the case, and what everybody uses is worth
    none. A link is likeness of material; it never says who runs a group.

    \b
    Example:
      inconcert link my-case --library known-operations --group G1
    """
    if (before is not None and report is None) or (addresses is not None and report is not None):
        raise click.UsageError("--before needs --report, and only one of --addresses and --report can be given")
    if (addresses is not None or report is not None) and not library:
        raise click.UsageError("--addresses and --report need --library")
    if addresses is not None:
        from inconcert.verbs.link_lookups import addresses_known

        known = addresses_known(addresses, library=library)
        show(known, _addresses(known), as_json=as_json)
        return
    if report is not None:
        from inconcert.verbs.link_lookups import report_recycled

        told = report_recycled(report, library=library, **given(before=before), now=datetime.now(UTC))
        show(told, _recycled(told), as_json=as_json)
        return
    from inconcert.verbs.held_libraries import kept_in
    from inconcert.verbs.init import open_case
    from inconcert.verbs.link import link

    with bars() as progress:
        opened = open_case(case)
        run = link(opened, library=library or kept_in(opened, newest=True), **given(group=group), progress=progress)
    show(run, _lines(run), as_json=as_json)


def _lines(run: Run) -> Iterator[str]:
    yield from run_lines(run)
    yield BITS
    links, items = run.table("links").to_pylist(), run.table("link_items").to_pylist()
    order = {"linked": 0, "possibly": 1}
    told = sorted(
        links, key=lambda row: (row["group_id"], order.get(row["verdict"], 2), -row["bits"], row["operation"])
    )
    for row in told[:LISTED]:
        bits = f" ({row['bits']:.1f} bits)" if row["compared"] else ""
        yield f"{row['group_id']} and {unclickable(row['operation'])}: {row['verdict']}{bits}"
        if row["verdict"] in order:
            yield f"    {row['says']}"
            its = [
                i
                for i in items
                if (i["group_id"], i["operation"]) == (row["group_id"], row["operation"]) and i["counts"]
            ]
            for item in its[:LISTED_ITEMS]:
                yield f"    {_item(item, row['level'])}"
            if len(its) > LISTED_ITEMS:
                yield f"    {len(its) - LISTED_ITEMS:,} more are in the table link_items."
            yield f"    {row['would_change']}"
        if row["not_compared"]:
            yield f"    Not compared, for want of such material: {row['not_compared']}"
    if len(told) > LISTED:
        yield f"{len(told) - LISTED:,} more are in the table links: inconcert export CASE links.csv"
    yield from _timelines(run)


def _item(item: dict[str, Any], level: str) -> str:
    return (
        f"{_shown(item, level)}: {item['how']}, {item['carriers']:,} members and {item['control']:,} ordinary accounts; {item['bits']:.1f} bits"
        f"{_first_witness(item)}"
    )


def _shown(item: dict[str, Any], level: str) -> str:
    """What is in common; an account is not named below L3."""
    if item["kind"] in NAMED and level != "L3":
        return f"one {item['kind']} (named in the table link_items)"
    other = f" (published: {unclickable(item['published'])})" if item["how"] != "exact" else ""
    return f"{item['kind']} {unclickable(item['value'])}{other}"


def _first_witness(item: dict[str, Any]) -> str:
    first = next(iter(json.loads(item["witnesses"])), None)
    return (
        f"; first seen in import {first['import_id']}, row {first['row_ref']}" if first and first["import_id"] else ""
    )


def _timelines(run: Run) -> Iterator[str]:
    """What groups showed, by date, of the operations they have something in common with."""
    from inconcert.verbs.link import timelines

    levels = {row["group_id"]: row["level"] for row in run.table("links").to_pylist()}
    for group, found in groupby(timelines(run), key=lambda one: one.group):
        yield f"{group}, by date:"
        dated = list(found)
        for one in dated[:LISTED]:
            what = (
                f"{one.kind} {unclickable(one.value)}"
                if one.kind not in NAMED or levels[group] == "L3"
                else f"one {one.kind}"
            )
            public = _PUBLIC[one.before].format(one.public_on)
            yield f"    {one.days}: {what}, of {unclickable(one.operation)}{public}"
        if len(dated) > LISTED:
            yield f"    {len(dated) - LISTED:,} more are in the table link_items."


_PUBLIC = {True: ", before it was published ({})", False: ", after it was published ({})", None: ""}


def _addresses(known: AddressesKnown) -> Iterator[str]:
    yield f"{known.hits:,} hits from {known.addresses:,} addresses; {len(known.known):,} on published ones"
    for one in known.known:
        how = "published" if one.stated else "in the library since"
        gap = f"{abs(one.months)} months {'earlier' if one.months >= 0 else 'later'}"
        yield f"{one.address} on {one.at.date().isoformat()} (row {one.row}): {unclickable(one.operation)}, {how} {one.published}, {gap}"
    if known.known:
        yield "Addresses change hands: the further apart the dates, the less a match says, and none links two groups."
    for row, reason in known.set_aside[:LISTED]:
        yield f"row {row} was set aside: {reason}"


def _recycled(told: Recycled) -> Iterator[str]:
    span = f", first published {told.first} to {told.last}" if told.first else ""
    yield (
        f"{told.verdict}: {len(told.repeated):,} of {told.n:,} indicators were public before ({told.share:.0%}, {told.low:.0%} to "
        f"{told.high:.0%}){span}"
    )
    for one in told.repeated[:LISTED]:
        yield f"    {one.kind} {unclickable(one.value)} (row {one.row}): {one.first}, {unclickable(one.operation)}, {one.sources:,} sources"
    if len(told.repeated) > LISTED:
        yield f"    {len(told.repeated) - LISTED:,} more: --json lists them all"
