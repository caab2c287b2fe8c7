"""One group as the report describes it, and what it measured beside the groups, in parts that another page can frame: each a
finished piece of HTML."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import partial

from inconcert.report import checks, doubts, findings, indicator_sheets, indicator_words, sections
from inconcert.report.additions import Additions
from inconcert.report.copies import CARDS_AT_MOST as COPIES_AT_MOST
from inconcert.report.data import Group, Report
from inconcert.report.html import CARDS_AT_MOST, rendered
from inconcert.report.network_picture import network_picture
from inconcert.report.post_references import Reference
from inconcert.report.quoted import named_object, quoted
from inconcert.report.substitutions import Example, Substitutions
from inconcert.report.words import count

STANDS_OUT = "stands out"
"""Name of the one part that is words only: what stands out about the accounts, in short."""


NO_GROUP = ""
"""Group of the part on what belongs to no group."""


@dataclass(frozen=True)
class Part:
    """A part of what the report says of a group.   name: STANDS_OUT, finding, network, evidence, kind, doubts, or the id of a section."""

    group_id: str
    name: str
    title: str
    html: str


def group_parts(report: Report) -> Iterator[tuple[Part, ...]]:
    """The parts of each group that the report describes in full, strongest group first."""
    for group in report.groups[:CARDS_AT_MOST]:
        yield tuple(_parts(group, _about(group, report), report.groups))


def beside_groups(report: Report) -> tuple[Part, ...]:
    """The part on events, storylines, hashtags, posts and lists, of no group; empty when no indicators were measured."""
    if report.added.indicators is None:
        return ()
    section = sections.beside_groups(report, rendered)
    return (Part(NO_GROUP, section.id, section.title, section.html),)


def _parts(group: Group, report: Report, groups: tuple[Group, ...]) -> Iterator[Part]:
    """report: that of this group alone.   groups: all of them, of which sections may speak."""
    id = group.row["group_id"]
    values = {
        "report": report,
        "group": group,
        "row": group.row,
        "picture": {"network": _network(group, report)},
        "checks": checks,
        "findings": findings,
        "named": partial(named_object, names=report.names, clusters=report.added.objects),
        "quote": partial(quoted, names=report.names),
        "clusters_shown": sections.printed_objects(report),
    }
    for name, heading in (("finding", 3), ("network", 3), ("evidence", 2)):
        yield Part(id, name, "", rendered(f"group_{name}.html.jinja", heading=heading, **values))
    if (measured := report.added.indicators) is not None and id in measured.groups:
        yield Part(id, STANDS_OUT, "", indicator_words.standing_out(measured.groups[id]))
    if (sheet := indicator_sheets.of_group(group, report)) is not None:
        yield Part(id, "kind", "", rendered("kind.html.jinja", it=sheet, report=report, not_run=0, heading=2))
    beside = replace(report, groups=groups, added=replace(report.added, indicators=None))
    for section in sections.sections(beside, rendered, ()):
        yield Part(id, section.id, section.title, section.html)
    yield Part(id, "doubts", "", rendered("doubts.html.jinja", doubts=doubts.doubts(report)))


def _network(group: Group, report: Report) -> str:
    lines = count(len(group.lines.drawn), "line")
    label = f"Network picture of {group.row['group_id']}: {count(group.row['size'], 'account')} as dots, {lines} between those that acted together."
    return network_picture(group.members, group.lines.drawn, report.names.by_id, label)


def _about(group: Group, report: Report) -> Report:
    """The report with nothing in it but what concerns one group."""
    id, members = group.row["group_id"], {member["account_id"] for member in group.members}
    return replace(report, groups=(group,), added=_added(report.added, id, members), operations=None, placed=())


def _added(added: Additions, id: str, members: Collection[str]) -> Additions:
    copies, sheet, languages, avatars = added.copies, added.pictures, added.languages, added.avatars
    if copies is not None:
        cards = tuple(one for one in (*copies.cards, *copies.listed) if id in dict(one.carriers.groups))[
            :COPIES_AT_MOST
        ]
        copies = replace(copies, cards=cards, listed=(), common=(), ordinary=0) if cards else None
    if sheet is not None:
        sheets = tuple(one for one in sheet.sheets if id in dict(one.carriers.groups))
        sheet = replace(sheet, sheets=sheets, listed=(), common=(), ordinary=0) if sheets else None
    if languages is not None:
        its = tuple(one for one in languages.groups if one.group_id == id)
        switches = tuple(one for one in languages.switches if one.row["account_id"] in members)
        leads = tuple(one for one in languages.leads if one.row["group_id"] == id)
        of_group = replace(languages, groups=its, further=0, switches=switches, switched=len(switches))
        languages = replace(of_group, leads=leads, found=len(leads)) if its else None
    if avatars is not None:
        pictured = tuple(one for one in avatars.groups if one.row["group_id"] == id)
        avatars = replace(avatars, groups=pictured, further=0) if pictured else None
    return replace(
        added, copies=copies, substitutions=_rewritten(added.substitutions, members), pictures=sheet, clues=None,
        languages=languages, avatars=avatars,
    )  # fmt: skip


def _rewritten(found: Substitutions | None, members: Collection[str]) -> Substitutions | None:
    """Those made in a post of a member; None without any."""
    if found is None:
        return None
    templates = [
        replace(one, examples=tuple(example for example in one.examples if _by(example, members)))
        for one in found.templates
    ]
    kept = tuple(one for one in templates if one.examples)
    swaps = tuple(one for one in found.swaps if _by(one.example, members))
    return replace(found, templates=kept, swaps=swaps, own=True) if kept or swaps else None


def _by(example: Example, members: Collection[str]) -> bool:
    sides: tuple[Reference | None, ...] = (example.original, example.rewritten)
    return any(side is not None and side.post.account_id in members for side in sides)
