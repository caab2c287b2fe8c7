"""One work of Inconcert in a process of its own, so that its CPU time and memory can be taken.

    python benchmarks/ours.py objects --actions CASE/data/*/actions.parquet --kind share --edges out.parquet

Works: `read` the columns a count needs and nothing else; count by `objects` (the sweep as detectors use it: first actions,
distinct objects), by `posts` (the sweep counting as the peer does: posts of the source, each way), by `sql` (the
reference, objects). Window 60 s, weight 2 or more, no object left out. The last line of the output is JSON: CPU seconds of
each phase, edges, and for the sweep the bytes of its input, of its output, and of what it took beyond both.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyarrow.dataset import dataset, field

from inconcert.detect.co_action import CoAction
from inconcert.detect.counts import CoActions
from inconcert.detect.layer import Layer
from inconcert.detect.load import load_layers
from inconcert.detect.scales import EVERY
from inconcert.detect.sweep import co_actions
from inconcert.engine.duckdb import DuckDB

WINDOW_S = 60
WINDOWS_US = (WINDOW_S * 1_000_000,)
MIN_WEIGHT = 2
SQL_MEMORY = "8GB"
"""DuckDB spills to disk beyond this."""


class Phases:
    """CPU seconds of this process from one mark to the next."""

    def __init__(self) -> None:
        self.cpu_s: dict[str, float] = {}
        self._last = 0.0

    def mark(self, phase: str) -> None:
        """The phase of that name ends here."""
        usage = resource.getrusage(resource.RUSAGE_SELF)
        now = usage.ru_utime + usage.ru_stime
        self.cpu_s[phase] = round(now - self._last, 3)
        self._last = now


def read(actions: list[Path], kind: str, phases: Phases) -> dict[str, Any]:
    """Account, object and time of the actions of one kind, as Arrow."""
    table = dataset(actions).to_table(columns=["account_id", "object_id", "time_us"], filter=field("kind") == kind)
    phases.mark("read")
    return {"rows": len(table)}


def sweep(
    actions: list[Path], kind: str, phases: Phases, edges: Path | None, posts: bool, min_weight: int
) -> dict[str, Any]:
    """Load the layer, count on it, write the edges with their ids."""
    layer = load_layers(actions, [kind], posts=posts)[kind]
    phases.mark("load")
    _count(layer.keep(layer.object < 0), posts, min_weight)
    phases.mark("warm up")
    before = _reset_peak()
    counted = _count(layer, posts, min_weight)
    extra = _peak() - before
    phases.mark("count")
    if edges is not None:
        ids = [counted.accounts.take(pa.array(codes)) for codes in (counted.source, counted.target)]
        _write(edges, *ids, pa.array(counted.n[:, 0]))
    phases.mark("write")
    sizes = {
        "input_bytes": sum(a.nbytes for a in (layer.account, layer.object, layer.time_us)),
        "output_bytes": sum(a.nbytes for a in (counted.source, counted.target, counted.n)),
    }
    return {"edges": len(counted), "actions": len(layer), "counting_bytes": extra, **sizes}


def sql(actions: list[Path], kind: str, phases: Phases, edges: Path | None, min_weight: int) -> dict[str, Any]:
    """The same edges from the reference query on DuckDB."""
    engine = DuckDB(memory_limit=SQL_MEMORY)
    engine.attach("actions", actions)
    found = CoAction(
        kind=kind, windows_s=(float(WINDOW_S),), untimed=False, min_objects=min_weight, max_accounts=EVERY
    ).edges(engine)
    phases.mark("count")
    if edges is not None:
        _write(edges, found["source"], found["target"], found[f"n_{WINDOWS_US[0]}us"])
    phases.mark("write")
    engine.close()
    return {"edges": len(found)}


def _count(layer: Layer, posts: bool, min_weight: int) -> CoActions:
    if posts:
        return co_actions(
            layer, WINDOWS_US, min_objects=min_weight, max_accounts=EVERY, untimed=False, actions="all", count="actions"
        )
    return co_actions(layer, WINDOWS_US, min_objects=min_weight, max_accounts=EVERY, untimed=False)


def _write(path: Path, source: pa.Array, target: pa.Array, weight: pa.Array) -> None:
    pq.write_table(pa.table({"source": source, "target": target, "weight": pc.cast(weight, pa.int64())}), path)


def _reset_peak() -> int:
    """Bytes resident now, from which the kernel counts the peak anew."""
    Path("/proc/self/clear_refs").write_text("5")
    return _status("VmRSS")


def _peak() -> int:
    return _status("VmHWM")


def _status(field: str) -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{field}:"))


def main() -> None:
    """The command line of the module's head."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", choices=("read", "objects", "posts", "sql"))
    parser.add_argument("--actions", type=Path, nargs="+", required=True, help="Parquet files of that table")
    parser.add_argument("--kind", choices=("share", "url", "text"), default="share")
    parser.add_argument(
        "--edges", type=Path, help="Parquet file to write the edges to; without it they are only counted"
    )
    parser.add_argument("--min-weight", type=int, default=MIN_WEIGHT)
    args = parser.parse_args()
    phases = Phases()
    phases.mark("start")
    if args.work == "read":
        found = read(args.actions, args.kind, phases)
    elif args.work == "sql":
        found = sql(args.actions, args.kind, phases, args.edges, args.min_weight)
    else:
        found = sweep(args.actions, args.kind, phases, args.edges, args.work == "posts", args.min_weight)
    sys.stdout.write(json.dumps({"work": args.work, "kind": args.kind, "cpu_s": phases.cpu_s, **found}) + "\n")


if __name__ == "__main__":
    main()
