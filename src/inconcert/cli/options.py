"""Options and arguments that several verbs share."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

FILE = click.Path(path_type=Path)

_UNITS_S = {"": 1.0, "s": 1.0, "min": 60.0, "h": 3600.0, "d": 86_400.0}
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)\s*(s|min|h|d|)")


def _debug(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value:
        context.find_root().obj.debug = True
        logging.getLogger("inconcert").setLevel(logging.DEBUG)


debug_option = click.option(
    "--debug",
    is_flag=True,
    expose_value=False,
    callback=_debug,
    help="Show a traceback and the log when something fails.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")


def verb(name: str, short: str) -> Callable[[Callable[..., None]], click.Command]:
    """A command of that name, with the options every verb has after its own; short: its line in the list of verbs."""

    def decorate(function: Callable[..., None]) -> click.Command:
        command = click.command(name, short_help=short)(function)
        for option in (json_option, debug_option):
            command = option(command)
        return command

    return decorate


def given(**options: Any) -> dict[str, Any]:
    """The options that were given: the defaults of the others are the verb's own."""
    return {name: value for name, value in options.items() if value not in (None, ())}


MOST_S = 366 * 86_400
"""Longest time scale, seconds: whoever shares something within a year of somebody else proves nothing."""


def lengths_s(context: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> tuple[float, ...]:
    """Callback of an option for lengths of time, such as 60s, 10min or 6h: seconds."""
    return tuple(_length_s(text, context, parameter) for text in value)


def _length_s(text: str, context: click.Context, parameter: click.Parameter) -> float:
    match = _LENGTH.fullmatch(text)
    if match is None or not 0 < float(match[1]) * _UNITS_S[match[2]] <= MOST_S:
        raise click.BadParameter(f"'{text}' is not a length of time such as 10s, 10min, 6h or 1d", context, parameter)
    return float(match[1]) * _UNITS_S[match[2]]


def _mapping(context: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> Mapping[str, str]:
    mapping: dict[str, str] = {}
    for pair in value:
        field, sign, column = pair.partition("=")
        if not (field and sign):
            raise click.BadParameter(f"'{pair}' is not FIELD=COLUMN, as in created_at=Zeit", context, parameter)
        if field in mapping:
            raise click.BadParameter(f"'{field}' is mapped twice", context, parameter)
        mapping[field] = column
    return mapping


class _Renamed(click.Option):
    """An option whose former names are understood and not shown."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Its line in the help, under its first name alone."""
        names, self.opts = self.opts, self.opts[:1]
        try:
            return super().get_help_record(ctx)
        finally:
            self.opts = names


case_argument = click.argument("case", type=FILE)
files_argument = click.argument("files", type=FILE, nargs=-1, required=True)
mapping_option = click.option(
    "--map", "mapping", multiple=True, metavar="FIELD=COLUMN", callback=_mapping,
    help="Read FIELD from this COLUMN instead of guessing by its name; FIELD= leaves it unread. May be repeated.",
)  # fmt: skip
format_option = click.option(
    "--format", "--source", "format", cls=_Renamed, metavar="NAME",
    help="What the files are: a name of 'inconcert sources'. [default: found by what is in them]",
)  # fmt: skip
zone_option = click.option(
    "--zone", metavar="ZONE",
    help="Time zone of times that are written without one, as in Asia/Shanghai. [default: what the tool writes, else UTC]",
)  # fmt: skip
insist_option = click.option(
    "--insist-private", is_flag=True, help="Read private messages, and files with live credentials, all the same."
)
force_option = click.option("--force", is_flag=True, help="Replace a file of that name.")
day_first_option = click.option(
    "--day-first/--month-first", "day_first", default=None,
    help="What comes first in dates such as 3/4/2024. [default: what the other dates of the file show]",
)  # fmt: skip
platform_option = click.option("--platform", help="The platform, where the file does not name it.")
control_option = click.option(
    "--control", type=FILE, multiple=True, metavar="FILE",
    help="Posts of an ordinary crowd (same topic, same days): the measure of ordinary synchrony. May be repeated.",
)  # fmt: skip
alpha_option = click.option(
    "--alpha",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    help="Largest q-value reported. [default: 0.01]",
)
seed_option = click.option("--seed", type=click.IntRange(0), help="Seed of everything random. [default: 1]")
engine_option = click.option("--engine", help="What counts: auto, sweep, duckdb or spark. [default: auto]")
