"""`inconcert check`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from inconcert.cli.options import FILE, verb
from inconcert.cli.terminal import show, unclickable, visible

if TYPE_CHECKING:
    from inconcert.verbs.check import Checked


@verb("check", "Mark sentences of a draft that claim more than the evidence carries.")
@click.argument("draft", type=FILE)
@click.option("--case", type=FILE, metavar="CASE", help="Hold it against the groups of this case.")
@click.option(
    "--yardstick",
    "scale",
    default="phia",
    show_default=True,
    metavar="NAME",
    help="Words of likelihood: phia or icd203.",
)
def command(draft: Path, case: Path | None, scale: str, as_json: bool) -> None:
    """Read DRAFT, plain text or Markdown in English, and mark what should not be published as it stands.

    Marked are sentences that claim more than the case carries (coordinated below L2, inauthentic below L3, a culprit without a
    signed assessment), words of likelihood that are in no yardstick ("possibly", "may", "suggests") or in another one, two
    terms in one judgement, and likelihood and confidence in one sentence. Quoted words are the words of others and left alone.

    \b
    Example:
      inconcert check report.md --case my-case
    """
    from inconcert.verbs.check import check
    from inconcert.verbs.init import open_case

    found = check(draft, open_case(case) if case is not None else None, scale=scale)
    show(found, map(unclickable, _lines(found)), as_json=as_json)


def _lines(found: Checked) -> Iterator[str]:
    last = None
    for one in found.remarks:
        if (one.line, one.sentence) != last:
            yield f"{found.draft}:{one.line}: {_cut(visible(one.sentence))}"
            last = (one.line, one.sentence)
        yield f"  {one.kind}: {visible(one.words)}. {visible(one.why)}"
    held = "no case was given" if found.groups is None else f"held against {found.groups:,} groups"
    yield (
        f"{found.sentences:,} sentences, {len(found.remarks):,} remarks, {found.exceeding:,} sentences claim too much "
        f"({held}; {found.yardstick})"
    )
    yield from found.notes


def _cut(text: str) -> str:
    return text if len(text) <= 300 else f"{text[:300]} …"
