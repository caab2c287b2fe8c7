"""What tests share: where the research data lie, and whether a skipped test may pass."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

# no test is timed: a loaded machine must not turn one red. In continuous integration every run tries the same examples.
hypothesis.settings.register_profile("inconcert", deadline=None, derandomize=bool(os.environ.get("CI")))
hypothesis.settings.load_profile("inconcert")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of research data; the test is skipped, with this reason, where it is absent."""
    folder = Path(os.environ.get("INCONCERT_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"shared data absent: no folder {folder}; set INCONCERT_DATA")
    return folder


@pytest.fixture(scope="session", autouse=True)
def state_of_the_user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What a user keeps between two calls lies in a folder of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Debian's Chromium, driven by Playwright: one for every test of a worker, which may not drive two at a time."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed: pip install 'inconcert[dev]'"
    )
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    options = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
    with playwright.sync_playwright() as p:
        running = p.chromium.launch(executable_path=program, args=options)
        yield running
        running.close()


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """With INCONCERT_NOTHING_SKIPPED, as in continuous integration, a skipped test fails the run: the data, the browser and
    Java are there, so a skip hides something."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("INCONCERT_NOTHING_SKIPPED") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
