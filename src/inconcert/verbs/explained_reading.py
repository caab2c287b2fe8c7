"""One reading of the newest run `indicators`, with everything it rests on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow.compute as pc
import pyarrow.dataset as ds

from inconcert.case import Case, Run
from inconcert.errors import InputError
from inconcert.indicators.catalogue import INDICATORS
from inconcert.report import verdicts
from inconcert.report.hostile_text import one_line
from inconcert.verbs.quoted_posts import QuotedPost, quoted_posts

SAID_AT_MOST = 2_000

_NUMBER = re.compile(r"[Ii](\d{1,18})(?:\.\d+)?")


@dataclass(frozen=True)
class ReadingWitness:
    """One account, or one post of it, that the reading rests on.   number: as in the report, I12.1."""

    number: str
    account_id: str
    post_id: str | None
    why: str
    post: QuotedPost | None


@dataclass(frozen=True)
class ExplainedReading:
    """One reading.

    run: the run `indicators` it is of.   number: I12.   sentence: what was measured, and the verdict on it.   numbers: value,
    interval, control, sample and q in words.   weight: its likelihood ratio in words, None without one.   row: its row of
    `indicators`.   also: what else it may be.
    """

    run: str
    number: str
    sentence: str
    numbers: tuple[str, ...]
    weight: str | None
    row: Mapping[str, Any]
    also: tuple[str, ...]
    witnesses: tuple[ReadingWitness, ...]


def reading_number(text: str) -> int | None:
    """12 for I12, and for I12.3, a post it rests on; None for what is no number of a reading."""
    match = _NUMBER.fullmatch(text)
    return int(match[1]) if match else None


def explained_reading(case: Case, number: int) -> ExplainedReading:
    """That reading. InputError without a run of indicators, or when it has none of that number."""
    run = case.run("indicators")
    if run is None:
        raise InputError(f"The case {case.path} has no indicators run. Run: inconcert indicators {case.typed}")
    table = run.table("indicators")
    rows: list[dict[str, Any]] = table.filter(pc.equal(table.column("reading"), number)).to_pylist()
    if not rows:
        raise InputError(
            f"The run {run.id} has no reading I{number}; it has {table.num_rows:,}. They are listed by: inconcert export "
            f"{case.typed} indicators.csv"
        )
    row = rows[0]
    known = INDICATORS.get(row["indicator"])
    said = {**row, "lacking": one_line(row["lacking"], SAID_AT_MOST) if row["lacking"] else None}
    return ExplainedReading(
        run=run.id,
        number=f"I{number}",
        sentence=verdicts.sentence(said, one_line(row["says"], SAID_AT_MOST), _level(run, row)),
        numbers=tuple(verdicts.measured_numbers(row)),
        weight=verdicts.weight(row),
        row=row,
        also=known.confounders if known else (),
        witnesses=_witnesses(case, run, number),
    )


def _level(run: Run, row: Mapping[str, Any]) -> str:
    """The level of the group a reading is about; L0 for what is about anything else."""
    if row["subject"] != "group" or "standings" not in run.tables:
        return "L0"
    levels = {one["group_id"]: one["level"] for one in run.table("standings").to_pylist()}
    return str(levels.get(row["subject_id"], "L0"))


def _witnesses(case: Case, run: Run, number: int) -> tuple[ReadingWitness, ...]:
    file = run.path / "indicator_witnesses.parquet"
    rows = ds.dataset(file).to_table(filter=ds.field("reading") == number).to_pylist() if file.is_file() else []
    posts = quoted_posts(case, [(row["post_id"], row["account_id"]) for row in rows if row["post_id"] is not None])
    by_id = {(post.post_id, post.account_id): post for post in posts}
    return tuple(
        ReadingWitness(
            number=f"I{number}.{i}",
            account_id=row["account_id"],
            post_id=row["post_id"],
            why=row["why"],
            post=by_id.get((row["post_id"], row["account_id"])),
        )
        for i, row in enumerate(rows, 1)
    )
