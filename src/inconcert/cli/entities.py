"""`inconcert entities`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from inconcert.cli import entity_lines as lines
from inconcert.cli.judge import by_option
from inconcert.cli.options import FILE, case_argument, force_option, verb
from inconcert.cli.terminal import show, unclickable


@verb("entities", "People, companies, bodies and what ties them, each tie with its strength and proof.")
@case_argument
@click.option(
    "--add", "files", type=FILE, multiple=True, metavar="FILE", help="Bring entities or notices. May be repeated."
)
@click.option("--reference", is_flag=True, help="Bring the bundled graph of a published investigation.")
@click.option("--search", metavar="WORDS", help="Entities that hold these words.")
@click.option("--schema", default="", metavar="NAME", help="Of entities listed: Person, Company, PublicBody ...")
@click.option(
    "--strength", default="", metavar="WORD", help="Of their ties: confirmed, reported, assessed or possible."
)
@click.option("--since", default="", metavar="DATE", help="Ties not over before: 2019, 2019-04 or 2019-04-24.")
@click.option("--until", default="", metavar="DATE", help="Ties not begun after.")
@click.option("--around", metavar="NAME", help="What lies around an entity.")
@click.option("--paths", nargs=2, metavar="A B", help="Every way from A, an entity or a group, to B.")
@click.option("--owners", metavar="NAME", help="Who owns a company, and how much of it in the end.")
@click.option("--posts", metavar="NAME", help="The posts of a person or in a body.")
@click.option("--steps", type=click.IntRange(1), help="How far. [default: 1 around an entity, 4 on a path]")
@click.option("--draw", type=FILE, metavar="FILE", help="With --around: write the figure (SVG).")
@click.option(
    "--export", "export", type=FILE, metavar="FILE", help="Write followthemoney entities or statements, or GraphML."
)
@click.option("--ask", metavar="PERSON", help="Ask that a private person may be named.")
@click.option("--approve", metavar="PERSON", help="Approve what somebody else asked.")
@click.option("--retract", metavar="NUMBER", help="Take back what was entered under that number.")
@click.option("--because", default="", metavar="REASON", help="Why, for --ask, --approve and --retract.")
@force_option
@by_option
def command(
    case: Path,
    files: Sequence[Path],
    reference: bool,
    search: str | None,
    schema: str,
    strength: str,
    since: str,
    until: str,
    around: str | None,
    paths: tuple[str, str] | None,
    owners: str | None,
    posts: str | None,
    steps: int | None,
    draw: Path | None,
    export: Path | None,
    ask: str | None,
    approve: str | None,
    retract: str | None,
    because: str,
    force: bool,
    by: str,
    as_json: bool,
) -> None:
    """List what a case holds of people, companies and bodies, or do one of the following.

    Files are followthemoney entities (JSON lines) or statements (CSV, JSON lines), graphs of nodes and edges (JSON), tables of
    posts (CSV with person, role and body) and procurement notices (text, web page, CSV). Whoever is no official and no officer of a
    known body is not named unless one person asks for it and another approves.

    \b
    Example:
      inconcert entities my-case --add contacts.ftm.jsonl --by "Ann Lee"
      inconcert entities my-case --around "Qi An Xin" --draw around.svg
      inconcert entities my-case --paths yancheng_psb "Qi An Xin"
      inconcert entities my-case --export entities.ftm.jsonl
    """
    filtered = bool(schema or strength or since or until)
    search = "" if search is None and filtered else search
    chosen = [files or reference, search, around, paths, owners, posts, export, ask, approve, retract]
    if sum(one is not None and one not in ((), False) for one in chosen) > 1:
        raise click.UsageError("Do one thing at a time: --add, --search, --around, --paths, --owners, --posts, --export, "
                               "--ask, --approve or --retract")  # fmt: skip
    if draw is not None and around is None:
        raise click.UsageError("--draw needs --around")

    from inconcert.verbs import entities as verbs
    from inconcert.verbs.add_entities import add_entities
    from inconcert.verbs.entity_owners import owners as owners_of
    from inconcert.verbs.entity_paths import entity_paths
    from inconcert.verbs.init import open_case
    from inconcert.verbs.judgements import retract as take_back
    from inconcert.verbs.name_person import approve_naming, ask_to_name

    opened = open_case(case)
    far = {} if steps is None else {"steps": steps}
    if files or reference:
        added = add_entities(opened, files, by=by, reference=reference)
        show(added, map(unclickable, lines.added(added, case)), as_json=as_json)
    elif search is not None:
        found = verbs.search_entities(opened, search, verbs.asked_for(schema, strength, since, until))
        show(found, map(unclickable, lines.found(found)), as_json=as_json)
    elif around is not None:
        near = verbs.around(opened, around, draw=draw, force=force, **far)
        show(near, map(unclickable, lines.around(near)), as_json=as_json)
    elif paths is not None:
        ways = entity_paths(opened, paths[0], paths[1], **far)
        show(ways, map(unclickable, lines.paths(ways)), as_json=as_json)
    elif owners is not None:
        owned = owners_of(opened, owners)
        show(owned, map(unclickable, lines.owners(owned)), as_json=as_json)
    elif posts is not None:
        roles = verbs.posts(opened, posts)
        show(roles, map(unclickable, lines.posts(roles)), as_json=as_json)
    elif export is not None:
        written = verbs.export_entities(opened, export, force=force)
        show(written, lines.exported(written), as_json=as_json)
    elif ask is not None:
        asked = ask_to_name(opened, ask, by=by, because=because)
        show(asked, lines.named(asked, case), as_json=as_json)
    elif approve is not None:
        approved = approve_naming(opened, approve, by=by, because=because)
        show(approved, lines.named(approved, case), as_json=as_json)
    elif retract is not None:
        taken = take_back(opened, retract, by=by, because=because, kind="E")
        show(taken, [f"{taken.label} is retracted, by {taken.by}: {taken.because}"], as_json=as_json)
    else:
        held = verbs.entities(opened)
        show(held, map(unclickable, lines.overview(held)), as_json=as_json)
