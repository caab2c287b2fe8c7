"""Markdown of people on a page of ours: addresses can be copied and not clicked, and what claims too much can be marked."""

from __future__ import annotations

from functools import partial

from markupsafe import Markup

from inconcert.report import claims
from inconcert.report.markdown import markdown

_COPY = Markup(' <button type="button" class="plain" data-copy="{{}}" data-copied="{copied}">{copy}</button>')


def shown(text: str) -> Markup:
    """A note as HTML."""
    return markdown(text, copy=_COPY.format(copied="copied", copy="copy"))


def marked(text: str, level: str) -> tuple[Markup, int]:
    """Words for the report as HTML, with every clause marked that claims more than the level carries, and how many there are."""
    over: list[Markup] = []

    def mark(clause: Markup) -> Markup:
        over.append(clause)
        return Markup('<mark class="over">{}</mark>').format(clause)

    return markdown(text, exceeds=partial(claims.exceeds, level), instead=mark), len(over)
