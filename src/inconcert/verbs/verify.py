"""Is the case still what it was: every original, part and run, the chain of statements, and the results themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from inconcert.case import Case, torn
from inconcert.case.inspection import (
    Fault,
    expected_files,
    file_faults,
    pending_parts,
    statements_and_faults,
    strangers,
)
from inconcert.errors import InconcertError, MissingExtra
from inconcert.judgement.forms import form_faults
from inconcert.ledger import BEGINNING
from inconcert.progress import Progress, silent
from inconcert.verbs.recompute import AGAIN, Recomputed, recompute_run


@dataclass(frozen=True)
class Verification:
    """What was checked, and what failed.

    originals, files: how many were hashed again (files: of imports, runs, the report and the case's own).   bytes: in all.
    statements: lines of the ledger.   head: id of the last one; noted elsewhere, it also proves that none was cut off.
    recomputed: runs computed again.   faults: none when the case is intact.   notes: what is odd but harmless.
    """

    case: Path
    originals: int
    files: int
    bytes: int
    statements: int
    head: str
    recomputed: tuple[Recomputed, ...]
    faults: tuple[Fault, ...]
    notes: tuple[str, ...]

    @property
    def intact(self) -> bool:
        """Whether nothing failed."""
        return not self.faults


def verify(case: Case, *, recompute: bool = True, progress: Progress = silent) -> Verification:
    """Check a case against its ledger without writing to it.

    Every line of the ledger is checked, every file hashed again; files that are missing, or that the ledger does not
    know, are named. recompute: also compute the newest run of each verb again and compare it byte for byte.
    """
    statements, faults = statements_and_faults(case)
    faults += [Fault(case.ledger.name, f"statement {said.id[:12]} is {what}") for said, what in form_faults(statements)]
    notes = []
    if aside := sum(s.says == torn.SET_ASIDE for s in statements):
        notes.append(f"ledger lines that interruptions tore and that were set aside: {aside}")
    expected = expected_files(statements)
    for about in pending_parts(case, statements):
        notes.append(f"{about} waits to be put in place after an interruption: the next command that writes does it")
        expected = {name: its for name, its in expected.items() if not name.startswith(f"{about}/")}
    faults += file_faults(case, expected, progress)
    for path, is_fault in strangers(case, expected):
        if is_fault:
            faults.append(Fault(path, "was added: the ledger does not know it"))
        else:
            notes.append(f"{path} is not entered in the ledger and was not checked")
    recomputed = []
    if recompute and faults:
        notes.append("no run was computed again, because of the faults")
    elif recompute:
        for outcome in _again(case, progress):
            if isinstance(outcome, Recomputed):
                recomputed.append(outcome)
                faults += _differences(outcome)
            elif isinstance(outcome, Fault):
                faults.append(outcome)
            else:
                notes.append(outcome)
    if not faults:
        notes += _with_withdrawn(case)
    originals = sum(name.startswith("raw/") for name in expected)
    return Verification(
        case=case.path,
        originals=originals,
        files=len(expected) - originals,
        bytes=sum(its["bytes"] for its in expected.values()),
        statements=len(statements),
        head=statements[-1].id if statements else BEGINNING,
        recomputed=tuple(recomputed),
        faults=tuple(faults),
        notes=tuple(notes),
    )


def _again(case: Case, progress: Progress) -> Iterator[Recomputed | Fault | str]:
    """The newest run of each verb, computed again; a fault when that fails, a note when this machine cannot."""
    for verb, again in AGAIN.items():
        run = case.run(verb)
        if run is None:
            continue
        try:
            yield recompute_run(case, run, again, progress)
        except MissingExtra as error:
            yield f"run {run.id} ({verb}) was not computed again: {error}"
        except InconcertError as error:
            yield Fault(f"runs/{run.id}", f"could not be computed again: {error}")


def _with_withdrawn(case: Case) -> Iterator[str]:
    """What was withdrawn, and the runs that were made with it."""
    for id, reason in case.withdrawals().withdrawn.items():
        yield f"data/{id} was withdrawn and no longer counts: {reason}"
    for run_id, import_id in case.outdated_runs(case.runs()).items():
        yield f"runs/{run_id} was made with import {import_id}, which no longer counts"


def _differences(outcome: Recomputed) -> Iterator[Fault]:
    changed = ", ".join(f"{name} {then} then, {now} now" for name, (then, now) in outcome.versions.items())
    because = f"; other versions computed it: {changed}" if changed else ""
    for name in outcome.differs:
        yield Fault(f"runs/{outcome.run.id}/{name}.parquet", f"is not what the same run gives now{because}")
    if not changed:
        for name in outcome.rewritten:
            yield Fault(f"runs/{outcome.run.id}/{name}.parquet", "has the same values but not the same bytes")
