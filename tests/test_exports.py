"""What the package offers at its front door."""

from __future__ import annotations

import importlib
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import inconcert
from inconcert.cli.command import VERBS

SRC = Path(__file__).resolve().parent.parent / "src"
HEAVY = (
    "altair",
    "click",
    "duckdb",
    "jinja2",
    "networkit",
    "numba",
    "numpy",
    "pyarrow",
    "rich",
    "scipy",
    "starlette",
    "uvicorn",
)


def in_a_fresh_python(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program], env={"PYTHONPATH": str(SRC)}, text=True, capture_output=True, check=True
    )
    return done.stdout


def test_the_names_are_these_and_no_others():
    assert inconcert.__all__ == [
        "Case", "InconcertError", "Run", "__version__", "actors", "add", "add_indicators", "add_note", "attribute", "catalogue", "changes", "check", "choose", "claims", "cluster", "compare", "copies", "demo", "describe", "detect",
        "detectors", "entities", "explain", "export", "hunt", "indicators", "ingest", "init", "investigate", "judge", "judgements", "keep_set", "link", "locate", "notes", "open_case",
        "prepare", "rejects", "report", "retract", "search", "serve", "set_named", "sets", "sources", "verify", "withdraw",
    ]  # fmt: skip
    assert set(inconcert.__all__) <= set(dir(inconcert))
    with pytest.raises(AttributeError, match="no attribute 'detcet'"):
        inconcert.detcet  # noqa: B018


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb != "schema"])
def test_every_verb_of_the_command_line_is_a_function(verb: str):
    home = "web" if verb == "serve" else "verbs"
    assert getattr(inconcert, verb) is getattr(importlib.import_module(f"inconcert.{home}.{verb}"), verb)
    assert inspect.isfunction(getattr(inconcert, verb))


@pytest.mark.parametrize("name", [name for name in inconcert.__all__ if name != "__version__"])
def test_every_name_can_be_asked_for(name: str):
    assert getattr(inconcert, name).__name__ == name


def test_schema_is_the_module_of_the_tables():
    from inconcert import schema

    assert inspect.ismodule(schema)
    assert "edges" in schema.TABLES


@pytest.mark.parametrize("first", ["inconcert.detect.layer", "inconcert.verbs.investigate", "inconcert.report"])
def test_a_room_that_is_imported_does_not_hide_the_verb_of_its_name(first: str):
    program = (
        f"import {first}, inconcert; from inconcert import report; print(inconcert.detect.__name__, report.__name__)"
    )
    assert in_a_fresh_python(program) == "detect report\n"


def test_asking_for_nothing_loads_nothing():
    program = f"import inconcert, sys; print([name for name in {HEAVY!r} if name in sys.modules])"
    assert in_a_fresh_python(program) == "[]\n"
