"""Are two lists of edges the same? Prints the first differences and ends with status 1 when they are not.

    python benchmarks/compare.py ours.parquet --peer peer.sqlite --network co_link [--directed]
    python benchmarks/compare.py ours.parquet --other sql.parquet

The peer's self-matches are left out. It lists a pair once each way; so do ours when they count posts (`--directed`), otherwise
each of our pairs must be there both ways with our weight.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

_BATCH = 200_000


def peer_edges(database: Path, network: str) -> pa.Table:
    """source, target, weight as the peer's database lists them, without self-matches."""
    names = ["source", "target", "weight"]
    schema = pa.schema([("source", pa.string()), ("target", pa.string()), ("weight", pa.int64())])
    batches = []
    with closing(sqlite3.connect(database)) as connection:
        cursor = connection.execute(f"SELECT user_1, user_2, weight FROM {network}_network WHERE user_1 <> user_2")
        while rows := cursor.fetchmany(_BATCH):
            columns = [list(column) for column in zip(*rows, strict=True)]
            batches.append(pa.record_batch(dict(zip(names, columns, strict=True)), schema=schema))
    return pa.Table.from_batches(batches, schema=schema)


def both_ways(edges: pa.Table) -> pa.Table:
    """Each edge and its mirror image."""
    mirrored = pa.table({"source": edges["target"], "target": edges["source"], "weight": edges["weight"]})
    return pa.concat_tables([edges, mirrored])


def differences(ours: pa.Table, theirs: pa.Table, most: int = 5) -> list[str]:
    """Edges only one side has, with their weights, at most `most` of each side; empty when both are the same."""
    connection = duckdb.connect()
    connection.register("ours", ours)
    connection.register("theirs", theirs)
    found = []
    for here, there in (("ours", "theirs"), ("theirs", "ours")):
        query = f"SELECT * FROM {here} EXCEPT ALL SELECT * FROM {there} ORDER BY ALL LIMIT {most}"
        found += [f"only in {here}: {s} {t} weight {w}" for s, t, w in connection.execute(query).fetchall()]
    return found


def main() -> None:
    """The command line of the module's head."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ours", type=Path)
    theirs = parser.add_mutually_exclusive_group(required=True)
    theirs.add_argument("--peer", type=Path)
    theirs.add_argument("--other", type=Path)
    parser.add_argument("--network")
    parser.add_argument("--directed", action="store_true")
    args = parser.parse_args()
    ours = pq.read_table(args.ours)
    if args.other:
        found = differences(ours, pq.read_table(args.other))
    else:
        found = differences(ours if args.directed else both_ways(ours), peer_edges(args.peer, args.network))
    if found:
        sys.stdout.write("\n".join(found) + "\n")
        raise SystemExit(1)
    sys.stdout.write(f"same: {len(ours)} edges\n")


if __name__ == "__main__":
    main()
