"""`inconcert judgements`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from inconcert.cli.judge import by_option
from inconcert.cli.options import case_argument, verb
from inconcert.cli.terminal import show, unclickable

if TYPE_CHECKING:
    from inconcert.verbs.judgements import Outcome, Retracted


@verb("judgements", "List what people decided, or take it back.")
@case_argument
@click.option("--retract", "label", metavar="NUMBER", help="Take back the judgement of that number.")
@click.option("--because", default="", metavar="REASON", help="Why it is taken back.")
@by_option
def command(case: Path, label: str | None, because: str, by: str, as_json: bool) -> None:
    """List every judgement with its number, its author and whether it stands; or take one back.

    After a new cluster run a judgement is carried over to the group that shares at least 80% of the accounts; where none does,
    it is "to be looked at again" and has no effect.

    \b
    Example:
      inconcert judgements my-case
      inconcert judgements my-case --retract J7 --because "I confused two groups" --by "Ann Lee"
    """
    from inconcert.verbs.init import open_case
    from inconcert.verbs.judgements import judgements, retract

    opened = open_case(case)
    if label is not None:
        taken = retract(opened, label, by=by, because=because)
        show(taken, map(unclickable, retracted_lines(taken)), as_json=as_json)
    else:
        found = judgements(opened)
        show(found, map(unclickable, _lines(found)), as_json=as_json)


def retracted_lines(taken: Retracted) -> Iterator[str]:
    """What was taken back, in words."""
    yield f"{taken.label} is retracted, by {taken.by}: {taken.because}"


def _lines(found: Sequence[Outcome]) -> Iterator[str]:
    if not found:
        yield "nothing was judged yet"
    for outcome in found:
        one = outcome.judgement
        was = [group.group for group in one.groups]
        about = ", ".join(was) or " and ".join(one.accounts)
        now = f" (now {', '.join(outcome.groups)})" if outcome.groups and list(outcome.groups) != was else ""
        yield f"{one.label}  {one.kind} {about}{now}: {outcome.state}"
        yield f"    “{one.text}” {one.by}, {one.at}"
        if one.groups and one.accounts:
            yield f"    accounts: {', '.join(one.accounts)}"
        yield from (f"    source: {source}" for source in one.sources)
        if outcome.why:
            yield f"    {outcome.why}"
        if one.retracted is not None:
            yield f"    retracted by {one.retracted.by}, {one.retracted.at}: {one.retracted.because}"
