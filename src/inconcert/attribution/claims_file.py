"""A register of claims as a file: a table with one claim a row, its words, its evidence and the alternatives to it.

Columns: claim_id, claim, section, confidence_words, confidence_class, evidence, alternatives_in_report, caveat, and where items of a case are
the evidence, grades. Lists in a cell are separated by semicolons. Source of the layout: the reference data of this project.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from inconcert.errors import InputError

COLUMNS = (
    "claim_id", "claim", "section", "confidence_words", "confidence_class", "evidence", "alternatives_in_report", "caveat", "grades",
)  # fmt: skip
NEEDED = ("claim_id", "claim", "evidence")
WORDS = ("confidence_words", "confidence_class")
"""Columns of which one is needed."""
CLAIMS_AT_MOST, CELL_AT_MOST, LISTED_AT_MOST = 5_000, 2_000, 100
"""Rows, characters of a cell, and members of a list that are read."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class StatedClaim:
    """One claim, as somebody stated it.   words: of confidence, as written.   confidence_class: "" for none.   grades: of the evidence, in its
    order, as many as are known."""

    claim_id: str
    claim: str
    section: str
    words: str
    confidence_class: str
    evidence: tuple[str, ...]
    alternatives: tuple[str, ...]
    caveat: str
    grades: tuple[str, ...] = ()


@dataclass(frozen=True)
class SetAside:
    """A row that is no claim.   row: 1 for the first after the header."""

    row: int
    reason: str


def read_claims(text: str, name: str) -> tuple[tuple[StatedClaim, ...], tuple[SetAside, ...]]:
    """The claims in a text in CSV, and the rows that are none; InputError when it is no register.   name: of the file, for errors."""
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    try:
        header = [cell.strip().lower() for cell in next(rows, [])]
        _check_header(header, name)
        claims: dict[str, StatedClaim] = {}
        aside = []
        for number, cells in enumerate(rows, start=1):
            if number > CLAIMS_AT_MOST:
                raise InputError(f"{name} has more than {CLAIMS_AT_MOST:,} rows. Cut it into several registers.")
            if not any(cells):
                continue
            reason = _fault(cells, header, claims)
            if reason:
                aside.append(SetAside(number, reason))
                continue
            one = _claim(dict(zip(header, cells, strict=False)))
            claims[one.claim_id] = one
    except csv.Error as error:
        raise InputError(f"{name} is no table in CSV: {error}. Save it as comma-separated text.") from error
    return tuple(claims.values()), tuple(aside)


def write_claims(claims: Iterable[StatedClaim]) -> str:
    """The claims in CSV, which `read_claims` reads back; what a spreadsheet would run as a formula gets a leading apostrophe."""
    written = io.StringIO(newline="")
    out = csv.writer(written, lineterminator="\n")
    out.writerow(COLUMNS)
    for one in claims:
        cells = (
            one.claim_id, one.claim, one.section, one.words, one.confidence_class, ";".join(one.evidence), ";".join(one.alternatives),
            one.caveat, ";".join(one.grades),
        )  # fmt: skip
        out.writerow(f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells)
    return written.getvalue()


def _check_header(header: list[str], name: str) -> None:
    lacking = [column for column in NEEDED if column not in header]
    if not set(WORDS) & set(header):
        lacking.append(" or ".join(WORDS))
    if lacking:
        raise InputError(
            f"{name} is no register of claims: its first row lacks {', '.join(lacking)}. Name the columns as docs/claims.md does."
        )
    if len(header) != len(set(header)):
        raise InputError(f"{name} has two columns of one name. Rename one of them.")


def _fault(cells: list[str], header: list[str], known: Mapping[str, StatedClaim]) -> str:
    if len(cells) != len(header):
        return f"it has {len(cells):,} cells under {len(header):,} columns"
    row = dict(zip(header, cells, strict=True))
    longest = max(header, key=lambda column: len(row[column]))
    if len(row[longest]) > CELL_AT_MOST:
        return f"{longest} has {len(row[longest]):,} characters, more than {CELL_AT_MOST:,}"
    missing = next((column for column in ("claim_id", "claim") if not row[column].strip()), None)
    if missing is not None:
        return f"{missing} is empty"
    if _plain(row["claim_id"]) in known:
        return f"claim_id {_plain(row['claim_id'])} stands above already"
    return ""


def _claim(row: Mapping[str, str]) -> StatedClaim:
    def cell(name: str) -> str:
        return _plain(row.get(name, ""))

    return StatedClaim(
        cell("claim_id"), cell("claim"), cell("section"), cell("confidence_words"), cell("confidence_class").lower(),
        tuple(_listed(cell("evidence"))), tuple(_listed(cell("alternatives_in_report"))), cell("caveat"), tuple(_listed(cell("grades"))),
    )  # fmt: skip


def _plain(cell: str) -> str:
    line = " ".join(cell.split())
    return line[1:] if line.startswith("'") and line[1:].startswith(_FORMULA) else line


def _listed(cell: str) -> Iterator[str]:
    yield from [one.strip() for one in cell.split(";") if one.strip()][:LISTED_AT_MOST]
