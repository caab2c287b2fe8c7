"""docs/place.md: its commands, on a generated case at L3, print what the page says."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.verbs.located_case import made_located

from inconcert.cli.command import inconcert
from inconcert.cli.outcome import Outcome

PAGE = Path(__file__).resolve().parents[2] / "docs" / "place.md"


def test_the_commands_print_what_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    made_located(tmp_path / "my-case")
    for name in ("avatar.png", "street.png"):
        (tmp_path / name).write_bytes(name.encode())
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"^```sh\n(.*?)^```\n\n```text\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert len(blocks) == PAGE.read_text("utf-8").count("```sh") == 4
    for commands, told in blocks:
        printed = ""
        for line in commands.splitlines():
            done = CliRunner().invoke(inconcert, shlex.split(line)[1:], obj=Outcome())
            assert done.exit_code == 0, (line, done.output, done.exception)
            printed += done.stdout
        assert doctest.OutputChecker().check_output(told, printed, doctest.ELLIPSIS), printed
