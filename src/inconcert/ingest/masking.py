"""Credentials made harmless in what is shown or kept beside the originals: their first characters, and how many there were.

Wider than what recognises them: a value that was cut, or is too short to be sure of, is masked as well.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from inconcert.ingest.credential_names import HEADS, KEYS_SCREEN, NAMES, PASSWORDS, SETTINGS
from inconcert.ingest.sensitive_columns import columns_of_credentials

_SHOWN = 4
_SHOWN_OF_MIN = 8
"""Of fewer characters none is shown."""
_MASK = re.compile(r".{0,4}… \(\d+ characters\)", re.DOTALL)

_SCREEN = rf"(?i:{NAMES}|{PASSWORDS}|{HEADS}|{SETTINGS})|{KEYS_SCREEN}|PRIVATE KEY|AKIA|ASIA|gh[pousr]_|github_pat_|xox[abprs]-|ya29\."
_PRIVATE_KEY = re.compile(r"(-----BEGIN [A-Z ]{0,40}PRIVATE KEY[A-Z ]{0,10}-----)(.*?)(?=-----END|\"|$)", re.DOTALL)
_FORMS = (
    re.compile(rf'(\\?"(?:{NAMES}|{PASSWORDS}|(?:{HEADS}))\\?"\s*:\s*\\?")((?:[^"\\]|\\.)+)', re.IGNORECASE),
    re.compile(rf'("name"\s*:\s*"(?:{HEADS})"\s*,\s*"value"\s*:\s*")((?:[^"\\]|\\.)+)', re.IGNORECASE),
    re.compile(rf"(?im)(^\s*(?:{HEADS}):[ \t]*)([^\r\n]+)"),
    re.compile(rf"(?im)(^\s*(?:export +)?[A-Z0-9_.]{{0,60}}(?:{SETTINGS})[A-Z0-9_]{{0,20}} *= *[\"']?)([^\s\"']+)"),
    re.compile(r"()((?<![A-Za-z0-9+/])(?:AKIA|ASIA)(?=[A-Z]{0,15}[2-7])[A-Z2-7]{6,16}(?![A-Za-z0-9+/]))"),
    re.compile(r"()((?<![A-Za-z0-9_])(?:gh[pousr]_|github_pat_)[A-Za-z0-9_]{8,})"),
    re.compile(r"()((?<![A-Za-z0-9_])xox[abprs]-[A-Za-z0-9-]{8,})"),
    re.compile(r"()((?<![A-Za-z0-9_])ya29\.[A-Za-z0-9_-]{8,})"),
)
"""What stands before a credential, and the credential."""
_RUN = re.compile(r"[^\s,;|\"']{8,}")
_SEPARATORS = ",;\t|"


def masked(text: str) -> str:
    """A text in which every credential is masked that is known by its form or by its name."""
    text = _PRIVATE_KEY.sub(lambda found: found[1] + mask(found[2]), text)
    for form in _FORMS:
        text = form.sub(lambda found: found[1] + mask(found[2]), text)
    return text


def masked_record(text: str, columns: Sequence[str]) -> str:
    """A record of a table as its file has it, or the beginning of one, masked.

    columns: names of the table's columns. Of a record whose cells cannot be told apart every long word is masked, if one of
    its columns is of credentials.
    """
    places = columns_of_credentials(columns)
    if not places or text.strip() in ("", *(sign.join(columns) for sign in _SEPARATORS)):
        return masked(text)
    for separator in _SEPARATORS:
        try:
            row = next(csv.reader([text], delimiter=separator, strict=True), [])
        except csv.Error:
            continue
        if [name.strip() for name in row] == list(columns):  # the header
            return text
        if len(row) == len(columns):
            for cell in sorted({row[place].strip() for place in places} - {""}, key=len, reverse=True):
                text = text.replace(cell, mask(cell))
            return masked(text)
    return _RUN.sub(lambda found: mask(found[0]), masked(text))


def masked_cells(values: pa.Array) -> pa.Array:
    """A column of strings, each of its values masked; the same column where there is nothing to mask."""
    found = pc.fill_null(pc.match_substring_regex(values, _SCREEN), False)
    if not found.true_count:
        return values
    cells = zip(values.to_pylist(), found.to_pylist(), strict=True)
    return pa.array([masked(value) if hit else value for value, hit in cells], values.type)


def masked_whole(values: pa.Array) -> pa.Array:
    """A column of credentials, each of its values masked whole."""
    return pa.array([value and mask(value) for value in values.to_pylist()], values.type)


def mask(value: str) -> str:
    """What is shown of a credential: its first characters, unless it is short, and how many it has."""
    if value.endswith("…") or _MASK.fullmatch(value):
        return value
    return f"{value[:_SHOWN] if len(value) >= _SHOWN_OF_MIN else ''}… ({len(value)} characters)"
