"""What is printed: results on stdout, complaints on stderr, and no character in either that hides or acts."""

from __future__ import annotations

import dataclasses
import json
import re
import shlex
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import click

_WEB = re.compile(r"\bhttp(s?)://", re.IGNORECASE)


def visible(text: str) -> str:
    """The text on one line; controls, line breaks, bidi marks and zero-width characters appear as their code."""
    return "".join(f"⟨U+{ord(c):04X}⟩" if _hides(c) else c for c in text)


def unclickable(text: str) -> str:
    """The text with hxxp for http: a terminal offers links to click, and a click tells the operator who looks."""
    return _WEB.sub(r"hxxp\1://", text)


def typed(*words: object) -> str:
    """The command line to type: `inconcert` and the words, quoted where a shell would take them apart."""
    return shlex.join(["inconcert", *map(str, words)])


def show(result: object, lines: Iterable[str], *, as_json: bool) -> None:
    """Print a result: as JSON (ASCII, so that nothing hides in it), or as lines, which are only made when needed."""
    if as_json:
        click.echo(json.dumps(plain(result), indent=2, allow_nan=False))
    else:
        for line in lines:
            click.echo(visible(line))


def complain(line: str) -> None:
    """Print one line on stderr."""
    click.echo(visible(f"inconcert: {line}"), err=True)


def plain(value: Any) -> Any:
    """The value in the types of JSON: dataclasses as objects, tables as lists of rows, times in RFC 3339, paths as text."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value) if field.repr}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str | int | float | bool | None):
        return value
    if hasattr(value, "to_pylist"):
        return plain(value.to_pylist())
    if hasattr(value, "item"):
        return value.item()
    if isinstance(value, Path):
        return str(value)
    return str(value)


def _hides(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")
