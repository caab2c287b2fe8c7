"""`inconcert explain`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from inconcert.cli.bars import bars
from inconcert.cli.options import case_argument, verb
from inconcert.cli.terminal import show, unclickable

if TYPE_CHECKING:
    from inconcert.verbs.explain import Explanation

SHOWN = 50


@verb("explain", "Show what connects two accounts, with both posts.")
@case_argument
@click.argument("a")
@click.argument("b")
def command(case: Path, a: str, b: str, as_json: bool) -> None:
    """Explain what connects two accounts: every shared object, both posts, the gap, and how likely it is by chance.

    A and B are account ids, as in accounts.csv; put -- before ids that begin with a dash. Links are printed so that
    nobody can click them; --json gives them, and everything else, exactly.

    \b
    Example:
      inconcert explain my-case 1284 9377
    """
    from inconcert.verbs.explain import explain
    from inconcert.verbs.init import open_case

    with bars() as progress:
        found = explain(open_case(case), a, b, progress=progress)
    show(found, _lines(found), as_json=as_json)


def _lines(found: Explanation) -> Iterator[str]:
    q = "not reported as an edge" if found.q_value is None else f"q = {found.q_value:.2g}"
    yield f"{found.source} and {found.target}: {found.words} ({found.level}), {q}"
    if found.q_conditional is not None:
        yield f"  more synchronous than what they have in common lets expect: q = {found.q_conditional:.2g} (level L1 needs both)"
    for scale in found.scales:
        when = "at any time" if scale.window_us is None else f"within {scale.window_us / 1e6:g} s"
        yield (
            f"  {scale.kind} {when}: {scale.n_objects:,} of {scale.n_common:,} objects in common, "
            f"{scale.expected:.2g} expected by chance, p = {scale.p_value:.2g}"
        )
    witnesses = found.witnesses.to_pylist()
    yield f"objects in common: {len(witnesses):,}"
    for number, witness in enumerate(witnesses[:SHOWN], start=1):
        yield from _witness_lines(number, witness)
    if len(witnesses) > SHOWN:
        yield f"  {len(witnesses) - SHOWN:,} more with --json"


def _witness_lines(number: int, witness: dict[str, Any]) -> Iterator[str]:
    gap = "times unknown" if witness["gap_us"] is None else f"{witness['gap_us'] / 1e6:g} s apart"
    chance = "" if witness["chance"] is None else f"; by chance {witness['chance']:.2g}"
    yield f"  {number}. {witness['kind']} {unclickable(witness['object_id'])}"
    yield (
        f"     posts {witness['source_post_id']} and {witness['target_post_id']}, {gap}; "
        f"{witness['popularity']:,} accounts acted on it{chance}"
    )
