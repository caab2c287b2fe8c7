"""`inconcert catalogue`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from inconcert.cli.options import FILE, force_option, verb
from inconcert.cli.terminal import show, unclickable

if TYPE_CHECKING:
    from inconcert.verbs.catalogue import Added, Catalogue, GroupShown, Indicator, Known, Report, Shown

ADD = "add"
SHOWN, EXAMPLES = 50, 3
_SAYS, _VALUE = 160, 100
"""Characters printed of a sentence and of a value."""


@verb("catalogue", "Search and draw what is known of operations, and add to it.")
@click.argument("words", nargs=-1, metavar="[WORDS]... | add FILE...")
@click.option("--platform", help="Reports that name this platform.")
@click.option("--year", type=int, help="Reports of this year.")
@click.option("--language", help="Reports of operations in this language, such as chinese or english.")
@click.option("--category", help="Reports of this category, such as political or police.")
@click.option("--technique", metavar="NAME", help="Reports that name this technique; a number of DISARM will do.")
@click.option("--level", help="Reports that say as much of who is behind it: none, linked, network_named ...")
@click.option(
    "--source", metavar="LABEL", help="Reports and libraries of this publisher; with add, what to call the publication."
)
@click.option("--library", type=FILE, metavar="DIR", help="A folder of published indicators, made by add.")
@click.option("--case", type=FILE, metavar="CASE", help="List the techniques that the groups of this case show.")
@click.option("--draw", type=FILE, metavar="FILE", help="Draw the reports that fit: .svg, .png or .html.")
@click.option("--operation", metavar="NAME", help="With add: the operation that everything in the files belongs to.")
@click.option("--licence", metavar="TERMS", help="With add: on what terms the files were published.")
@force_option
def command(
    words: Sequence[str],
    platform: str | None,
    year: int | None,
    language: str | None,
    category: str | None,
    technique: str | None,
    level: str | None,
    source: str | None,
    library: Path | None,
    case: Path | None,
    draw: Path | None,
    operation: str | None,
    licence: str | None,
    force: bool,
    as_json: bool,
) -> None:
    """List the disclosed operations that Inconcert knows and, with --library, those of published indicators; only what has
    all WORDS. With add, put published files into a library: Meta's threat research, STIX, MISP, tables and plain lists.

    A file added again under the same --source is its newer edition: what it no longer lists is kept, and marked.

    \b
    Example:
      inconcert catalogue hong kong --platform Twitter
      inconcert catalogue --draw reports.svg
      inconcert catalogue add indicators.csv --library known --operation Doppelganger --licence MIT
      inconcert catalogue example.org --library known
    """
    from inconcert.verbs import catalogue as verbs
    from inconcert.verbs.init import open_case

    if words[:1] == (ADD,) and (library is not None or len(words) > 1):
        if library is None:
            raise click.UsageError("Name the library to add to, a folder: --library DIR")
        files = [Path(word) for word in words[1:]]
        added = verbs.add_indicators(
            library, files, operation=operation, licence=licence, source=source, now=datetime.now(UTC)
        )
        show(added, map(unclickable, _added_lines(added)), as_json=as_json)
        return
    if operation is not None or licence is not None:
        raise click.UsageError("--operation and --licence go with add: inconcert catalogue add FILE --library DIR")
    found = verbs.catalogue(
        words, platform=platform, year=year, language=language, category=category, technique=technique, level=level, source=source, library=library,
        case=None if case is None else open_case(case), draw=draw, force=force,
    )  # fmt: skip
    lines = (
        _group_lines(found.groups, found.framework)
        if case is not None
        else _lines(found, words, with_library=library is not None)
    )
    show(found, map(unclickable, lines), as_json=as_json)


def _lines(found: Catalogue, words: Sequence[str], *, with_library: bool) -> Iterator[str]:
    yield _number(len(found.reports), "bundled report") + (
        f" ({_years(found.counts.by_year)})" if found.reports else ""
    )
    if words and not found.reports and not with_library:
        yield "No report has all these words. Published indicators are looked through with --library DIR."
    for report in found.reports:
        yield from _report_lines(report)
    if found.reports:
        for what, counted in (
            ("platforms", found.counts.by_platform), ("categories", found.counts.by_category),
            ("languages", found.counts.by_language), ("who is behind it, as the reports say", found.counts.by_level),
        ):  # fmt: skip
            yield f"{what}: {_counted(counted) or 'not stated'}"
    if with_library:
        yield ""
        yield f"{_number(len(found.operations), 'operation')} of the library"
        for one in found.operations:
            yield from _known_lines(one)
        if found.matches:
            yield f"{_number(found.matches, 'indicator')} with these words"
            yield from (_indicator_line(one) for one in found.indicators[:SHOWN])
            if found.matches > SHOWN:
                yield "  more with --json"
    if found.drawn is not None:
        yield f"picture: {found.drawn}"


def _report_lines(report: Report) -> Iterator[str]:
    label = f", “{report.label}”" if report.label else ""
    yield f"  {report.date}  {', '.join(report.sources) or 'publisher not named'}{label} ({report.id})"
    sizes = "; " + ", ".join(f"{n:,} {what}" for what, n in report.counts.items()) if report.counts else ""
    yield f"           {', '.join(report.platforms)}{sizes}".replace("_", " ")
    said = report.level if report.attribution == report.level else f"{report.attribution} ({report.level})"
    yield f"           {', '.join(report.techniques)}; behind it: {said}"


def _known_lines(one: Known) -> Iterator[str]:
    gone = f"; {one.unlisted:,} listed no longer" if one.unlisted else ""
    yield f"  {one.operation}: {_counted(one.kinds) or 'nothing listed now'}{gone}"
    yield f"    {one.source}, {' to '.join(dict.fromkeys(one.listed))}; licence: {one.licence or 'not stated'}"


def _indicator_line(one: Indicator) -> str:
    where = f" on {one.platform}" if one.platform else ""
    state = f", listed no longer since {one.unlisted}" if one.unlisted else ""
    return f"  {one.kind}{where} {_short(one.value, _VALUE)}: {one.operation} ({one.source}, row {one.row:,}, {one.listed}{state})"


def _added_lines(added: Sequence[Added]) -> Iterator[str]:
    for one in added:
        state = "stands already" if one.already else "added"
        yield f"{one.source}: {state}; {_counted(one.kinds) or 'no indicator'}"
        if not one.already:
            yield f"  {one.new:,} new, {one.again:,} listed before, {one.unlisted:,} listed no longer"
        if one.repeats:
            yield f"  {one.repeats:,} rows say again what another row says"
        for reason, count in one.reasons.items():
            examples = [_short(its.value, 40) for its in one.set_aside if its.reason == reason and its.value.strip()][
                :EXAMPLES
            ]
            yield f"  {count:,} set aside: {reason}" + (f" ({'; '.join(examples)})" if examples else "")
        yield from (f"  {note}" for note in one.notes)


def _group_lines(groups: Sequence[GroupShown], framework: str) -> Iterator[str]:
    for group in groups:
        yield f"{group.group_id} ({group.level}): {_number(len(group.techniques), 'technique')}"
        said: set[str] = set()
        for phase, its in group.phases:
            if its:
                yield f"  {phase.number} {phase.name}" if phase is not None else "  in no phase of the kill chain"
            for one in its:
                yield from _shown_lines(one, once=one.indicator not in said)
                said.add(one.indicator)
    yield "A technique stands here because a finding can be evidence for it; none is proven by that."
    yield f"Techniques: {framework}"


def _shown_lines(one: Shown, *, once: bool) -> Iterator[str]:
    """once: whether to say what its indicator may also be."""
    tactic = one.technique.tactic.name if one.technique.tactic is not None else "retired"
    yield f"    {one.technique.id} {one.technique.name} ({tactic})"
    q = f"q = {one.q_value:.2g}, " if one.q_value is not None else ""
    yield f"      {one.indicator}: {_short(one.says, _SAYS)} ({q}{_number(one.accounts, 'account')}, {_number(one.posts, 'post')})"
    if once:
        yield f"      it may also be: {'; '.join(one.confounders)}"


def _years(by_year: Mapping[int, int]) -> str:
    return ", ".join(f"{year}: {n}" for year, n in by_year.items())


def _counted(counted: Mapping[str, int]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {n:,}" for name, n in Counter(counted).most_common())


def _number(n: int, what: str) -> str:
    return f"{n:,} {what}{'' if n == 1 else 's'}"


def _short(text: str, most: int) -> str:
    line = " ".join(text[: 8 * most].split())
    return line if len(line) <= most else f"{line[:most]}…"
