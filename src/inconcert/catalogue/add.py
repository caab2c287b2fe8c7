"""Adds published files to a library: every source a series of editions, of which the newest stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from inconcert.catalogue.edition import Edition
from inconcert.catalogue.indicator import Indicator
from inconcert.catalogue.library import editions, enter, newest, store, writing
from inconcert.catalogue.read import Contents, Key, contents, replayed
from inconcert.catalogue.record import NAME_AT_MOST, SetAside
from inconcert.catalogue.reports import SOURCE
from inconcert.errors import InputError
from inconcert.judgement.wording import one_line


@dataclass(frozen=True)
class Added:
    """What became of the files of one source.

    kinds: {kind: indicators in this edition}.   new: of them, listed for the first time.   again: listed before, and again now.
    unlisted: listed before and no longer.   repeats: rows that say again what another row says.   set_aside: rows that are no
    indicator; reasons: how many for which reason.   already: this very edition stood already, and nothing was written.
    """

    source: str
    operation: str | None
    licence: str | None
    files: tuple[str, ...]
    kinds: dict[str, int]
    new: int
    again: int
    unlisted: int
    repeats: int
    reasons: dict[str, int]
    set_aside: tuple[SetAside, ...]
    already: bool
    notes: tuple[str, ...]


def add(
    library: Path,
    files: Sequence[Path],
    *,
    operation: str | None = None,
    licence: str | None = None,
    source: str | None = None,
    now: datetime,
) -> tuple[Added, ...]:
    """Add files to a library, which is made when the folder is absent or empty.

    operation: what all of it is about, before what the files say; where nobody says, it is the source.   licence: terms on which it
    was published.   source: label of the publication, under which all files are one edition; unless given each file is a source
    of its own, called by its name.
    InputError, before anything is entered, when a file cannot be read or a name is empty or too long; CaseInUse.
    """
    if not files:
        raise InputError(
            "No file was given. Name one, for instance: inconcert catalogue add indicators.csv --library known"
        )
    what = one_line("The operation", operation, NAME_AT_MOST) if operation is not None else None
    terms = one_line("The licence", licence, NAME_AT_MOST) if licence is not None else None
    label = one_line("The source", source, NAME_AT_MOST) if source is not None else None
    if label == SOURCE:
        raise InputError(
            f"'{label}' is the register of reports that comes with the program. Give the files a --source of their own."
        )
    with writing(library):
        at = now.astimezone(UTC).date().isoformat()
        groups: dict[str, dict[str, str]] = {}
        for file in files:
            name = _shown(file)
            groups.setdefault(label or name, {}).setdefault(store(library, file), name)
        new = [Edition(its, what, terms, stored, at) for its, stored in groups.items()]
        read = [contents(library, one) for one in new]
        before, state = editions(library), replayed(library)
        added = []
        for one, found in zip(new, read, strict=True):
            stands = newest(before, one.series)
            already = stands is not None and stands.value == one.value
            added.append(_added(one, found, state.get(one.series, {}), already))
            if not already:
                enter(library, one, now)
        return tuple(added)


def _added(one: Edition, found: Contents, known: Mapping[Key, Indicator], already: bool) -> Added:
    """What the edition changes in what its series held.   known: that."""
    listed = {k for k, its in known.items() if its.unlisted is None}
    gone = [k for k in listed if k not in found.indicators]
    notes = []
    if gone and not already:
        notes.append(
            f"{len(gone):,} indicators that '{one.source}' listed before are not in these files; they are kept as unlisted. If the files are no newer "
            f"edition but something else, add them under another --source."
        )
    if one.licence is None:
        notes.append("Nobody stated on what terms it was published; --licence does.")
    if not found.indicators:
        notes.append("No indicator was found in it.")
    return Added(
        one.source, one.operation, one.licence, tuple(one.files.values()), dict(Counter(k[1] for k in found.indicators).most_common()),
        sum(k not in known for k in found.indicators), sum(k in known for k in found.indicators), len(gone), found.repeats, found.reasons,
        found.set_aside, already, tuple(notes),
    )  # fmt: skip


def _shown(file: Path) -> str:
    """Its name as text, on one line."""
    name = file.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return " ".join("".join(c if c.isprintable() else " " for c in name).split())[:NAME_AT_MOST] or "file"
