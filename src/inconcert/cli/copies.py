"""`inconcert copies`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from inconcert.cli.bars import bars
from inconcert.cli.detect import run_lines
from inconcert.cli.options import case_argument, given, seed_option, verb
from inconcert.cli.terminal import plain, show, unclickable

if TYPE_CHECKING:
    from inconcert.case import Run
    from inconcert.verbs.largest_copies import Largest


LISTED = 10
"""Of the largest clusters; all are in the report, and in 'inconcert export CASE copy_clusters.csv'."""


@verb("copies", "Find the texts and pictures that several accounts posted, rewritten or not.")
@case_argument
@seed_option
def command(case: Path, seed: int | None, as_json: bool) -> None:
    """Cluster near-identical texts and pictures, and list what was substituted for what.

    The same words are no proof of the same operator: headlines, quotations, share buttons and agency copy are named as
    such. 'inconcert detect' compares the clusters like links.

    \b
    Example:
      inconcert copies my-case
    """
    from inconcert.verbs.copies import copies
    from inconcert.verbs.init import open_case
    from inconcert.verbs.largest_copies import largest

    opened = open_case(case)
    with bars() as progress:
        run = copies(opened, **given(seed=seed), progress=progress)
    found = largest(opened, run, LISTED)
    show({"run": plain(run), "largest": plain(found)} if as_json else run, copies_lines(run, found), as_json=as_json)


def copies_lines(run: Run, found: Largest) -> Iterator[str]:
    """What was counted, the largest clusters of texts and pictures, and the recurring substitutions."""
    yield from run_lines(run)
    for text in found.texts:
        yield ""
        yield (
            f"{text.cluster_id}: {text.accounts:,} accounts, {text.posts:,} posts, {text.texts:,} wordings, {text.language}"
            + (f"; {text.ordinary}: not compared" if text.ordinary and text.texts > 1 else "")
        )
        yield f"  {unclickable(text.shown)}"
    for picture in found.pictures:
        yield ""
        yield (
            f"{picture.cluster_id}: {picture.accounts:,} accounts, {picture.posts:,} posts, {picture.files:,} files "
            f"({picture.kind}, {picture.use})" + (f"; {picture.ordinary}: not compared" if picture.ordinary else "")
        )
    if found.templates:
        yield ""
        yield "substitutions that recur:"
    for one in found.templates:
        yield f"  {one.before} → {one.after}: in {one.texts:,} wordings by {one.accounts:,} accounts; q = {one.q_value:.2g}"
