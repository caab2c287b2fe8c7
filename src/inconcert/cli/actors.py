"""`inconcert actors`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from inconcert.cli.options import case_argument, verb
from inconcert.cli.terminal import show, unclickable

if TYPE_CHECKING:
    from inconcert.verbs.actors import Actor, Register

SHOWN = 20
"""Unmapped posts that are printed."""


@verb("actors", "List the official accounts of a case, and whose each official post is.")
@case_argument
@click.option(
    "--within", metavar="SET", help="A set of posts or accounts said to be official: each must be a listed actor's."
)
def command(case: Path, within: str | None, as_json: bool) -> None:
    """List the register of overt actors: accounts of lists of the role overt, each with the time for which it holds, where the list
    says so, and its posts. Official posts that are no listed actor's are named with the reason.

    The lists come from 'inconcert add CASE --list FILE --role overt', with columns handle or account_id, display_name, since, until and source.

    \b
    Example:
      inconcert actors my-case
      inconcert actors my-case --within "official posts of 2022"
    """
    from inconcert.verbs.actors import actors
    from inconcert.verbs.init import open_case

    register = actors(open_case(case), within=within)
    show(register, map(unclickable, _lines(register)), as_json=as_json)


def _lines(register: Register) -> Iterator[str]:
    if not register.actors:
        yield "there are no overt actors yet: inconcert add CASE --list FILE --role overt"
    for one in register.actors:
        yield f"{one.name} ({one.account}{', ' + one.platform if one.platform else ''}), {one.list}{_term(one)}: {_posts(one)}"
        yield (
            f"  evidence: {one.evidence}"
            if one.evidence
            else "  no evidence is given: add it to the list as a column 'source'"
        )
    yield f"{register.mapped:,} of {register.posts:,} official posts are a listed actor's"
    for post in register.unmapped[:SHOWN]:
        yield f"  post {post.post_id} of {post.account}{', ' + post.at if post.at else ''}: {post.why}"
    if len(register.unmapped) > SHOWN:
        yield f"  and {len(register.unmapped) - SHOWN:,} more, with --json"


def _term(one: Actor) -> str:
    if one.since and one.until:
        return f", {one.since} to {one.until}"
    return f", since {one.since}" if one.since else f", until {one.until}" if one.until else ""


def _posts(one: Actor) -> str:
    return f"{one.posts:,} posts" + (f", {one.first} to {one.last}" if one.first else "")
