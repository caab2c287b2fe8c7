"""`inconcert choose`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from inconcert.cli.judge import by_option
from inconcert.cli.options import case_argument, verb
from inconcert.cli.terminal import show, typed, unclickable


def _texts(context: click.Context, option: click.Parameter, given: Sequence[str]) -> dict[str, str]:
    parted = [one.partition("=") for one in given]
    if bad := next((place for place, equals, _ in parted if not equals), None):
        raise click.BadParameter(f"'{bad}' has no text. Write it as G1=TEXT.")
    return {place.strip(): text for place, _, text in parted}


@verb("choose", "Choose what the report describes, and write beside it.")
@case_argument
@click.option(
    "--leave-out",
    multiple=True,
    metavar="PART",
    help="A group to list only, or a section to leave out. May be repeated.",
)
@click.option(
    "--without", multiple=True, metavar="PICTURE", help="A picture to leave out, as G1:network. May be repeated."
)
@click.option(
    "--text",
    "texts",
    multiple=True,
    metavar="PART=TEXT",
    callback=_texts,
    help="Markdown to print beside a group or part. May be repeated.",
)
@click.option("--zone", default="UTC", show_default=True, help="Time zone of hours and days, such as Europe/Berlin.")
@click.option("--notes", is_flag=True, help="Print the case notes too.")
@by_option
def command(
    case: Path,
    leave_out: Sequence[str],
    without: Sequence[str],
    texts: dict[str, str],
    zone: str,
    notes: bool,
    by: str,
    as_json: bool,
) -> None:
    """Choose what the report of CASE describes. It replaces what was chosen before; without options everything is described.

    Parts are groups (G1) and copies, rewritten, pictures, clues, languages, avatars, indicators; words may also stand beside found,
    outside and volume. Pictures are timeline, heat and network of a group, and volume:timeline. A group that is left
    out stays in the table of groups, and the page says who chose. Of the words, the report leaves out what claims more than the
    level carries.

    \b
    Example:
      inconcert choose my-case --leave-out G3 --without G1:network --text found="Two weeks before the vote." --by "Ann Lee"
    """
    from inconcert.verbs.choose import choose
    from inconcert.verbs.init import open_case

    made = choose(
        open_case(case), by=by, leave_out=leave_out, without=without, texts=texts, zone=zone, notes=notes
    )  # fmt: skip
    parts = ", ".join(made.parts) or "everything described"
    lines = [
        f"{made.label}: the report was chosen by {made.by} ({parts})",
        f"Write it: {typed('report', case)}",
        f"To take it back: {typed('judgements', case, '--retract', made.label, '--because', 'REASON')}",
    ]
    show(made, map(unclickable, lines), as_json=as_json)
