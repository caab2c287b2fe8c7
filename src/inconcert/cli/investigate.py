"""`inconcert investigate`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from inconcert.cli.add import takes_given
from inconcert.cli.bars import bars
from inconcert.cli.import_lines import import_lines
from inconcert.cli.ingest import takes_media
from inconcert.cli.options import (
    FILE,
    alpha_option,
    control_option,
    day_first_option,
    engine_option,
    format_option,
    given,
    insist_option,
    mapping_option,
    platform_option,
    seed_option,
    verb,
    zone_option,
)
from inconcert.cli.terminal import plain, show

if TYPE_CHECKING:
    from inconcert.verbs.investigate import GroupSummary, Summary

GROUPS_SHOWN = 20


@verb("investigate", "Everything in one go, from files of posts to the report.")
@click.argument("files", type=FILE, nargs=-1)
@click.option(
    "--case",
    type=FILE,
    help="Case folder, which may hold posts already. [default: <stem of the first file>-case, here]",
)
@mapping_option
@format_option
@platform_option
@zone_option
@day_first_option
@insist_option
@control_option
@alpha_option
@seed_option
@engine_option
@takes_media
@takes_given
def command(
    files: Sequence[Path],
    case: Path | None,
    mapping: Mapping[str, str],
    format: str | None,
    platform: str | None,
    zone: str | None,
    day_first: bool | None,
    insist_private: bool,
    control: Sequence[Path],
    alpha: float | None,
    seed: int | None,
    engine: str | None,
    media: Path | None,
    ocr: bool,
    faces: bool,
    lists: Sequence[Path],
    events: Sequence[Path],
    storylines: Sequence[Path],
    follows: Sequence[Path],
    as_json: bool,
) -> None:
    """Investigate files of posts from first to last: case, ingest, copies, detect, cluster, describe, indicators,
    report.

    Says which groups of accounts act in concert, how sure that is, and what innocent explanations fit; or that nothing
    was found beyond chance. Interrupted at any moment, the same command goes on from there. Further files given for an
    existing case are added to it.

    \b
    Example:
      inconcert investigate posts.csv --control ordinary-crowd.csv
      inconcert investigate --case my-case
    """
    from inconcert.verbs.investigate import investigate

    options = given(
        case=case, format=format, platform=platform, zone=zone, day_first=day_first, insist_private=insist_private, control=control, alpha=alpha,
        seed=seed, engine=engine, media=media, ocr=ocr, faces=faces, lists=lists, events=events, storylines=storylines, follows=follows,
    )  # fmt: skip
    with bars() as progress:
        summary = investigate(files, mapping=mapping, **options, now=datetime.now(UTC), progress=progress)
    show({"found": summary.found, **plain(summary)} if as_json else summary, summary_lines(summary), as_json=as_json)


def summary_lines(summary: Summary) -> Iterator[str]:
    """What was found, in words; the report last."""
    yield from import_lines(summary.imports)
    if summary.other_imports:
        count = len(summary.other_imports)
        yield f"The case held {count:,} other import{'s' if count > 1 else ''}, analysed together with these."
    yield ""
    if summary.found:
        yield f"Beyond chance (q at most {summary.alpha:g}): {summary.accounts:,} accounts, {summary.edges:,} pairs."
    else:
        yield f"Nothing was found beyond chance: no account, pair or group at q of at most {summary.alpha:g}."
    for group in summary.groups[:GROUPS_SHOWN]:
        yield from _group_lines(group)
    if len(summary.groups) > GROUPS_SHOWN:
        yield f"{len(summary.groups) - GROUPS_SHOWN:,} further groups are in the report."
    yield ""
    yield _copies_line(summary.copies.info["counts"])
    notes = [
        note for run in (summary.detect, summary.describe, summary.indicators) for note in run.info.get("notes", ())
    ]
    yield from (f"note: {note}" for note in notes)
    yield ""
    yield f"case:   {summary.case}"
    yield f"report: {summary.report}"


def _copies_line(counts: Mapping[str, int]) -> str:
    """How much the same words and pictures came from several accounts, of any level."""
    said = [f"Texts that several accounts posted: {counts['texts_several_accounts_posted']:,}"]
    if counts["of_them_in_several_wordings"]:
        said.append(f"in several wordings {counts['of_them_in_several_wordings']:,}")
    if counts["recurring_substitutions"]:
        said.append(f"recurring substitutions {counts['recurring_substitutions']:,}")
    if counts["pictures_several_accounts_posted"]:
        said.append(f"pictures {counts['pictures_several_accounts_posted']:,}")
    return "; ".join(said) + ". The same words do not make the same author."


def _group_lines(group: GroupSummary) -> Iterator[str]:
    stability = "not measured" if group.stability is None else f"{group.stability:.2f}"
    yield ""
    yield f"{group.group_id}: {group.words} ({group.level})"
    yield f"  {group.size:,} accounts, {group.n_posts:,} posts; q = {group.q_value:.2g}; stability {stability}"
    yield f"  compared by {', '.join(group.kinds)}"
    if group.innocent:
        yield "  innocent explanations that fit (the report says why): " + "; ".join(
            one["name"] for one in group.innocent
        )
    if group.indicators:
        yield "  unlike its control (the report says how much, and what else it may be): " + ", ".join(group.indicators)
    yield f"  to reach a higher level it {group.why_not_higher}"
