"""`inconcert`: finds the verb, runs it, and turns what it raises into an exit code and one line."""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Sequence

import click

from inconcert.cli.options import debug_option
from inconcert.cli.outcome import Outcome
from inconcert.version import VERSION

VERBS = (
    "serve", "investigate", "demo", "init", "ingest", "rejects", "withdraw", "add", "actors", "copies", "detect", "cluster", "describe", "indicators", "link", "explain", "judge", "judgements", "attribute", "locate", "entities", "sets", "notes",
    "choose", "report", "check", "claims", "export", "search", "hunt", "compare", "changes", "prepare", "verify", "schema", "detectors", "sources", "catalogue",
)  # fmt: skip
"""Every verb has a file of its name beside this one, read only when it is called: help must come at once."""

_OBJECTS_BETWEEN_LOOKS = 50_000
"""New objects after which Python looks for cycles among them. Records are millions that live for a moment and have no cycles; by
its own default, 700, a fifth of the time of reading them would go there."""


class Verbs(click.Group):
    """The verbs, in the order of VERBS."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the verbs."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The verb of that name."""
        if name not in VERBS:
            return None
        command: click.Command = importlib.import_module(f"inconcert.cli.{name}").command
        return command


@click.group(
    cls=Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    invoke_without_command=True,
    epilog="Results go to stdout, everything else to stderr. Exit codes: 0 fine, 2 the input cannot be used, 1 otherwise, also when only some files could be read.",
)
@click.version_option(VERSION, prog_name="inconcert", message="%(prog)s %(version)s")
@debug_option
@click.pass_context
def inconcert(context: click.Context) -> None:
    """Find, document and report covert coordinated influence operations in exports of social-media posts.

    \b
    Example:
      inconcert investigate posts.csv
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; always leaves by SystemExit, with the exit code."""
    gc.set_threshold(_OBJECTS_BETWEEN_LOOKS)
    with Outcome() as outcome:
        ended = inconcert.main(
            args=None if arguments is None else list(arguments),
            prog_name="inconcert",
            standalone_mode=False,
            obj=outcome,
        )
        if isinstance(ended, int):
            outcome.code = ended
    sys.exit(outcome.code)
