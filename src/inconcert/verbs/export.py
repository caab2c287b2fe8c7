"""Tables and the network of a case as files that other programs read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from inconcert.case import Case
from inconcert.errors import InputError, UnknownName
from inconcert.verbs.export_network import write_gexf, write_graphml
from inconcert.verbs.export_table import write_csv, write_json, write_parquet_file
from inconcert.verbs.results import NAMES

TABLES = {".csv": write_csv, ".parquet": write_parquet_file, ".json": write_json}
NETWORKS = {".graphml": write_graphml, ".gexf": write_gexf}


@dataclass(frozen=True)
class Export:
    """A file that was written: what it holds, and how many rows (of a network: how many edges)."""

    path: Path
    holds: str
    rows: int


KEPT = ("raw", "data", "runs", "report", "case.toml", "ledger.jsonl", ".lock")
"""Folders and files of a case that nothing but the case writes."""


def export(case: Case, target: Path, *, table: str | None = None, force: bool = False) -> Export:
    """Write a table (.csv, .parquet, .json) or the network (.graphml, .gexf), chosen by the name of the target.

    The stem names the table, as in `edges.csv`, unless `table` does; `accounts` is every account with its group, level, q
    and score, strongest first, and `judged`, what people decided about it or its group; judged_groups and judged_members are the
    groups as they stand after every judgement.   force: replace a file of that name, at once, when the new one is complete;
    without it, InputError.
    In CSV, a text that a spreadsheet would run as a formula (it begins with = + - @, a tab or a carriage return) gets a
    leading apostrophe; .parquet and .json hold every text exactly.
    """
    target = Path(target)
    write, holds = _writer(target, table)
    with written_at_once(case, target, force=force) as draft:
        rows = write(case, draft)
    return Export(target, holds, rows)


@contextmanager
def written_at_once(case: Case | None, target: Path, *, force: bool = False) -> Iterator[Path]:
    """A file to write, that takes the place of the target when the block ends well; errors as `check_target`."""
    check_target(case, target, force=force)
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield draft
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def check_target(case: Case | None, target: Path, *, force: bool = False) -> None:
    """InputError when a file of that name may not be written: one of the case's own, a folder, or, unless forced, one that exists."""
    if case is not None and any(target.resolve().is_relative_to((case.path / part).resolve()) for part in KEPT):
        raise InputError(
            f"{target} lies in the case's own {', '.join(KEPT)}, which nothing but the case writes. Name another file."
        )
    if target.is_dir():
        raise InputError(f"{target} is a folder. Name a file in it.")
    if not target.parent.is_dir():
        raise InputError(f"{target} cannot be written: there is no folder {target.parent}. Make it first.")
    if not force and (target.exists() or target.is_symlink()):
        raise InputError(f"{target} exists already. Name another file, or replace it with --force.")


def _writer(target: Path, table: str | None) -> tuple[Callable[[Case, Path], int], str]:
    suffix = target.suffix.lower()
    if suffix in NETWORKS:
        return NETWORKS[suffix], "network"
    if suffix not in TABLES:
        raise UnknownName("export format", suffix or target.name, [*TABLES, *NETWORKS])
    name = table if table is not None else target.stem
    if name not in NAMES:
        raise UnknownName("table", name, NAMES)
    write = TABLES[suffix]
    return lambda case, draft: write(case, name, draft), name
