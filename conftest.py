"""The documentation runs: what the blocks of README.md, CONTRIBUTING.md and docs/ say is tried out.

`console` blocks are run, command by command, and their output compared; "..." stands for text that may differ.
`python` blocks are run. Each page has an empty folder of its own to work in.
`sh` blocks hold what would take minutes, or change the machine: they are not run, but what they name must exist.
`sql` and `text` blocks belong to tests in tests/docs.
"""

from __future__ import annotations

import doctest
import fcntl
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import tomllib
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from sybil import Example, Sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser

ROOT = Path(__file__).resolve().parent
LONG = "inconcert demo"
"""The command that several pages begin with, and that takes a minute."""


def console(example: Example) -> None:
    """Run `$ command` lines in the page's folder; each must end well and print what follows it."""
    shown: list[tuple[str, list[str]]] = []
    for line in example.parsed.splitlines(keepends=True):
        if line.startswith("$ "):
            shown.append((line[2:].strip(), []))
        else:
            shown[-1][1].append(line)
    for command, lines in shown:
        folder = Path(example.namespace["folder"].name)
        once = run_once(command, folder, example.namespace["tmp_path_factory"]) if command == LONG else None
        done = once or run(command, folder)
        assert done.returncode == 0, f"$ {command}\n{done.stdout}{done.stderr}"
        told = "".join(lines)
        same = doctest.OutputChecker().check_output(told, done.stdout, doctest.ELLIPSIS)
        assert not told or same, f"$ {command}\n{done.stdout}\nbut the page says\n\n{told}"


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """What a shell prints for a command, in a terminal 100 columns wide."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return subprocess.run(
        command, shell=True, cwd=folder, env={**os.environ, "PATH": path, "COLUMNS": "100"},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip


def run_once(command: str, folder: Path, tmp: pytest.TempPathFactory) -> subprocess.CompletedProcess[str] | None:
    """The same, in a folder in which nothing lies yet: of all workers the first runs it, and the others get a copy of what it left and
    of what it printed. None where something lies in the folder, so that it must be run there."""
    if any(folder.iterdir()):
        return None
    shared = (tmp.getbasetemp().parent if "PYTEST_XDIST_WORKER" in os.environ else tmp.getbasetemp()) / "run-once"
    shared.mkdir(exist_ok=True)
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        left, printed = shared / "left", shared / "printed.json"
        if not printed.exists():
            left.mkdir()
            done = run(command, left)
            printed.write_text(json.dumps([done.returncode, done.stdout, done.stderr]), "utf-8")
        shutil.copytree(left, folder, dirs_exist_ok=True)
    return subprocess.CompletedProcess(command, *json.loads(printed.read_text("utf-8")))


def named(example: Example) -> None:
    """Every command of the block is one there is."""
    for line in example.parsed.splitlines():
        words = shlex.split(line, comments=True)
        assert not words or _there_is(words), f"no such command: {line}"


def _there_is(words: list[str]) -> bool:
    match words:
        case ["make", *targets]:
            rules = {line.split(":")[0] for line in (ROOT / "Makefile").read_text("utf-8").splitlines() if ":" in line}
            return {target for target in targets if "=" not in target} <= rules
        case ["python3" | "python", "-m", "pip", "install", what]:
            extras = what.partition("[")[2].rstrip("]").split(",")
            project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
            return what.partition("[")[0] == "." and set(extras) - {""} <= set(project["optional-dependencies"])
        case ["python", "-m", module, *_]:
            return find_spec(module) is not None
        case ["python", script, *_]:
            return (ROOT / script).is_file()
        case ["inconcert", verb, *options]:
            return _there_is_verb(verb, [option.partition("=")[0] for option in options if option.startswith("--")])
    return False


def _there_is_verb(verb: str, options: list[str]) -> bool:
    import click

    from inconcert.cli.command import inconcert

    with click.Context(inconcert) as context:
        command = inconcert.get_command(context, verb)
    return command is not None and set(options) <= {name for param in command.params for name in param.opts}


def set_up(namespace: dict[str, Any]) -> None:
    """An empty folder for the page, in which its Python runs as well."""
    namespace["folder"] = tempfile.TemporaryDirectory(prefix="inconcert-docs-")
    namespace["from"] = Path.cwd()
    os.chdir(namespace["folder"].name)


def tear_down(namespace: dict[str, Any]) -> None:
    """Leave the folder, and remove it."""
    os.chdir(namespace["from"])
    namespace["folder"].cleanup()


pytest_collect_file = Sybil(
    parsers=[
        PythonCodeBlockParser(doctest_optionflags=doctest.ELLIPSIS),
        CodeBlockParser("console", console),
        CodeBlockParser("sh", named),
    ],
    patterns=["README.md", "CONTRIBUTING.md", "docs/*.md", "docs/*/*.md"],
    path=str(ROOT),
    fixtures=["tmp_path_factory"],
    setup=set_up,
    teardown=tear_down,
).pytest()
