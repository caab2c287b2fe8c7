"""Begin a case."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from inconcert.case import Case, create_case, is_case, open_case

__all__ = ["init", "is_case", "open_case"]


def init(path: Path, *, title: str | None = None, now: datetime) -> Case:
    """The case in that folder, made when the folder is absent or empty; an existing case is opened as it is.

    InputError when the folder holds something else.
    """
    return open_case(path) if is_case(path) else create_case(path, title=title, now=now)
