"""An import that is killed at random moments and started again gives, byte for byte, the tables of one that never was.

By hand, at any size: `python -m tests.verbs.killed_import --rows 5000000 --kills 5 --folder FOLDER`
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from inconcert.case import create_case, open_case
from inconcert.verbs.verify import verify

SRC = Path(__file__).resolve().parents[2] / "src"
CALL = "from inconcert.cli import main; main()"
START = datetime(2026, 5, 1, tzinfo=UTC)


def write_rows(file: Path, rows: int, seed: int = 1) -> Path:
    """A CSV of posts: shares, links, some without an author, some of another width, some met again or edited."""
    chance = random.Random(seed)
    with file.open("w", encoding="utf-8", newline="") as out:
        out.write("id,author,created_at,text,retweeted_id\r\n")
        out.writelines(_line(number, chance) for number in range(rows))
    return file


def _line(number: int, chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.01:
        return f"{number},a row of another width\r\n"
    id = number if kind < 0.97 or not number else chance.randrange(number)
    author = "" if kind > 0.995 else f"u{id % 5003}"
    moment = (START + timedelta(seconds=id % 600_000)).strftime("%Y-%m-%dT%H:%M:%SZ")
    text = f'"Post {id}, in ""quotes"", about\nhttps://example.org/{id % 997} #t{id % 31}{" edited" if kind > 0.99 else ""}"'
    return f"{10**17 + id},{author},{moment},{text},{10**17 + id // 7 if id % 3 == 0 and id else ''}\r\n"


def hashes(case: Path) -> dict[str, str]:
    """SHA-256 of every table that was read into a case."""
    return {
        path.relative_to(case).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((case / "data").rglob("*.parquet"))
    }


def started(case: Path, file: Path) -> subprocess.Popen[bytes]:
    """The import in a process of its own."""
    command = [sys.executable, "-c", CALL, "ingest", str(case), str(file), "--json"]
    environment = {**os.environ, "PYTHONPATH": str(SRC)}
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment)


def uninterrupted(case: Path, file: Path) -> float:
    """Make a case with the file in it; seconds that the import took."""
    create_case(case, now=START)
    begun = time.monotonic()
    process = started(case, file)
    _, complaint = process.communicate()
    if process.returncode:
        raise RuntimeError(complaint.decode())
    return time.monotonic() - begun


def killed(case: Path, file: Path, moments_s: list[float]) -> Iterator[float]:
    """Make a case, import the file, kill the import so many seconds after each start, and let the last one finish.

    Gives the moment of each kill. RuntimeError when the case is not whole after one, or an import fails.
    """
    create_case(case, now=START)
    for moment_s in [*moments_s, None]:
        process = started(case, file)
        try:
            _, complaint = process.communicate(timeout=moment_s)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.communicate()
            with open_case(case).lock():
                pass
            found = verify(open_case(case), recompute=False)
            if not found.intact:
                raise RuntimeError(f"after a kill at {moment_s:.2f} s: {found.faults}") from None
            yield moment_s or 0.0
        else:
            if process.returncode:
                raise RuntimeError(complaint.decode())


def main() -> None:
    """Kill one import several times, and say whether the tables are the same."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=5_000_000)
    options.add_argument("--kills", type=int, default=5)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--folder", type=Path, required=True)
    asked = options.parse_args()
    asked.folder.mkdir(parents=True)
    file = write_rows(asked.folder / "posts.csv", asked.rows, asked.seed)
    whole_s = uninterrupted(asked.folder / "whole", file)
    print(f"{asked.rows:,} rows, {file.stat().st_size:,} bytes: {whole_s:.0f} s uninterrupted", flush=True)
    chance = random.Random(asked.seed)
    for moment_s in killed(asked.folder / "killed", file, [chance.uniform(0, whole_s) for _ in range(asked.kills)]):
        print(f"killed after {moment_s:.1f} s", flush=True)
    expected, found = hashes(asked.folder / "whole"), hashes(asked.folder / "killed")
    for name, digest in expected.items():
        print(f"{'same     ' if found.get(name) == digest else 'DIFFERENT'} {digest[:16]} {name}")
    sys.exit(found != expected)


if __name__ == "__main__":
    main()
