"""`inconcert sets`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from inconcert.cli.bars import bars
from inconcert.cli.judge import by_option, source_option
from inconcert.cli.judgements import retracted_lines
from inconcert.cli.options import FILE, case_argument, given, verb
from inconcert.cli.terminal import show, unclickable

if TYPE_CHECKING:
    from inconcert.judgement.sets import NamedSet
    from inconcert.verbs.sets import KeptSet

SHOWN = 50


@verb("sets", "Keep accounts and posts under a name.")
@case_argument
@click.argument("name", required=False)
@click.option(
    "--from-search",
    multiple=True,
    metavar="WORDS",
    help="Posts that 'inconcert search' finds, and their authors. May be repeated.",
)
@click.option(
    "--from-account",
    multiple=True,
    metavar="ACCOUNT",
    help="Of the search, only posts of this account. May be repeated.",
)
@click.option("--from-group", metavar="GROUP", help="Of the search, only posts of members of this group.")
@click.option(
    "--hashtag", multiple=True, metavar="TAG", help="Of the search, only posts with this hashtag. May be repeated."
)
@click.option(
    "--domain",
    multiple=True,
    metavar="NAME",
    help="Of the search, only posts with a link to this domain. May be repeated.",
)
@click.option("--platform", help="Of the search, only posts of this platform.")
@click.option("--since", metavar="DATE", help="Of the search, only posts not earlier than this.")
@click.option("--until", metavar="DATE", help="Of the search, only posts not later than this.")
@click.option("--of", help="What is kept of the search: accounts, posts or both. [default: both]")
@click.option("--accounts", "accounts_file", type=FILE, metavar="FILE", help="A file with one account a line.")
@click.option("--account", "accounts", multiple=True, metavar="ACCOUNT", help="An account. May be repeated.")
@click.option("--group", metavar="GROUP", help="The accounts of a group, as it stands.")
@click.option("--retract", is_flag=True, help="Take the set back.")
@click.option("--because", default="", metavar="REASON", help="Why these, or why it is taken back.")
@source_option
@by_option
def command(
    case: Path,
    name: str | None,
    from_search: Sequence[str],
    from_account: Sequence[str],
    from_group: str | None,
    hashtag: Sequence[str],
    domain: Sequence[str],
    platform: str | None,
    since: str | None,
    until: str | None,
    of: str | None,
    accounts_file: Path | None,
    accounts: Sequence[str],
    group: str | None,
    retract: bool,
    because: str,
    sources: Sequence[str],
    by: str,
    as_json: bool,
) -> None:
    """List the sets of a case, show the one called NAME, make one, or take it back.

    A set can be given to explain, and to indicators --set, like a group. Whoever made it chose what is in it: it carries no
    false-alarm rate.

    \b
    Example:
      inconcert sets my-case "harbour posts" --from-search harbour --by "Ann Lee"
      inconcert sets my-case "tip of May" --accounts tip.txt --because "named by a reader" --by "Ann Lee"
      inconcert sets my-case "harbour posts" --retract --because "too wide" --by "Ann Lee"
    """
    from inconcert.verbs import sets as verbs
    from inconcert.verbs.init import open_case
    from inconcert.verbs.judgements import retract as take_back

    opened = open_case(case)
    narrowed = given(
        account=from_account,
        group=from_group,
        hashtag=hashtag,
        domain=domain,
        platform=platform,
        since=since,
        until=until,
    )
    makes = bool(from_search or narrowed or accounts_file or accounts or group)
    if name is None and (makes or retract):
        raise click.UsageError("Name the set: inconcert sets CASE NAME ...")
    if name is None:
        every = verbs.sets(opened)
        show(every, map(unclickable, _list_lines(every)), as_json=as_json)
    elif retract:
        taken = take_back(opened, verbs.set_named(opened, name).label, by=by, because=because)
        show(taken, map(unclickable, retracted_lines(taken)), as_json=as_json)
    elif makes:
        with bars() as progress:
            kept = verbs.keep_set(
                opened, name, by=by, because=because, from_search=from_search, narrowed=narrowed, of=of or "both", accounts_file=accounts_file, group=group,
                accounts=accounts, sources=sources, progress=progress,
            )  # fmt: skip
        show(kept, map(unclickable, _kept_lines(kept)), as_json=as_json)
    else:
        one = verbs.set_named(opened, name)
        show(one, map(unclickable, _lines(one)), as_json=as_json)


def _kept_lines(kept: KeptSet) -> Iterator[str]:
    yield f"{kept.label} '{kept.name}': {len(kept.accounts):,} accounts, {kept.posts:,} posts, by {kept.by}"
    yield from (f"  {note}" for note in kept.notes)


def _list_lines(every: Sequence[NamedSet]) -> Iterator[str]:
    if not every:
        yield "there are no sets yet"
    for one in every:
        state = "" if one.retracted is None else f", retracted by {one.retracted.by}: {one.retracted.because}"
        yield f"{one.label} '{one.name}': {len(one.accounts):,} accounts, {len(one.posts):,} posts, by {one.by}, {one.at}{state}"


def _lines(one: NamedSet) -> Iterator[str]:
    yield from _list_lines([one])
    yield "made from: " + "; ".join(f"{key} {_words(value)}" for key, value in one.origin.items())
    if one.because:
        yield f"because: {one.because}"
    yield from (f"source: {source}" for source in one.sources)
    yield from (f"  {account}" for account in one.accounts[:SHOWN])
    yield from (f"  post {import_id}/{row}" for import_id, row in one.posts[:SHOWN])
    if max(len(one.accounts), len(one.posts)) > SHOWN:
        yield "  more with --json"


def _words(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)
