"""`inconcert locate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from inconcert.cli.bars import bars
from inconcert.cli.judge import by_option
from inconcert.cli.judgements import retracted_lines
from inconcert.cli.options import FILE, case_argument, force_option, verb
from inconcert.cli.terminal import show, unclickable

if TYPE_CHECKING:
    from inconcert.verbs.place_entries import Clue, Photo, Review


@verb("locate", "Weigh where a group may sit.")
@case_argument
@click.argument("group")
@click.option("--clue", metavar="TEXT", help="Enter a clue: what was seen. Needs --region, --source, --grade and --or.")
@click.option(
    "--photo",
    type=FILE,
    metavar="FILE",
    help="Enter a picture of a place that was matched by eye. Needs --view and --feature too.",
)
@click.option("--view", type=FILE, metavar="FILE", help="With --photo: a view of the place that is known.")
@click.option(
    "--feature", "features", multiple=True, metavar="TEXT", help="With --photo: what matches in both. May be repeated."
)
@click.option("--text", default="", metavar="TEXT", help="With --photo: what the picture shows.")
@click.option(
    "--region",
    default="",
    metavar="REGION",
    help="Country, province of China or city: its name, or a code as HK or CN-JS.",
)
@click.option("--kind", default="screen", metavar="NAME", help="Kind of clue, screen unless given; --kinds lists them.")
@click.option("--source", default="", metavar="SOURCE", help="Where it is to be seen.")
@click.option(
    "--grade", default="", metavar="GRADE", help="Reliability of the source, A to F, and credibility, 1 to 6, as B2."
)
@click.option(
    "--or",
    "otherwise",
    default="",
    metavar="TEXT",
    help="The other reading, as an exit of a VPN, and what speaks for it.",
)
@click.option(
    "--review",
    metavar="NUMBER",
    help="Say as a second person of a clue or picture, as P2: --agree or --disagree. Needs --because.",
)
@click.option("--agree/--disagree", "agrees", default=None, help="With --review.")
@click.option("--because", default="", metavar="REASON", help="Why.")
@click.option("--retract", metavar="NUMBER", help="Take back the entry of that number, as P2. Needs --because.")
@click.option("--draw", type=FILE, metavar="DIR", help="Write the map and the chart as SVG pictures.")
@force_option
@click.option("--kinds", is_flag=True, help="List the kinds of evidence, and how often each is taken to mislead.")
@by_option
def command(
    case: Path,
    group: str,
    draw: Path | None,
    force: bool,
    kinds: bool,
    retract: str | None,
    by: str,
    as_json: bool,
    **given: Any,
) -> None:
    """Weigh the signs of where the people behind GROUP sit: hours, holidays, labels of platforms, check-ins, profiles, settings, languages, clues.

    Every sign has its weight, the chance that it misleads (an exit of a VPN, a schedule, a false flag) and what contradicts it. Below level
    L3 nothing is located, and of fewer than five accounts no number is told. Without an option it shows what follows; clues, pictures and
    reviews are entered one at a time, in the ledger, under your name.

    \b
    Example:
      inconcert locate my-case G1
      inconcert locate my-case G1 --clue "Trends for Hong Kong beside the picture" --region HK --source "screenshot in post 17" --grade B2 --or "an exit of a VPN in Hong Kong shows the same panel" --by "Ann Lee"
      inconcert locate my-case G1 --photo avatar.jpg --view street.jpg --feature "gable with three windows" --region Yancheng --text "a police station" --source "map service" --grade B2 --or "a borrowed picture" --by "Ann Lee"
      inconcert locate my-case G1 --review P2 --agree --because "the lamp matches too" --by "Bo Chen"
    """
    from inconcert.cli.place_lines import kind_lines, located_lines
    from inconcert.verbs.draw_place import draw_place
    from inconcert.verbs.init import open_case
    from inconcert.verbs.judgements import retract as take_back
    from inconcert.verbs.locate import locate, located, place_kinds
    from inconcert.verbs.place_entries import enter_place

    opened = open_case(case)
    entry = _entry(given)
    if sum((entry is not None, retract is not None, draw is not None, kinds)) > 1:
        raise click.UsageError("Enter, retract, draw or list: one of them at a time")
    if kinds:
        known = place_kinds()
        show(known, map(unclickable, kind_lines(known)), as_json=as_json)
    elif retract is not None:
        taken = take_back(opened, retract, by=by, because=given["because"], kind="P")
        show(taken, map(unclickable, retracted_lines(taken)), as_json=as_json)
    elif entry is not None:
        done = enter_place(opened, group, entry, by=by)
        lines = [f"{done.label}: {done.says}, by {done.by}"]
        lines.append(f"To take it back: inconcert locate {case} {group} --retract {done.label} --because REASON")
        show(done, map(unclickable, lines), as_json=as_json)
    else:
        with bars() as progress:
            locate(opened, group, progress=progress)
        found = located(opened, group)
        if draw is not None:
            files = draw_place(found, draw, force=force)
            show(files, map(str, files), as_json=as_json)
        else:
            show(found, map(unclickable, located_lines(found)), as_json=as_json)


def _entry(given: dict[str, Any]) -> Clue | Photo | Review | None:
    """What the options ask to enter, None for nothing; UsageError for more than one thing."""
    from inconcert.verbs import place_entries as entries

    asked = [name for name in ("clue", "photo", "review") if given[name] is not None]
    if len(asked) > 1:
        raise click.UsageError(f"Enter one thing at a time; {len(asked)} were given: --{', --'.join(asked)}")
    shared = {name: given[name] for name in ("region", "source", "grade", "otherwise")}
    match asked:
        case ["clue"]:
            return entries.Clue(text=given["clue"], kind=given["kind"], **shared)
        case ["photo"]:
            if given["view"] is None:
                raise click.UsageError("--photo needs --view, a picture of the place that is known")
            return entries.Photo(
                text=given["text"], picture=given["photo"], view=given["view"], features=given["features"], **shared
            )
        case ["review"]:
            if given["agrees"] is None:
                raise click.UsageError("--review needs --agree or --disagree")
            return entries.Review(given["review"], given["agrees"], given["because"])
        case _:
            return None
