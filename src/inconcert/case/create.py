"""How a case begins, and how an existing one is opened."""

from __future__ import annotations

import json
import os
import shutil
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from inconcert.case import custody, durable, lock
from inconcert.case.folder import CREATED, Case, typed, utc_now
from inconcert.errors import CaseError, InputError
from inconcert.version import VERSION

FORMAT = 1
"""Version of the layout; raised when an older program could misread a case."""

ABOUT = "case.toml"


def create_case(path: Path, *, title: str | None = None, now: datetime) -> Case:
    """Make a case in a folder that is absent or empty; its title is the folder's name unless given.

    The folder is made under another name and renamed, so that a kill leaves no half case. InputError when the folder
    holds anything or cannot be made.
    """
    path = Path(path)
    draft = path.parent / f"{_draft_prefix(path)}{os.getpid()}"
    try:
        _refuse_occupied(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        _remove_stale_drafts(path)
        draft.mkdir()
    except OSError as error:
        raise InputError(f"The case {path} cannot be made: {error.strerror}.") from error
    with lock.hold(draft):
        try:
            _write_beginning(draft, title if title is not None else path.resolve().name, now)
            draft.rename(path)
        except OSError as error:
            shutil.rmtree(draft, ignore_errors=True)
            raise InputError(f"The case {path} cannot be made: {error.strerror}.") from error
    durable.sync(path.parent)
    return Case(path)


def open_case(path: Path, *, clock: Callable[[], datetime] = utc_now) -> Case:
    """The case in that folder; InputError when there is none, CaseError when it is damaged or of a newer format."""
    path = Path(path)
    about = case_facts(path)
    if about["format"] > FORMAT:
        raise CaseError(
            f"The case {path} has format {about['format']}, made by inconcert {about.get('program', '?')}; this is "
            f"{VERSION}, which knows formats up to {FORMAT}. Upgrade: pip install --upgrade inconcert"
        )
    case = Case(path, clock)
    _refuse_special(case.ledger)
    return case


def is_case(path: Path) -> bool:
    """Whether a case lies in that folder."""
    return (Path(path) / ABOUT).is_file()


def case_facts(path: Path) -> dict[str, Any]:
    """case.toml: format (int), title, created (datetime, UTC), program (the version that made it)."""
    file = path / ABOUT
    _refuse_special(file)
    try:
        about = tomllib.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise InputError(
            f"{path} is not a case: it has no {ABOUT}. Make one with: inconcert init {typed(path)}"
        ) from None
    except (OSError, ValueError) as error:
        raise CaseError(f"{file} cannot be read ({error}). Restore it from a copy.") from error
    if not isinstance(about.get("format"), int):
        raise CaseError(f"{file} states no format. Restore it from a copy.")
    if not isinstance(about.get("title"), str) or not isinstance(about.get("created"), datetime):
        raise CaseError(f"{file} states no title or no moment of its creation. Restore it from a copy.")
    return about


def _refuse_special(file: Path) -> None:
    """A pipe or device of that name would be read for ever."""
    if file.exists() and not file.is_file():
        raise CaseError(f"{file} is no ordinary file. Restore it from a copy.")


def _write_beginning(draft: Path, title: str, now: datetime) -> None:
    created = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    text = f'format = {FORMAT}\ntitle = {_toml_string(title)}\ncreated = {created}\nprogram = "{VERSION}"\n'
    (draft / ABOUT).write_text(text, encoding="utf-8")
    case = Case(draft, lambda: now)
    case.ledger.touch()
    case.say(ABOUT, CREATED, custody.fingerprint(draft / ABOUT))
    custody.seal(draft)


def _toml_string(text: str) -> str:
    """A TOML basic string: JSON's escapes, and the two characters that JSON lets through but TOML does not."""
    clean = text.encode("utf-8", "replace").decode("utf-8")
    return json.dumps(clean, ensure_ascii=False).replace("\x7f", "\\u007f")


def _refuse_occupied(path: Path) -> None:
    if is_case(path):
        raise InputError(f"{path} is a case already.")
    if path.is_dir():
        held = next(path.iterdir(), None)
        if held is not None:
            raise InputError(f"{path} is not empty (it holds {held.name}). Name a folder that is new or empty.")
    elif path.exists():
        raise InputError(f"{path} is a file. Name a folder that is new or empty.")


def _draft_prefix(path: Path) -> str:
    return f".{path.resolve().name}.new-"


def _remove_stale_drafts(path: Path) -> None:
    for draft in path.parent.iterdir():
        if draft.name.startswith(_draft_prefix(path)):
            try:
                with lock.hold(draft):
                    shutil.rmtree(draft)
            except CaseError:
                continue  # another process is making the same case: its rename or ours fails cleanly
