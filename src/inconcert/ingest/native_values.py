"""Values of native objects by where they stand: several places for one field, since tools move their fields over the years."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from inconcert.ingest.shape import at

Value = str | bool | None
Path = tuple[str | int, ...]


def reader(places: Mapping[str, str]) -> Callable[[Any], dict[str, Value]]:
    """A function from a native object to {field: value}.

    places: field -> names joined by dots, numbers for places in a list; alternatives set apart by a space, the first that
    holds text, a number or a mark is taken: `{"created_at": "createTime create_time", "avatar": "avatar.urls.0"}`.
    What is another kind of value, or empty text, counts as absent.
    """
    paths = {field: tuple(map(_path, written.split())) for field, written in places.items()}
    return lambda native: {field: _first(native, alternatives) for field, alternatives in paths.items()}


def text_at(native: Any, *places: str) -> str | None:
    """The first of those places that holds text or a number; None when none does."""
    found = _first(native, tuple(map(_path, places)))
    return found if isinstance(found, str) else None


def _path(written: str) -> Path:
    return tuple(int(step) if step.isdigit() else step for step in written.split("."))


def _first(native: Any, paths: tuple[Path, ...]) -> Value:
    for path in paths:
        found = at(native, *path)
        if isinstance(found, bool) or (isinstance(found, str) and found):
            return found
    return None
