"""`inconcert detectors`."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import shorten, wrap
from typing import TYPE_CHECKING

import click

from inconcert.cli.options import verb
from inconcert.cli.terminal import show

if TYPE_CHECKING:
    from inconcert.verbs.detectors import Described, Detectors

_WIDTH = 100
_ABOUT, _SAMPLE, _SOURCE = 66, 42, 28
"""Characters of an entry of the list: of what it is about, of its smallest sample, of its source."""


@verb("detectors", "Show what is compared and measured.")
@click.argument("name", metavar="[NAME]", required=False)
def command(name: str | None, as_json: bool) -> None:
    """Show the kinds of action that are compared, and the indicators that are measured, by family of evidence; with NAME, or
    a number such as D9, all about one of them.

    \b
    Example:
      inconcert detectors working-hours
    """
    from inconcert.verbs.detectors import detectors

    found = detectors(name)
    show(found, _one(found) if name else _lines(found), as_json=as_json)


def _lines(found: Detectors) -> Iterator[str]:
    yield "Compared, account with account:"
    width = max(len(one.kind) for one in found.kinds)
    for kind in found.kinds:
        yield f"  D1   {kind.kind:{width}}  {kind.common}"
    scales = ", ".join(f"{seconds:g} s" for seconds in found.kinds[0].windows_s)
    yield f"  each within {scales}, and at any time"
    yield ""
    yield "Measured, beside a control (a picture of each is in the report):"
    width = max(len(one.name) for one in found.indicators)
    families: dict[str, list[Described]] = {}
    for one in sorted(found.indicators, key=lambda one: (not one.counts_for_l3, one.family == "none")):
        families.setdefault(one.family, []).append(one)
    for family, its in families.items():
        mark = "counts for level L3" if its[0].counts_for_l3 else "never counts for level L3"
        yield ""
        yield f"{family}: {its[0].family_about} ({mark})"
        for one in its:
            yield f"  {one.id:4} {one.name:{width}}  {_short(_capital(one.about), _ABOUT)}"
            sample, source = _short(one.minimum, _SAMPLE), _short(one.cites, _SOURCE)
            yield f"       from {sample}; {one.figure}; {source}"
    yield ""
    yield "All about one of them: inconcert detectors NAME, or its number, as in inconcert detectors D9"


def _short(text: str, most: int) -> str:
    return shorten(text, most, placeholder=" …")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _one(found: Detectors) -> Iterator[str]:
    for kind in found.kinds:
        yield f"{kind.kind}: {kind.common}"
    for i, one in enumerate(found.indicators):
        if i or found.kinds:
            yield ""
        yield from _about(one)


def _about(one: Described) -> Iterator[str]:
    yield f"{one.name} ({one.id}, family {one.family}: {one.family_about})"
    yield from wrap(_capital(one.about), _WIDTH)
    yield ""
    yield "measures"
    for measure, what in one.measures.items():
        yield from wrap(f"{measure}: {what}", _WIDTH, initial_indent="  ", subsequent_indent="    ")
    yield f"needs     {', '.join(one.needs) or 'nothing but posts'}"
    yield f"speaks on {one.minimum}"
    yield f"figure    {one.figure}"
    yield f"source    {one.cites}"
    yield f"DISARM    {', '.join(one.disarm) or 'no technique of its own'}"
    yield f"level L3  {'counts' if one.counts_for_l3 else 'never counts'}"
    yield "it may also be"
    for confounder in one.confounders:
        yield from wrap(confounder, _WIDTH, initial_indent="  - ", subsequent_indent="    ")
    if one.parameters:
        yield "parameters  " + ", ".join(f"{name} = {value}" for name, value in one.parameters.items())
