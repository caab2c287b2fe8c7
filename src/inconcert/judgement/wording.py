"""What people may write: bounded in length, never empty, and signed by a person."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from inconcert.errors import InputError

AUTHOR_AT_MOST = 100
NAME_AT_MOST = 120
REASON_AT_MOST = 2_000
NOTE_AT_MOST = 20_000
SOURCE_AT_MOST = 2_000
SOURCES_AT_MOST = 20
"""Characters, and sources of one statement."""

_PROGRAM = "inconcert"


def one_line(what: str, text: str, most: int) -> str:
    """The text on one line, runs of white space made one blank; InputError when nothing is left or it is too long."""
    return _bounded(what, " ".join(_sound(text).split()), most)


def prose(what: str, text: str, most: int) -> str:
    """The text with its line breaks, blanks around it left out; InputError when nothing is left or it is too long."""
    return _bounded(what, _sound(text).replace("\r\n", "\n").replace("\r", "\n").strip(), most)


def author(by: str) -> str:
    """The name of whoever says something; InputError for none, and for the name under which the program itself writes."""
    if not by.strip():
        raise InputError("Nobody is named as the author. Say who judges: --by NAME, or set INCONCERT_BY.")
    name = one_line("The author's name", by, AUTHOR_AT_MOST)
    if signature(name).split()[:1] == [_PROGRAM]:
        raise InputError(f"'{name}' is how the program signs its own statements. Give the name of a person: --by NAME.")
    return name


def signature(name: str) -> str:
    """A name as it is compared with others: wide letters, capitals, blanks and characters that nobody sees make no other person."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return " ".join("".join(c for c in plain if unicodedata.category(c) not in ("Cc", "Cf") or c.isspace()).split())


def named_sources(sources: Sequence[str]) -> tuple[str, ...]:
    """Sources, each on one line; InputError for too many or one too long."""
    if len(sources) > SOURCES_AT_MOST:
        raise InputError(f"{len(sources)} sources are too many; {SOURCES_AT_MOST} are the most for one statement.")
    return tuple(one_line("A source", source, SOURCE_AT_MOST) for source in sources)


def _sound(text: str) -> str:
    """The text; halves of characters, which shells in another encoding hand over, as the sign for a lost character."""
    return "".join("\N{REPLACEMENT CHARACTER}" if "\ud800" <= c <= "\udfff" else c for c in text)


def _bounded(what: str, text: str, most: int) -> str:
    if not text:
        raise InputError(f"{what} is empty. Say it in a few words.")
    if len(text) > most:
        raise InputError(f"{what} has {len(text):,} characters; {most:,} are the most. Shorten it.")
    return text
