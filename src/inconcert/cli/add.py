"""`inconcert add`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from inconcert.cli.bars import bars
from inconcert.cli.options import FILE, case_argument, insist_option, verb, zone_option
from inconcert.cli.terminal import show, unclickable

if TYPE_CHECKING:
    from inconcert.verbs.add import Added

ROWS = {"lists": "accounts", "terms": "terms", "events": "events", "storylines": "signs", "follows": "followers"}
"""Table -> what its rows are called."""
ROLES = ("overt", "independent", "protected", "suspected", "ordinary", "interest")

given_options = (
    click.option("--list", "lists", type=FILE, multiple=True, metavar="FILE",
                 help="Accounts on a list, with a column 'role' (overt, independent, protected, suspected, ordinary, interest)."),
    click.option("--events", type=FILE, multiple=True, metavar="FILE", help="Dated events: columns title and date."),
    click.option("--storylines", type=FILE, multiple=True, metavar="FILE",
                 help="Phrases, hashtags and titles by which posts of a storyline are known."),
    click.option("--follows", type=FILE, multiple=True, metavar="FILE",
                 help="Followers in the order of following, with their creation dates."),
)  # fmt: skip


def takes_given(function: Callable[..., None]) -> Callable[..., None]:
    """The options for what is known beside the posts."""
    for option in reversed(given_options):
        function = option(function)
    return function


@verb("add", "Add lists of accounts, events, storylines or followers.")
@case_argument
@takes_given
@click.option("--role", type=click.Choice(ROLES), help="Role of every account of --list without a column 'role'.")
@click.option("--name", "list_name", help="Name of the list. [default: the name of the file]")
@click.option("--newest-first", is_flag=True, help="--follows without positions lists the newest follower first.")
@click.option("--followed", metavar="ACCOUNT", help="Whose followers they are, where --follows does not say.")
@zone_option
@insist_option
def command(
    case: Path,
    lists: Sequence[Path],
    events: Sequence[Path],
    storylines: Sequence[Path],
    follows: Sequence[Path],
    role: str | None,
    list_name: str | None,
    followed: str | None,
    newest_first: bool,
    zone: str | None,
    insist_private: bool,
    as_json: bool,
) -> None:
    """Add what is known beside the posts, as CSV, JSONL or Parquet; indicators read it.

    \b
    lists       accounts: official outlets (overt), independent media, names to protect, suspected sets (measured
                like groups), ordinary accounts to compare with, accounts of one interest
    events      title and date; a date may be a month or a year
    storylines  a sign each row: storyline, kind (phrase, hashtag, title, link), pattern, language, gloss
    follows     follower_id, followed_id, position (1 = earliest), follower_created_at

    Private messages and files with live credentials are refused.

    \b
    Example:
      inconcert add my-case --events events.csv --list outlets.csv --role overt
    """
    from inconcert.verbs.add import add
    from inconcert.verbs.init import open_case

    with bars() as progress:
        done = add(
            open_case(case), lists=lists, events=events, storylines=storylines, follows=follows, role=role,
            list_name=list_name, followed=followed, newest_first=newest_first, zone=zone, insist_private=insist_private,
            now=datetime.now(UTC), progress=progress,
        )  # fmt: skip
    show(done, added_lines(done), as_json=as_json)


def added_lines(done: Sequence[Added]) -> Iterator[str]:
    """What was added, in words."""
    for one in done:
        kept = ", ".join(f"{n:,} {ROWS[table] if n > 1 else ROWS[table][:-1]}" for table, n in one.tables.items())
        yield f"{unclickable(one.file)}: {kept}" + (" (it was there before; nothing was done)" if one.already else "")
        if one.rows_rejected:
            yield f"  {one.rows_rejected:,} of {one.rows_read:,} records set aside, for instance:"
            yield from (f"    {unclickable(example)}" for example in one.reject_examples)
        yield "  columns: " + ", ".join(f if f == c else f"{f} from '{unclickable(c)}'" for f, c in one.mapping.items())
        yield from (f"  note: {unclickable(note)}" for note in one.notes)
    yield "Next: inconcert indicators CASE, then inconcert report CASE."
