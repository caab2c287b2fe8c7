"""`inconcert changes`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from inconcert.cli.options import FILE, verb
from inconcert.cli.terminal import show, unclickable

if TYPE_CHECKING:
    from inconcert.verbs.changes import Changes

_CUT = 160
_ORDERS = {
    "captured": "",
    "imported": " (in the order in which the files were read)",
    "unknown": " (which came first is not known)",
}


@verb("changes", "Show what changed between captures.")
@click.argument("case", type=FILE, default=".")
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Only changes of this kind; may be given again.")
@click.option(
    "--account",
    "accounts",
    multiple=True,
    metavar="ID",
    help="Only of this account, by id or handle; may be given again.",
)
@click.option(
    "--follower-factor", type=float, default=2.0, show_default=True, help="Smallest ratio of followers that is a jump."
)
@click.option(
    "--follower-least",
    type=int,
    default=1000,
    show_default=True,
    help="Smallest difference of followers that is a jump.",
)
@click.option("--limit", type=click.IntRange(min=0), default=20, show_default=True, help="Most changes shown of each kind; 0 for all.")  # fmt: skip
def command(
    case: Path,
    kinds: tuple[str, ...],
    accounts: tuple[str, ...],
    follower_factor: float,
    follower_least: int,
    limit: int,
    as_json: bool,
) -> None:
    """Show what differs between two captures of an account or post: another handle, name or biography, an edited or deleted
    post, a suspended account, a jump in followers. Each fact names the two records that show it, as import:record.

    Facts come from files that overlap in time: the same accounts or posts read twice. A post that a later file does not hold
    is NOT called deleted: exports are cut by limits, searches and dates, and a post that is missing from one proves nothing.
    Only a mark of the source counts. Without a time of capture, the order of files is the order in which they were read, and
    within one file no order is known; the output says so.

    All of them as a table: inconcert export CASE changes.csv

    \b
    Example:
      inconcert changes my-case --kind handle --kind post-edited
    """
    from inconcert.verbs.changes import changes
    from inconcert.verbs.init import open_case

    found = changes(
        open_case(case), kinds=kinds, accounts=accounts, follower_factor=follower_factor, follower_least=follower_least, limit=limit
    )  # fmt: skip
    show(found, _lines(found), as_json=as_json)


def _lines(found: Changes) -> Iterator[str]:
    from inconcert.schema import CHANGE_KINDS

    if not found.counts:
        yield f"Nothing differs between captures in {found.imports:,} files: no account or post was met with other words or numbers."
        return
    of_posts = f" and {found.posts:,} posts" if found.posts else ""
    yield f"{sum(found.counts.values()):,} changes of {found.accounts:,} accounts{of_posts}, from {found.imports:,} files"
    rows = found.rows.to_pylist()
    for kind, n in found.counts.items():
        yield ""
        yield f"{kind}: {CHANGE_KINDS[kind]} ({n:,})"
        shown = [row for row in rows if row["kind"] == kind]
        for row in shown:
            yield from _change(row)
        if len(shown) < n:
            yield f"  and {n - len(shown):,} more; --limit 0 shows all"


def _change(row: Mapping[str, Any]) -> Iterator[str]:
    post = f", post {row['post_id']}" if row["post_id"] is not None else ""
    yield f"  {row['platform']} {row['account_id']}{post}{_ORDERS[row['ordered_by']]}"
    for side, sign in (("before", "-"), ("after", "+")):
        when = row[f"{side}_observed_at"]
        captured = f", captured {when:%Y-%m-%d %H:%M:%S} UTC" if when is not None else ""
        said = "(it was there)" if row[side] is None else unclickable(row[side])
        said = said if len(said) <= _CUT else said[: _CUT - 1] + "…"
        yield f"    {sign} {said}   [{row[f'{side}_import_id']}:{row[f'{side}_row_ref']}{captured}]"
