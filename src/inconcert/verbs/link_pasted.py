"""How much of a technical report was public before, of indicators pasted as text, beside the libraries that a case keeps."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

from inconcert.case import Case
from inconcert.catalogue.add import add
from inconcert.catalogue.read import replayed
from inconcert.errors import InputError
from inconcert.linking.recycled import Recycled, Repeated, recycled
from inconcert.verbs.held_libraries import kept_in
from inconcert.verbs.link import read_kept

__all__ = ["CHARACTERS_AT_MOST", "Recycled", "Repeated", "pasted_recycled"]

CHARACTERS_AT_MOST = 200_000


def pasted_recycled(case: Case, text: str, *, now: datetime, before: str | None = None) -> Recycled:
    """The indicators, one a line, as `linking.recycled` holds them against what libraries list.

    before: ISO date of the report; what was published on that day or later does not count. InputError without any line or
    library, and for a text of more than CHARACTERS_AT_MOST.
    """
    if not text.strip():
        raise InputError("There is no indicator. Paste the report's list, one a line.")
    if len(text) > CHARACTERS_AT_MOST:
        raise InputError(
            f"The list has {len(text):,} characters; {CHARACTERS_AT_MOST:,} are the most here. Save it as a file, and use: "
            "inconcert link CASE --library FOLDER --report FILE"
        )
    kept = kept_in(case)
    if not kept:
        raise InputError(
            "The case keeps no library yet. Compare it with one first: inconcert link CASE --library FOLDER"
        )
    with tempfile.TemporaryDirectory(prefix="inconcert-") as folder:
        file = Path(folder) / "report.txt"
        file.write_text(text, "utf-8", errors="replace")
        add(Path(folder) / "library", [file], now=now)
        own = [one for its in replayed(Path(folder) / "library").values() for one in its.values()]
    return recycled(own, read_kept(case, kept), before)
