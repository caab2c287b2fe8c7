"""Columns of a table that are named for credentials, or for the one to whom a message was sent, and whether any row has some."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from inconcert.ingest.credential_names import BLANKED, NAMES
from inconcert.ingest.formats.names import folded

_SECRET = re.compile(rf"(?:[^\s]*\.)?(?:{NAMES}|password|passwd|cookies?)", re.IGNORECASE)
_RECIPIENTS = frozenset(
    {
        "recipient", "recipients", "recipientid", "recipientids", "recipientname", "recipientprofileurls", "receiver", "receivers",
        "receiverid", "receivername", "tonumber", "tophone", "empfänger", "empfaenger", "destinataire", "destinatario",
        "получатель", "收件人", "接收者", "接收人", "收信人", "strtalker",
    }
)  # fmt: skip
_TO = frozenset({"to", "toaddress", "to(address)", "to:(address)", "toaddresses"})
_FROM = frozenset({"from", "fromaddress", "from(address)", "from:(address)", "sender", "senderid", "sendername"})
_SAYS = frozenset({"subject", "message", "body", "content"})
"""Edges of a network have from and to as well; only with these they are messages."""
_HEADER_LINES = 20
_SEPARATORS = ",;\t|"
_CELL_MIN = 8
_LINE_BYTES = 1 << 20


@dataclass(frozen=True)
class Header:
    """names: of the columns.   separator: between them.   line: how many lines stand before it."""

    names: tuple[str, ...]
    separator: str
    line: int


def columns_of_credentials(names: Sequence[str]) -> list[int]:
    """Places of the columns that are named for credentials."""
    return [place for place, name in enumerate(names) if is_for_credentials(name)]


def is_for_credentials(name: str) -> bool:
    """Whether a column of that name is one of credentials."""
    return _SECRET.fullmatch(name.strip().strip('"').lower()) is not None


def columns_of_messages(names: Sequence[str]) -> list[int]:
    """Places of the columns that say to whom a message was sent."""
    known = [folded(name.strip()) for name in names]
    mail = bool({*known} & _FROM) and bool({*known} & _SAYS)
    return [place for place, name in enumerate(known) if name in _RECIPIENTS or (mail and name in _TO)]


def header_in(text: bytes) -> Header | None:
    """The header of a table, in the first lines of its text, if one of its columns is named so; None otherwise."""
    for number, line in enumerate(text.decode("utf-8", "replace").splitlines()[:_HEADER_LINES]):
        separator = max(_SEPARATORS, key=line.count)
        if separator not in line or len(line) > _LINE_BYTES:
            continue
        try:
            names = next(csv.reader([line], delimiter=separator), [])
        except csv.Error:
            continue
        if columns_of_credentials(names) or columns_of_messages(names):
            return Header(tuple(name.strip() for name in names), separator, number)
    return None


def filled(blocks: Iterator[bytes], header: Header, places: Sequence[int], *, secret: bool) -> str | None:
    """The name of the first of those columns in which a row has something.   blocks: the text of the table, UTF-8.

    secret: something is what may be a credential: eight characters or more without a space, which nobody took out.
    """
    lines = _lines(blocks)
    for _ in range(header.line + 1):
        next(lines, None)
    rows = csv.reader(lines, delimiter=header.separator)
    while True:
        try:
            row = next(rows, None)
        except csv.Error:  # a quote that does not close; the next line is a beginning
            rows = csv.reader(lines, delimiter=header.separator)
            continue
        if row is None:
            return None
        if len(row) != len(header.names):
            continue
        for place in places:
            value = row[place].strip()
            if value and (not secret or may_be_secret(value)):
                return header.names[place][:60]


def may_be_secret(value: str) -> bool:
    """Whether the cell of a column of credentials may hold one."""
    return len(value) >= _CELL_MIN and " " not in value and not BLANKED.search(value.encode("utf-8", "replace"))


def _lines(blocks: Iterator[bytes]) -> Iterator[str]:
    """The lines of a text with their ends, cut at _LINE_BYTES."""
    rest = b""
    for block in blocks:
        *lines, rest = (rest + block).split(b"\n")
        for line in lines:
            yield line[:_LINE_BYTES].replace(b"\0", b"").decode("utf-8", "replace") + "\n"
        rest = rest[:_LINE_BYTES]
    if rest:
        yield rest.decode("utf-8", "replace")
