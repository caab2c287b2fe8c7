"""CPU seconds and peak memory of a command with everything it starts, and a limit on the CPU it may use.

CPU is the kernel's account (`os.wait4`) of the child and of all descendants it waited for. Memory is the largest sum of
proportional set sizes over the child's process group, looked at every `SAMPLE_S`, and not below the kernel's own maximum of
one process. The caller should be a small process: a child inherits the size of its parent at the moment it is started.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Any

SAMPLE_S = 0.25
TICK_S = 1 / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Measured:
    """One run: CPU seconds (user + system), wall seconds, peak bytes; unfinished runs give lower bounds."""

    cpu_s: float
    wall_s: float
    peak_bytes: int
    finished: bool

    def as_dict(self) -> dict[str, Any]:
        """For results.json."""
        return asdict(self)


class CommandFailed(Exception):
    """The command ended with an error; the message holds the last lines of its output."""


def measure(
    command: Sequence[str],
    log: Path,
    cpu_limit_s: float = float("inf"),
    env: dict[str, str] | None = None,
    cwd: Path | None = None,
) -> Measured:
    """Run the command with its output in `log`; it is stopped when its CPU time exceeds the limit."""
    with log.open("wb") as output:
        began = monotonic()
        child = subprocess.Popen(
            command,
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            env=env,
            cwd=cwd,
            start_new_session=True,
        )
        peak, cpu_s = 0, 0.0
        while True:
            pid, status, usage = os.wait4(child.pid, os.WNOHANG)
            if pid:
                break
            memory, cpu_s = _group(child.pid)
            peak = max(peak, memory)
            if cpu_s > cpu_limit_s:
                os.killpg(child.pid, signal.SIGKILL)
                os.wait4(child.pid, 0)
                return Measured(cpu_s, monotonic() - began, peak, finished=False)
            sleep(SAMPLE_S if monotonic() - began > 1 else 0.02)
        wall_s = monotonic() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise CommandFailed(
            f"{' '.join(command)} ended with {child.returncode}:\n{log.read_text(errors='replace')[-2000:]}"
        )
    return Measured(usage.ru_utime + usage.ru_stime, wall_s, max(peak, usage.ru_maxrss * 1024), finished=True)


def _group(group: int) -> tuple[int, float]:
    """Bytes now and CPU seconds so far of the living processes of one process group and the children they reaped."""
    memory, ticks = 0, 0
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        with suppress(FileNotFoundError, ProcessLookupError):
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            if int(fields[2]) == group:
                ticks += sum(int(field) for field in fields[11:15])
                memory += _proportional_bytes(entry)
    return memory, ticks * TICK_S


def _proportional_bytes(process: Path) -> int:
    with suppress(PermissionError):
        for line in (process / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
