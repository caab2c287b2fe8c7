"""A draft cut into its own sentences: Markdown without code, quoted paragraphs, tables of links and the words of others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ABBREVIATED = re.compile(
    r"\b(?:e\.g|i\.e|cf|vs|approx|etc|al|fig|figs|no|nos|p|pp|ch|sec|vol|ed|eds|mr|mrs|ms|dr|prof|gen|col|sen|rep|gov|st|inc|ltd|co|corp|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|[a-z])\.$",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!?…。！？]+[\"'”’»)\]]*(?=\s|$)|[。！？]")
_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_MARK = re.compile(r"^\s{0,3}(?:#{1,6}\s+|[-*+]\s+|\d{1,9}[.)]\s+|\|)")
_QUOTED = re.compile(r"“[^“”]{0,2000}”|«[^«»]{0,2000}»|„[^„“”]{0,2000}[“”]|\"[^\"\n]{0,2000}\"|`[^`\n]{0,500}`")
_LINK = re.compile(r"\[([^\[\]\n]{0,500})\]\([^\[)\n]{0,2000}\)")
_ADDRESS = re.compile(r"\b(?:hxxps?|https?)://\S+", re.IGNORECASE)


@dataclass(frozen=True)
class Sentence:
    """line: 1-based, on which it begins.   text: as written, on one line.   own: the same without quoted words and addresses."""

    line: int
    text: str
    own: str


def sentences(draft: str) -> Iterator[Sentence]:
    """The sentences of a draft, in order. Quoted paragraphs (> ...) and blocks of code are the words of others and left out."""
    for line, block in _blocks(draft):
        counted = 0
        for start, text in _cut(block):
            line += block.count("\n", counted, start)
            counted = start
            whole = " ".join(text.split())
            if whole:
                yield Sentence(line, whole, _own(whole))


def _blocks(draft: str) -> Iterator[tuple[int, str]]:
    """Paragraphs, headings, items and rows, each with the number of its first line."""
    held: list[str] = []
    begun, fence = 1, ""
    for number, line in enumerate(draft.splitlines(), start=1):
        opened = _FENCE.match(line)
        if fence:
            fence = "" if opened and opened[1].startswith(fence) else fence
            continue
        passed = opened is not None or not line.strip() or line.lstrip().startswith(">")
        starts = _MARK.match(line) is not None
        if held and (passed or starts):
            yield begun, "\n".join(held)
            held = []
        if opened:
            fence = opened[1]
        if passed:
            continue
        if not held:
            begun = number
        held.append(_MARK.sub(lambda found: " " * len(found[0]), line))
        if line.lstrip().startswith(("#", "|")):
            yield begun, "\n".join(held)
            held = []
    if held:
        yield begun, "\n".join(held)


def _cut(block: str) -> Iterator[tuple[int, str]]:
    """(offset of the first letter, sentence) for each sentence of a block."""
    start = 0
    for end in _ENDS.finditer(block):
        if end[0] == "." and _ABBREVIATED.search(block[max(start, end.end() - 12) : end.end()]):
            continue
        so_far = block[start : end.end()]
        yield start + len(so_far) - len(so_far.lstrip()), so_far
        start = end.end()
    rest = block[start:]
    if rest.strip():
        yield start + len(rest) - len(rest.lstrip()), rest


def _own(text: str) -> str:
    return _ADDRESS.sub(" ", _QUOTED.sub(" ", _LINK.sub(r"\1", text)))
