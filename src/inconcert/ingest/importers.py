"""Every importer by its name, and the choice among them."""

from __future__ import annotations

from inconcert.errors import UnknownName
from inconcert.ingest import x_io_archive
from inconcert.ingest.importer import Importer
from inconcert.ingest.table import TABLE
from inconcert.ingest.tools import TOOLS

IMPORTERS: dict[str, Importer] = {
    importer.name: importer for importer in (x_io_archive.TWEETS, x_io_archive.USERS, *TOOLS, TABLE)
}
"""`table` takes what no other recognises."""


def choose_importer(columns: tuple[str, ...], source: str | None) -> Importer:
    """The importer of that name, or the one whose signature is the longest of those that the columns complete.

    UnknownName when there is no importer of that name.
    """
    if source is None:
        return max(IMPORTERS.values(), key=lambda importer: (importer.recognises(columns), importer is TABLE))
    if source not in IMPORTERS:
        raise UnknownName("source", source, IMPORTERS)
    return IMPORTERS[source]
