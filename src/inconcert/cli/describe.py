"""`inconcert describe`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from inconcert.cli.bars import bars
from inconcert.cli.detect import run_lines
from inconcert.cli.options import alpha_option, case_argument, given, verb
from inconcert.cli.terminal import show, unclickable

if TYPE_CHECKING:
    from inconcert.case import Run

_LANGUAGES = 4
_LISTED = 10


@verb("describe", "Tell languages, switches between them, and shared avatars.")
@case_argument
@alpha_option
def command(case: Path, alpha: float | None, as_json: bool) -> None:
    """Tell which languages accounts and groups write, and what their posts in different languages have in common.

    Works on the groups of 'inconcert cluster'. Nothing here adds to the evidence that accounts act together: it tells what
    they are like, beside all others.

    \b
    Example:
      inconcert describe my-case --alpha 0.001
    """
    from inconcert.verbs.describe import describe
    from inconcert.verbs.init import open_case

    with bars() as progress:
        run = describe(open_case(case), **given(alpha=alpha), progress=progress)
    show(run, _lines(run), as_json=as_json)


def _lines(run: Run) -> Iterator[str]:
    yield from run_lines(run)
    for group, rows in groupby(run.table("group_languages").to_pylist(), key=lambda row: row["group_id"]):
        known = [row for row in rows if row["share"] is not None][:_LANGUAGES]
        parts = (f"{row['language']} {row['share']:.0%}{_others(row['share_others'])}" for row in known)
        yield f"{group}: {', '.join(parts) or 'no post of known language'}"
    for row in run.table("language_switches").slice(0, _LISTED).to_pylist():
        yield (
            f"{row['account_id']}: {row['before']} ({row['share_before']:.0%} of {row['posts_before']:,}) → {row['after']} "
            f"({row['share_after']:.0%} of {row['posts_after']:,}) on {_day(row['at_us'])}; q = {row['q_value']:.2g}"
        )
    for row in run.table("cross_language").slice(0, _LISTED).to_pylist():
        yield (
            f"{row['group_id']}: {row['kind']} {unclickable(row['object_id'])} in {row['languages']}: {row['accounts']:,} members, "
            f"{row['accounts_others']:,} others"
        )


def _others(share: float | None) -> str:
    return "" if share is None else f" (others {share:.0%})"


def _day(time_us: int) -> str:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=time_us)).date().isoformat()
