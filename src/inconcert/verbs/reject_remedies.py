"""What a person can do about a reason for which records or values were set aside."""

from __future__ import annotations

import re

_RETRY = "read it again with inconcert rejects CASE --retry"
_REMEDIES = (
    (
        r"^has \S+ fields where the header has",
        "a separator or a line break stands outside of quotes, or a quote is missing: export the records with --export, mend "
        "them and ingest that file",
    ),
    (
        r"^a quote opens here",
        "a quote is not closed, or not doubled within a text: export the records with --export, mend them and ingest that file",
    ),
    (
        r"^no account",
        f"the author stands in a column that was not read, or nobody is named, as with deleted posts: {_RETRY} "
        "--map account_id=COLUMN",
    ),
    (
        r"lost digits",
        "a spreadsheet program read the ids as numbers: export the data again and keep the columns of ids as text",
    ),
    (
        r"^day and month could be",
        "the file does not tell which comes first. If you know: inconcert withdraw CASE IMPORT --reason dates, and ingest the file again "
        "with --day-first or --month-first",
    ),
    (r"names no year", f"say which column holds the time of capture: {_RETRY} --map observed_at=COLUMN"),
    (r"^counted from a moment", "export the times as dates: when the page was captured is not in the file"),
    (
        r"^(not a date|there is no such day|a year of two digits|not between the years)",
        f"another column may hold the times: {_RETRY} --map created_at=COLUMN; or export them as 2024-05-01T10:00:00Z",
    ),
    (r"^not a whole number", f"another column may hold the counts: {_RETRY} --map FIELD=COLUMN, or --map FIELD= to leave it"),
    (
        r"^the post id was met before with another",
        "one id stands for two posts: look at both records, and say which column holds the ids of posts with --map post_id=COLUMN",
    ),
    (
        r"^not JSON|^not a JSON object|^the document ends within",
        "the file was cut off or damaged: export it again, or export these records with --export, mend them and ingest that file",
    ),
    (r"data end early|data are damaged", "the packed file is incomplete: fetch it again; what came before the damage was read"),
    (r"^rows \S+ to \S+ cannot be read", "a part of the Parquet file is damaged: fetch it again"),
    (r"^not as its source writes it|^no .+ is missing$", f"it may be from another tool: {_RETRY} --format NAME"),
    (r"longer than \S+ MiB|bytes in one field", "a file lies in a cell, or a quote closed too late: export these records with --export and mend them"),
    (
        r"^not UTF-8|not text, shown as",
        "the file mixes encodings, or a text was cut within a letter: the value was kept as shown",
    ),
    (r"^the clocks of", f"the times may be of another zone: {_RETRY} --zone ZONE"),
)  # fmt: skip
_KNOWN = tuple((re.compile(pattern), remedy) for pattern, remedy in _REMEDIES)


def remedy(reason: str) -> str | None:
    """What to do, in words; None where nothing is known."""
    return next((words for pattern, words in _KNOWN if pattern.search(reason)), None)
