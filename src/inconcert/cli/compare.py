"""`inconcert compare`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from inconcert.cli.options import FILE, force_option, verb
from inconcert.cli.terminal import show, unclickable, visible

if TYPE_CHECKING:
    from inconcert.verbs.compare import Change, Comparison

SHOWN = 100
"""Changes printed; --json and --page have all of them."""
_KEPT_AROUND, _CHANGE_AT_MOST = 120, 400
"""Characters printed of an unchanged stretch on either side of a change, and of a change."""

Parts = list[tuple[str, str]]


@verb("compare", "Show what was put in the place of what in two texts.")
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option("--case", type=FILE, metavar="CASE", help="A and B are ids of posts in this case.")
@click.option("--text", is_flag=True, help="A and B are the words themselves.")
@click.option("--page", type=FILE, metavar="FILE.html", help="Write the comparison as a page, too; it loads nothing.")
@force_option
def command(a: str, b: str, case: Path | None, text: bool, page: Path | None, force: bool, as_json: bool) -> None:
    """Compare two texts word by word, in any script: what stands in both, what was replaced, and by what.

    A and B are files of plain text; with --case, ids of posts (x:1284, where several platforms have the id); with --text,
    the words. Words only in A are printed as [-words-], words only in B as {+words+}. Letter case, punctuation, links,
    mentions and the difference between simplified and traditional Chinese characters are not compared. Put -- before
    texts and ids that begin with a dash.

    \b
    Example:
      inconcert compare original.txt rewritten.txt --page comparison.html
    """
    from inconcert.verbs.compare import compare
    from inconcert.verbs.init import open_case

    found = compare(a, b, case=None if case is None else open_case(case), text=text, page=page, force=force)
    if as_json:
        show(found, (), as_json=True)
    else:
        _print(found)


def _print(found: Comparison) -> None:
    """Print for people: coloured and wrapped in a terminal, plain lines elsewhere."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    for parts in (*_head(found), *_view(found), *_lists(found)):
        line = Text.assemble(*((unclickable(visible(words)), style) for words, style in parts))
        console.print(line, soft_wrap=not console.is_terminal)


def _head(found: Comparison) -> Iterator[Parts]:
    for name, text in (("A", found.a), ("B", found.b)):
        by = f" by {text.account}" if text.account is not None else ""
        yield [(f"{name}  {text.name}{by}, {_words(text.tokens)}", "")]
    yield from ([(f"   {note}", "yellow")] for note in found.notes)
    yield []
    yield [(found.verdict, "bold")]
    yield [(f"  {found.meaning}", "")]
    yield [
        (
            f"  {_percent(found.aligned)} of the words of both stand in unchanged blocks, the longest of {_words(found.longest_block)}; "
            f"similarity of characters by fives {found.jaccard_5:.2f}, by threes {found.jaccard_3:.2f} (Jaccard)",
            "",
        )
    ]
    yield []


def _view(found: Comparison) -> Iterator[Parts]:
    """Both texts as one, line by line, long unchanged stretches shortened."""
    if not (found.substitutions or found.insertions or found.deletions):
        return
    line: Parts = []
    for words, style in _marked(found):
        first, *further = words.split("\n")
        line.append((first, style))
        for part in further:
            yield line
            line = [(part, style)]
    yield line
    yield []


def _marked(found: Comparison) -> Iterator[tuple[str, str]]:
    segments = found.likeness.alignment.segments
    shown = 0
    for place, segment in enumerate(segments):
        if segment.kind == "same":
            last, follows = (segments[n].kind if 0 <= n < len(segments) else None for n in (place - 1, place + 1))
            # beside what is only in B, the space is in B only
            only_b = last == "insertion" or (follows == "insertion" and last != "deletion")
            side = segment.after if only_b else segment.before
            text = side.text if follows else side.text.rstrip()
            yield _shortened(text.replace("\r\n", "\n"), first=place == 0, last=follows is None), ""
            continue
        if shown == SHOWN:
            yield " … further changes: with --page or --json", "dim"
            return
        shown += 1
        if segment.before.text:
            yield f"[-{_cut(segment.before.text)}-]", "bold red"
        if segment.after.text:
            yield f"{{+{_cut(segment.after.text)}+}}", "bold green"


def _lists(found: Comparison) -> Iterator[Parts]:
    if found.substitutions:
        yield [("put in the place of one another:", "bold")]
        yield from _changes(found.substitutions)
    elif not (found.insertions or found.deletions):
        yield [("No word differs.", "")]
    if found.moved:
        yield [("passages that stand in another place of B:", "bold")]
        yield from ([(f"  {_cut(_one_line(text))}", "")] for text in found.moved[:SHOWN])
    if found.verdict != "different":
        yield [("The same words do not show the same author, nor who wrote first.", "dim")]
    if found.page is not None:
        yield [(f"page: {found.page}", "")]


def _changes(changes: tuple[Change, ...]) -> Iterator[Parts]:
    for change in changes[:SHOWN]:
        times = f" ({change.times} times)" if change.times > 1 else ""
        yield [
            ("  ", ""), (_cut(_one_line(change.before)), "red"), (" → ", ""),
            (_cut(_one_line(change.after)), "green"), (times, ""),
        ]  # fmt: skip
    if len(changes) > SHOWN:
        yield [(f"  {len(changes) - SHOWN:,} more with --page or --json", "dim")]


def _shortened(text: str, *, first: bool, last: bool) -> str:
    """An unchanged stretch: what stands next to changes, when it is long."""
    if len(text) <= 3 * _KEPT_AROUND:
        return text
    head, tail = "" if first else text[:_KEPT_AROUND], "" if last else text[-_KEPT_AROUND:]
    return f"{head} … ({len(text) - len(head) - len(tail):,} characters unchanged) … {tail}"


def _cut(text: str) -> str:
    more = len(text) - _CHANGE_AT_MOST
    return text if more <= 0 else f"{text[:_CHANGE_AT_MOST]} … ({more:,} more characters)"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _percent(share: float) -> str:
    """Whole percent; 100 % only of everything."""
    return f"{min(round(share * 100), 99 if share < 1 else 100)}%"


def _words(n: int) -> str:
    return f"{n:,} word{'' if n == 1 else 's'}"
