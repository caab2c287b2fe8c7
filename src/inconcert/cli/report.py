"""`inconcert report`."""

from __future__ import annotations

from pathlib import Path

import click

from inconcert.cli.bars import bars
from inconcert.cli.options import case_argument, verb
from inconcert.cli.terminal import show


@verb("report", "Write the report of a case.")
@case_argument
@click.option("--zone", default="UTC", show_default=True, help="Time zone of hours and days, such as Europe/Berlin.")
@click.option("--notes", is_flag=True, help="Print the case notes too; see 'inconcert notes'.")
def command(case: Path, zone: str, notes: bool, as_json: bool) -> None:
    """Write the report of the newest runs, as people judged them: a folder of HTML that needs no network and can be printed.

    \b
    Example:
      inconcert report my-case --zone Asia/Tokyo
    """
    from inconcert.verbs.init import open_case
    from inconcert.verbs.report import report

    with bars() as progress:
        page = report(open_case(case), zone=zone, notes=notes, progress=progress)
    show({"report": page}, [f"report: {page}"], as_json=as_json)
