"""The tables of README.md, made from results.json.

python benchmarks/tables.py
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

BEGIN, END = "<!-- results: written by run.py -->", "<!-- end of results -->"
AIMED_AT = ("posts-10000000", "hot-100000")
"""The sets the aims are stated for; the others show how things grow."""

Rounds = Sequence[dict[str, Any]]

KINDS = {"share": ("co-share", 30), "url": ("co-url", 25), "text": ("exact text", 10)}
"""Kind -> what it is called, and by how many times less CPU than the peer is aimed at."""
READING = 2.5
HOT_SQL = 5
HOT_MEMORY = 2.0
WHOLE_GIB = 6.0


def write(results: dict[str, Any], readme: Path) -> None:
    """Put the tables between the marks of the README."""
    text = readme.read_text(encoding="utf-8")
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    readme.write_text(f"{head}{BEGIN}\n\n{render(results)}\n{END}{tail}", encoding="utf-8")


def render(results: dict[str, Any]) -> str:
    """All tables, Markdown."""
    sets = results["sets"]
    machine = ", ".join(f"{name} {value}" for name, value in results["machine"].items())
    parts = [f"Machine: {machine}."]
    for name in sorted((n for n in sets if n.startswith("posts-")), key=_posts, reverse=True):
        parts += [f"### {_posts(name):,} posts", _table(_PEER_HEAD, _peer_rows(sets[name], name in AIMED_AT))]
    for name in (n for n in sets if n.startswith("hot-")):
        parts += [
            f"### One object with {_posts(name):,} posts in an hour",
            _table(_HOT_HEAD, _hot_rows(sets[name], name in AIMED_AT)),
        ]
    parts += ["### Growth: CPU seconds by number of posts", _growth(sets)]
    return "\n\n".join(parts) + "\n"


_PEER_HEAD = (
    "work",
    "ours, CPU s",
    "against, CPU s",
    "ratio",
    "aim",
    "met",
    "peak memory, ours",
    "peak memory, against",
)
_HOT_HEAD = ("work", "ours", "against", "ratio", "aim", "met")


def _peer_rows(works: dict[str, Rounds], judged: bool) -> Iterator[list[str]]:
    for kind, (label, times) in KINDS.items():
        rounds = works.get(kind)
        if rounds:
            yield _pair(
                f"{label} 60 s, weight ≥ 2, against the peer's query", rounds, "ours", "peer", 1 / times, judged
            )
            yield _pair("— the same, counting posts as the peer does", rounds, "posts", "peer", None, judged)
            yield _pair("— against our own SQL", rounds, "ours", "sql", None, judged)
            ratio = median(_work_s(r["ours"]) / _work_s(r["read"]) for r in rounds)
            aim, met = (f"≤ {READING}", _met(ratio <= READING, judged)) if kind == "share" and judged else ("", "")
            ours, read = _middle([_work_s(r["ours"]) for r in rounds]), _middle([_work_s(r["read"]) for r in rounds])
            memory = (_memory(rounds, "ours"), _memory(rounds, "read"))
            yield [
                "— against reading its columns (start of Python left out)",
                ours,
                read,
                f"{ratio:.2f}",
                aim,
                met,
                *memory,
            ]
    if works.get("whole"):
        rounds = works["whole"]
        yield _pair(
            "`investigate`, CSV to report, against the peer's load of the CSV", rounds, "ours", "peer", 1.0, judged
        )
        peak = max(r["ours"]["peak_bytes"] for r in rounds) / 2**30
        met = _met(peak <= WHOLE_GIB, judged)
        yield ["— its peak memory", "", "", "", f"≤ {WHOLE_GIB:g} GiB" if judged else "", met, f"{peak:.2f} GiB", ""]
        for label, cell in _found(rounds[-1]["ours"]):
            yield [label, cell, *[""] * 6]


def _found(ours: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if ours["finished"]:
        yield "— accounts of planted cells it raises", f"{ours['planted_raised']:,} of {ours['planted']:,}"
        yield "— other accounts it raises", f"{ours['others_raised']:,}"


def _pair(label: str, rounds: Rounds, ours: str, other: str, aim: float | None, judged: bool) -> list[str]:
    ratio = median(r[ours]["cpu_s"] / r[other]["cpu_s"] for r in rounds)
    known = all(r[ours]["finished"] for r in rounds)
    bound = "" if all(r[other]["finished"] for r in rounds) else "< "
    shown = f"{bound}1/{1 / ratio:.1f}" if ratio < 1 else f"{bound}{ratio:.2f}"
    goal = "" if aim is None or not judged else f"≤ 1/{1 / aim:g}" if aim < 1 else f"≤ {aim:g}"
    met = "" if aim is None else _met(known and ratio <= aim, judged)
    cells = (_cpu(rounds, ours), _cpu(rounds, other), shown if known else "unknown", goal, met)
    return [label, *cells, _memory(rounds, ours), _memory(rounds, other)]


def _hot_rows(works: dict[str, Rounds], judged: bool) -> Iterator[list[str]]:
    rounds = works["share"]
    for label, other, aim in (("our own SQL", "sql", 1 / HOT_SQL), ("the peer's query", "peer", None)):
        row = _pair(f"weight ≥ 2, CPU s, against {label}", rounds, "ours", other, aim, judged)
        yield row[:6]
    for label, run in (("weight ≥ 2", "ours"), ("every pair, weight ≥ 1", "every")):
        most = max((r[run] for r in rounds), key=lambda one: one["counting_bytes"])
        both = most["input_bytes"] + most["output_bytes"]
        used = most["input_bytes"] + most["counting_bytes"]
        cells = (
            f"{used / 2**20:,.1f} MiB",
            f"{both / 2**20:,.1f} MiB",
            f"{used / both:.2f}",
            f"≤ {HOT_MEMORY:g}" if judged else "",
        )
        met = _met(used <= HOT_MEMORY * both, judged)
        yield [f"{label}: memory with its input, against input + output", *cells, met]


def _growth(sets: dict[str, dict[str, Rounds]]) -> str:
    names = sorted((n for n in sets if n.startswith("posts-")), key=_posts)
    lines: list[tuple[str, str, str, str | None]] = []
    for kind, (label, _) in KINDS.items():
        lines.append((f"{label}: actions", kind, "ours", "actions"))
        lines.append((f"{label}: edges", kind, "ours", "edges"))
        lines += [
            (f"{label}: {phase}", kind, run, phase)
            for run, phase in (("read", "read"), ("ours", "load"), ("ours", "count"))
        ]
        lines += [
            (f"{label}: {who}", kind, run, None)
            for who, run in (("ours, whole process", "ours"), ("our SQL", "sql"), ("peer", "peer"))
        ]
    lines += [(f"`{stage}`", "stages", stage, None) for stage in ("ingest", "detect", "cluster", "report")]
    lines += [("`investigate`", "whole", "ours", None), ("peer's load", "whole", "peer", None)]
    rows = []
    for label, work, run, phase in lines:
        cells = [_growth_cell(sets[name].get(work), run, phase) for name in names]
        if any(cells):
            rows.append([label, *cells])
    return _table(["part", *(f"{_posts(name):,}" for name in names)], rows)


def _growth_cell(rounds: Rounds | None, run: str, phase: str | None) -> str:
    having = [r for r in rounds or () if run in r]
    if not having:
        return ""
    if phase is None:
        return _cpu(having, run)
    if phase in ("actions", "edges"):
        return f"{having[-1][run][phase]:,}"
    return _middle([r[run]["phases"][phase] for r in having])


def _work_s(run: dict[str, Any]) -> float:
    """CPU seconds of the phases that are work: not the start of Python, not the first call of compiled code."""
    return sum(seconds for phase, seconds in run["phases"].items() if phase not in ("start", "warm up"))


def _cpu(rounds: Rounds, run: str) -> str:
    seconds = [r[run]["cpu_s"] for r in rounds]
    return _middle(seconds) if all(r[run]["finished"] for r in rounds) else f"not finished in {min(seconds):,.0f}"


def _middle(seconds: Sequence[float]) -> str:
    value = median(seconds)
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}" if value < 10 else f"{value:.1f}"


def _memory(rounds: Rounds, run: str) -> str:
    return f"{max(r[run]['peak_bytes'] for r in rounds) / 2**20:,.0f} MiB"


def _met(true: bool, judged: bool) -> str:
    return "" if not judged else "yes" if true else "**no**"


def _posts(name: str) -> int:
    return int(name.partition("-")[2])


def _table(head: Sequence[str], rows: Iterator[list[str]] | list[list[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    here = Path(__file__).resolve().parent
    write(json.loads((here / "results.json").read_text()), here / "README.md")
