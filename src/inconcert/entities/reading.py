"""What a file of entities gave, and what of it was set aside."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from inconcert.entities.entity import Entity
from inconcert.entities.values import shown

MOST_BYTES = 256 << 20
LINE_AT_MOST = 8 << 20
MOST_ENTITIES = 500_000
DEEPEST = 40


@dataclass(frozen=True)
class Aside:
    """One record or value that cannot be used.   row: 1-based line, row or place in a list.   value: as far as it can be shown."""

    row: int
    value: str
    reason: str


@dataclass(frozen=True)
class Read:
    """kind: how the file was read.   dataset: what its statements are filed under.   title: of the source, as it names itself."""

    kind: str
    dataset: str
    entities: tuple[Entity, ...]
    aside: tuple[Aside, ...]
    title: str = ""


def from_json(text: str) -> Any:
    """The value a JSON text stands for; ValueError for what is none, is nested deeper than DEEPEST, or holds NaN."""
    depth = most = 0
    inside = skipping = False
    for character in text:
        if inside:
            if skipping:
                skipping = False
            elif character == "\\":
                skipping = True
            elif character == '"':
                inside = False
        elif character == '"':
            inside = True
        elif character in "[{":
            depth += 1
            most = max(most, depth)
        elif character in "]}":
            depth -= 1
    if most > DEEPEST:
        raise ValueError(f"nested {most} deep; {DEEPEST} is the most")
    return json.loads(text, parse_constant=_refused)


def lines(text: str) -> Iterator[tuple[int, str]]:
    """(number, line) of the lines that hold something; "\\u2028" and its like do not end one."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line.rstrip("\r")


def aside(row: int, value: Any, reason: str) -> Aside:
    """What was set aside, made fit to be printed."""
    return Aside(row, shown(value), reason)


def can_be_written(value: Any) -> bool:
    """Whether a value that was read from JSON can be written as JSON in UTF-8 again."""
    try:
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except ValueError:
        return False
    return True


def _refused(constant: str) -> Any:
    raise ValueError(f"{constant} is no value of JSON")
