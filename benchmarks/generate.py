"""Write the posts of a benchmark: for Inconcert as CSV and Parquet, for its peer as CSV, and the actions they amount to.

    python benchmarks/generate.py --posts 1000000 --seed 1 --data build/benchmarks
    python benchmarks/generate.py --hot 100000

Gives `<data>/<name>/` with posts.csv, posts.parquet, peer.csv (columns of coordination-network-toolkit 1.5.2), actions.parquet
(schema.ACTIONS) and cells.csv (the planted truth). Ids are strings of digits, texts are in four scripts, about half of the
posts that are not shares have no link. Same arguments, same bytes.
"""

from __future__ import annotations

import argparse
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
from world import NONE, World

CHUNK = 250_000
ACTIONS = pa.schema(
    [pa.field(n, pa.string(), False) for n in ("account_id", "kind", "object_id", "post_id", "platform")]
    + [pa.field("time_us", pa.int64())]
)


def folder(data: Path, name: str) -> Path:
    """Where the set of that name lies."""
    return data / name


def set_name(posts: int, hot: bool = False) -> str:
    """Name of a set, e.g. posts-1000000 or hot-100000."""
    return f"{'hot' if hot else 'posts'}-{posts}"


def generate(data: Path, posts: int, seed: int, hot: bool = False) -> Path:
    """Write the set and return its folder; nothing is done when it is there already."""
    target = folder(data, set_name(posts, hot))
    if (target / "done").exists():
        return target
    target.mkdir(parents=True, exist_ok=True)
    made = world.make_hot_world(posts, seed) if hot else world.make_world(posts, seed)
    _write_cells(made, target / "cells.csv")
    _write_posts(made, target)
    (target / "done").touch()
    return target


def _write_posts(made: World, target: Path) -> None:
    first = next(_chunks(made, 1))
    with ExitStack() as stack:
        ours = stack.enter_context(pa.csv.CSVWriter(target / "posts.csv", _ours_csv(first).schema))
        parquet = stack.enter_context(
            pq.ParquetWriter(target / "posts.parquet", _ours(first).schema, compression="zstd")
        )
        peer = stack.enter_context(pa.csv.CSVWriter(target / "peer.csv", _peer(first).schema))
        actions = stack.enter_context(pq.ParquetWriter(target / "actions.parquet", ACTIONS, compression="zstd"))
        for chunk in _chunks(made, CHUNK):
            ours.write_table(_ours_csv(chunk))
            parquet.write_table(_ours(chunk))
            peer.write_table(_peer(chunk))
            actions.write_table(_actions(chunk))


def _chunks(made: World, size: int) -> Iterator[dict[str, pa.Array]]:
    """The posts as strings, `size` at a time; beside them the codes, for `_actions`."""
    for start in range(0, len(made), size):
        row = np.arange(start, min(start + size, len(made)))
        account, share, url = made.account[row], made.share[row], made.url[row]
        text = strings.text_codes(row, share, made.text[row])
        hashtags = strings.hashtags(row, share)
        yield {
            "post_id": strings.post_ids(made.time_s[row], row),
            "account_id": strings.account_ids(account),
            "time_s": pa.array(made.time_s[row]),
            "text": strings.texts(text, share),
            "text_hash": strings.text_hashes(text),
            "is_share": pa.array(share != NONE),
            "shared_id": strings.shared_ids(share),
            "url": strings.urls(url),
            "second_url": strings.second_urls(row, url),
            "hashtags": hashtags,
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


def _actions(chunk: dict[str, pa.Array]) -> pa.Table:
    own_text = pc.if_else(chunk["is_share"], None, chunk["text_hash"])
    pieces = [
        _kind(chunk, kind, objects)
        for kind, objects in (
            ("share", chunk["shared_id"]),
            ("url", chunk["url"]),
            ("url", chunk["second_url"]),
            ("text", own_text),
        )
    ]
    return pa.concat_tables(pieces)


def _kind(chunk: dict[str, pa.Array], kind: str, objects: pa.Array) -> pa.Table:
    keep = pc.is_valid(objects)
    time_us = pc.multiply(chunk["time_s"], 1_000_000)
    kept = [column.filter(keep) for column in (chunk["account_id"], objects, chunk["post_id"], time_us)]
    n = len(kept[0])
    columns = [kept[0], pa.repeat(kind, n), kept[1], kept[2], pa.repeat("synthetic", n), kept[3]]
    return pa.table(columns, schema=ACTIONS)


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
