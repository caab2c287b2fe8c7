"""Near-duplicate texts: cost beside datasketch, recall beside the exact join, growth and memory with heavy templates.

    python benchmarks/near_text.py                                       # everything; an hour, mostly the exact join
    python benchmarks/near_text.py --peer 5000 --recall 20000 --many 100000 # a try in two minutes

Every measurement is a process of its own on texts written before it (near_world.py). CPU seconds are those of the call, after
the program has started and read its texts; memory is the peak of the whole process. The tables go to README.md.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from measure import measure

HERE = Path(__file__).resolve().parent
BEGIN, END = "<!-- near-duplicates: written by near_text.py -->", "<!-- end of near-duplicates -->"
PERMUTATIONS = 128
THRESHOLD = 0.5
_FEW = 100_000

Answer = dict[str, Any]


def make(file: Path, n: int, seed: int, templates: bool) -> None:
    """Write n distinct texts."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from near_world import texts

    column = pa.chunked_array(texts(n, seed, templates)).unique()
    file.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table({"text": column}), file)


def ours(read: Callable[[], Any]) -> Answer:
    """`near_text`, each text once; for few texts again, when tables are made and compiled code is loaded."""
    import numpy as np

    from inconcert.copies.near_text import near_text

    texts = read()
    weight = np.ones(len(texts), np.int64)
    spent = []
    for _ in range(1 if len(texts) > _FEW else 2):
        began = time.process_time()
        found = near_text(texts, weight)
        spent.append(time.process_time() - began)
    size = np.bincount(found.cluster[found.cluster >= 0])
    return {
        "cpu_s": spent[-1],
        "first_s": spent[0],
        "texts": len(texts),
        "clusters": len(size),
        "largest": int(size.max()),
        "inside": int(size.sum()),
    }


def peer(read: Callable[[], Any]) -> Answer:
    """datasketch: MinHash, MinHashLSH, and its candidates verified. Sets of shingles are made beforehand, and not counted."""
    import pyarrow as pa
    from datasketch import MinHash, MinHashLSH

    from inconcert.copies.comparable import comparables
    from inconcert.copies.texts import texts_of

    forms = pa.array(dict.fromkeys(comparables(read()).to_pylist()))
    width = texts_of(forms).width.tolist()
    sets = [
        {form[i : i + size].encode() for i in range(len(form) - size + 1)}
        for form, size in zip(forms.to_pylist(), width, strict=True)
        if size
    ]
    began = time.process_time()
    lsh = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    pairs, candidates = [], 0
    for i, sketch in enumerate(MinHash.generator(sets, num_perm=PERMUTATIONS)):
        for j in lsh.query(sketch):
            candidates += 1
            if len(sets[i] & sets[j]) >= THRESHOLD * len(sets[i] | sets[j]):
                pairs.append((j, i))
        lsh.insert(i, sketch)
    return {"cpu_s": time.process_time() - began, "pairs": len(pairs), "candidates": candidates}


def recall(read: Callable[[], Any]) -> Answer:
    """The exact join beside the bands: how many of its pairs end up together, before chains are cut and after."""
    import numpy as np

    from inconcert.copies.bands import join_by_bands
    from inconcert.copies.comparable import comparables
    from inconcert.copies.components import join_pairs, roots
    from inconcert.copies.exact_join import exact_join
    from inconcert.copies.forms import distinct_forms
    from inconcert.copies.stars import stars
    from inconcert.copies.texts import short_dense, texts_of
    from inconcert.copies.verify import FLOOR
    from inconcert.progress import silent

    forms, _ = distinct_forms(comparables(read()))
    texts = texts_of(forms)
    narrow, rank = short_dense(texts, FLOOR), np.arange(len(forms))
    began = time.process_time()
    left, right = exact_join(texts)
    exact_s = time.process_time() - began
    parents = [np.arange(len(forms), dtype=np.int32) for _ in range(2)]
    join_pairs(parents[0], left, right)
    began = time.process_time()
    join_by_bands(texts, parents[1], silent)
    bands_s = time.process_time() - began
    exact, found = map(roots, parents)
    exact_stars, found_stars = (stars(texts, narrow, root, rank)[0] for root in (exact, found))
    kept = exact_stars[left] == exact_stars[right]
    return {
        "forms": len(forms), "pairs": len(left), "exact_s": exact_s, "bands_s": bands_s,
        "joined": float((found[left] == found[right]).mean()),
        "kept": float(kept.mean()),
        "together": float((found_stars[left] == found_stars[right])[kept].mean()),
    }  # fmt: skip


WORKS: dict[str, Callable[[Callable[[], Any]], Answer]] = {"ours": ours, "peer": peer, "recall": recall}


def work(name: str, file: Path) -> None:
    """One measurement, in a process of its own; prints its answer."""

    def read() -> Any:
        import pyarrow.parquet as pq

        return pq.read_table(file)["text"].combine_chunks()

    sys.stdout.write(json.dumps(WORKS[name](read)) + "\n")


def measured(name: str, file: Path) -> Answer:
    """Its answer, and the peak memory of its process."""
    log = file.with_suffix(f".{name}.log")
    run = measure([sys.executable, __file__, "--work", name, str(file)], log)
    answer: Answer = json.loads(log.read_text().splitlines()[-1])
    sys.stdout.write(f"{name} {file.name}: {answer}, {run.peak_bytes / 2**20:,.0f} MiB\n")
    sys.stdout.flush()
    return {**answer, "process_s": run.cpu_s, "peak_mib": run.peak_bytes / 2**20}


def report(few: list[tuple[Answer, Answer]], exact: Answer, many: list[Answer]) -> str:
    """The tables."""
    ratios = sorted(mine["cpu_s"] / theirs["cpu_s"] for mine, theirs in few)
    ratio, (mine, theirs) = ratios[len(ratios) // 2], few[-1]
    rows = [
        (f"{mine['texts']:,} texts, against datasketch {version('datasketch')}: CPU s", f"{mine['cpu_s']:.2f}",
         f"{theirs['cpu_s']:.2f}, 1/{1 / ratio:.1f}", "≤ 1/5", ratio <= 1 / 5),
        ("— the first call of a process, which loads compiled code and makes tables", f"{mine['first_s']:.2f}",
         f"{theirs['cpu_s']:.2f}, 1/{theirs['cpu_s'] / mine['first_s']:.1f}", "", None),
        (f"{exact['forms']:,} forms: pairs of the exact join that are joined", f"{exact['joined']:.5f}",
         f"{exact['pairs']:,} pairs", "≥ 0.999", exact["joined"] >= 0.999),
        ("— of those in one cluster after the exact join: in one cluster", f"{exact['together']:.5f}",
         f"{exact['kept']:.3f} of the pairs", "≥ 0.999", exact["together"] >= 0.999),
        ("— CPU s", f"{exact['bands_s']:.1f}", f"{exact['exact_s']:.0f}", "", None),
        (f"{many[-1]['texts']:,} texts with heavy templates: CPU s", f"{many[-1]['cpu_s']:.1f}", "582 (pairwise prototype)",
         "≤ 58", many[-1]["cpu_s"] <= 58),
        ("— peak memory", f"{many[-1]['peak_mib'] / 1024:.2f} GiB", "7 GB", "≤ 4 GiB", many[-1]["peak_mib"] <= 4096),
    ]  # fmt: skip
    table = ["| work | ours | against | aim | met |", "| --- | ---: | ---: | ---: | --- |"]
    table += [f"| {a} | {b} | {c} | {d} | {'' if e is None else 'yes' if e else '**no**'} |" for a, b, c, d, e in rows]
    table += ["", "| texts | in clusters | clusters | largest | CPU s | µs a text | peak memory |", "| ---: " * 7 + "|"]
    table += [
        f"| {run['texts']:,} | {run['inside']:,} | {run['clusters']:,} | {run['largest']:,} | {run['cpu_s']:.1f} "
        f"| {run['cpu_s'] / run['texts'] * 1e6:.1f} | {run['peak_mib']:,.0f} MiB |"
        for run in many
    ]
    return "\n".join(table)


def main() -> None:
    """The command line of the module's head."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer", type=int, default=20_000, help="texts for the comparison with datasketch")
    parser.add_argument("--recall", type=int, default=500_000, help="texts for the exact join")
    parser.add_argument("--many", type=int, default=5_000_000, help="texts with templates; half as many before them")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--data", type=Path, default=Path("build/benchmarks"))
    parser.add_argument("--work", nargs=2, metavar=("NAME", "FILE"), help="one measurement, as this program starts it")
    args = parser.parse_args()
    if args.work:
        work(args.work[0], Path(args.work[1]))
        return

    def texts(n: int, templates: bool) -> Path:
        file = args.data / f"near-{n}-{'templates' if templates else 'clusters'}-{args.seed}.parquet"
        if not file.exists():  # in a process of its own: measurements inherit the size of this one
            what = f"near_text.make(near_text.Path({str(file)!r}), {n}, {args.seed}, {templates})"
            subprocess.run(
                [sys.executable, "-c", f"import near_text; {what}"],
                check=True,
                env={**os.environ, "PYTHONPATH": str(HERE)},
            )
        return file

    measured("ours", texts(3_000, True))  # numba keeps what it compiles here
    few = [(measured("ours", file), measured("peer", file)) for file in [texts(args.peer, False)] * args.rounds]
    exact = measured("recall", texts(args.recall, False))
    many = [measured("ours", texts(n, True)) for n in (args.many // 2, args.many)]
    readme = HERE / "README.md"
    before, _, rest = readme.read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    readme.write_text(f"{before}{BEGIN}\n\n{report(few, exact, many)}\n\n{END}{after}", "utf-8")


if __name__ == "__main__":
    main()
