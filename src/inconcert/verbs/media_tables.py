"""Files that were matched become rows: who carries them, what they look like, the words and faces in them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from inconcert import schema
from inconcert.case import Case, custody
from inconcert.errors import InputError
from inconcert.media.features import features
from inconcert.media.hashes import LEAST_QUALITY, pdq
from inconcert.media.open_file import open_file
from inconcert.media.opened import Opened
from inconcert.progress import Progress

LOOKS_NEW = 32
"""Bits by which a frame must differ from the one last read before its words are read too."""


@dataclass(frozen=True)
class Wanted:
    """ocr: words in pictures; faces: the test of profile pictures."""

    ocr: bool
    faces: bool


@dataclass(frozen=True)
class Read:
    """Tables of one import, its id not yet in them.   files: names read now; known: read before; aside: could not be used.
    described: hashes of the files described now.   earlier: ids of the imports that hold those known."""

    media: pa.Table
    pictures: pa.Table
    texts: pa.Table
    faces: pa.Table
    rejects: pa.Table
    files: tuple[str, ...]
    known: tuple[str, ...]
    aside: tuple[str, ...]
    described: tuple[str, ...]
    earlier: tuple[str, ...]

    @property
    def anything(self) -> bool:
        """Whether there is something the case does not hold yet."""
        return bool(len(self.media) or len(self.pictures) or len(self.rejects))


@dataclass(frozen=True)
class _Known:
    """What earlier imports of media read: who carries what, files described with what, and files set aside."""

    carried: frozenset[tuple[str | None, ...]]
    described: Mapping[str, frozenset[str]]
    rejected: frozenset[tuple[str, str]]
    imports: tuple[str, ...]


_CARRIER = ("sha256", "use", "post_id", "account_id", "platform")


def read_files(
    case: Case,
    role: str,
    folder: Path,
    carried: pa.Table,
    doubtful: Mapping[str, str],
    wanted: Wanted,
    progress: Progress,
) -> Read:
    """Read every file of `carried` (media_match.CARRIED) that the case does not hold yet, and store its original.

    doubtful: {file: why it was not matched}; these and the files that cannot be opened become rejects.
    """
    known = _known(case, role)
    tables: dict[str, list[dict[str, Any]]] = {name: [] for name in ("media", "pictures", "picture_texts", "faces")}
    aside = dict(doubtful)
    new: list[str] = []
    old: list[str] = []
    described: set[str] = set()
    of_file: dict[str, list[dict[str, Any]]] = {}
    kept: dict[Path, str] = {}
    for row in carried.to_pylist():
        of_file.setdefault(row["file"], []).append(row)
    for number, (file, rows) in enumerate(sorted(of_file.items())):
        progress(f"reading {role} pictures", number, len(of_file))
        try:
            sha256 = _hash(folder / file)
            needs = _needs(rows, wanted) - known.described.get(sha256, frozenset())
            media = [row for row in _media_rows(rows, sha256) if tuple(row[c] for c in _CARRIER) not in known.carried]
            if needs and sha256 not in described:
                opened = open_file(folder / file)
                kept[folder / file] = sha256
                described.add(sha256)
                for name, found in _described(opened, sha256, (folder / file).stat().st_size, needs):
                    tables[name] += found
        except InputError as error:
            aside[file] = str(error)
            continue
        tables["media"] += media
        (new if needs or media else old).append(file)
    changed = [file.name for file, sha256 in case.store_originals(kept).items() if sha256 != kept[file]]
    if changed:
        raise InputError(f"{changed[0]} was changed while {folder} was read; nothing was taken, read the folder again.")
    rejects = [
        {"file": file, "reason": reason, "fatal": True, "import_id": ""}
        for file, reason in sorted(aside.items()) if (file, reason) not in known.rejected
    ]  # fmt: skip
    made = {name: pa.Table.from_pylist(its, schema=schema.table(name).arrow) for name, its in tables.items()}
    return Read(
        media=made["media"],
        pictures=made["pictures"],
        texts=made["picture_texts"],
        faces=made["faces"],
        rejects=pa.Table.from_pylist(rejects, schema=schema.REJECTS.arrow),
        files=tuple(new),
        known=tuple(old),
        aside=tuple(sorted(aside)),
        described=tuple(sorted(described)),
        earlier=known.imports,
    )


def actions_of(media: pa.Table) -> pa.Table:
    """ACTIONS of kind media for what posts carry without naming it: the file's hash is the object."""
    unnamed = media.filter(pc.and_(pc.equal(media["use"], "post"), pc.equal(media["media_id"], media["sha256"])))
    columns = {name: unnamed[name] for name in ("account_id", "post_id", "platform", "time_us")}
    columns |= {"kind": pa.repeat(pa.scalar("media"), len(unnamed)), "object_id": unnamed["media_id"]}
    return schema.ACTIONS.check(pa.table(columns)).group_by(schema.ACTIONS.arrow.names, use_threads=False).aggregate([])


def _known(case: Case, role: str) -> _Known:
    carried: set[tuple[str | None, ...]] = set()
    described: dict[str, frozenset[str]] = {}
    rejected: set[tuple[str, str]] = set()
    imports: list[str] = []
    for part in case.parts("imports", role):
        row = pq.read_table(part).to_pylist()[0]
        if row["importer"] != "media":
            continue
        imports.append(row["import_id"])
        options = json.loads(row["mapping"])
        done = frozenset({"pictures", *(name for name in ("ocr", "faces") if options.get(name))})
        for sha256 in (
            pq.read_table(part.parent / "pictures.parquet", columns=["sha256"])["sha256"].unique().to_pylist()
        ):
            described[sha256] = described.get(sha256, frozenset()) | done
        media = pq.read_table(part.parent / "media.parquet", columns=list(_CARRIER)).to_pylist()
        carried |= {tuple(one[c] for c in _CARRIER) for one in media}
        rejects = pq.read_table(part.parent / "rejects.parquet", columns=["file", "reason"]).to_pylist()
        rejected |= {(one["file"], one["reason"]) for one in rejects}
    return _Known(frozenset(carried), described, frozenset(rejected), tuple(imports))


def _hash(file: Path) -> str:
    if file.is_symlink() or not file.is_file():
        raise InputError("is a link, or no ordinary file, and is not followed")
    try:
        return custody.sha256_of(file)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}") from error


def _needs(rows: list[dict[str, Any]], wanted: Wanted) -> frozenset[str]:
    needs = {"pictures"}
    needs |= {"ocr"} if wanted.ocr else set()
    needs |= {"faces"} if wanted.faces and any(row["use"] == "avatar" for row in rows) else set()
    return frozenset(needs)


def _media_rows(rows: list[dict[str, Any]], sha256: str) -> list[dict[str, Any]]:
    return [{**row, "media_id": row["media_id"] or sha256, "sha256": sha256, "import_id": ""} for row in rows]


def _described(
    opened: Opened, sha256: str, size: int, needs: frozenset[str]
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Rows of each table that a file gives."""
    last: int | None = None
    for number, frame in enumerate(opened.frames):
        hashed, quality = pdq(frame.image)
        facts = {
            "sha256": sha256, "frame": number, "at_s": frame.at_s, "mime": opened.mime, "bytes": size, "width": opened.width,
            "height": opened.height, "duration_s": opened.duration_s, "pdq": hashed, "quality": quality,
            "features": features(frame.image), "software": opened.software, "import_id": "",
        }  # fmt: skip
        yield "pictures", [facts]
        bits = int(hashed, 16)
        if "ocr" in needs and (last is None or (quality >= LEAST_QUALITY and (bits ^ last).bit_count() >= LOOKS_NEW)):
            from inconcert.media.reading import picture_texts

            last = bits
            yield "picture_texts", [{**row, "import_id": ""} for row in picture_texts(frame.image, sha256, number)]
    if "faces" in needs:
        from inconcert.media.faces import face_row

        yield "faces", [{**face_row(opened.frames[0].image, sha256), "import_id": ""}]
