"""A published file, opened by what is in it: a table, a STIX bundle, a MISP event or a plain list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

from inconcert.catalogue import misp, stix
from inconcert.catalogue.plain_list import of_list
from inconcert.catalogue.published_table import VALUES, columns_of, of_table
from inconcert.catalogue.record import CHARACTERS_AT_MOST, RECORDS_AT_MOST, TEXT_AT_MOST, Record, SetAside
from inconcert.errors import InputError
from inconcert.ingest.formats.flattened import as_table
from inconcert.ingest.formats.json_records import JsonRecords
from inconcert.ingest.formats.open_sheet import open_sheet
from inconcert.ingest.formats.plain_text import PlainText
from inconcert.ingest.formats.separated import Separated
from inconcert.ingest.formats.value_list import ValueList
from inconcert.ingest.importers import FIT_SHARE_MIN, fitting
from inconcert.ingest.stream.byte_stream import Damaged
from inconcert.ingest.stream.members import sole_member


def records(file: Path, name: str) -> tuple[Record | SetAside, ...]:
    """Everything in the file, in its order.   name: what messages call it.

    InputError when it is none of these formats, is damaged, or holds more than RECORDS_AT_MOST records or CHARACTERS_AT_MOST.
    """
    try:
        found = tuple(_bounded(islice(_of_file(file, name), RECORDS_AT_MOST + 1), name))
    except Damaged as damage:
        raise InputError(f"{name} cannot be read: {damage}. Fetch it again.") from damage
    if len(found) > RECORDS_AT_MOST:
        raise InputError(
            f"{name} holds more than {RECORDS_AT_MOST:,} records. Take it apart and give each part with the same --source."
        )
    return found


def _bounded(found: Iterator[Record | SetAside], name: str) -> Iterator[Record | SetAside]:
    """The same, of values that are too long no more than shows it; InputError past CHARACTERS_AT_MOST."""
    characters = 0
    for one in found:
        if isinstance(one, Record) and len(one.value) > TEXT_AT_MOST:
            one = replace(one, value=one.value[: TEXT_AT_MOST + 1])
        characters += len(one.value) + (len(one.comment or "") if isinstance(one, Record) else 0)
        if characters > CHARACTERS_AT_MOST:
            raise InputError(
                f"{name} holds values of more than {CHARACTERS_AT_MOST >> 20} million characters together. Nothing published does: take it apart."
            )
        yield one


def _of_file(file: Path, name: str) -> Iterator[Record | SetAside]:
    stream = sole_member(file, name)
    opened = open_sheet(stream, name)
    if isinstance(opened, JsonRecords):
        for format, of, under in (("stix", stix.of_stix, stix.UNDER), ("misp_event", misp.of_misp, misp.UNDER)):
            if fitting(opened, format).get(format, 0) >= FIT_SHARE_MIN:
                return of(chain.from_iterable(opened.items(under)))
        sheet = as_table(opened, name)
    elif isinstance(opened, ValueList | PlainText) or (isinstance(opened, Separated) and len(opened.columns) == 1):
        is_table = isinstance(opened, Separated) and opened.columns[0].casefold() in VALUES
        if not is_table:
            return of_list(stream, str(opened.encoding))
        sheet = as_table(opened, name)
    else:
        sheet = as_table(opened, name)
    columns = columns_of(sheet)
    if columns is None:
        shown = ", ".join(sheet.columns[:8])
        raise InputError(
            f"{name} has no column of indicators (it has: {shown[:200]}). Name one 'indicator', or by what it holds: domain, url, handle, account, "
            f"hashtag, email, ip, hash, text."
        )
    return of_table(sheet, columns)
