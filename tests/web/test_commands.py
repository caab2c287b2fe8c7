"""What a page prints to be typed names the case as one word, whatever its folder is called."""

from __future__ import annotations

import html
import re
import shlex
import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web.addresses import addresses

from inconcert.case import Case, open_case

NAME = "the wave's end"


@pytest.fixture
def spaced(folder: Path, investigated_once: Path) -> Case:
    """A prepared case whose folder has blanks and an apostrophe in its name."""
    return open_case(shutil.copytree(investigated_once, folder / NAME))


def test_every_command_on_every_page_takes_the_folder_as_one_word(client: TestClient, spaced: Case) -> None:
    printed = [
        html.unescape(line)
        for name, address in addresses(spaced).items()
        if name != "start"  # it offers a case that does not exist yet
        for line in re.findall(r'"command"><code>(inconcert [^<]+)</code>', client.get(address).text)
    ]
    assert len({line.split()[1] for line in printed}) > 6
    words = [shlex.split(line) for line in printed]
    assert [line for line in words if NAME not in line and line[1] != "catalogue"] == []  # the register is of no case
