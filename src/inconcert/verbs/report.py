"""Write the report of a case."""

from __future__ import annotations

from pathlib import Path

from inconcert.case import Case
from inconcert.progress import Progress, silent
from inconcert.report.data import gather
from inconcert.report.html import pages


def report(case: Case, *, zone: str = "UTC", notes: bool = False, progress: Progress = silent) -> Path:
    """Write `report/` of the case from its newest detect and cluster runs; the path of `index.html`.

    zone: IANA name of the time zone in which hours of the day are first shown; readers can pick another.
    notes: print the case notes too. Judgements of people are honoured, see `judge`.
    index.html names no account; accounts.html, beside it, says which is which and is not for publication. When the same
    pages lie there already nothing is written. CaseError when a run is missing; UnknownName for a zone nobody knows.
    """
    with case.lock():
        progress("gathering findings", 0, 2)
        gathered = gather(case, zone=zone, notes=notes)
        progress("drawing the report", 1, 2)
        written = {name: page.encode() for name, page in pages(gathered).items()}
        folder = case.path / "report"
        if _lies_there(folder, written):
            progress("the report is up to date", 2, 2)
        else:
            with case.writing("report", "", {"runs": [run.id for run in gathered.runs], "zone": zone}) as draft:
                for name, page in written.items():
                    (draft / name).write_bytes(page)
            progress("report written", 2, 2)
    return folder / "index.html"


def _lies_there(folder: Path, written: dict[str, bytes]) -> bool:
    there = {file.name for file in folder.glob("*")}
    return there == set(written) and all((folder / name).read_bytes() == page for name, page in written.items())
