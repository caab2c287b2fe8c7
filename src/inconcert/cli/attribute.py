"""`inconcert attribute`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from inconcert.cli.judge import by_option
from inconcert.cli.judgements import retracted_lines
from inconcert.cli.options import FILE, case_argument, force_option, verb
from inconcert.cli.terminal import show, unclickable

if TYPE_CHECKING:
    from inconcert.verbs.attribution_entries import Entry, SignOff

_RANGE = re.compile(r"(?P<id>[^=]+)=(?P<low>-?[0-9.]+)\.\.(?P<high>-?[0-9.]+)")
_GIVEN = ("hypothesis", "rename", "split", "set_aside", "prior", "evidence", "yardstick", "dissent", "sign_off")
"""Options that enter something; one of them at a time."""


def _range(text: str) -> tuple[str, float, float]:
    match = _RANGE.fullmatch(text.strip())
    try:
        return (match["id"].strip().upper(), float(match["low"]), float(match["high"])) if match else _bad(text)
    except ValueError:
        return _bad(text)


def _bad(text: str) -> tuple[str, float, float]:
    raise click.UsageError(f"'{text}' is not HYPOTHESIS=LOW..HIGH, as in H2=0.5..1.2")


@verb("attribute", "Weigh who is behind a group.")
@case_argument
@click.argument("group")
@click.option(
    "--evidence", metavar="TEXT", help="Enter an item of evidence: what was seen. Needs --source and --grade."
)
@click.option("--kind", default="", metavar="NAME", help="Its kind, which gives it weights; --kinds lists them.")
@click.option("--source", default="", metavar="SOURCE", help="Where it is to be seen.")
@click.option(
    "--grade", default="", metavar="GRADE", help="Reliability of the source, A to F, and credibility, 1 to 6, as B2."
)
@click.option(
    "--weight", "weights", multiple=True, metavar="ID=LOW..HIGH",
    help="Your own weight for a hypothesis, before that of the kind: how much likelier the item is there than under the least favourable "
    "hypothesis, in powers of ten. May be repeated.",
)  # fmt: skip
@click.option("--family", default="", metavar="NAME", help="Family it counts in, once. [default: that of its kind]")
@click.option(
    "--category", default="", metavar="NAME", help="technical, behavioural or contextual. [default: that of its kind]"
)
@click.option(
    "--access", default="", metavar="NAME", help="open, proprietary or classified. [default: that of its kind]"
)
@click.option("--found-by", default="", metavar="NAME", help="Who else found it: it is kept apart and credited.")
@click.option("--hypothesis", multiple=True, metavar="TITLE", help="Add a hypothesis; with --split, one part each.")
@click.option("--like", default="H1", metavar="ID", help="Hypothesis the new one is weighed like, H1 unless given.")
@click.option("--split", metavar="ID", help="Split a hypothesis into those named by --hypothesis.")
@click.option("--rename", metavar="ID=TITLE", help="Give a hypothesis another title.")
@click.option("--set-aside", metavar="ID", help="Leave out a hypothesis, or an item by its key. Needs --because.")
@click.option(
    "--prior", metavar="ID=LOW..HIGH", help="Weight before any evidence, relative to the others. Needs --because."
)
@click.option("--yardstick", metavar="NAME", help="Words of the whole case: phia or icd203.")
@click.option(
    "--dissent", metavar="WORD", help="Record another view, in a word of the yardstick. Needs --on and --because."
)
@click.option("--on", default="", metavar="ID", help="Hypothesis of the dissent.")
@click.option(
    "--sign-off", metavar="TEXT", help="Sign what is weighed now; level L3 only. It lapses with the first change."
)
@click.option(
    "--seen",
    default="",
    metavar="HASH",
    help="With --sign-off: refuse it unless this begins the hash of what is weighed now.",
)
@click.option("--because", default="", metavar="REASON", help="Why.")
@click.option("--retract", metavar="NUMBER", help="Take back the entry of that number, as A3. Needs --because.")
@click.option(
    "--pair", nargs=2, metavar="ID ID", help="Hypotheses of the waterfall. [default: the likeliest and the next]"
)
@click.option("--draw", type=FILE, metavar="DIR", help="Write the waterfall and the matrix as SVG pictures.")
@force_option
@click.option("--kinds", is_flag=True, help="List the kinds of evidence with their weights and reasons.")
@by_option
def command(
    case: Path, group: str, pair: tuple[str, str] | None, draw: Path | None, force: bool, kinds: bool, retract: str | None,
    by: str, as_json: bool, **given: Any,
) -> None:  # fmt: skip
    """Weigh rival explanations of GROUP against the evidence: who is behind it, how likely, how sure, and what would change that.

    Without an option it shows the assessment. Findings of the case are weighed by themselves; hypotheses, priors, evidence, dissent and the
    sign-off are entered one at a time, in the ledger, under your name. Below level L3 explanations that accuse somebody are not
    weighed, the others only against each other, and nothing is attributed before a named analyst signs.

    \b
    Example:
      inconcert attribute my-case G1
      inconcert attribute my-case G1 --evidence "A tender asks for these hashtags" --kind contract --source "tender 12/2024" --grade B2 --by "Ann Lee"
      inconcert attribute my-case G1 --split H1 --hypothesis "Ministry X" --hypothesis "another body" --by "Ann Lee"
      inconcert attribute my-case G1 --sign-off "I weighed every item" --by "Ann Lee"
    """
    from inconcert.cli.attribution_lines import assessment_lines, kind_lines
    from inconcert.verbs.attribute import assessment, attribute
    from inconcert.verbs.attribution_entries import evidence_kinds
    from inconcert.verbs.draw_attribution import draw_attribution
    from inconcert.verbs.init import open_case
    from inconcert.verbs.judgements import retract as take_back

    opened = open_case(case)
    entry = _entry(given)
    if sum((entry is not None, retract is not None, draw is not None, kinds)) > 1:
        raise click.UsageError("Enter, retract, draw or list: one of them at a time")
    if kinds:
        known = evidence_kinds()
        show(known, map(unclickable, kind_lines(known)), as_json=as_json)
    elif retract is not None:
        taken = take_back(opened, retract, by=by, because=given["because"], kind="A")
        show(taken, map(unclickable, retracted_lines(taken)), as_json=as_json)
    elif entry is not None:
        done = attribute(opened, group, entry, by=by)
        lines = [f"{done.label}: {done.says}, by {done.by}"]
        lines += [f"  {label} lapses: what was signed is no longer what is weighed" for label in done.lapses]
        lines.append(f"To take it back: inconcert attribute {case} {group} --retract {done.label} --because REASON")
        show(done, map(unclickable, lines), as_json=as_json)
    else:
        chosen = (pair[0].upper(), pair[1].upper()) if pair else None
        assessed = assessment(opened, group, pair=chosen)
        if draw is not None:
            files = draw_attribution(assessed, draw, force=force)
            show(files, map(str, files), as_json=as_json)
        else:
            show(assessed, map(unclickable, assessment_lines(assessed)), as_json=as_json)


def _entry(given: dict[str, Any]) -> Entry | SignOff | None:
    """What the options ask to enter, None for nothing; UsageError for more than one thing, or one in parts."""
    from inconcert.verbs import attribution_entries as entries

    asked = [name for name in _GIVEN if given[name] not in (None, ())]
    if "split" in asked and "hypothesis" in asked:
        asked.remove("hypothesis")
    if len(asked) > 1:
        raise click.UsageError(
            f"Enter one thing at a time; {len(asked)} were given: {', '.join('--' + name.replace('_', '-') for name in asked)}"
        )
    match asked:
        case ["hypothesis"]:
            if len(given["hypothesis"]) > 1:
                raise click.UsageError("Add one hypothesis at a time, or say which one they are parts of: --split ID")
            return entries.NewHypothesis(given["hypothesis"][0], given["like"])
        case ["split"]:
            return entries.Split(given["split"].strip().upper(), tuple(given["hypothesis"]))
        case ["rename"]:
            id, sign, title = given["rename"].partition("=")
            if not sign:
                raise click.UsageError(f"'{given['rename']}' is not ID=TITLE, as in H2=Company Y")
            return entries.Rename(id, title)
        case ["set_aside"]:
            return entries.SetAside(given["set_aside"], given["because"])
        case ["prior"]:
            return entries.Prior(*_range(given["prior"]), given["because"])
        case ["evidence"]:
            weights = {id: (low, high) for id, low, high in map(_range, given["weights"])}
            names = ("source", "grade", "kind", "family", "category", "access", "found_by")
            return entries.Evidence(text=given["evidence"], weights=weights, **{name: given[name] for name in names})
        case ["yardstick"]:
            return entries.ChosenYardstick(given["yardstick"])
        case ["dissent"]:
            return entries.Dissent(given["on"], given["dissent"], given["because"])
        case ["sign_off"]:
            return entries.SignOff(given["sign_off"], given["seen"])
        case _:
            return None
