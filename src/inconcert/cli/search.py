"""`inconcert search`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from inconcert.cli.bars import bars
from inconcert.cli.marked import marked_lines
from inconcert.cli.options import FILE, force_option, given, verb
from inconcert.cli.terminal import complain, show, unclickable, visible

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from inconcert.verbs.search import Hit, Search

INDENT = " " * 5


def _words(context: click.Context, parameter: click.Parameter, value: Any) -> Any:
    """A callback for what may begin with one dash, as words that exclude do, but not with two, as options do."""
    for word in value if isinstance(value, tuple) else [str(value)]:
        if word.startswith("--"):
            raise click.NoSuchOption(word, ctx=context)
    return value


@verb("search", "Find posts and documents by their words, in any language.")
@click.argument("case", type=FILE, callback=_words)
@click.argument("words", nargs=-1, type=click.UNPROCESSED, callback=_words)
@click.option(
    "--in",
    "places",
    multiple=True,
    metavar="PLACE",
    help="Where to look: posts, documents, control. May be repeated. [default: posts and documents]",
)
@click.option(
    "--account", multiple=True, metavar="NAME", help="Only posts of this account, by id or handle. May be repeated."
)
@click.option("--group", metavar="ID", help="Only posts of members of this group.")
@click.option("--hashtag", multiple=True, metavar="TAG", help="Only posts with this hashtag. May be repeated.")
@click.option("--domain", multiple=True, metavar="NAME", help="Only posts with a link to this domain. May be repeated.")
@click.option("--platform", help="Only posts of this platform.")
@click.option("--since", metavar="DATE", help="Not earlier than this day, month or moment.")
@click.option("--until", metavar="DATE", help="Not later than this day, month or moment, which still count.")
@click.option("--by", "order", help="Order: rank (the best first) or time (the earliest first). [default: rank]")
@click.option("--limit", type=click.IntRange(1), help="Most hits shown. [default: 20]")
@click.option("--offset", type=click.IntRange(0), help="Hits left out before the first one shown. [default: 0]")
@click.option("--export", type=FILE, metavar="FILE.csv", help="Write every hit, with its whole text, to this file.")
@click.option("--masked", is_flag=True, help="In that file, call accounts as pages do: names of the report, or keys.")
@force_option
def command(
    case: Path,
    words: Sequence[str],
    places: Sequence[str],
    account: Sequence[str],
    group: str | None,
    hashtag: Sequence[str],
    domain: Sequence[str],
    platform: str | None,
    since: str | None,
    until: str | None,
    order: str | None,
    limit: int | None,
    offset: int | None,
    export: Path | None,
    masked: bool,
    force: bool,
    as_json: bool,
) -> None:
    """Find the posts and documents of a case that hold all WORDS, in the original or in the gloss.

    Traditional and simplified Chinese, width, case, accents, punctuation and line breaks make no difference. A phrase stands
    in quotes; -WORD excludes; WORD* also finds longer words that begin so, *WORD those that end so. In scripts without
    spaces, a word is found anywhere. What was found stands in bold, or between » and «, with its witness: file and row.
    With a hashtag, domain, group, account or platform, WORDS may be left out.

    \b
    Example:
      inconcert search my-case 舆论引导 --in documents
      inconcert search my-case '"public opinion" guid* -tea' --since 2021 --until 2021-06
    """
    from inconcert.verbs.init import open_case
    from inconcert.verbs.search import search

    options = given(
        places=places,
        account=account,
        group=group,
        hashtag=hashtag,
        domain=domain,
        platform=platform,
        since=since,
        until=until,
        order=order,
        limit=limit,
        offset=offset,
        export=export,
        masked=masked or None,
    )
    with bars() as progress:
        found = search(open_case(case), words, **options, force=force, progress=progress)
    for note in found.notes:
        complain(note)
    if as_json:
        show(found, (), as_json=True)
        return
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    for line in _lines(found, export, console):
        console.print(line, soft_wrap=True)


command.context_settings = {"ignore_unknown_options": True, "help_option_names": ["--help"]}
"""So that -word, which excludes a word, is no option; -h would take the first letter of it."""


def _lines(found: Search, export: Path | None, console: Console) -> Iterator[str | Text]:
    yield "; ".join(f"{found.found[place]:,} of {found.searched[place]:,} {_NAMES[place]}" for place in found.found)
    for number, hit in enumerate(found.hits, start=1):
        yield from _hit_lines(number, hit, console)
    total = sum(found.found.values())
    if export is not None:
        yield f"{visible(str(export))}: {total:,} rows"
    elif total > len(found.hits):
        yield f"{total - len(found.hits):,} more with --limit or --export"


_NAMES = {"posts": "posts", "documents": "documents", "control": "posts of the control"}


def _hit_lines(number: int, hit: Hit, console: Console) -> Iterator[str | Text]:
    from rich.text import Text

    what = "document" if hit.place == "documents" else "post"
    about = [f"{what} {visible(unclickable(hit.id))}"]
    if hit.account_id is not None:
        about.append(f"by {visible(hit.account_id)} on {visible(hit.platform or 'unknown')}")
    if hit.time is not None:
        about.append(f"{hit.time:%Y-%m-%d %H:%M}")
    if hit.place == "control":
        about.append("control")
    yield f"{number:>3}. {', '.join(about)} ({visible(hit.file)} row {hit.row_ref:,}, import {hit.import_id})"
    for excerpt in hit.excerpts:
        name = "" if excerpt.field == "text" else f"{excerpt.field}: "
        text = excerpt.text.replace("\t", " ")
        for place, line in enumerate(marked_lines(text, excerpt.spans, console, console.width - len(INDENT) - 8)):
            yield Text(INDENT + (name if place == 0 else "")).append_text(line)
