"""`inconcert prepare`."""

from __future__ import annotations

from pathlib import Path

from inconcert.cli.bars import bars
from inconcert.cli.options import case_argument, verb
from inconcert.cli.terminal import show


@verb("prepare", "Make what the pages of a case read.")
@case_argument
def command(case: Path, as_json: bool) -> None:
    """Prepare a case for the workbench: what its pages ask for is put in order once, so that they come at once.

    The workbench does this by itself when a case has changed. What is made is derived, lies in .view of the case and may be
    deleted at any time.

    \b
    Example:
      inconcert prepare my-case
    """
    from inconcert.verbs.init import open_case
    from inconcert.verbs.prepare import prepare

    with bars() as progress:
        view = prepare(open_case(case), progress=progress)
    show({"case": case, "view": view.key}, [f"prepared {case}"], as_json=as_json)
