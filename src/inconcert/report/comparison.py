"""Two texts side by side as one HTML page that loads nothing: changes are marked by signs and numbers, not by colour only."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import jinja2
from markupsafe import Markup

from inconcert.report import words
from inconcert.report.comparison_rows import Row, rows
from inconcert.report.hostile_text import shortened, visible
from inconcert.rewriting.likeness import Likeness, Verdict
from inconcert.version import VERSION

MEANING: Mapping[Verdict, str] = {
    "same text": "The same words in the same order; letter case, punctuation, links and mentions are not compared.",
    "rewritten copy with names swapped": "Mostly the same words, with a name or number put in the place of another.",
    "rewritten copy": "Mostly the same words, some of them changed; no name or number was seen to take the place of another.",
    "shares passages": "Different texts that have passages, or many runs of characters, in common.",
    "different": "No passage in common, and few of the same words in the same order.",
    "too short to say": "Much alike, but too short: people write the same short things without knowing of one another.",
}
"""What each verdict says."""

NOT_SAID = (
    "The same words do not show the same author, nor who wrote first: agency copy, quotations, press releases and "
    "shared jokes are the same words too. Which words are names is guessed from their spelling and a list."
)

_WEB = re.compile(r"\bhttp(s?)://", re.IGNORECASE)

CHARACTERS_AT_MOST = 1_500_000
"""Characters of both texts on the page; sentences beyond are counted."""
LISTED_AT_MOST, QUOTE_AT_MOST = 300, 1_000
"""Substitutions and passages listed, and characters of each."""
_AROUND, _FOLDED_LEAST = 1, 4
"""Unchanged sentences left open on either side of a change, and how many in a row are worth folding."""


@dataclass(frozen=True)
class _Run:
    """Rows in a row that are shown, or folded because nothing changed in them."""

    folded: bool
    rows: Sequence[Row]


def comparison_page(found: Likeness, before: str, after: str, notes: Sequence[str] = ()) -> str:
    """The page. before, after: what to call the texts.   notes: what the reader must know of them."""
    shown, left_out = _room(list(rows(found.alignment)))
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("inconcert.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    environment.filters |= {"count": words.count, "percent": words.percent, "quote": _quote, "name": _name}
    style = Markup(environment.get_template("comparison.css").render())
    policy = f"default-src 'none'; style-src '{_hash(style)}'; script-src 'none'; base-uri 'none'; form-action 'none'"
    return environment.get_template("comparison.html.jinja").render(
        style=style,
        policy=Markup(policy),
        found=found,
        alignment=found.alignment,
        meaning=MEANING[found.verdict],
        not_said=NOT_SAID,
        before=before,
        after=after,
        notes=notes,
        runs=_runs(shown),
        left_out=left_out,
        substitutions=_substitutions(found),
        moved=[passage.before.text for passage in found.passages if passage.moved],
        LISTED_AT_MOST=LISTED_AT_MOST,
        version=VERSION,
    )


def _room(all_rows: list[Row]) -> tuple[list[Row], int]:
    """The rows there is room for, and how many are left out."""
    room = CHARACTERS_AT_MOST
    for place, row in enumerate(all_rows):
        room -= row.characters
        if room < 0:
            return all_rows[:place], len(all_rows) - place
    return all_rows, 0


def _runs(shown: list[Row]) -> list[_Run]:
    """The rows, those far from any change folded."""
    changed = [place for place, row in enumerate(shown) if row.changed]
    near = {place + step for place in changed for step in range(-_AROUND, _AROUND + 1)}
    runs: list[_Run] = []
    begin = 0
    while begin < len(shown):
        end = begin + 1
        while end < len(shown) and (end in near) == (begin in near):
            end += 1
        folded = bool(changed) and begin not in near and end - begin >= _FOLDED_LEAST
        runs.append(_Run(folded, shown[begin:end]))
        begin = end
    return runs


def _substitutions(found: Likeness) -> list[tuple[str, str, int, bool]]:
    """(before, after, times, whether names were swapped) by number."""
    times: Counter[tuple[str, str]] = Counter()
    swapped: set[tuple[str, str]] = set()
    for change, name in zip(found.alignment.changes, found.swapped, strict=True):
        if change.kind == "substitution":
            written = change.before.text, change.after.text
            times[written] += 1
            swapped |= {written} if name else set()
    return [(before, after, n, (before, after) in swapped) for (before, after), n in times.items()]


def _quote(text: str, most: int = QUOTE_AT_MOST) -> str:
    """A text, cut, with hxxp for http: nothing else is altered, for the words are the evidence."""
    shown, more = shortened(text, most)
    return _WEB.sub(r"hxxp\1://", shown) + (f" … ({more:,} more characters)" if more else "")


def _name(text: str, most: int) -> str:
    """What a text is called, cut; its end tells files apart."""
    return text if len(text) <= most else "…" + text[-most:]


def _finalize(value: object) -> object:
    """Every string the template prints has its hidden characters shown, wherever it came from."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
