"""Write the posts of a benchmark: for Inconcert as CSV and Parquet, for its peer as CSV.

    python benchmarks/generate.py --posts 1000000 --seed 1 --data build/benchmarks
    python benchmarks/generate.py --hot 100000

Gives `<data>/<name>/` with posts.csv, posts.parquet, peer.csv (columns of coordination-network-toolkit 1.5.2) and cells.csv (the
planted truth). Ids are strings of digits, texts are in four scripts, about half of the
posts that are not shares have no link. Same arguments, same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

import strings
import world
from world import World

CHUNK = 250_000


def generate(data: Path, posts: int, seed: int, hot: bool = False) -> Path:
    """Write the set and return its folder; nothing is done when it is there already, made by this very code."""
    target = data / f"{'hot' if hot else 'posts'}-{posts}"
    stamp, done = _stamp(posts, seed, hot), target / "done"
    if done.exists() and done.read_text() == stamp:
        return target
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    made = world.make_hot_world(posts, seed) if hot else world.make_world(posts, seed)
    _write_cells(made, target / "cells.csv")
    _write_posts(made, target)
    done.write_text(stamp)
    return target


def _stamp(posts: int, seed: int, hot: bool) -> str:
    code = b"".join(Path(module).read_bytes() for module in (__file__, world.__file__, strings.__file__))
    return f"{posts} {seed} {hot} {hashlib.sha256(code).hexdigest()}\n"


def _write_posts(made: World, target: Path) -> None:
    first = next(_chunks(made, 1))
    with ExitStack() as stack:
        ours = stack.enter_context(pa.csv.CSVWriter(target / "posts.csv", _ours_csv(first).schema))
        parquet = stack.enter_context(
            pq.ParquetWriter(target / "posts.parquet", _ours(first).schema, compression="zstd")
        )
        peer = stack.enter_context(pa.csv.CSVWriter(target / "peer.csv", _peer(first).schema))
        for chunk in _chunks(made, CHUNK):
            ours.write_table(_ours_csv(chunk))
            parquet.write_table(_ours(chunk))
            peer.write_table(_peer(chunk))


def _chunks(made: World, size: int) -> Iterator[dict[str, pa.Array]]:
    """The columns of the posts, `size` posts at a time."""
    for start in range(0, len(made), size):
        row = np.arange(start, min(start + size, len(made)))
        account, share, url = made.account[row], made.share[row], made.url[row]
        text = strings.text_codes(row, share, made.text[row])
        yield {
            "post_id": strings.post_ids(made.time_s[row], row),
            "account_id": strings.account_ids(account),
            "time_s": pa.array(made.time_s[row]),
            "text": strings.texts(text, share),
            "shared_id": strings.shared_ids(share),
            "url": strings.urls(url),
            "second_url": strings.second_urls(row, url),
            "hashtags": strings.hashtags(row, share),
        }


def _ours(chunk: dict[str, pa.Array]) -> pa.Table:
    columns = {name: chunk[name] for name in ("post_id", "account_id")}
    columns["created_at"] = chunk["time_s"].cast(pa.timestamp("s", tz="UTC"))
    columns |= {name: chunk[name] for name in ("text", "shared_id")}
    columns["urls"] = strings.joined(chunk["url"], chunk["second_url"])
    columns["hashtags"] = chunk["hashtags"]
    return pa.table(columns)


def _ours_csv(chunk: dict[str, pa.Array]) -> pa.Table:
    table = _ours(chunk)
    iso = pc.replace_substring(table["created_at"].cast(pa.string()), " ", "T")
    return table.set_column(2, "created_at", iso)


def _peer(chunk: dict[str, pa.Array]) -> pa.Table:
    empty = pa.nulls(len(chunk["post_id"]), pa.string())
    handle = pc.binary_join_element_wise("u", chunk["account_id"], "")
    columns = {"message_id": chunk["post_id"], "user_id": chunk["account_id"], "username": handle}
    columns |= {"repost_id": chunk["shared_id"], "reply_id": empty, "message": chunk["text"]}
    return pa.table(columns | {"timestamp": chunk["time_s"], "urls": strings.joined(chunk["url"], chunk["second_url"])})


def _write_cells(made: World, path: Path) -> None:
    cells, members = made.cell_accounts.shape
    truth = pa.table(
        {
            "cell": np.repeat(np.arange(cells), members),
            "kind": pa.array(np.array(["share", "url", "text"])[np.repeat(np.arange(cells) % 3, members)]),
            "account_id": strings.account_ids(made.cell_accounts.ravel()),
        }
    )
    pa.csv.write_csv(truth, path)


def main() -> None:
    """The command line of the module's head."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    size = parser.add_mutually_exclusive_group(required=True)
    size.add_argument("--posts", type=int, help="posts of the ordinary set")
    size.add_argument("--hot", type=int, help="posts on one object within an hour")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--data", type=Path, default=Path("build/benchmarks"))
    args = parser.parse_args()
    target = generate(args.data, args.hot or args.posts, args.seed, hot=args.hot is not None)
    sys.stdout.write(f"{target}\n")


if __name__ == "__main__":
    main()
