"""Run the benchmark and write results.json and the tables of README.md.

    python benchmarks/run.py                                   # 100 k, 1 M and 10 M posts, the hot object, three rounds
    python benchmarks/run.py --posts 100000 --hot 0 --rounds 1 # a try in two minutes

A round is one run of ours and one of the peer for every work, in turn (A B A B ...). Edges are compared before a time is kept:
a difference ends the benchmark. A step that passes the limit is stopped and stands in the table as a lower bound.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import tables
from measure import Measured, measure
from peer import PACKAGE, VERSION, Peer

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parent / "src"
NETWORKS = {"share": "co_retweet", "url": "co_link", "text": "co_tweet"}
"""Kind of action -> the peer's name for its network."""
STAGES = ("detect", "cluster", "report")

Run = dict[str, Any]


class Different(Exception):
    """Two programs gave different edges."""


class Bench:
    """One set of posts and everything that is measured on it; results are kept after every step."""

    def __init__(self, data: Path, name: str, results: Path, limit_s: float) -> None:
        self._folder = data / name
        self._peer = Peer(data, self._folder)
        self._limit_s = limit_s
        self._results = results
        self._name = name
        self._case = self._folder / "case"
        self._stages: Run = {}

    def ingest(self) -> None:
        """Make the case whose actions are counted; the first step of `stages`."""
        shutil.rmtree(self._case, ignore_errors=True)
        self._inconcert("init", str(self._case))
        self._stages = {"ingest": self._inconcert("ingest", str(self._case), str(self._folder / "posts.csv"))}

    def counts(self, kind: str) -> None:
        """One round of one kind: ours, the peer, ours counting posts, reading alone, the SQL."""
        ours = self._ours("objects", kind)
        peer = self._peer_query(kind)
        self._same("objects", kind, peer)
        posts = self._ours("posts", kind)
        self._same("posts", kind, peer)
        read = self._ours("read", kind)
        sql = self._ours("sql", kind)
        if sql["finished"]:
            self._check(["--other", str(self._edges("sql", kind))], self._edges("objects", kind))
        self._keep(kind, {"ours": ours, "peer": peer, "posts": posts, "read": read, "sql": sql})

    def sweep(self, kind: str) -> None:
        """Both ways of counting, not kept."""
        for work in ("objects", "posts"):
            self._ours(work, kind)

    def hot(self) -> None:
        """One round of the hot object: ours and the SQL; then ours keeping every pair, for its memory."""
        ours, sql = self._ours("objects", "share"), self._ours("sql", "share")
        if sql["finished"]:
            self._check(["--other", str(self._edges("sql", "share"))], self._edges("objects", "share"))
        peer = self._peer_query("share")
        self._same("objects", "share", peer)
        every = self._ours("objects", "share", "--min-weight", "1", write=False)
        self._keep("share", {"ours": ours, "sql": sql, "peer": peer, "every": every})

    def load(self) -> None:
        """The peer's load alone."""
        self._loaded(self._peer.load(self._limit_s))

    def investigate(self) -> None:
        """One round of the whole: ours from CSV to report, the peer from CSV to its database."""
        case = self._folder / "whole-case"
        shutil.rmtree(case, ignore_errors=True)
        ours = self._inconcert("investigate", str(self._folder / "posts.csv"), "--case", str(case))
        peer = self._loaded(self._peer.load(self._limit_s))
        self._keep("whole", {"ours": ours | (self._found(case) if ours["finished"] else {}), "peer": peer})

    def stages(self) -> None:
        """The steps of an investigation after `ingest`, each by itself."""
        for stage in STAGES:
            self._stages[stage] = self._inconcert(stage, str(self._case))
            if not self._stages[stage]["finished"]:
                break
        self._keep("stages", self._stages)

    def _found(self, case: Path) -> Run:
        """Accounts above level L0: how many of the planted cells', how many others."""
        accounts = self._folder / "accounts.csv"
        accounts.unlink(missing_ok=True)
        self._inconcert("export", str(case), str(accounts))
        with (
            accounts.open(newline="", encoding="utf-8") as rows,
            (self._folder / "cells.csv").open(newline="") as truth,
        ):
            raised = {row["account_id"] for row in csv.DictReader(rows) if row["level"] != "L0"}
            planted = {row["account_id"] for row in csv.DictReader(truth)}
        return {
            "planted": len(planted),
            "planted_raised": len(planted & raised),
            "others_raised": len(raised - planted),
        }

    def _loaded(self, measured: Measured) -> Run:
        if measured.finished:
            self._peer.drop_empty_urls()
        return measured.as_dict()

    def _peer_query(self, kind: str) -> Run:
        return self._peer.query(NETWORKS[kind], self._limit_s).as_dict()

    def _edges(self, work: str, kind: str) -> Path:
        return self._folder / f"edges-{work}-{kind}.parquet"

    def _ours(self, work: str, kind: str, *more: str, write: bool = True) -> Run:
        parts = [str(path) for path in sorted(self._case.glob("data/*/actions.parquet"))]
        arguments = [work, "--actions", *parts, "--kind", kind, *more]
        arguments += ["--edges", str(self._edges(work, kind))] if write else []
        log = self._folder / f"ours-{work}-{kind}.log"
        measured = self._measure([str(HERE / "ours.py"), *arguments], log)
        last = json.loads(log.read_text().splitlines()[-1]) if measured.finished else {"cpu_s": {}}
        return {**measured.as_dict(), **last, "cpu_s": measured.cpu_s, "phases": last["cpu_s"]}

    def _inconcert(self, *arguments: str) -> Run:
        program = "import sys; from inconcert.cli import main; main(sys.argv[1:])"
        log = self._folder / f"inconcert-{arguments[0]}.log"
        return self._measure(["-c", program, *arguments], log).as_dict()

    def _measure(self, arguments: list[str], log: Path) -> Measured:
        env = {**os.environ, "PYTHONPATH": str(SOURCE)}
        return measure([sys.executable, *arguments], log, self._limit_s, env)

    def _same(self, work: str, kind: str, peer: Run) -> None:
        if peer["finished"]:
            directed = ["--directed"] if work == "posts" else []
            theirs = ["--peer", str(self._peer.database), "--network", NETWORKS[kind], *directed]
            self._check(theirs, self._edges(work, kind))

    def _check(self, theirs: list[str], ours: Path) -> None:
        command = [sys.executable, str(HERE / "compare.py"), str(ours), *theirs]
        said = subprocess.run(command, capture_output=True, text=True, check=False)
        if said.returncode:
            raise Different(f"{self._name}: {ours.name} and {theirs[1]} differ.\n{said.stdout}{said.stderr}")

    def _keep(self, work: str, round_: Run) -> None:
        """Add a round to the results."""
        times = ", ".join(f"{what} {run['cpu_s']:.1f} s" for what, run in round_.items())
        sys.stdout.write(f"{self._name} {work}: {times}\n")
        sys.stdout.flush()
        results = (
            json.loads(self._results.read_text()) if self._results.exists() else {"machine": machine(), "sets": {}}
        )
        results["sets"].setdefault(self._name, {}).setdefault(work, []).append(round_)
        self._results.write_text(json.dumps(results, indent=1) + "\n")


def compile_once(data: Path, seed: int, results: Path) -> None:
    """Run the sweep on a small set, so that no round pays for compiling it (numba keeps what it compiled)."""
    bench = Bench(data, generated(data, "--posts", 10_000, seed), results, float("inf"))
    bench.ingest()
    for kind in NETWORKS:
        bench.sweep(kind)


def machine() -> dict[str, Any]:
    """What the numbers were taken on."""
    info = Path("/proc/cpuinfo").read_text().splitlines()
    packages = ("duckdb", "numba", "numpy", "pyarrow")
    return {
        "cpu": next((line.partition(":")[2].strip() for line in info if line.startswith("model name")), "unknown"),
        "cores": os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "python": platform.python_version(),
        **{name: version(name) for name in packages},
        PACKAGE: VERSION,
    }


def generated(data: Path, option: str, posts: int, seed: int) -> str:
    """The name of a set, after it was written."""
    command = [sys.executable, str(HERE / "generate.py"), option, str(posts), "--seed", str(seed), "--data", str(data)]
    said = subprocess.run(command, check=True, capture_output=True, text=True)
    return Path(said.stdout.strip()).name


def main() -> None:
    """The command line of the module's head."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, nargs="*", default=[100_000, 1_000_000, 10_000_000])
    parser.add_argument("--hot", type=int, default=100_000, help="posts on the hot object; 0: leave it out")
    parser.add_argument(
        "--works", nargs="*", choices=("counts", "whole", "stages"), default=("counts", "whole", "stages")
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--limit", type=float, default=7_200, help="CPU seconds a step may use")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--data", type=Path, default=Path("build/benchmarks"))
    parser.add_argument("--results", type=Path, default=HERE / "results.json")
    parser.add_argument("--afresh", action="store_true", help="forget earlier results")
    args = parser.parse_args()
    if args.afresh:
        args.results.unlink(missing_ok=True)
    compile_once(args.data, args.seed, args.results)
    for posts in args.posts:
        name = generated(args.data, "--posts", posts, args.seed)
        bench = Bench(args.data, name, args.results, args.limit)
        if "counts" in args.works or "stages" in args.works:
            bench.ingest()
        for _ in range(args.rounds):
            if "whole" in args.works:
                bench.investigate()
            elif "counts" in args.works:
                bench.load()
            for kind in NETWORKS if "counts" in args.works else ():
                bench.counts(kind)
        if "stages" in args.works:
            bench.stages()
    if args.hot:
        bench = Bench(args.data, generated(args.data, "--hot", args.hot, args.seed), args.results, args.limit)
        bench.ingest()
        for _ in range(args.rounds):
            bench.load()
            bench.hot()
    tables.write(json.loads(args.results.read_text()), HERE / "README.md")


if __name__ == "__main__":
    main()
