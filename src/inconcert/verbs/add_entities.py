"""`entities --add`: files of entities into the case, under the name of whoever brings them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from inconcert.case import Case
from inconcert.case.scratch import NAME as SCRATCH
from inconcert.entities.entity import Entity
from inconcert.entities.ftm_entities import read_ftm, write_ftm
from inconcert.entities.graph import graph
from inconcert.entities.held_entities import EXAMPLE, example, held_entities
from inconcert.entities.names import folded
from inconcert.entities.privacy import OPAQUE, Withheld, sealed
from inconcert.entities.reading import MOST_BYTES, Aside, Read
from inconcert.entities.recognised import read_entities
from inconcert.entities.tender import Notice
from inconcert.entities.values import shown
from inconcert.errors import InputError, NotAllRead
from inconcert.judgement.brought import BROUGHT, approved_persons, brought, standing_files
from inconcert.judgement.wording import author
from inconcert.verbs.waiting import PATIENCE_S, waiting


@dataclass(frozen=True)
class AddedEntities:
    """One file that was brought.

    label: E2, by which it can be taken back.   kind: how it was read.   entities, ties: in it.   aside: records and values that cannot
    be used.   withheld: private persons whose details were not entered.   notices: what was read from notices.
    original_kept: the file itself lies in the case; not while anybody in it is withheld.   already: it was brought before, as it is.
    """

    label: str
    file: str
    kind: str
    by: str
    entities: int
    ties: int
    aside: tuple[Aside, ...]
    withheld: tuple[Withheld, ...]
    notices: tuple[Notice, ...]
    original_kept: bool
    already: bool


def add_entities(
    case: Case, files: Sequence[Path], *, by: str, reference: bool = False, patience_s: float = PATIENCE_S
) -> tuple[AddedEntities, ...]:
    """Enter files of entities.

    reference: also the bundled graph of a published investigation.   Details of private persons are left out before anything is written,
    unless somebody asked to name them and somebody else approved it.  InputError when a single file cannot be read; NotAllRead when
    only some of several can.
    """
    who = author(by)
    given: list[tuple[str, Path | None]] = [(_name(file), file) for file in files]
    given += [(EXAMPLE, None)] if reference else []
    done: list[AddedEntities] = []
    failures: dict[str, str] = {}
    for name, file in given:
        try:
            data = _bytes(file) if file is not None else example()
            with waiting(case, patience_s):
                done.append(_added(case, name, data, file, who))
        except InputError as error:
            if len(given) == 1:
                raise
            failures[name if name not in failures else str(file)] = str(error)
    if failures:
        raise NotAllRead(done, failures)
    return tuple(done)


def _added(case: Case, name: str, data: bytes, file: Path | None, who: str) -> AddedEntities:
    statements = case.statements()
    there = held_entities(case).entities if standing_files(statements) else ()
    read, notices = read_entities(data, name, _known(there))
    safe = sealed([*read.entities, *there], approved_persons(statements).keys())
    entities = safe.entities[: len(read.entities)]
    mine = {entity.id for entity in entities}
    withheld = tuple(one for one in safe.withheld if one.id in mine)
    text = "".join(f"{line}\n" for line in write_ftm(entities)).encode()
    _readable(text, read.dataset, name)
    stored, original = hashlib.sha256(text).hexdigest(), hashlib.sha256(data).hexdigest()
    keep = not withheld and file is not None
    before = next((one for one in standing_files(statements) if one.value["stored"] == stored), None)
    if before is None:
        _store(case, text)
        if keep and file is not None and case.store_original(file) != original:
            raise InputError(f"{file} changed while it was read. Add it again.")
        facts = {
            "file": safe.names.left_out(name), "kind": read.kind, "dataset": safe.names.left_out(read.dataset),
            "title": safe.names.left_out(read.title or name), "stored": stored,
            "original": original, "original_kept": keep, "entities": len(entities), "aside": len(read.aside),
            "withheld": [one.id for one in withheld],
        }  # fmt: skip
        case.say(f"raw/sha256/{stored[:2]}/{stored}", BROUGHT, facts, by=who)
    label = before.label if before is not None else brought(case.statements())[-1].label
    own = graph(entities)
    already = before is not None
    return AddedEntities(
        label,
        name,
        read.kind,
        who,
        len(own.nodes),
        len(own.ties),
        _safe(read, bool(withheld)),
        withheld,
        notices,
        keep,
        already,
    )


def _safe(read: Read, someone_withheld: bool) -> tuple[Aside, ...]:
    """What was set aside; without its words while somebody in the file is withheld, since they may name that person."""
    if not someone_withheld:
        return read.aside
    return tuple(Aside(one.row, "", one.reason) for one in read.aside)


def _readable(text: bytes, dataset: str, name: str) -> None:
    """InputError when what is to be stored could not be read again as it is, so that a part of it would be lost without a word."""
    lost = read_ftm(text.decode(), dataset).aside
    if lost:
        raise InputError(
            f"{name} cannot be kept as it is: of its entity {lost[0].row:,}, {lost[0].reason}. Split the file, or take that entity apart."
        )


def _name(file: Path) -> str:
    """Its name as text in which nothing is hidden."""
    return shown(file.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace"), 255) or "file"


def _known(entities: Sequence[Entity]) -> dict[str, str]:
    """Folded name -> id of the one thing of that name."""
    found: dict[str, set[str]] = {}
    for entity in entities:
        if entity.kind.is_a & {"LegalEntity"} and not OPAQUE.fullmatch(entity.id):
            for name in entity.names:
                found.setdefault(folded(name), set()).add(entity.id)
    return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}


def _store(case: Case, text: bytes) -> None:
    draft = case.path / SCRATCH / "entities.ftm.jsonl"
    draft.write_bytes(text)
    try:
        case.store_original(draft)
    finally:
        draft.unlink()


def _bytes(file: Path) -> bytes:
    try:
        if not file.is_file():
            raise InputError(f"{file} is not an ordinary file. Name files of entities, or notices.")
        if file.stat().st_size > MOST_BYTES:
            raise InputError(f"{file} has {file.stat().st_size:,} bytes; {MOST_BYTES:,} are the most. Split it.")
        return file.read_bytes()
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}.") from error
