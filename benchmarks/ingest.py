"""What reading files into a case costs: beside DuckDB's own reader, and beside the peer's load of the same rows.

    python benchmarks/ingest.py   # everything, at 1 and 10 million posts; half an hour and 20 GB of disk
    python benchmarks/ingest.py --posts 100000 --rounds 1             # a try

The posts of generate.py are written as a table (CSV and Parquet), in the columns of Twitter's archive of information operations (CSV),
and as Reddit comments one JSON object a line (zstd). Ours is `inconcert ingest` into a new case, from the start of Python to the
sealed ledger: hashing the original, reading, rejects, normalised texts and links, posts, accounts, actions. DuckDB's is one
process that reads the same file with every column cast to its type and writes one Parquet file (zstd). The peer's is `preprocess` of
the same rows, up to a million: its time grows with the rows, and what ten million add is how much memory ours takes. CPU seconds
and memory as in measure.py. The table goes to README.md.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq
import zstandard

from generate import generate
from measure import Measured, measure
from peer import Peer

HERE = Path(__file__).resolve().parent
BEGIN, END = "<!-- ingest: written by ingest.py -->", "<!-- end of ingest -->"
RESULTS = HERE / "ingest.json"
CHUNK = 250_000
PEER_POSTS_MAX = 1_000_000
AIM_DUCKDB, AIM_PEER, AIM_BYTES = 2.5, 1 / 6, 1 << 30

ARCHIVE = (
    "tweetid", "userid", "user_display_name", "user_screen_name", "user_reported_location", "user_profile_description",
    "user_profile_url", "follower_count", "following_count", "account_creation_date", "account_language", "tweet_language",
    "tweet_text", "tweet_time", "tweet_client_name", "in_reply_to_userid", "in_reply_to_tweetid", "quoted_tweet_tweetid",
    "is_retweet", "retweet_userid", "retweet_tweetid", "latitude", "longitude", "quote_count", "reply_count", "like_count",
    "retweet_count", "hashtags", "urls", "user_mentions",
)  # fmt: skip
_TABLE_SQL = "post_id, account_id, CAST(created_at AS TIMESTAMPTZ) AS created_at, text, shared_id, urls, hashtags"
_ARCHIVE_SQL = ", ".join(
    f"CAST({name} AS BIGINT) AS {name}" if name.endswith("_count")
    else f"CAST({name} AS TIMESTAMP) AS {name}" if name in ("tweet_time", "account_creation_date")
    else f"CAST({name} AS BOOLEAN) AS {name}" if name == "is_retweet"
    else f"CAST({name} AS DOUBLE) AS {name}" if name in ("latitude", "longitude")
    else name
    for name in ARCHIVE
)  # fmt: skip
_REDDIT = {
    "id": "VARCHAR", "author": "VARCHAR", "author_fullname": "VARCHAR", "body": "VARCHAR", "created_utc": "BIGINT",
    "link_id": "VARCHAR", "parent_id": "VARCHAR", "subreddit": "VARCHAR", "score": "BIGINT", "retrieved_on": "BIGINT",
}  # fmt: skip
SQL = {
    "table CSV": f"SELECT {_TABLE_SQL} FROM read_csv('{{file}}', header = true, all_varchar = true, delim = ',', quote = '\"')",
    "archive CSV": f"SELECT {_ARCHIVE_SQL} FROM read_csv('{{file}}', header = true, all_varchar = true, delim = ',', quote = '\"')",
    "ndjson.zst": f"SELECT * FROM read_json('{{file}}', format = 'newline_delimited', compression = 'zstd', columns = {_REDDIT})",
    "Parquet": f"SELECT {_TABLE_SQL} FROM '{{file}}'",
}
"""What DuckDB reads, by kind of file."""
FILES = {
    "table CSV": "posts.csv",
    "archive CSV": "archive.csv",
    "ndjson.zst": "comments.ndjson.zst",
    "Parquet": "posts.parquet",
}


def write_layouts(folder: Path) -> None:
    """The archive and the comments beside the table; nothing is done when they are there."""
    done = folder / "layouts"
    if done.exists():
        return
    with (
        pa.csv.CSVWriter(folder / "archive.csv", pa.schema([(name, pa.string()) for name in ARCHIVE])) as archive,
        zstandard.open(folder / "comments.ndjson.zst", "wb") as comments,
    ):
        for table in _chunks(folder / "posts.parquet"):
            archive.write_table(_archive(table))
            comments.write(_comments(table))
    done.touch()


def _chunks(file: Path) -> Iterator[pa.Table]:
    with pq.ParquetFile(file) as posts:
        for batch in posts.iter_batches(CHUNK):
            yield pa.Table.from_batches([batch])


def _archive(table: pa.Table) -> pa.Table:
    n = len(table)
    share = table["shared_id"]
    same = {
        "user_reported_location": "Far Land", "user_profile_description": "a made-up account", "user_profile_url": "",
        "follower_count": "120", "following_count": "45", "account_creation_date": "2019-06-19", "account_language": "en",
        "tweet_language": "en", "tweet_client_name": "Twitter Web App", "latitude": "", "longitude": "", "quote_count": "0",
        "reply_count": "1", "like_count": "3", "retweet_count": "2", "in_reply_to_userid": "", "in_reply_to_tweetid": "",
        "quoted_tweet_tweetid": "", "retweet_userid": "", "user_mentions": "[]",
    }  # fmt: skip
    name = pc.binary_join_element_wise("u", table["account_id"], "")
    columns: dict[str, Any] = {field: pa.repeat(value, n) for field, value in same.items()} | {
        "tweetid": table["post_id"],
        "userid": table["account_id"],
        "user_display_name": name,
        "user_screen_name": name,
        "tweet_text": table["text"],
        "tweet_time": pc.strftime(table["created_at"], "%Y-%m-%d %H:%M"),
        "is_retweet": pc.if_else(share.is_valid(), "true", "false"),
        "retweet_tweetid": pc.fill_null(share, ""),
        "hashtags": _listed(table["hashtags"]),
        "urls": _listed(table["urls"]),
    }
    return pa.table({field: columns[field] for field in ARCHIVE})


def _listed(values: pa.ChunkedArray) -> pa.Array:
    """Lists as the archive writes them: ['a', 'b']."""
    quoted = pc.replace_substring(pc.fill_null(values, ""), " ", "', '")
    return pc.if_else(pc.equal(quoted, ""), "[]", pc.binary_join_element_wise("['", quoted, "']", ""))


def _comments(table: pa.Table) -> bytes:
    lines = []
    for row in table.select(["post_id", "account_id", "created_at", "text", "shared_id"]).to_pylist():
        parent = row["shared_id"] or row["post_id"]
        lines.append(
            json.dumps(
                {"id": row["post_id"], "author": f"u{row['account_id']}", "author_fullname": f"t2_{row['account_id']}", "body": row["text"],
                 "created_utc": int(row["created_at"].timestamp()), "link_id": f"t3_{parent}", "parent_id": f"t1_{parent}",
                 "subreddit": "made_up", "score": 3, "retrieved_on": int(row["created_at"].timestamp()) + 86_400},
                ensure_ascii=False,
            )
        )  # fmt: skip
    return ("\n".join(lines) + "\n").encode()


def ours(folder: Path, file: Path) -> Measured:
    """`inconcert ingest` into a new case."""
    case = folder / "case"
    shutil.rmtree(case, ignore_errors=True)
    inconcert = [sys.executable, "-c", "import sys; from inconcert.cli import main; sys.exit(main())"]
    subprocess.run([*inconcert, "init", str(case)], check=True, stdout=subprocess.DEVNULL)
    return measure([*inconcert, "ingest", str(case), str(file)], folder / "ours-ingest.log")


def duckdb(folder: Path, file: Path, kind: str) -> Measured:
    """One process: read, cast, write."""
    target = folder / "duckdb.parquet"
    query = f"COPY ({SQL[kind].replace('{file}', str(file))}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
    code = f"import duckdb; duckdb.sql('SET preserve_insertion_order = true'); duckdb.sql({query!r})"
    return measure([sys.executable, "-c", code], folder / "duckdb.log", env=dict(os.environ))


def main() -> None:
    """The command line of the module's head."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", default="1000000,10000000")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--kinds", default=",".join(FILES))
    parser.add_argument("--data", type=Path, default=Path("build/benchmarks"))
    args = parser.parse_args()
    found: dict[str, Any] = {}
    for posts in map(int, args.posts.split(",")):
        folder = generate(args.data, posts, seed=1)
        write_layouts(folder)
        loads = [Peer(args.data, folder).load() for _ in range(args.rounds if posts <= PEER_POSTS_MAX else 0)]
        for kind in args.kinds.split(","):
            file = folder / FILES[kind]
            pairs = [(ours(folder, file), duckdb(folder, file, kind)) for _ in range(args.rounds)]
            found[f"{posts} {kind}"] = {
                "posts": posts, "kind": kind, "bytes": file.stat().st_size,
                "ours": [one.as_dict() for one, _ in pairs], "duckdb": [other.as_dict() for _, other in pairs],
                "peer": [load.as_dict() for load in loads],
            }  # fmt: skip
            sys.stdout.write(_row(found[f"{posts} {kind}"]) + "\n")
            sys.stdout.flush()
            RESULTS.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    _into_readme(found)


def _row(one: dict[str, Any]) -> str:
    cpu = {who: median(run["cpu_s"] for run in one[who]) for who in ("ours", "duckdb")}
    to_duckdb = median(a["cpu_s"] / b["cpu_s"] for a, b in zip(one["ours"], one["duckdb"], strict=True))
    peak = max(run["peak_bytes"] for run in one["ours"])
    return (
        f"| {one['posts']:,} | {one['kind']} | {cpu['ours']:.1f} | {one['posts'] / cpu['ours']:,.0f} | "
        f"{cpu['duckdb']:.2f} | {to_duckdb:.1f} ({_yes(to_duckdb <= AIM_DUCKDB)}) | {_beside_peer(one)} | "
        f"{peak / (1 << 20):,.0f} MiB ({_yes(peak <= AIM_BYTES)}) |"
    )


def _beside_peer(one: dict[str, Any]) -> str:
    if not one["peer"]:
        return "not run | "
    cpu_s = median(run["cpu_s"] for run in one["peer"])
    ratio = median(a["cpu_s"] / b["cpu_s"] for a, b in zip(one["ours"], one["peer"], strict=True))
    return f"{cpu_s:.1f} | 1/{1 / ratio:.1f} ({_yes(ratio <= AIM_PEER)})"


def _yes(met: bool) -> str:
    return "met" if met else "**not met**"


def _into_readme(found: dict[str, Any]) -> None:
    lines = [
        "| posts | file | ours, CPU s | rows per CPU s | DuckDB, CPU s | ratio (aim ≤ 2.5) | peer's load, CPU s | ratio (aim ≤ 1/6) | "
        "peak memory (aim ≤ 1 GiB) |",
        "| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        *map(_row, found.values()),
    ]
    page = HERE / "README.md"
    text = page.read_text("utf-8")
    before, after = text.partition(BEGIN)[0], text.partition(END)[2]
    page.write_text(f"{before}{BEGIN}\n\n" + "\n".join(lines) + f"\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
