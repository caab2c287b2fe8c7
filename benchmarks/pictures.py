"""What it costs to describe and group pictures, what is found of their copies, and what is joined that should not be.

    python benchmarks/pictures.py                                    # 500 originals with 7 edits each, 20 k distinct pictures
    python benchmarks/pictures.py --originals 40 --distinct 1000     # a try in a minute

Beside it, on the same files in the same run, the 64-bit phash of ImageHash at its usual reach of 8 bits. Writes the section
"Pictures" of README.md.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import resource
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any

import imagehash
import numpy as np
from PIL import Image

from inconcert.copies.picture_groups import Described, groups
from inconcert.copies.pictures import described
from inconcert.evaluate.metrics import wilson
from inconcert.media.features import features, points
from inconcert.media.hashes import LEAST_QUALITY, pdq
from inconcert.media.open_picture import open_picture
from inconcert.synthetic.pictures import EDITS, Made, pictures

README = Path(__file__).resolve().parent / "README.md"
BEGIN, END = "<!-- pictures: written by pictures.py -->", "<!-- end of pictures -->"
SIDE, SMALL_SIDE = 480, 224
"""Longest side of the originals that are edited, and of the many distinct ones, pixels."""
FAMILIES = 50
"""Templates of each of the four kinds among the distinct pictures: 100 look-alikes each at 20 k."""
REACH = 8
"""Bits of 64 within which the peer takes two pictures for the same."""

Row = dict[str, Any]


@dataclass
class Seen:
    """Files as they were described, by us and by the peer, and the CPU seconds of each step."""

    made: list[Made]
    rows: list[Row]
    peer: list[int]
    cpu_s: dict[str, float]


def see(files: Iterable[Made]) -> Seen:
    """Describe every file; the bytes are let go."""
    seen = Seen([], [], [], dict.fromkeys(("open", "pdq", "details", "peer"), 0.0))

    def timed(step: str, work: Callable[[], Any]) -> Any:
        before = time.process_time()
        result = work()
        seen.cpu_s[step] += time.process_time() - before
        return result

    for made in files:
        opened = timed("open", lambda data=made.data: open_picture(data))
        image = opened.frames[0].image
        hashed, quality = timed("pdq", lambda image=image: pdq(image))
        details = timed("details", lambda image=image: features(image))
        peer = timed("peer", lambda data=made.data: str(imagehash.phash(Image.open(BytesIO(data)))))
        seen.rows.append(
            {"sha256": hashlib.sha256(made.data).hexdigest(), "bytes": len(made.data), "pdq": hashed, "quality": quality,
             "features": details}
        )  # fmt: skip
        seen.peer.append(int(peer, 16))
        seen.made.append(Made(b"", made.original, made.kind, made.family, made.edit))
    return seen


def preferred(rows: list[Row]) -> list[int]:
    """Row numbers in the order in which they may represent others, as copies/pictures has it; plain ones left out."""
    areas = [points(row["features"])[:2] for row in rows]
    usable = [n for n, row in enumerate(rows) if row["quality"] >= LEAST_QUALITY]
    return sorted(usable, key=lambda n: (-areas[n][0] * areas[n][1], -rows[n]["bytes"], rows[n]["sha256"]))


def grouped(files: Described) -> tuple[np.ndarray, float]:
    """(representative of each, CPU seconds)."""
    before = time.process_time()
    representative, _, _ = groups(files)
    return representative, time.process_time() - before


def recalls(seen: Seen) -> list[list[str]]:
    """Of each edit: copies in the group of their original, and copies the peer has within reach of it."""
    order = preferred(seen.rows)
    representative, _ = grouped(described([[seen.rows[n]] for n in order]))
    group = dict(zip(order, representative.tolist(), strict=True))
    original = {made.original: n for n, made in enumerate(seen.made) if made.edit == "original"}
    table = []
    for edit in EDITS:
        of = [(n, original[made.original]) for n, made in enumerate(seen.made) if made.edit == edit]
        ours = sum(group[n] == group[its] for n, its in of)
        near = sum((seen.peer[n] ^ seen.peer[its]).bit_count() <= REACH for n, its in of)
        hashed = sum((int(seen.rows[n]["pdq"], 16) ^ int(seen.rows[its]["pdq"], 16)).bit_count() <= 31 for n, its in of)
        table.append([edit, *(share(hits, len(of)) for hits in (ours, hashed, near))])
    mixed = len({(seen.made[n].original, its) for n, its in group.items()}) - len(
        {original for original, _ in ((seen.made[n].original, its) for n, its in group.items())}
    )
    groups_made = {its: {seen.made[n].original for n in group if group[n] == its} for its in set(group.values())}
    wrong = sum(len(its) > 1 for its in groups_made.values())
    table.append(["groups that mix originals", f"{wrong} of {len(groups_made):,}", "", ""])
    table.append(["groups beyond one for each original", f"{mixed:,}", "", ""])
    return table


def share(hits: int, trials: int, digits: int = 3) -> str:
    found = wilson(hits, trials)
    return f"{found.value:.{digits}f} ({found.low:.{digits}f} to {found.high:.{digits}f})"


def false_matches(seen: Seen) -> tuple[list[list[str]], Described]:
    """Distinct pictures that are joined to another, by us and by the peer."""
    order = preferred(seen.rows)
    files = described([[seen.rows[n]] for n in order])
    representative, _ = grouped(files)
    ours = int((representative != np.arange(len(order))).sum())
    by_hash = int((files.by_hash() != np.arange(len(order))).sum())
    hashes = np.array([seen.peer[n] for n in order], np.uint64)
    joined = np.zeros(len(hashes), bool)
    for n in range(1, len(hashes)):
        near = np.bitwise_count(hashes[:n] ^ hashes[n]) <= REACH
        joined[n] = near.any()
    n = len(order)
    rows = [("PDQ and details", ours), ("PDQ alone", by_hash), (f"phash within {REACH} bits", int(joined.sum()))]
    return [[what, f"{wrong:,}", share(wrong, n, 5)] for what, wrong in rows], files


def larger(files: Described, times: int) -> Described:
    """As many files again, of the same statistics and none like another: every hash turned by a mask of its copy's own."""
    rng = np.random.default_rng(1)
    made = []
    for _ in range(times):
        mask, whole = rng.integers(0, 1 << 63, dtype=np.uint64), rng.integers(0, 1 << 63, 4, dtype=np.uint64)
        hashes = files.hash ^ mask
        words = np.stack([hashes & np.uint64(0xFFFFF), hashes >> np.uint64(12) & np.uint64(0xFFFFF)], 1).astype(
            np.int64
        )
        made.append((files.pdq ^ whole, hashes, words))
    n_frames, n_points = len(files.pdq), len(files.hash)
    first = np.arange(len(files) * times + 1)
    point_first = np.concatenate([files.point_first[:-1] + k * n_points for k in range(times)] + [[times * n_points]])
    tiled = [np.tile(values, times) for values in (files.x, files.y, files.size)]
    return Described(
        first, np.tile(files.needed, times), np.concatenate([its[0] for its in made]), point_first, *tiled,
        np.concatenate([its[1] for its in made]), np.concatenate([its[2] for its in made]),
        np.tile(files.extent, (times, 1))[: n_frames * times],
    )  # fmt: skip


def growth(files: Described) -> list[list[str]]:
    """CPU seconds of grouping for a quarter, all and five times the files."""
    table = []
    for its in (files.take(np.arange(len(files) // 4)), files, larger(files, 5)):
        _, cpu_s = grouped(its)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        table.append([f"{len(its):,}", f"{cpu_s:.1f}", f"{len(its) / cpu_s:,.0f}", f"{peak:,.0f} MiB"])
    return table


def rates(seen: Seen) -> list[list[str]]:
    """CPU time of one picture, by step."""
    n = len(seen.made)
    ms = {step: 1000 * cpu_s / n for step, cpu_s in seen.cpu_s.items()}
    ours = ms["open"] + ms["pdq"] + ms["details"]
    rows = [
        ("open, every check included", ms["open"]), ("PDQ", ms["pdq"]), ("details", ms["details"]), ("all three", ours),
        ("ImageHash phash, opening included", ms["peer"]),
    ]  # fmt: skip
    return [[what, f"{cost:.2f}", f"{1000 / cost:,.0f}"] for what, cost in rows]


def markdown(head: list[str], rows: list[list[str]]) -> str:
    rule = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (head, rule, *rows))


def section(edited: Seen, distinct: Seen) -> str:
    """The text of the section."""
    wrong, files = false_matches(distinct)
    packages = ("pillow", "pdqhash", "imagehash", "numpy", "numba")
    n, m = sum(made.edit == "original" for made in edited.made), len(distinct.made)
    return f"""
Cores {os.cpu_count()}, {", ".join(f"{name} {version(name)}" for name in packages)}; CPU seconds of one process, compiling left out.

Describing one picture of {SIDE} pixels (PNG originals, JPEG copies; {len(edited.made):,} files):

{markdown(["step", "CPU ms", "pictures per CPU s"], rates(edited))}

Recall: of the copies of {n:,} originals of four kinds, every copy compressed again after its edit, those in the group of their original
(95 % Wilson intervals). Borders of up to 15 % on each side, crops of up to 15 % each way, a band with words, bars as in a screenshot:

{markdown(["edit", "ours", "PDQ within 31 of the original", f"phash within {REACH} of the original"], recalls(edited))}

False matches: of {m:,} distinct pictures of {SMALL_SIDE} pixels, {m // (4 * FAMILIES):,} from each template, those joined to another:

{markdown(["by", "pictures", "share"], wrong)}

Grouping (peak memory is that of the process so far, its input included):

{markdown(["pictures", "CPU s", "pictures per CPU s", "peak memory"], growth(files))}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--originals", type=int, default=500)
    parser.add_argument("--distinct", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=20)
    asked = parser.parse_args()
    grouped(described([[row] for row in see(pictures(4, 1)).rows]))  # compiles
    edited = see(pictures(asked.originals, asked.seed, families=max(4, asked.originals // 40), side=SIDE))
    distinct = see(pictures(asked.distinct, asked.seed + 1, families=FAMILIES, side=SMALL_SIDE, edits=[]))
    text = README.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    README.write_text(before + BEGIN + "\n" + section(edited, distinct) + "\n" + END + rest.partition(END)[2], "utf-8")


if __name__ == "__main__":
    main()
