"""`inconcert detectors`."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import TYPE_CHECKING

import click

from inconcert.cli.options import verb
from inconcert.cli.terminal import show

if TYPE_CHECKING:
    from inconcert.verbs.detectors import Described, Detectors

_WIDTH = 100


@verb("detectors", "Show what is compared and measured.")
@click.argument("name", metavar="[NAME]", required=False)
def command(name: str | None, as_json: bool) -> None:
    """Show the kinds of action that are compared, and the indicators that are measured; with NAME, all about one of them.

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
    for one in found.indicators:
        yield f"  {one.id:4} {one.name:{width}}  {one.about}"
        yield f"       {'':{width}}  from {one.minimum}; figure: {one.figure}"
        yield f"       {'':{width}}  {one.cites}"


def _one(found: Detectors) -> Iterator[str]:
    for kind in found.kinds:
        yield f"{kind.kind}: {kind.common}"
    for one in found.indicators:
        yield from _about(one)


def _about(one: Described) -> Iterator[str]:
    yield f"{one.name} ({one.id}, family {one.family}: {one.family_about})"
    yield from wrap(one.about[0].upper() + one.about[1:], _WIDTH)
    yield ""
    yield "measures"
    for measure, what in one.measures.items():
        yield from wrap(f"{measure}: {what}", _WIDTH, initial_indent="  ", subsequent_indent="    ")
    yield f"needs     {', '.join(one.needs) or 'nothing but posts'}"
    yield f"speaks on {one.minimum}"
    yield f"figure    {one.figure}"
    yield f"source    {one.cites}"
    yield f"DISARM    {', '.join(one.disarm) or 'no technique of its own'}"
    yield "it may also be"
    for confounder in one.confounders:
        yield from wrap(confounder, _WIDTH, initial_indent="  - ", subsequent_indent="    ")
    if one.parameters:
        yield "parameters  " + ", ".join(f"{name} = {value}" for name, value in one.parameters.items())
