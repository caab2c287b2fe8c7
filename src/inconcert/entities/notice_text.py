"""The text of a procurement notice, a line for each thing it says: of plain text, a web page, or one row of a table."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator

from inconcert.ingest.formats.html_tokens import Tag, tokens

LONGEST = 1_000_000
"""Characters of one notice that are read."""

MOST_ROWS = 20_000

_HTML = re.compile(r"(?i)<(?:!doctype|html|body|table|div|p|br|span|td)\b")
_LINES = ("p", "div", "li", "tr", "br", "h1", "h2", "h3", "h4", "table", "section", "dt", "dl")
_CELLS = ("td", "th", "dd")
_SKIPPED = ("script", "style", "head", "noscript", "template")


def notices(text: str) -> Iterator[tuple[int, str]]:
    """(line or row it begins at, text) of each notice in a file: each row of a CSV table, else the whole."""
    if _HTML.search(text[:20_000]):
        yield 1, tidy(_page(text[:LONGEST]))
        return
    head, rows = _table(text)
    if not head:
        yield 1, tidy(text[:LONGEST])
        return
    for number, cells in rows:
        said = (f"{name}: {' '.join(cell.split())}" for name, cell in zip(head, cells, strict=False) if cell.strip())
        yield number, tidy("\n".join(said)[:LONGEST])


def tidy(text: str) -> str:
    """The text with full-width signs in their usual form, no hidden characters, and single blanks within a line."""
    folded = unicodedata.normalize("NFKC", text)[:LONGEST]  # one sign can stand for eighteen
    sound = "".join(
        c if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co") else " " for c in folded
    )
    lines = (re.sub(r"[ \t\u3000]+", " ", line).strip() for line in sound.split("\n"))
    return "\n".join(line for line in lines if line)


def _page(text: str) -> str:
    parts: list[str] = []
    skipped = ""
    for token in tokens(text):
        if isinstance(token, Tag):
            if skipped:
                skipped = "" if token.closing and token.name == skipped else skipped
            elif token.name in _SKIPPED and not token.closing:
                skipped = token.name
            elif token.name in _LINES:
                parts.append("\n")
            elif token.name in _CELLS:
                parts.append(" \t " if token.closing else "")
        elif not skipped:
            parts.append(" ".join(token.split()) if token.strip() else " ")
    return "".join(parts).replace("\t", " | ")


def _table(text: str) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """(names of the columns, rows) of a CSV table with at least three columns; no names where it is none."""
    first = text.lstrip("\n").split("\n", 1)[0]
    if first.count(",") < 2 or ":" in first or "：" in first:
        return [], iter(())
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        head = [cell.strip() for cell in next(reader)]
    except (csv.Error, StopIteration):
        return [], iter(())
    return head, _rows(reader)


def _rows(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    for number in range(2, MOST_ROWS + 2):
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            continue
        if any(cell.strip() for cell in cells):
            yield number, cells
