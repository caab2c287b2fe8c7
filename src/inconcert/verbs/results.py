"""The tables a case offers by name: what was read, and what its newest runs found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyarrow as pa
import pyarrow.parquet as pq

from inconcert import schema
from inconcert.case import Case, Run
from inconcert.errors import InputError, UnknownName
from inconcert.indicators.standing_groups import standing_groups, standing_scores
from inconcert.normalise.given import SHEETS
from inconcert.verbs.changes import changes
from inconcert.verbs.import_given import GIVEN
from inconcert.verbs.judged_tables import JUDGED, judged_table, judged_words
from inconcert.verbs.judgements import decided_now

READ = (
    "posts",
    "post_observations",
    "actions",
    "rejects",
    "imports",
    "native_numbers",
    "fill_rates",
    "media",
    "pictures",
    "picture_texts",
    "faces",
    *SHEETS,
)
"""Tables of the imports, under the names of `schema.TABLES`."""

OF_EVERY_ROLE = ("imports", "rejects", "native_numbers", "fill_rates")
"""Those of them that tell how files were read, whatever is in them."""

DESCRIPTIONS = "account_descriptions"
"""The table `accounts` of the imports; the plain name `accounts` means the accounts as ranked by the newest run."""

NAMES = ("accounts", DESCRIPTIONS, *(name for name in schema.TABLES if name != "accounts"))

_RANKING = ("account_id", "platform", "group_id", "level", "q", "score", "n_posts")


def batches(case: Case, name: str) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
    """The schema of a table and its rows, batch by batch. UnknownName; InputError when no run has made it yet."""
    if name not in NAMES:
        raise UnknownName("table", name, NAMES)
    if name in READ or name == DESCRIPTIONS:
        read = "accounts" if name == DESCRIPTIONS else name
        return schema.table(read).arrow, _read(case, read)
    if name == "changes":
        return schema.CHANGES.arrow, iter(changes(case, limit=0).rows.to_batches())
    if name in JUDGED:
        found = judged_table(case, name)
        return found.schema, iter(found.to_batches())
    found = _ranking(case) if name == "accounts" else result(case, name)
    return found.schema, iter(found.to_batches())


def result(case: Case, name: str) -> pa.Table:
    """A table of the newest cluster run, or of the runs it rests on; InputError when there is none."""
    runs = _newest_runs(case)
    measured = next((run for run in runs if run.verb == "indicators"), None)
    for run in runs:
        if name in run.tables:
            return _STANDING[name](run, measured) if name in _STANDING else run.table(name)
    raise InputError(f"The case {case.path} has no {name} yet. First: inconcert detect {case.typed}, then cluster.")


_STANDING = {"groups": standing_groups, "scores": standing_scores}
"""Tables whose levels the run `indicators` may raise."""


def _newest_runs(case: Case) -> list[Run]:
    """The newest cluster run, or else detect or copies run, the runs it rests on, and the newest runs that describe it."""
    made = {run.id: run for run in case.runs()}
    describing, copied = (
        [case.run("describe"), case.run("indicators"), case.run("link"), _located(case)],
        case.run("copies"),
    )
    waiting = [case.run("cluster") or case.run("detect"), copied]
    found: list[Run] = []
    while waiting:
        run = waiting.pop(0)
        if run is not None and run not in found:
            found.append(run)
            waiting = [*(made[id] for id in run.info["inputs"] if id in made), *waiting]
    of_these = {run.id for run in found}
    return [*found, *(run for run in describing if run is not None and of_these & set(run.info["inputs"]))]


def _located(case: Case) -> Run | None:
    """The newest run `locate` of a group that still stands where it stood: newer indicators may have brought it below L3."""
    run, measured = case.run("locate"), case.run("indicators")
    return run if run is not None and measured is not None and measured.id in run.info["inputs"] else None


def judged_scores(case: Case, columns: Sequence[str]) -> pa.Table:
    """Those columns of the table `scores`, and `judged`: what people decided about the account or its group, NULL for nothing."""
    scores, now = result(case, "scores"), decided_now(case)
    of_people = [
        judged_words(now, account, group)
        for account, group in zip(scores["account_id"].to_pylist(), scores["group_id"].to_pylist(), strict=True)
    ]
    return scores.select(list(columns)).append_column("judged", pa.array(of_people, pa.string()))


def _ranking(case: Case) -> pa.Table:
    scores = judged_scores(case, _RANKING)
    return scores.sort_by([("score", "descending"), ("account_id", "ascending"), ("platform", "ascending")])


def _read(case: Case, name: str) -> Iterator[pa.RecordBatch]:
    wanted = schema.table(name)
    roles = ("case", "control", GIVEN) if name in OF_EVERY_ROLE else (GIVEN,) if name in SHEETS else ("case",)
    for role in roles:
        for part in case.parts(name, role):
            for batch in pq.ParquetFile(part).iter_batches():
                yield from wanted.check(pa.Table.from_batches([batch])).to_batches()
