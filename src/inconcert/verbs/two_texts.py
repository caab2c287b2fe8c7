"""The texts that `compare` is given: the words themselves, files, or posts of a case."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds

from inconcert.case import Case
from inconcert.errors import CaseError, InputError
from inconcert.ingest.stream import encoding
from inconcert.ingest.stream.byte_stream import check_file

MOST_BYTES = 2 << 20
"""Of a text that is compared; a book has about half of it."""
_ENCODINGS = {"cp1252": "Windows-1252", "gb18030": "GB 18030"}
_COLUMNS = ["post_id", "account_id", "platform", "text"]


@dataclass(frozen=True)
class Text:
    """A text and what to call it. account: who posted it; None of files and given words."""

    name: str
    text: str
    account: str | None = None
    notes: tuple[str, ...] = ()


def given(name: str, text: str) -> Text:
    """Words given on the command line; InputError when there are none."""
    if not text.strip():
        raise InputError(f"Text {name} is empty. Give two texts, each in quotation marks.")
    return Text(f"text {name}", _bounded(f"text {name}", text))


def read(path: Path) -> Text:
    """A file of plain text in UTF-8, UTF-16, GB 18030 or Windows-1252; InputError when it is none, is empty or too large."""
    check_file(path)
    # opened without waiting, should a pipe have taken the place of the file in between
    with os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise InputError(f"{path} is not an ordinary file any more. Name a file that nothing else writes.")
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise InputError(
            f"{path} has more than {MOST_BYTES:,} bytes, the most that is compared. Cut it into chapters or sections first."
        )
    try:
        found = encoding.detect(data, str(path))
    except InputError as error:
        raise InputError(
            f"{path} holds no plain text in an encoding that can be told (UTF-8, UTF-16, GB 18030, Windows-1252). Save the "
            "document as plain text in UTF-8 and name that file."
        ) from error
    text = b"".join(encoding.as_utf8(iter([data]), found)).decode("utf-8", "replace")
    if not text.strip():
        raise InputError(f"{path} holds nothing but white space. Name a file with words in it.")
    notes = [] if found == "utf-8" else [f"{path.name} was read as {_ENCODINGS.get(found, found.upper())}"]
    if faults := text.count("\ufffd"):
        notes.append(f"{path.name}: characters that could not be read, and stand as \ufffd: {faults:,}")
    return Text(str(path), text, notes=tuple(notes))


def posted(case: Case, id: str) -> Text:
    """A post of the case or of its control crowd, by its id or, where several platforms have it, platform:id.

    InputError when there is no such post, when there are several, or when it has no text; CaseError when a table is damaged.
    """
    files = [str(file) for role in ("case", "control") for file in case.parts("posts", role)]
    id = id.encode("utf-8", "backslashreplace").decode()  # an argument that is no UTF-8 names no post
    platform, sign, native = id.partition(":")
    named = ds.field("post_id") == id
    if sign:
        named |= (ds.field("post_id") == native) & (ds.field("platform") == platform)
    try:
        rows = ds.dataset(files).to_table(_COLUMNS, filter=named).to_pylist() if files else []
    except (OSError, pa.ArrowException) as error:
        raise CaseError(
            f"The posts of the case {case.path} cannot be read ({error}). inconcert verify {case.typed} says what is damaged."
        ) from error
    exact = [row for row in rows if row["post_id"] == id] or rows
    texts = sorted({(row["platform"], row["account_id"], row["text"] or "") for row in exact})
    if not texts:
        raise InputError(
            f"The case {case.path} has no post with the id '{id}'. The ids stand in: inconcert export {case.typed} posts.csv"
        )
    if len(texts) > 1:
        platforms = sorted({platform for platform, _, _ in texts})
        remedy = (
            f"Say which: {', '.join(f'{platform}:{id}' for platform in platforms)}."
            if len(platforms) == len(texts)
            else "Give the words themselves, with --text."
        )
        raise InputError(f"The case {case.path} has {len(texts)} different posts with the id '{id}'. {remedy}")
    _, account, text = texts[0]
    if not text.strip():
        raise InputError(f"Post '{id}' has no text. Name posts with words in them.")
    return Text(f"post {id}", _bounded(f"post {id}", text), account)


def _bounded(name: str, text: str) -> str:
    if len(text) > MOST_BYTES:
        raise InputError(f"The {name} has {len(text):,} characters; {MOST_BYTES:,} are the most that is compared.")
    return text
