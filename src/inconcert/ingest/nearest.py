"""Which tool a file that no importer takes comes nearest to, and what it lacks: for the user, who may know better."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from inconcert.ingest.formats.names import folded
from inconcert.ingest.importer import Importer
from inconcert.ingest.natives import Item
from inconcert.ingest.shape import Native, has_keys

_SHARE_MIN = 0.5
"""Of the columns or keys that tell a tool's file: with fewer it is no likelier than another."""
_CLOSE = 0.7
_TRIED = 5
_NAMES_MIN = 3


@dataclass(frozen=True)
class Nearest:
    """found, lacking: columns or keys that tell the importer's files."""

    importer: str
    found: tuple[str, ...]
    lacking: tuple[str, ...]

    @property
    def is_close(self) -> bool:
        """Whether so much is there that a user who needs nothing explained may want to hear of it."""
        return len(self.found) >= _CLOSE * (len(self.found) + len(self.lacking))

    def __str__(self) -> str:
        missing = f"lacks {', '.join(self.lacking)}" if self.lacking else "what they hold is not what it asks for"
        return f"nearest is {self.importer} (it has {', '.join(self.found)}; {missing})"


def nearest(
    importers: Iterable[Importer], items: Mapping[tuple[str, ...], list[Item]], columns: Iterable[str]
) -> Nearest | None:
    """The importer of which the largest share of telling names is there; None when less than half is of each.

    items: first objects of a file as they lie under `Shape.under`; none for a table, which only signatures can be near to.
    columns: of the table. Keys that tell a tool's objects by their values, as id and type do, are near to nothing.
    """
    table: Native = {folded(column): None for column in columns}
    best: tuple[float, int, bool] = (_SHARE_MIN, 0, False)
    chosen: Nearest | None = None
    for importer in importers:
        objects = [item.record for item in items.get(_under(importer), [])[:_TRIED] if item.record is not None]
        for names in _told_by(importer, nested=bool(items)):
            for one in objects or [table]:
                found, lacking = has_keys(one, names if objects else map(folded, names))
                if not lacking and not objects:
                    continue  # such a table has what speaks against the tool
                key = len(found) / max(len(found) + len(lacking), 1), len(found), not importer.general
                if key > best:
                    said = [_as_told(name, names) for name in (*found, *lacking)]
                    best, chosen = key, Nearest(importer.name, tuple(said[: len(found)]), tuple(said[len(found) :]))
    return chosen


def _under(importer: Importer) -> tuple[str, ...]:
    return importer.shape.under if importer.shape is not None else ()


def _told_by(importer: Importer, *, nested: bool) -> Iterator[list[str]]:
    yield from (sorted(names) for names in importer.signatures)
    if nested and importer.shape is not None:
        yield from (names for keys in importer.shape.told_by if len(names := keys.split()) >= _NAMES_MIN)


def _as_told(name: str, names: list[str]) -> str:
    """A name as the tool spells it."""
    return next((one for one in names if name in (one, folded(one))), name).replace("|", " or ")
