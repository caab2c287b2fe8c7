"""`inconcert sources`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

import click

from inconcert.cli.options import verb
from inconcert.cli.terminal import show

if TYPE_CHECKING:
    from inconcert.verbs.sources import Source

_WIDTH = 100


@verb("sources", "Show which files are read, and what each is good for.")
@click.argument("name", metavar="[NAME]", required=False)
def command(name: str | None, as_json: bool) -> None:
    """Show every kind of file that is recognised: what it says, and what can then be compared and measured; with NAME, all
    about one of them, or those of a platform or a tool.

    Files of no known tool are read as 'table', by the names of their columns.

    \b
    Example:
      inconcert sources x_api_v2
      inconcert sources weibo
    """
    from inconcert.verbs.sources import sources

    found = sources(name)
    one = found[0] if name is not None and len(found) == 1 else None
    show(one if one is not None else found, _one(one) if one is not None else _lines(found), as_json=as_json)


def _lines(found: Sequence[Source]) -> Iterator[str]:
    for one in found:
        yield f"{one.name}: {one.title}" + (f", {one.platform}" if one.platform else "")
        yield f"  holds     {', '.join(one.holds)}"
        if one.table == "posts":
            yield from _listed("compares", one.kinds or ("nothing: it only describes accounts",))
            yield from _listed("measures", [name for name, beside in one.indicators.items() if not beside])
    yield ""
    yield "All about one of them: inconcert sources NAME. What the measures are: inconcert detectors."


def _one(one: Source) -> Iterator[str]:
    yield f"{one.name}: {one.title}"
    yield f"platform  {one.platform or 'as the records say'}"
    yield f"holds     {', '.join(one.holds)}"
    if one.export:
        yield from _said("to get it", one.export)
    for what, known in (("columns", one.by_columns), ("objects", one.by_keys)):
        for names in known:
            yield from _said("known by", f"{what} {', '.join(names)}")
    if one.told:
        yield from _said("known by", one.told)
    yield "says"
    width = max(len(field) for field in one.fields)
    for field, meaning in one.fields.items():
        yield f"  {field:{width}}  {meaning}"
    if one.lacks:
        yield from _said("it lacks", one.lacks)
    if one.table == "posts":
        yield from _listed("compares", one.kinds or ("nothing: it only describes accounts",))
        yield from _listed(
            "measures", [name + (f" (with {beside})" if beside else "") for name, beside in one.indicators.items()]
        )
    yield f"times     without a zone are read as {one.zone or 'UTC, with that doubt, unless --zone says otherwise'}"
    yield from _said("layout", one.layout)
    if one.note:
        yield from _said("note", one.note)


def _said(what: str, words: str) -> Iterator[str]:
    yield from wrap(words, _WIDTH, initial_indent=f"{what:9} ", subsequent_indent=" " * 10)


def _listed(what: str, names: Sequence[str]) -> Iterator[str]:
    yield from wrap(
        ", ".join(names) or "nothing", _WIDTH, initial_indent=f"  {what:9} ", subsequent_indent=" " * 12,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
