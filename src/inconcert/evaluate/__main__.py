"""`python -m inconcert.evaluate FOLDER`: measure calibration and power, and write their pages."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from inconcert.errors import InconcertError, InputError
from inconcert.evaluate.calibration_page import calibration_page
from inconcert.evaluate.indicator_page import indicator_page
from inconcert.evaluate.kept import INDICATOR_ROOMS, ROOMS, Kept, made_with
from inconcert.evaluate.near_text_page import near_text_page
from inconcert.evaluate.plan import FULL, PARTS, REDUCED, Plan, measure
from inconcert.evaluate.power_page import power_page

REAL = ("permutations", "crowds", "case_a", "near_text", "indicators_real")
"""Parts that need the research data."""
OF_INDICATORS = ("indicators", "working_hours", "indicators_real")
"""Parts of the page on indicators."""


@click.command("python -m inconcert.evaluate", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--data", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Folder of the research data."
)
@click.option(
    "--part", "parts", multiple=True, type=click.Choice(PARTS), help="Measure only this part; may be repeated."
)
@click.option("--reduced", is_flag=True, help="A few seeds of everything, to see that it works.")
@click.option(
    "--render", is_flag=True, help="Measure nothing; set the pages anew from the kept rows, whatever code made them."
)
def main(folder: Path, data: Path | None, parts: tuple[str, ...], reduced: bool, render: bool) -> None:
    """Measure calibration and power, and write calibration.md, near-text.md, power.md and indicators.md into FOLDER.

    Every row is kept in FOLDER/evaluation (with --reduced in FOLDER/evaluation-reduced) as soon as it is measured, so an
    interrupted run goes on where it stopped; rows that other code made are measured again. --data is INCONCERT_DATA
    unless given. The full tables take about forty minutes of one core.
    """
    try:
        _run(folder, data, parts or PARTS, reduced, render)
    except InconcertError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(error.exit_code)


def _run(folder: Path, data: Path | None, parts: tuple[str, ...], reduced: bool, render: bool) -> None:
    plan = REDUCED if reduced else FULL
    rows = folder / ("evaluation-reduced" if reduced else "evaluation")
    kept = {part: Kept(rows, part, _code(part, plan), stale=render or part not in parts) for part in PARTS}
    where = data or Path(os.environ.get("INCONCERT_DATA", ""))
    if not render:
        if any(part in REAL for part in parts) and not (where / "case_a").is_dir():
            raise InputError(
                f"{', '.join(REAL)} need the research data, and there is no case_a in '{where}'. Name its folder with --data "
                "or in INCONCERT_DATA, or measure the other parts with --part."
            )
        for part in parts:
            measure(kept[part], plan, where)
    calibrated = [kept[p] for p in PARTS if p not in ("near_text", "operations", *OF_INDICATORS)]
    _write(folder / "calibration.md", calibration_page(kept), calibrated, reduced)
    _write(folder / "near-text.md", near_text_page(kept["near_text"]), [kept["near_text"]], reduced)
    _write(folder / "power.md", power_page(kept["operations"]), [kept["operations"]], reduced)
    _write(folder / "indicators.md", indicator_page(kept), [kept[p] for p in OF_INDICATORS], reduced)


def _code(part: str, plan: Plan) -> str:
    return made_with(repr(plan), INDICATOR_ROOMS if part in OF_INDICATORS else ROOMS)


def _write(page: Path, lines: list[str], parts: list[Kept], reduced: bool) -> None:
    measured_with = {part.code for part in parts if part.rows}
    codes = ", ".join(sorted(measured_with))
    now = {_code(part.part, REDUCED if reduced else FULL) for part in parts}
    made = [
        "```sh",
        f"python -m inconcert.evaluate docs{' --reduced' if reduced else ''}",
        "```",
        "",
        f"made this page, in {sum(part.cpu_s for part in parts) / 60:.0f} minutes of processor time, with the code {codes}; "
        "it needs the folder of research data in INCONCERT_DATA or `--data`."
        + (" **A reduced run**: a few seeds of everything." if reduced else "")
        + (
            ""
            if measured_with <= now
            else f" **Measured with earlier code**: that of this version is {', '.join(sorted(now))}."
        ),
        "",
    ]
    title, *rest = lines
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text("\n".join([title, "", *made, *rest[1:]]), encoding="utf-8")
    print(f"wrote {page}", file=sys.stderr)


if __name__ == "__main__":
    main()
