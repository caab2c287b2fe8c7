"""`inconcert notes`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from inconcert.cli.judge import by_option
from inconcert.cli.judgements import retracted_lines
from inconcert.cli.options import case_argument, verb
from inconcert.cli.terminal import show, unclickable

if TYPE_CHECKING:
    from inconcert.judgement.notes import Note
    from inconcert.verbs.notes import Noted


@verb("notes", "Write down what you found, with sources.")
@case_argument
@click.option("--add", "text", metavar="TEXT", help="The note, in Markdown.")
@click.option(
    "--about", default="", metavar="WHAT", help="A group, set, account, or a post as IMPORT/ROW. [default: the case]"
)
@click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="SOURCE",
    help="A web address (never opened), a file (copied into the case), a post as IMPORT/ROW, or words. May be repeated.",
)
@click.option("--find", multiple=True, metavar="WORDS", help="Only notes that hold these words. May be repeated.")
@click.option("--retract", "label", metavar="NUMBER", help="Take back the note of that number.")
@click.option("--because", default="", metavar="REASON", help="Why it is taken back.")
@by_option
def command(
    case: Path,
    text: str | None,
    about: str,
    sources: Sequence[str],
    find: Sequence[str],
    label: str | None,
    because: str,
    by: str,
    as_json: bool,
) -> None:
    """List the notes of a case, add one, or take one back. The report prints them only with --notes.

    \b
    Example:
      inconcert notes my-case --add "The railing is missing in the second picture." --source photo.jpg --by "Ann Lee"
      inconcert notes my-case --find railing
    """
    from inconcert.verbs.init import open_case
    from inconcert.verbs.judgements import retract
    from inconcert.verbs.notes import add_note, notes

    if text is not None and label is not None:
        raise click.UsageError("Give --add or --retract, not both")
    opened = open_case(case)
    if label is not None:
        taken = retract(opened, label, by=by, because=because, kind="N")
        show(taken, map(unclickable, retracted_lines(taken)), as_json=as_json)
    elif text is not None:
        noted = add_note(opened, text, by=by, about=about, sources=sources)
        show(noted, map(unclickable, _noted_lines(noted)), as_json=as_json)
    else:
        found = notes(opened, find=find)
        show(found, map(unclickable, _lines(found)), as_json=as_json)


def _noted_lines(noted: Noted) -> Iterator[str]:
    yield f"{noted.label}, about {_about(noted.about_kind, noted.about)}, by {noted.by}"
    for source in noted.sources:
        kept = f", kept as {source.sha256}" if source.sha256 else ""
        yield f"  {source.kind}: {source.text}{kept}"


def _lines(found: Sequence[Note]) -> Iterator[str]:
    if not found:
        yield "there are no such notes"
    for note in found:
        yield f"{note.label}  about {_about(note.about_kind, note.about)}, {note.by}, {note.at}"
        yield from (f"    {line}" for line in note.text.split("\n"))
        for source in note.sources:
            kept = f" ({source.sha256[:12]}…)" if source.sha256 else ""
            yield f"    {source.kind}: {source.text}{kept}"
        if note.retracted is not None:
            yield f"    retracted by {note.retracted.by}, {note.retracted.at}: {note.retracted.because}"


def _about(kind: str, about: str) -> str:
    return "the case" if kind == "case" else f"{kind} {about}"
