"""Run the peer, coordination-network-toolkit, by its own command line in a virtual environment of its own.

    python benchmarks/peer.py --set posts-1000000 --networks co_retweet,co_link,co_tweet

`load` is its `preprocess`; a query is its `compute` with a window of 60 s and weights of 2 or more, which includes the indexes
and the text normalisation it makes on first use. Between the two, rows with an empty URL can be deleted from its
database (not timed): the peer splits the empty field into one empty link and joins all posts without a link on it.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from measure import Measured, measure

PACKAGE = "coordination-network-toolkit"
VERSION = "1.5.2"
NETWORKS = ("co_retweet", "co_link", "co_tweet", "co_post")
WINDOW_S = 60
MIN_WEIGHT = 2

INDEXES = {
    "co_retweet": ("repost_user_time", "repost_time"),
    "co_link": ("url_message", "user_url"),
    "co_tweet": ("text_needs_processing", "non_repost_user_time", "message_content"),
    "co_post": ("user_time", "timestamp_user"),
}
"""The indexes each query makes when they are not there."""


class Peer:
    """The peer on one set of posts: `folder` holds peer.csv and gets its database."""

    def __init__(self, data: Path, folder: Path) -> None:
        self._python = install(data / "peer-env")
        self._folder = folder
        self.database = folder / "peer.sqlite"

    def load(self, cpu_limit_s: float = float("inf")) -> Measured:
        """Preprocess peer.csv into a fresh database."""
        for name in (self.database.name, f"{self.database.name}-wal", f"{self.database.name}-shm"):
            (self._folder / name).unlink(missing_ok=True)
        return self._run("load", ["preprocess", str(self._folder / "peer.csv")], cpu_limit_s)

    def drop_empty_urls(self) -> int:
        """Delete the links that are empty strings; gives their number."""
        with closing(sqlite3.connect(self.database)) as database, database:
            return database.execute("DELETE FROM message_url WHERE url = ''").rowcount

    def forget(self, network: str) -> None:
        """Undo what the query left behind, so that the next one pays for its indexes and texts again."""
        with closing(sqlite3.connect(self.database)) as database, database:
            for index in INDEXES[network]:
                database.execute(f"DROP INDEX IF EXISTS {index}")
            if network == "co_tweet":
                database.execute(
                    "UPDATE edge SET transformed_message = NULL, transformed_message_length = NULL, "
                    "transformed_message_hash = NULL"
                )

    def query(self, network: str, cpu_limit_s: float = float("inf")) -> Measured:
        """Compute one network."""
        options = ["--time_window", str(WINDOW_S), "--min_edge_weight", str(MIN_WEIGHT)]
        return self._run(network, ["compute", network, *options], cpu_limit_s)

    def edges(self, network: str) -> Iterator[tuple[str, str, int]]:
        """Its edges (user_1, user_2, weight) without self-matches, sorted; weight counts the posts of user_1 that matched."""
        query = f"SELECT user_1, user_2, weight FROM {network}_network WHERE user_1 <> user_2 ORDER BY user_1, user_2"
        with closing(sqlite3.connect(self.database)) as database:
            yield from database.execute(query)

    def _run(self, step: str, arguments: list[str], cpu_limit_s: float) -> Measured:
        command = [str(self._python), "-m", "coordination_network_toolkit", str(self.database), *arguments]
        return measure(command, self._folder / f"peer-{step}.log", cpu_limit_s)


def install(folder: Path) -> Path:
    """The interpreter of the peer's environment, made on first use."""
    python = folder / "bin" / "python"
    if not (folder / "installed").exists():
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", f"{PACKAGE}=={VERSION}"], check=True)
        (folder / "installed").touch()
    return python


def main() -> None:
    """The command line of the module's head: one line of JSON a step."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", required=True, help="name of a generated set, e.g. posts-1000000 or hot-100000")
    parser.add_argument("--networks", default="co_retweet,co_link,co_tweet")
    parser.add_argument("--data", type=Path, default=Path("build/benchmarks"))
    parser.add_argument("--limit", type=float, default=float("inf"), help="CPU seconds a step may use")
    parser.add_argument("--keep-empty-urls", action="store_true")
    parser.add_argument("--keep-database", action="store_true", help="do not load again")
    args = parser.parse_args()
    peer = Peer(args.data, args.data / args.set)

    def say(step: str, measured: Measured, **more: int) -> None:
        sys.stdout.write(json.dumps({"set": args.set, "step": step, **measured.as_dict(), **more}) + "\n")
        sys.stdout.flush()

    if not args.keep_database:
        loaded = peer.load(args.limit)
        say("load", loaded, database_bytes=peer.database.stat().st_size)
    if not args.keep_empty_urls:
        peer.drop_empty_urls()
    for network in args.networks.split(","):
        peer.forget(network)
        for step in (network, f"{network} again"):
            measured = peer.query(network, args.limit)
            say(step, measured, edges=sum(1 for _ in peer.edges(network)) if measured.finished else -1)
            if not measured.finished:
                break


if __name__ == "__main__":
    main()
