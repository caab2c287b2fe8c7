"""The sections on copies, pictures, languages and indicators: which there are, in what order, and what their templates may ask."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from markupsafe import Markup

from inconcert.copies.boilerplate import WORDS
from inconcert.report import chart_look, figures, languages, words
from inconcert.report.attribution_section import attributions
from inconcert.report.carriers import Carriers
from inconcert.report.chosen import Chosen
from inconcert.report.clock_chart import Clock
from inconcert.report.copies import CopyCluster, Wording
from inconcert.report.data import Report
from inconcert.report.hostile_text import defanged, shortened, visible
from inconcert.report.indicator_sheets import outside_groups
from inconcert.report.marked import example as shorter
from inconcert.report.marked import marked
from inconcert.report.place_section import places
from inconcert.report.pseudonyms import Pseudonyms
from inconcert.report.quoted import QUOTE_AT_MOST, quoted
from inconcert.report.substitutions import Example
from inconcert.report.techniques import techniques

Quoting = Callable[..., Mapping[str, Any]]
Masking = Callable[..., str]

ORDINARY_PICTURES: dict[str, str] = {
    "in the control": "the ordinary crowd posted it too",
    "plain picture": "it shows too little to be told from others like it",
    "default avatar": "it is what a profile has before its owner chooses a picture",
}
"""Reason -> why such a picture is no sign of acting together."""

BEGINS_AT_MOST, AROUND = 110, 110
"""Characters printed of a text in a table, and on either side of a substitution in its example."""


@dataclass(frozen=True)
class Section:
    """A finished section: its id, its name in the contents, itself, and the maps by hour and weekday in it.

    lists: (anchor, name, accounts) of the user's lists in it.
    """

    id: str
    title: str
    html: Markup
    maps: tuple[Clock, ...] = ()
    lists: tuple[tuple[str, str, int | None], ...] = ()


def sections(report: Report, render: Callable[..., str], linked: Collection[str]) -> tuple[Section, ...]:
    """Those that the runs of the report give something for, in the order of the page.

    render: (name of a template, values) -> HTML.   linked: groups with a place on the page that a link can lead to.
    """
    added = report.added
    parts = (
        ("copies", "Same words", added.copies),
        ("rewritten", "Rewritten copies", added.substitutions if _any_reworded(report) else None),
        ("pictures", "Same pictures", added.pictures if _any_pictures(report) else None),
        ("clues", "Words in pictures", added.clues if added.clues and added.clues.read else None),
        ("languages", "Languages", added.languages if added.languages and report.groups else None),
        ("avatars", "Profile pictures", added.avatars if added.avatars and report.groups and added.pictured else None),
    )
    values = {**_values(report), "linked": linked}
    made = [
        Section(id, title, Markup(render(f"{id}.html.jinja", id=id, title=title, it=part, report=report, **values)))
        for id, title, part in parts
        if part is not None
    ]
    if added.indicators is not None:
        made.append(beside_groups(report, render))
    made += behind(report, render, linked)
    return tuple(_beside(section, report) for section in made if section.id not in report.chosen.hidden)


def behind(report: Report, render: Callable[..., str], linked: Collection[str]) -> Sequence[Section]:
    """The sections on what groups can be evidence for, and on who is behind them, where there is anything to say."""
    parts = (
        ("techniques", "Techniques", techniques(report)),
        ("operations", "Known operations", report.operations),
        ("place", "Where they may sit", places(report)),
        ("entities", "The record on people and bodies", report.record),
        ("attribution", "Who is behind it", attributions(report)),
    )
    return [
        Section(
            id, title, Markup(render(f"{id}.html.jinja", id=id, title=title, it=part, report=report, linked=linked))
        )
        for id, title, part in parts
        if part
    ]


def _beside(section: Section, report: Report) -> Section:
    """The section with the words that somebody put beside it, below its heading."""
    words = report.chosen.texts.get(section.id)
    if words is None:
        return section
    heading, end, rest = section.html.partition("</h2>")
    said = Markup('<div class="written">{}{}</div>').format(words, signed(report.chosen))
    return replace(section, html=Markup(heading + end) + said + Markup(rest))


def signed(its: Chosen) -> Markup:
    """Who wrote the words beside a part."""
    return Markup('<p class="by">{}, {} ({})</p>').format(visible(defanged(its.by)), its.day, its.label)


def beside_groups(report: Report, render: Callable[..., str]) -> Section:
    """The section on what belongs to no group: posts, hashtags, events, storylines, lists. ValueError when no indicators were measured."""
    id, title = "indicators", "Indicators"
    shown = outside_groups(report)
    html = render("indicators.html.jinja", id=id, title=title, it=shown, report=report)
    lists = tuple((sheet.anchor, sheet.name, sheet.accounts) for sheet in shown.lists)
    return Section(id, title, Markup(html), shown.maps, lists)


def printed_objects(report: Report) -> frozenset[str]:
    """Ids of the clusters that have a place on the page."""
    hidden = report.chosen.hidden
    copies = report.added.copies if "copies" not in hidden else None
    pictures = report.added.pictures if "pictures" not in hidden else None
    texts = [cluster.row["cluster_id"] for cluster in copies.cards] if copies else []
    sheets = [cluster.row["cluster_id"] for cluster in pictures.sheets] if pictures else []
    return frozenset(texts + sheets)


def shape(platform: str, platforms: Sequence[str]) -> int:
    """Which colour and shape a platform is drawn in: 0 to 3 by its posts in the case, 4 for all others."""
    most = len(chart_look.SHAPES) - 1
    return min(platforms.index(platform), most) if platform in platforms else most


def _values(report: Report) -> dict[str, Any]:
    """What the templates may ask beside their own part."""
    platforms = tuple(report.facts.platforms)
    quote = partial(quoted, names=report.names)
    masked = partial(_masked, names=report.names)
    return {
        "quote": quote,
        "masked": masked,
        "mark": partial(_mark, quote=quote, masked=masked),
        "compared": partial(_compared, quote=quote),
        "in_short": partial(_in_short, names=report.names),
        "spread": partial(_spread, platforms=platforms),
        "shape": partial(shape, platforms=platforms),
        "ordinary_words": WORDS,
        "ordinary_pictures": ORDINARY_PICTURES,
        "language": languages.name,
        "THINGS": languages.THINGS,
        "standing": {group.row["group_id"]: group.row["size"] for group in report.groups},
        "clusters_shown": printed_objects(report),
        "BEGINS_AT_MOST": BEGINS_AT_MOST,
    }


def _any_reworded(report: Report) -> bool:
    its = report.added.substitutions
    return its is not None and bool(its.tried or its.swapped)


def _any_pictures(report: Report) -> bool:
    its = report.added.pictures
    return its is not None and bool(its.clusters or report.added.pictured)


def _masked(text: str, most: int, *, names: Pseudonyms) -> str:
    """A strange text on one line: masked, defanged, cut."""
    line = " ".join(names.masked(text[: 4 * most]).split())
    short, more = shortened(line, most)
    return defanged(short) + ("…" if more else "")


def _mark(cluster: CopyCluster, wording: Wording, *, quote: Quoting, masked: Masking) -> Markup:
    """A wording with its differences from the representative marked."""
    (before, cut_before), (after, cut_after) = (_words(one, quote, masked) for one in (cluster.wordings[0], wording))
    return marked(before, after, cut=cut_before or cut_after)


def _words(wording: Wording, quote: Quoting, masked: Masking) -> tuple[str, bool]:
    """A wording as the page prints it, and whether it was cut."""
    if wording.read is not None:
        return masked(wording.read, QUOTE_AT_MOST), len(wording.read) > QUOTE_AT_MOST
    if wording.reference is None:
        return "", False
    post = quote(wording.reference.post)
    return post["text"], bool(post["more"])


def _compared(example: Example, *, quote: Quoting) -> Markup:
    """A rewritten post with its differences from the other marked."""
    if example.original is None or example.rewritten is None:
        raise ValueError("both posts are needed to compare them")
    before, after = quote(example.original.post), quote(example.rewritten.post)
    return marked(before["text"], after["text"], cut=bool(before["more"] or after["more"]))


def _in_short(example: Example, row: Mapping[str, Any], *, names: Pseudonyms) -> tuple[Markup, Markup] | None:
    """Both posts of an example around its substitution (a row of `templates`); None where it is not found in them."""
    if example.original is None or example.rewritten is None:
        return None
    texts = [defanged(names.masked(one.post.text or "")) for one in (example.original, example.rewritten)]
    change = defanged(names.masked(row["before"])), defanged(names.masked(row["after"]))
    return shorter(texts[0], texts[1], change, AROUND)


def _spread(carriers: Carriers, name: str, *, platforms: Sequence[str]) -> Mapping[str, Any] | None:
    """The picture of how one thing spread, with the sentence that says it and the platforms in it; None for fewer than two
    known times."""
    if carriers.span_us is None:
        return None
    start, end = carriers.spread[0][0], carriers.spread[-1][0]
    half = carriers.spread[(len(carriers.spread) - 1) // 2][0]
    said = (
        f"First {words.moment(start, 'min')}, last {words.moment(end, 'min')} UTC; "
        f"half of {words.count(carriers.timed, 'account')} had posted it after {words.duration(half - start)}."
    )
    drawn = [(time_us, shape(platform, platforms)) for time_us, platform in carriers.spread]
    return {
        "picture": figures.first_posts(drawn, carriers.timed, f"First posts with {name}, one mark an account. {said}"),
        "said": said,
        "platforms": sorted({platform for _, platform in carriers.spread}, key=lambda p: (shape(p, platforms), p)),
        "thinned": len(carriers.spread) < carriers.timed,
    }
