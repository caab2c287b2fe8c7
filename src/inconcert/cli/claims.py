"""`inconcert claims`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from inconcert.cli.options import FILE, force_option, verb
from inconcert.cli.terminal import show, unclickable, visible

if TYPE_CHECKING:
    from inconcert.verbs.claims import Claims, GradedClaim

_SHOWN = 160


@verb("claims", "Grade a register of claims: does the word fit the evidence?")
@click.argument("register", type=FILE, required=False)
@click.option(
    "--case", type=FILE, metavar="CASE", help="The claims of this case, or its evidence for those of REGISTER."
)
@click.option("--write", type=FILE, metavar="FILE", help="Write the register, with warnings as caveats, as CSV.")
@click.option(
    "--yardstick",
    "scale",
    default="phia",
    show_default=True,
    metavar="NAME",
    help="Words of likelihood: phia or icd203.",
)
@force_option
def command(
    register: Path | None, case: Path | None, write: Path | None, scale: str, force: bool, as_json: bool
) -> None:
    """Read REGISTER, a table of claims with the evidence listed for each, and say which word that evidence carries. A claim whose
    word or class says more is marked.

    Without REGISTER the claims are those that the assessments of the case make, of groups at level L3 or higher.

    \b
    Example:
      inconcert claims claims.csv
      inconcert claims --case my-case --write claims.csv
    """
    from inconcert.verbs.claims import claims
    from inconcert.verbs.init import open_case

    opened = open_case(case) if case is not None else None
    found = claims(register, opened, scale=scale, write=write, force=force)
    show(found, map(unclickable, _lines(found)), as_json=as_json)


def _lines(found: Claims) -> Iterator[str]:
    for one in found.claims:
        yield from _claim(one)
    for reason, n in Counter(one.reason for one in found.set_aside).items():
        rows = ", ".join(str(one.row) for one in found.set_aside if one.reason == reason)
        yield f"set aside, {n:,} row{'' if n == 1 else 's'} ({_cut(rows)}): {visible(reason)}"
    unknown = {key for one in found.claims for key in one.unknown}
    if unknown:
        yield f"evidence of unknown strength, which carries nothing: {_cut(visible(', '.join(sorted(unknown))))}"
    if found.groups is not None and not found.groups:
        yield "The case has no group at level L3 or higher, so nothing is claimed of who is behind one."
    n = len(found.claims)
    yield f"{n:,} claim{'' if n == 1 else 's'}, {found.warned:,} with words that say more than the evidence ({found.yardstick})"
    if found.written is not None:
        yield f"register: {found.written}"


def _claim(one: GradedClaim) -> Iterator[str]:
    stated = one.stated
    yield f"{visible(stated.claim_id)}  {_cut(visible(stated.claim))}"
    yield f"    {one.word}; the evidence carries {one.at_most}: {_cut(visible(', '.join(stated.evidence))) or 'none is listed'}"
    if one.warning:
        yield f"    too much: {visible(one.warning)}"


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]} …"
