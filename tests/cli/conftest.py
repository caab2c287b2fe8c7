"""How tests run the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[2] / "src"
CALL = "from inconcert.cli import main; main()"

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def started(*arguments: str, program: str = CALL, **options: object) -> subprocess.Popen[str]:
    """The command line in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(SRC), "COLUMNS": "100"}
    return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
        [sys.executable, "-c", program, *arguments], env=environment, text=True, encoding="utf-8", **options
    )


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run a command in an empty folder; the finished process with its output."""

    def run(*arguments: str, program: str = CALL) -> subprocess.CompletedProcess[str]:
        process = started(
            *arguments, program=program, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )  # fmt: skip
        out, err = process.communicate()
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)

    return run
