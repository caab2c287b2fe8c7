"""`inconcert explain`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import click

from inconcert.cli.bars import bars
from inconcert.cli.options import case_argument, verb
from inconcert.cli.terminal import show, unclickable

if TYPE_CHECKING:
    from inconcert.judgement.judgements import Judgement
    from inconcert.verbs.explain import Explanation
    from inconcert.verbs.explained_group import ExplainedGroup
    from inconcert.verbs.explained_reading import ExplainedReading
    from inconcert.verbs.quoted_posts import QuotedPost

SHOWN = 50
_WIDTH = 100


@verb("explain", "Show what connects two accounts, with both posts, or one reading, group or set.")
@case_argument
@click.argument("a")
@click.argument("b", required=False)
def command(case: Path, a: str, b: str | None, as_json: bool) -> None:
    """Explain what connects two accounts: every shared object, both posts, the gap, and how likely it is by chance.

    A and B are account ids as in accounts.csv, names of the report such as G1-01, or handles; put -- before what begins
    with a dash, and @ before a handle that is also something else. A alone, such as I870, is the reading of that number
    in the report: what was measured, its control, its chance, and what it rests on; A alone, such as G1 or the name of a set,
    is that group as people judged it. Links are printed so that nobody can
    click them, and texts cut; --json gives everything exactly.

    \b
    Example:
      inconcert explain my-case 1284 9377
      inconcert explain my-case G1-01 G1-02
      inconcert explain my-case I870
      inconcert explain my-case G1
    """
    from inconcert.verbs.explain import explain
    from inconcert.verbs.explained_group import ExplainedGroup
    from inconcert.verbs.init import open_case

    with bars() as progress:
        opened = open_case(case)
        if b is None:
            reading = explain(opened, a, progress=progress)
        else:
            found = explain(opened, a, b, progress=progress)
    if b is None:
        lines = _group(reading) if isinstance(reading, ExplainedGroup) else _reading(reading)
        show(reading, lines, as_json=as_json)
    else:
        show(found, _lines(found), as_json=as_json)


def _lines(found: Explanation) -> Iterator[str]:
    q = "not reported as an edge" if found.q_value is None else f"q = {found.q_value:.2g}"
    yield f"{found.source} and {found.target}: {found.words} ({found.level}), {q}"
    for id, name in found.asked.items():
        yield f"  {name} is {id}"
    if found.q_conditional is not None:
        yield f"  more synchronous than what they have in common lets expect: q = {found.q_conditional:.2g} (level L1 needs both)"
    for scale in found.scales:
        when = "at any time" if scale.window_us is None else f"within {scale.window_us / 1e6:g} s"
        yield (
            f"  {scale.kind} {when}: {scale.n_objects:,} of {scale.n_common:,} objects in common, "
            f"{scale.expected:.2g} expected by chance, p = {scale.p_value:.2g}"
        )
    yield from _judged(found.judgements)
    witnesses = found.witnesses.to_pylist()
    posts = {(post.post_id, post.account_id): post for post in found.posts}
    yield f"objects in common: {len(witnesses):,}"
    for number, witness in enumerate(witnesses[:SHOWN], start=1):
        yield from _witness_lines(number, witness)
        for side in ("source", "target"):
            yield from _post_lines(posts.get((witness[f"{side}_post_id"], witness[side])), witness[side])
    if len(witnesses) > SHOWN:
        yield f"  {len(witnesses) - SHOWN:,} more with --json"


def _judged(judgements: Sequence[Judgement]) -> Iterator[str]:
    for one in judgements:
        yield f"  {one.label} {one.kind}: “{unclickable(one.text)}” {one.by}, {one.at}"


def _group(found: ExplainedGroup) -> Iterator[str]:
    called = f" “{found.name}”" if found.name else ""
    yield f"{found.id}{called}: {len(found.members):,} accounts, {found.how}"
    if found.row is not None:
        yield f"  the run: level {found.row['level']}, q = {found.row['q_value']:.2g}"
    yield from (f"  {note}" for note in found.notes)
    yield from _judged(found.judgements)
    yield f"pairs beyond chance among them: {found.pairs.num_rows:,}"
    for pair in found.pairs.slice(0, SHOWN).to_pylist():
        yield f"  {pair['source']} and {pair['target']}: {pair['kind']}, {pair['n_objects']:,} objects, q = {pair['q_value']:.2g}"
    yield "accounts, those with most such pairs first:"
    for member in found.members[:SHOWN]:
        name = f" ({member.name})" if member.name else ""
        judged = f"; {member.judged}" if member.judged else ""
        yield f"  {member.account_id}{name}: {member.partners:,} pairs{judged}"
    if max(len(found.members), found.pairs.num_rows) > SHOWN:
        yield "  more with --json"


def _witness_lines(number: int, witness: dict[str, Any]) -> Iterator[str]:
    gap = "times unknown" if witness["gap_us"] is None else f"{witness['gap_us'] / 1e6:g} s apart"
    chance = "" if witness["chance"] is None else f"; by chance {witness['chance']:.2g}"
    yield f"  {number}. {witness['kind']} {unclickable(witness['object_id'])}"
    yield (
        f"     posts {witness['source_post_id']} and {witness['target_post_id']}, {gap}; "
        f"{witness['popularity']:,} accounts acted on it{chance}"
    )


def _post_lines(post: QuotedPost | None, account: str) -> Iterator[str]:
    if post is not None:
        yield f"     {_when(post)}  {account}: {post.begins or '(no text)'}"


def _when(post: QuotedPost) -> str:
    return f"{post.when} UTC" if post.when else "(no time)"


def _reading(found: ExplainedReading) -> Iterator[str]:
    row = found.row
    group = f" of {row['group_id']}" if row["group_id"] and row["group_id"] != row["subject_id"] else ""
    about = f"{row['subject']} {row['subject_id']}{group}"
    yield unclickable(f"{found.number}: {row['indicator']}, {row['measure']}; {about}")
    yield from wrap(found.sentence, _WIDTH, initial_indent="  ", subsequent_indent="  ")
    for said in found.numbers:
        yield f"  {unclickable(said)}"
    if row["p_value"] is not None:
        yield f"  p = {row['p_value']:.2g}"
    if found.weight:
        yield f"  weight: {found.weight}"
    if found.also:
        yield "it may also be"
        for innocent in found.also:
            yield from wrap(innocent, _WIDTH, initial_indent="  - ", subsequent_indent="    ")
    yield f"rests on: {len(found.witnesses):,} named" if found.witnesses else "rests on: no single post or account"
    for witness in found.witnesses[:SHOWN]:
        yield f"  {witness.number} {witness.account_id}: {unclickable(witness.why)}"
        if witness.post is not None:
            yield f"     {_when(witness.post)}  post {witness.post_id}: {witness.post.begins or '(no text)'}"
    if len(found.witnesses) > SHOWN:
        yield f"  {len(found.witnesses) - SHOWN:,} more with --json"
