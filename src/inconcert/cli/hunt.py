"""`inconcert hunt`."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from inconcert.cli.bars import bars
from inconcert.cli.marked import marked_lines
from inconcert.cli.options import FILE, case_argument, force_option, given, verb
from inconcert.cli.terminal import complain, show, unclickable, visible

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from inconcert.verbs.hunt import Hunt, Sought

SHOWN_ACCOUNTS = SHOWN_POSTS = SHOWN_PASSAGES = 20
LONGEST = 200
"""Characters of a passage that are shown."""
INDENT = " " * 7


@verb("hunt", "Rank the posts and accounts that carry a known passage.")
@case_argument
@click.argument("passages", nargs=-1)
@click.option("--file", type=FILE, help="More passages, one a line; lines that begin with '# ' are comments.")
@click.option(
    "--image",
    type=FILE,
    multiple=True,
    metavar="FILE",
    help="A picture to find again, whole or in part. May be repeated.",
)
@click.option(
    "--least",
    type=click.FloatRange(0.5, 1),
    help="Least share of a passage's letters that stand unchanged in a near match. [default: 0.75]",
)
@click.option(
    "--csv", type=FILE, help="Write every post found to this file, with the places of the passage in its text."
)
@force_option
def command(
    case: Path,
    passages: Sequence[str],
    file: Path | None,
    image: Sequence[Path],
    least: float | None,
    csv: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Rank the posts and accounts of a case, on all its platforms, that carry a known title or passage.

    Found are the same words in any script variant (traditional and simplified Chinese, width, case, punctuation, hidden
    characters, joined in a hashtag), words near to them, words read in pictures, and pictures that show the same. The passage stands in bold, or between
    » and «. Carrying a passage is no sign of acting together: the control crowd, if the case has one, shows how many ordinary
    accounts carry it too.

    \b
    Example:
      inconcert hunt my-case "The empire of hacking" --csv found.csv
    """
    from inconcert.verbs.hunt import hunt
    from inconcert.verbs.init import open_case

    with bars() as progress:
        found = hunt(
            open_case(case),
            passages,
            **given(file=file, image=image, least=least, csv=csv),
            force=force,
            progress=progress,
        )
    for note in found.notes:
        complain(note)
    if as_json:
        show(found, (), as_json=True)
        return
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    for line in _lines(found, csv, console):
        console.print(line, soft_wrap=True)


def _lines(found: Hunt, csv: Path | None, console: Console) -> Iterator[str | Text]:
    import pyarrow.compute as pc

    yield f"searched {found.searched_posts:,} posts by {found.searched_accounts:,} accounts"
    if found.control_accounts is None:
        yield "no control crowd in the case: how many ordinary accounts carry a passage is not known"
    carried = sorted((one for one in found.passages if one.accounts), key=lambda one: (-one.accounts, one.number))
    absent = [one for one in found.passages if not one.accounts]
    for one in (carried + absent)[:SHOWN_PASSAGES]:
        yield from _passage_lines(one, found.control_accounts)
    if (left := len(found.passages) - SHOWN_PASSAGES) > 0:
        yield f"  {left:,} more passages with --json; {len(absent):,} of all are carried by nobody"
    if found.accounts.num_rows:
        yield ""
        yield f"accounts that carry {'it' if len(found.passages) == 1 else 'them'}: {found.accounts.num_rows:,}"
        yield from _account_lines(found.accounts.slice(0, SHOWN_ACCOUNTS).to_pylist(), console)
        yield from _more(found.accounts.num_rows - SHOWN_ACCOUNTS)
        posts = found.posts["rank"][-1].as_py()
        yield ""
        yield f"posts and profiles, exact before near, then those with what few others carry: {posts:,}"
        few = found.posts.filter(pc.field("rank") <= SHOWN_POSTS).to_pylist()
        for rank, rows in itertools.groupby(few, key=lambda row: row["rank"]):
            yield from _post_lines(rank, list(rows), console)
        yield from _more(posts - SHOWN_POSTS)
    if csv is not None:
        yield f"{visible(str(csv))}: {found.posts.num_rows:,} rows"


def _more(left: int) -> Iterator[str]:
    if left > 0:
        yield f"  {left:,} more with --json or --csv"


def _passage_lines(one: Sought, control: int | None) -> Iterator[str]:
    text = visible(unclickable(one.text))
    same = "word for word" if one.kind == "words" else "with the same bytes"
    yield f"{one.number}. »{text if len(text) <= LONGEST else text[:LONGEST] + '…'}«"
    if not one.accounts:
        yield "   nobody carries it" + (
            " word for word; it is too short to look for near ones" if one.only_exact else ""
        )
    else:
        platforms = visible(one.platforms.replace(",", ", "))
        yield f"   {one.accounts:,} accounts, {one.exact_accounts:,} of them {same}, on {platforms}"
        times = " to ".join(_moment(time_us) for time_us in (one.first_us, one.last_us) if time_us is not None)
        kinds = f"{one.exact_posts:,} posts exact, {one.near_posts:,} near; {one.picture_posts:,} in pictures"
        yield f"   {kinds}{times and f'; {times}'}"
    if one.control_accounts is not None:
        carry = f"{one.control_accounts:,} of {control:,} accounts, {one.control_exact_accounts:,} {same}"
        most = (
            ""
            if one.control_share_at_most is None
            else f"; at most {one.control_share_at_most:.2%} of such a crowd (95 %)"
        )
        yield f"   control crowd: {carry}{most}"


def _account_lines(rows: Sequence[dict[str, Any]], console: Console) -> Iterator[str]:
    from rich.cells import set_cell_size

    heads = ("passages", "exact", "posts", "first", "last")
    widths = (8, 7, 7, 10, 10)
    platform = max(8, *(len(row["platform"]) for row in rows)) if rows else 8
    platform = min(platform, 14)
    account = max(16, min(60, console.width - 9 - platform - sum(widths) - 2 * len(widths)))

    def line(rank: str, name: str, where: str, cells: Sequence[str]) -> str:
        numbers = "".join(f"  {cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
        return f"{rank:>5}  {set_cell_size(name, account)}  {set_cell_size(where, platform)}{numbers}"

    yield line("", "account", "platform", heads)
    for row in rows:
        name = visible(row["account_id"])
        if row["handle"] and row["handle"] != row["account_id"]:
            name += f" @{visible(row['handle'])}"
        days = ["" if row[key] is None else _moment(row[key])[:10] for key in ("first_us", "last_us")]
        cells = [f"{row[key]:,}" for key in ("passages", "exact_passages", "posts")] + days
        yield line(f"{row['rank']}.", _cut(name, account), _cut(visible(row["platform"]), platform), cells)


def _post_lines(rank: int, rows: Sequence[dict[str, Any]], console: Console) -> Iterator[str | Text]:
    from rich.text import Text

    first = rows[0]
    when = "" if first["time_us"] is None else f"  {_moment(first['time_us'], first['precision'])}"
    what = f"post {visible(first['post_id'])}" if first["post_id"] is not None else "profile"
    kind = f" ({visible(first['post_kind'])})" if first["post_kind"] not in (None, "post") else ""
    yield f"{rank:>5}. {visible(first['platform'])}  {visible(first['account_id'])}{when}  {what}{kind}"
    for (source, start, text), same in itertools.groupby(
        rows, key=lambda row: (row["source"], row["text_start"], row["text"])
    ):
        together = list(same)
        carried = ", ".join(f"{row['passage']} {_kind(row)}" for row in together)
        shown = f" {row['sha256'][:16]}" if (row := together[0])["sha256"] else ""
        where = "" if source == "post" else f", {source}{shown}"
        yield f"{INDENT}passage {carried}{where}"
        if text is None:
            continue
        spans = [[int(n) - start for n in span.split("-")] for row in together for span in row["marks"].split()]
        for line in marked_lines(text, spans, console, console.width - len(INDENT)):
            yield Text(INDENT).append_text(line)


def _kind(row: dict[str, Any]) -> str:
    return f"{row['kind']} {row['similarity']:.0%}" if row["kind"] == "near" else str(row["kind"])


def _cut(text: str, width: int) -> str:
    from rich.cells import cell_len, set_cell_size

    return text if cell_len(text) <= width else set_cell_size(text, width - 1) + "…"


def _moment(time_us: int, precision: str | None = "min") -> str:
    moment = datetime.fromtimestamp(time_us / 1e6, UTC)
    return f"{moment:%Y-%m-%d}" if precision == "day" else f"{moment:%Y-%m-%d %H:%M}"
