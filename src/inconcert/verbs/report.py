"""Write the report of a case."""

from __future__ import annotations

from pathlib import Path

from inconcert.case import Case
from inconcert.errors import InputError
from inconcert.judgement.choices import Choice, standing_choice
from inconcert.progress import Progress, silent
from inconcert.report.data import gather
from inconcert.report.html import pages
from inconcert.verbs.assessed_groups import assessed_groups
from inconcert.verbs.placed_groups import placed_groups


def report(
    case: Case,
    *,
    zone: str | None = None,
    notes: bool | None = None,
    whole: bool = False,
    to: Path | None = None,
    progress: Progress = silent,
) -> Path:
    """Write `report/` of the case from its newest detect and cluster runs; the path of `index.html`.

    zone: IANA name of the time zone in which hours of the day are first shown; readers can pick another. notes: print the case notes
    too. Where these are not given they are as chosen (see `choose`), or else UTC and no notes. whole: everything, whatever was
    chosen. to: another folder, as a preview: the same pages, and nothing is entered in the case.
    Judgements of people are honoured, see `judge`; of an assessment (see `attribute`) only what somebody signed is printed.
    index.html names no account; accounts.html, beside it, says which is which and is not for publication. When the same
    pages lie there already nothing is written. CaseError when a run is missing; UnknownName for a zone nobody knows; InputError
    for a folder that cannot be written.
    """
    if to is not None:
        return _preview(case, to, zone, notes, whole, progress)
    with case.lock():
        written, facts = _pages(case, zone, notes, whole, progress)
        folder = case.path / "report"
        if _lies_there(folder, written):
            progress("the report is up to date", 2, 2)
        else:
            with case.writing("report", "", facts) as draft:
                for name, page in written.items():
                    (draft / name).write_bytes(page)
            progress("report written", 2, 2)
    return folder / "index.html"


def _preview(case: Case, folder: Path, zone: str | None, notes: bool | None, whole: bool, progress: Progress) -> Path:
    written, _ = _pages(case, zone, notes, whole, progress)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, page in written.items():
            draft = folder / f".{name}.draft"
            draft.write_bytes(page)
            draft.replace(folder / name)
    except OSError as error:
        raise InputError(f"{folder} cannot be written: {error.strerror}. Name another folder.") from error
    progress("preview written", 2, 2)
    return folder / "index.html"


def _pages(
    case: Case, zone: str | None, notes: bool | None, whole: bool, progress: Progress
) -> tuple[dict[str, bytes], dict[str, object]]:
    """The pages by name, and what the ledger says of them."""
    choice = None if whole else standing_choice(case.statements())
    zone = zone if zone is not None else _zone(choice)
    notes = notes if notes is not None else choice is not None and choice.notes
    progress("gathering findings", 0, 2)
    gathered = gather(
        case, zone=zone, notes=notes, choice=choice, assessed=assessed_groups(case), placed=placed_groups(case)
    )
    progress("drawing the report", 1, 2)
    written = {name: page.encode() for name, page in pages(gathered).items()}
    facts: dict[str, object] = {"runs": [run.id for run in gathered.runs], "zone": zone}
    return written, facts | ({"choice": choice.id} if choice is not None else {})


def _zone(choice: Choice | None) -> str:
    return choice.zone if choice is not None else "UTC"


def _lies_there(folder: Path, written: dict[str, bytes]) -> bool:
    there = {file.name for file in folder.glob("*")}
    return there == set(written) and all((folder / name).read_bytes() == page for name, page in written.items())
