"""Every importer by its name, and the choice among them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from inconcert.errors import InputError, UnknownName
from inconcert.ingest.formats.flattened import Flattened
from inconcert.ingest.formats.json_records import JsonRecords
from inconcert.ingest.importer import Importer
from inconcert.ingest.natives import Item, Natives, Shaped
from inconcert.ingest.nearest import Nearest, nearest
from inconcert.ingest.piece import Sheet
from inconcert.ingest.shape import Shape
from inconcert.ingest.tools import TOOLS
from inconcert.ingest.tools.table import TABLE

IMPORTERS: dict[str, Importer] = {importer.name: importer for importer in (*TOOLS, TABLE)}
"""`table` takes what no other recognises."""

_OBJECTS_TRIED = 50
FIT_SHARE_MIN = 0.5


@dataclass(frozen=True)
class Chosen:
    """importer: of the file.   sheet: the file as a table in its eyes.   shaped: whether its columns are our fields.
    why: in words, for the user.   nearest: the tool it comes nearest to, where none was found.
    """

    importer: Importer
    sheet: Sheet
    shaped: bool
    why: str
    nearest: Nearest | None = None


def choose_importer(opened: Sheet | Natives, source: str | None, name: str, *, private: bool = False) -> Chosen:
    """The importer of a file, by what is in it.

    source: name of an importer, which goes before; without it, the one whose shape most of the first native objects have, or
    the one whose signature is the longest of those that the columns complete.   name: what messages call the file.
    UnknownName when there is no importer of that name; InputError when native objects are of no tool that is known.
    """
    if source is not None and source not in IMPORTERS:
        raise UnknownName("format", source, IMPORTERS)
    if isinstance(opened, Sheet):
        return _by_columns(opened, source)
    shares = fitting(opened, source)
    best = max(shares, key=lambda one: (shares[one], not IMPORTERS[one].general), default=None)
    if best is not None and (source is not None or shares[best] >= FIT_SHARE_MIN):
        importer = IMPORTERS[best]
        assert importer.shape is not None
        why = "named by --format" if source else f"{shares[best]:.0%} of its first objects have that form"
        return Chosen(importer, Shaped(opened, importer.shape, private=private), True, why)
    if isinstance(opened, JsonRecords):
        return _by_columns(Flattened(opened), source, opened)
    raise InputError(f"{name} is a {opened.format} file in which nothing was found that could be read.")


def _by_columns(sheet: Sheet, source: str | None, natives: Natives | None = None) -> Chosen:
    if source is not None:
        return Chosen(IMPORTERS[source], sheet, False, "named by --format")
    importer = max(IMPORTERS.values(), key=lambda one: (one.recognises(sheet.columns), one is TABLE))
    if count := importer.recognises(sheet.columns):
        return Chosen(importer, sheet, False, f"it has the {count} columns that tell such a file")
    items = {} if natives is None else _cut_for(natives, IMPORTERS.values())
    near = nearest(IMPORTERS.values(), items, sheet.columns)
    why = "its columns are of no tool that is known" + (f"; {near}" if near is not None and near.is_close else "")
    return Chosen(importer, sheet, False, why, near)


def fitting(opened: Natives, source: str | None) -> dict[str, float]:
    """Share of the first objects that have the shape of each importer; an importer whose shape none has is left out."""
    shares: dict[str, float] = {}
    asked = [one for one in IMPORTERS.values() if one.shape is not None and source in (None, one.name)]
    cut_at = _cut_for(opened, asked)
    for importer in asked:
        if (shape := importer.shape) is None:
            continue
        fits = [_fits(shape, item) for item in cut_at[shape.under]]
        if any(fits) or source is not None:
            shares[importer.name] = sum(fits) / max(len(fits), 1)
    return shares


def _cut_for(opened: Natives, importers: Iterable[Importer]) -> dict[tuple[str, ...], list[Item]]:
    """The first objects as they lie under the paths of each importer."""
    unders = {importer.shape.under if importer.shape is not None else () for importer in importers}
    return {under: opened.first(frozenset(under), _OBJECTS_TRIED) for under in sorted(unders)}


def _fits(shape: Shape, item: Item) -> bool:
    try:
        return item.record is not None and shape.fits(item.record, item.head or {})
    except (AttributeError, IndexError, KeyError, TypeError, ValueError, RecursionError):
        return False  # members of another kind than the tool writes: it is no file of its
