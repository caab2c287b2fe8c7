"""A notice in the report of a case that what it rests on was withdrawn since."""

from __future__ import annotations

import html
import re

from inconcert.case import Case
from inconcert.case.scratch import REPLACED, WROTE

_NOTICE = re.compile(rb'<p class="warning" id="withdrawn">.*?</p>\n', re.DOTALL)
_BEGINNING = re.compile(rb"<body[^>]*>\n?")


def mark_report(case: Case) -> bool:
    """Put the notice into every page of the report if its runs rest on an import that no longer counts, else take it out.

    Whether the report carries it now. Under the lock of the case.
    """
    made = next((said for said in reversed(case.statements()) if said.about == REPLACED and said.says == WROTE), None)
    pages = {file.name: file.read_bytes() for file in sorted((case.path / REPLACED).glob("*.html"))}
    if made is None or not pages:
        return False
    outdated = case.outdated_runs(case.runs())
    because = next((outdated[id] for id in made.value.get("runs", ()) if id in outdated), None)
    notice = b"" if because is None else _notice(because).encode()
    marked = {name: _with(page, notice) for name, page in pages.items()}
    if marked != pages:
        facts = {name: value for name, value in made.value.items() if name != "files"}
        with case.writing(REPLACED, "", facts) as draft:
            for name, page in marked.items():
                (draft / name).write_bytes(page)
    return because is not None


def _notice(import_id: str) -> str:
    return (
        f'<p class="warning" id="withdrawn"><strong>Outdated.</strong> This report was made with the import {html.escape(import_id)}, which '
        "was withdrawn from the case since. Do not cite it; make a new one with inconcert investigate.</p>\n"
    )


def _with(page: bytes, notice: bytes) -> bytes:
    page = _NOTICE.sub(b"", page)
    begun = _BEGINNING.search(page)
    at = begun.end() if begun else 0
    return page[:at] + notice + page[at:]
