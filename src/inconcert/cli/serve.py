"""`inconcert serve`."""

from __future__ import annotations

from pathlib import Path

import click

from inconcert.cli.options import FILE, verb

PORT = 8360


@verb("serve", "The workbench in the browser, on this machine only.")
@click.argument("case", type=FILE, required=False)
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=PORT,
    show_default=True,
    help="Port on 127.0.0.1; 0 for any that is free.",
)
@click.option("--open/--no-open", "opens", default=True, show_default=True, help="Open the browser.")
def command(case: Path | None, port: int, opens: bool, as_json: bool) -> None:
    """Serve a case, or all cases in this folder, to a browser on this machine: 127.0.0.1, nobody else.

    Without CASE the first page lists the cases of the folder you are in and begins new ones. Ctrl-C ends it; work that runs
    then is cancelled, and no case is damaged.

    \b
    Example:
      inconcert serve my-case
    """
    from inconcert.web.serve import serve

    serve(case, port=port, opens=opens, started=lambda url: click.echo(f"Inconcert is at {url} (Ctrl-C ends it)"))
