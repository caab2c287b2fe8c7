"""Read the files of pictures and videos that belong to the posts and profiles of a case."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pyarrow as pa

from inconcert import schema
from inconcert.case import Case, write_parquet
from inconcert.ledger import canonical
from inconcert.progress import Progress, silent
from inconcert.verbs.media_folder import lies_in, walk
from inconcert.verbs.media_match import match
from inconcert.verbs.media_tables import Read, Wanted, actions_of, read_files

IMPORTER, IMPORTER_VERSION = "media", "1"
ROLES = ("case", "control")
TABLES = ("media", "pictures", "picture_texts", "faces", "rejects", "actions", "posts", "accounts")
EXAMPLES = 5


@dataclass(frozen=True)
class MediaResult:
    """What became of a folder of pictures and videos.

    import_ids: imports that hold them.   files: in the folder.   matched: of them, those of posts or profiles of the case that could be opened, read now or before.
    unmatched: those that no post or profile names; they were not stored.   set_aside: the others.
    posts, accounts: that carry the files matched now.   pictures: stills and frames of videos described now.
    texts: lines of text and clues read in them.   faces: profile pictures tested.   already: there was nothing new.
    notes: what the user should know.   reject_examples: a file set aside for each of the first few reasons.
    """

    folder: str
    import_ids: tuple[str, ...]
    files: int
    matched: int
    unmatched: int
    set_aside: int
    posts: int
    accounts: int
    pictures: int
    texts: int
    faces: int
    already: bool
    notes: tuple[str, ...]
    reject_examples: tuple[str, ...]


def import_media(
    case: Case,
    folder: Path,
    *,
    ocr: bool = False,
    faces: bool = False,
    only: Sequence[str] | None = None,
    of: Collection[str] | None = None,
    progress: Progress = silent,
) -> MediaResult:
    """Describe the files of a folder that posts and profiles of the case carry, one import for each role.

    A file belongs to the posts whose media id or address ends in its name, to the post whose id its name begins with
    (`<post id>.jpg`, `<post id>_1.jpg`), or, in a folder `avatars` or `profile_images`, to the profile of the account whose id
    or handle is its name. What was read before is left alone. ocr: also read the words in pictures, which takes seconds
    each.   faces: also test profile pictures for generated faces.   only: names in the folder, instead of all files there.
    of: imports whose files these are: names such as photos/photo_1.jpg mean another picture in every export. Without it a name
    that two exports have is set aside.
    InputError when the folder is none; MissingExtra when what reading needs is not installed.
    """
    with case.lock():
        names = list(walk(folder, case.path)) if only is None else [name for name in only if lies_in(folder, name)]
        wanted = Wanted(ocr=ocr, faces=faces)
        whose = None if of is None else frozenset(of)
        matches = {role: match(case, role, names, whose) for role in ROLES if case.imports(role)}
        read = {
            role: read_files(case, role, folder, its.carried, its.doubtful, wanted, progress)
            for role, its in matches.items()
        }
        ids = tuple(_written(case, role, folder, one, wanted) for role, one in read.items() if one.anything)
    return _result(folder, names, ids, list(read.values()))


def _written(case: Case, role: str, folder: Path, read: Read, wanted: Wanted) -> str:
    """The id of the import of what was read, made unless it is there."""
    listed = [
        sorted(table.drop_columns(["import_id"]).to_pylist(), key=canonical) for table in (read.media, read.rejects)
    ]
    # an import of the same files that a withdrawal left out must not be in the way of reading them again
    gone = case.withdrawals().gone
    manifest = canonical(
        [
            listed,
            sorted(read.described),
            role,
            wanted.ocr,
            wanted.faces,
            IMPORTER_VERSION,
            _versions(wanted),
            *([gone] if gone else []),
        ]
    )
    id = hashlib.sha256(manifest).hexdigest()[:16]
    if id in case.imports():
        return id
    row = {
        "import_id": id, "file": folder.name or str(folder), "sha256": hashlib.sha256(manifest).hexdigest(),
        "importer": IMPORTER, "importer_version": IMPORTER_VERSION, "encoding": None,
        "mapping": json.dumps({"media_id": "name of the file", "ocr": wanted.ocr, "faces": wanted.faces}),
        "rows_read": len(read.files) + len(read.rejects), "rows_kept": len(read.files), "rows_rejected": len(read.rejects),
        "rows_duplicate": 0, "precision": None, "role": role,
    }  # fmt: skip
    made = {
        "media": read.media, "pictures": read.pictures, "picture_texts": read.texts, "faces": read.faces,
        "rejects": read.rejects, "actions": actions_of(read.media),
    }  # fmt: skip
    facts = {"file": row["file"], "originals": sorted(read.described), "importer": IMPORTER, "role": role}
    with case.writing("data", id, facts) as draft:
        write_parquet(pa.Table.from_pylist([row], schema=schema.IMPORTS.arrow), draft / "imports.parquet")
        for name in TABLES:
            write_parquet(_stamped(schema.table(name), made.get(name), id), draft / f"{name}.parquet")
    return id


def _stamped(table: schema.Table, rows: pa.Table | None, id: str) -> pa.Table:
    """The rows as those of that import."""
    if rows is None:
        return table.empty()
    if "import_id" in rows.column_names:
        place = rows.column_names.index("import_id")
        rows = rows.set_column(place, rows.schema.field(place), pa.repeat(pa.scalar(id), len(rows)))
    return table.check(rows)


def _versions(wanted: Wanted) -> dict[str, str]:
    """Of what decides how a picture is described."""
    packages = ["pillow", "pdqhash", "av"] + ["rapidocr"] * wanted.ocr + ["dlib-bin"] * wanted.faces
    found = {}
    for name in packages:
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # a video reader that no file asked for
            found[name] = "absent"
    return found


def _result(folder: Path, names: Sequence[str], ids: tuple[str, ...], read: Sequence[Read]) -> MediaResult:
    matched = {name for one in read for name in (*one.files, *one.known)}
    rejected = {row["file"]: row["reason"] for one in read for row in one.rejects.to_pylist()}
    aside = {name for one in read for name in one.aside} - matched
    reasons = Counter(rejected.values())
    examples = [
        next(f"{file}: {why}" for file, why in rejected.items() if why == reason)
        for reason, _ in reasons.most_common(EXAMPLES)
    ]
    notes = []
    if not matched and not aside:
        notes.append(
            f"No file in {folder} belongs to a post or profile of the case. Files are found by the media ids or addresses of "
            "the posts, as <post id>.jpg or <post id>_1.jpg, or as avatars/<account id or handle>.jpg."
        )
    media = [one.media for one in read]
    return MediaResult(
        folder=str(folder),
        import_ids=tuple(sorted({*ids, *(id for one in read if one.known for id in one.earlier)})),
        files=len(names),
        matched=len(matched),
        unmatched=len({*names} - matched - aside),
        set_aside=len(aside),
        posts=sum(
            len({(row["platform"], row["post_id"]) for row in one.to_pylist() if row["use"] == "post"}) for one in media
        ),
        accounts=sum(len({(row["platform"], row["account_id"]) for row in one.to_pylist()}) for one in media),
        pictures=sum(len(one.pictures) for one in read),
        texts=sum(len(one.texts) for one in read),
        faces=sum(len(one.faces) for one in read),
        already=bool(matched) and not ids,
        notes=tuple(notes),
        reject_examples=tuple(examples),
    )
