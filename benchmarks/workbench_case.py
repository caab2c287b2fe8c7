"""Make the case that the workbench is measured on, prepare it, and time every look-up.

    python benchmarks/workbench_case.py make                    # 1 M posts, about 200,000 accounts, 50 planted groups
    python benchmarks/workbench_case.py measure                 # prepare, then each look-up; prints a table

The case lies in `build/benchmarks/workbench-<posts>/case`; its runs are those of the command line. Posts are those of `world.py`, with
profiles: handle, name, date of creation, followers. Not every account of the pool posts, so the pool is larger than what is asked for.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

import generate
import world

POOL = 1.64
"""Accounts of the pool for every one that posts, at five posts an account."""
GROUPS = 50
STEPS = ("ingest", "detect", "cluster", "indicators")
ROUNDS = 7


def make(folder: Path, posts: int, seed: int) -> None:
    """Write the posts, and the case with its runs; prints how long each took."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    pool = round(POOL * posts / 5)
    made = world.make_world(posts, seed, accounts=pool, cells=GROUPS)
    file = folder / "posts.parquet"
    writer = None
    for chunk, account in zip(generate._chunks(made, generate.CHUNK), _accounts(made), strict=True):
        table = _with_profiles(generate._ours(chunk), account)
        writer = writer or pq.ParquetWriter(file, table.schema, compression="zstd")
        writer.write_table(table)
    if writer is not None:
        writer.close()
    case = folder / "case"
    _step("init", case)
    for step in STEPS:
        _step(step, case, *([str(file)] if step == "ingest" else []))


def _accounts(made: world.World) -> Iterator[np.ndarray[tuple[int], np.dtype[np.int64]]]:
    for start in range(0, len(made), generate.CHUNK):
        yield made.account[start : start + generate.CHUNK]


def _with_profiles(posts: pa.Table, account: np.ndarray[tuple[int], np.dtype[np.int64]]) -> pa.Table:
    """The posts with what their accounts show."""
    number = pa.array(account)
    created_s = pa.array(world.START_S - 86_400 * (1 + account * 7_919 % 3_000))
    profile = {
        "handle": pc.binary_join_element_wise("user_", number.cast(pa.string()), ""),
        "display_name": pc.binary_join_element_wise("User", number.cast(pa.string()), " "),
        "account_created_at": created_s.cast(pa.timestamp("s", tz="UTC")),
        "followers": pa.array(account * 104_729 % 20_011),
    }
    for name, column in profile.items():
        posts = posts.append_column(name, column)
    return posts


def _step(verb: str, case: Path, *more: str) -> None:
    began = time.monotonic()
    subprocess.run([sys.executable, "-c", "from inconcert.cli import main; main()", verb, str(case), *more], check=True)
    sys.stdout.write(f"{verb}: {time.monotonic() - began:.0f} s\n")
    sys.stdout.flush()


def measure(folder: Path) -> None:
    """Prepare the case if it is not, and print what each look-up takes: the first time, and the medians of ROUNDS further ones."""
    from inconcert.case import open_case
    from inconcert.verbs import look
    from inconcert.verbs.prepare import prepare
    from inconcert.verbs.record import record
    from inconcert.verbs.search import search

    case = open_case(folder / "case")
    began = time.monotonic()
    view = prepare(case)
    sys.stdout.write(f"prepare: {time.monotonic() - began:.1f} s, {time.process_time():.1f} s of processor time\n")
    data = look.network_data(view)
    node, edge = data["nodes"]["key"], data["edges"]
    busiest = view.rows("SELECT key FROM accounts ORDER BY n_posts DESC, account LIMIT 1")[0]["key"]
    middle = view.rows("SELECT import_id, row_ref, text FROM posts WHERE post = (SELECT max(post) // 2 FROM posts)")[0]
    pair = node[edge["source"][0]], node[edge["target"][0]]
    word = middle["text"].split()[-1]
    asked: dict[str, Callable[[], object]] = {
        "overview": lambda: look.overview(view),
        "network_data": lambda: look.network_data(view),
        "groups": lambda: look.groups(view),
        "group": lambda: look.group(view, "G1"),
        "members": lambda: look.members(view, "G1"),
        "objects": lambda: look.objects(view, "G1"),
        "members_days": lambda: look.members_days(view, "G1", zone="Asia/Shanghai"),
        "activity, whole": lambda: look.activity(view, zone="Europe/Kyiv"),
        "activity, account": lambda: look.activity(view, node[0]),
        "account": lambda: look.account(view, node[0]),
        "account, busiest": lambda: look.account(view, busiest),
        "posts of an account": lambda: look.account_posts(view, node[0]),
        "posts of the busiest": lambda: look.account_posts(view, busiest),
        "partners": lambda: look.partners(view, node[0]),
        "edge": lambda: look.edge(view, *pair),
        "edge, insignificant": lambda: look.edge(view, node[0], busiest),
        "post": lambda: look.post(view, middle["import_id"], middle["row_ref"]),
        "search, a word": lambda: search(case, [word]),
        "search, part of a word": lambda: search(case, [f"*{word[:3]}*"]),
        "search, three words": lambda: search(case, middle["text"].split()[:3]),
        "search, a word and not another": lambda: search(case, [word, f"-{middle['text'].split()[0]}"]),
        "search, a hashtag": lambda: search(case, [], hashtag=["tag1"]),
        "search, a group": lambda: search(case, [f"{word[:1]}*"], group="G1"),
        "raw record": lambda: record(case, middle["import_id"], middle["row_ref"]),
    }
    for name, ask in asked.items():
        rounds = 1 if name == "raw record" else ROUNDS
        first, *again = (_took_ms(ask) for _ in range(1 + rounds))
        wall_ms, cpu_ms = (statistics.median(each) for each in zip(*again, strict=True))
        sys.stdout.write(f"{name:32} {first[0]:8.0f} ms {wall_ms:8.0f} ms {cpu_ms:8.0f} ms of processor time\n")
        sys.stdout.flush()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"network: {len(node):,} accounts, {len(edge['q']):,} edges\npeak memory: {peak:.0f} MiB\n")


def _took_ms(ask: Callable[[], object]) -> tuple[float, float]:
    """(wall, processor) milliseconds; a machine at work makes the former longer."""
    began, worked = time.perf_counter(), time.process_time()
    ask()
    return (time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000


def main() -> None:
    """The command line of the module's head."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("make", "measure"))
    parser.add_argument("--posts", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--data", type=Path, default=Path("build/benchmarks"))
    args = parser.parse_args()
    folder = args.data / f"workbench-{args.posts}"
    if args.what == "make":
        make(folder, args.posts, args.seed)
    else:
        measure(folder)


if __name__ == "__main__":
    main()
