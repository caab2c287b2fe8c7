"""`inconcert serve` in a process of its own, which a test may kill."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

SRC = Path(__file__).resolve().parents[2] / "src"


@dataclass(frozen=True)
class Served:
    """A server.   url: without a slash at its end."""

    url: str
    process: subprocess.Popen[str]

    def kill(self) -> None:
        """At once, as a power cut does."""
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()

    def end(self) -> None:
        """As Ctrl-C does."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.communicate(timeout=30)
            except subprocess.TimeoutExpired:
                self.kill()


def served(folder: Path, *, environment: dict[str, str] | None = None) -> Served:
    """Serve a folder at a port that is free. RuntimeError with what the server said when it does not start."""
    process = subprocess.Popen(
        [sys.executable, "-m", "inconcert", "serve", "--no-open", "--port", "0"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(SRC), **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        start_new_session=True,
    )
    if process.stdout is None:
        raise RuntimeError("a server without a pipe")
    said = process.stdout.readline()
    address = re.search(r"http://127\.0\.0\.1:\d+", said)
    if address is None:
        raise RuntimeError(said + process.communicate()[0])
    return Served(address[0], process)
