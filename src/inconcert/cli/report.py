"""`inconcert report`."""

from __future__ import annotations

from pathlib import Path

import click

from inconcert.cli.bars import bars
from inconcert.cli.options import FILE, case_argument, verb
from inconcert.cli.terminal import show


@verb("report", "Write the report of a case.")
@case_argument
@click.option("--zone", help="Time zone of hours and days, such as Europe/Berlin. [default: as chosen, or else UTC]")
@click.option(
    "--notes/--no-notes",
    default=None,
    help="Print the case notes too; see 'inconcert notes'. [default: as chosen, or else not]",
)
@click.option("--whole", is_flag=True, help="Print everything, whatever was chosen; see 'inconcert choose'.")
@click.option("--to", type=FILE, metavar="FOLDER", help="Write to this folder instead, as a preview.")
def command(case: Path, zone: str | None, notes: bool | None, whole: bool, to: Path | None, as_json: bool) -> None:
    """Write the report of the newest runs, as people judged them: a folder of HTML that needs no network and can be printed.

    \b
    Example:
      inconcert report my-case --zone Asia/Tokyo
    """
    from inconcert.verbs.init import open_case
    from inconcert.verbs.report import report

    with bars() as progress:
        page = report(open_case(case), zone=zone, notes=notes, whole=whole, to=to, progress=progress)
    show({"report": page}, [f"report: {page}"], as_json=as_json)
