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
def command(case: Path, zone: str, as_json: bool) -> None:
    """Write the report of the newest runs: a folder of HTML that needs no network and can be printed.

    \b
    Example:
      inconcert report my-case --zone Asia/Tokyo
    """
    from inconcert.verbs.init import open_case
    from inconcert.verbs.report import report

    with bars() as progress:
        page = report(open_case(case), zone=zone, progress=progress)
    show({"report": page}, [f"report: {page}"], as_json=as_json)
