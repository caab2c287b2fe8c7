"""`inconcert judge`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from inconcert.cli.options import case_argument, verb
from inconcert.cli.terminal import show, typed, unclickable

if TYPE_CHECKING:
    from inconcert.verbs.judge import Judged

by_option = click.option(
    "--by", envvar="INCONCERT_BY", default="", metavar="NAME",
    help="Who says it. [default: the environment variable INCONCERT_BY]",
)  # fmt: skip
source_option = click.option(
    "--source", "sources", multiple=True, metavar="SOURCE", help="Where it is to be seen. May be repeated."
)

_KINDS = {
    "rename": ("NAME", "Give a group a name."),
    "set-aside": ("REASON", "Take a group from the findings."),
    "confirm": ("REASON", "Say that you looked at a group and agree."),
    "comment": ("TEXT", "Say something about a group."),
    "merge": ("REASON", "Judge two groups or more to be one."),
    "split": ("REASON", "Make a group of its own of the accounts named by --account."),
    "remove": ("REASON", "Take the accounts named by --account from a group."),
    "note": ("TEXT", "Say something about an account."),
    "same-person": ("REASON", "Judge two accounts to be one person."),
    "known-friend": ("REASON", "Judge two accounts to be people who know one another."),
}


def _kind_options(function: Callable[..., None]) -> Callable[..., None]:
    for name, (metavar, help) in reversed(_KINDS.items()):
        function = click.option(f"--{name}", f"said_{name.replace('-', '_')}", metavar=metavar, help=help)(function)
    return function


@verb("judge", "Decide about groups, accounts and pairs, under your name.")
@case_argument
@click.argument("subjects", nargs=-1, required=True)
@_kind_options
@click.option(
    "--account", "accounts", multiple=True, metavar="ACCOUNT", help="Account to split off or remove. May be repeated."
)
@source_option
@by_option
def command(
    case: Path,
    subjects: Sequence[str],
    accounts: Sequence[str],
    sources: Sequence[str],
    by: str,
    as_json: bool,
    **said: str | None,
) -> None:
    """Decide about SUBJECTS: groups of the newest cluster run (G1), accounts, or a pair. One decision at a time.

    Accounts are ids, names of the report such as G1-01, or handles. What you decide is entered in the ledger under your name,
    shown by report, explain and export, and can be retracted: inconcert judgements. It changes no number and raises no level.

    \b
    Example:
      inconcert judge my-case G2 --set-aside "a fan club" --by "Ann Lee"
      inconcert judge my-case G1 G3 --merge "the same texts" --by "Ann Lee"
      inconcert judge my-case G1 --split "another language" --account G1-04 --account G1-09 --by "Ann Lee"
    """
    from inconcert.verbs.init import open_case
    from inconcert.verbs.judge import judge

    given = {name: said[f"said_{name.replace('-', '_')}"] for name in _KINDS}
    chosen = [(name, text) for name, text in given.items() if text is not None]
    if len(chosen) != 1:
        options = ", ".join(f"--{name}" for name in _KINDS)
        raise click.UsageError(f"Give exactly one decision, {len(chosen)} were given: {options}")
    (kind, text) = chosen[0]
    judged = judge(open_case(case), subjects, kind, text, by=by, accounts=accounts, sources=sources)
    show(judged, map(unclickable, _lines(judged, case)), as_json=as_json)


def _lines(judged: Judged, case: Path) -> Iterator[str]:
    about = ", ".join(judged.groups) or " and ".join(judged.accounts)
    made = f", making {judged.makes}" if judged.makes else ""
    yield f"{judged.label}: {judged.kind} {about}{made}, by {judged.by}"
    yield from (f"  {note}" for note in judged.notes)
    yield f"To take it back: {typed('judgements', case, '--retract', judged.label, '--because', 'REASON')}"
