"""The report as two HTML pages: one that may be published, and a working file that says which account is which."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache, partial
from typing import Any

import jinja2
from markupsafe import Markup

from inconcert.network.levels import WORDS
from inconcert.report import (
    checks,
    claims,
    doubts,
    findings,
    fit,
    indicator_sheets,
    indicator_words,
    languages,
    limits,
    pictures,
    words,
)
from inconcert.report.chosen import SECTIONS
from inconcert.report.data import Group, Report
from inconcert.report.hostile_text import defanged, visible
from inconcert.report.of_people import NO_NUMBERS
from inconcert.report.quoted import QUOTE_AT_MOST, named_object, quoted
from inconcert.report.sections import printed_objects, sections, signed
from inconcert.version import VERSION

CARDS_AT_MOST = 60
"""Groups described in full; further ones are listed in a table."""

UNFOLDED = 10
"""Groups whose description is open from the start, in the table at the head and in the contents."""

CARDS_BYTES = 3_800_000
"""Room for their descriptions and the sections on copies, pictures, languages and indicators; groups beyond it are listed too, so that the
page stays below five megabytes."""

CARD_BYTES, WITNESS_BYTES, BIN_BYTES = 6_000, 900, 5
"""What the words of a card, of a witness without its quotes, and one bin of the week take, about."""


def pages(report: Report) -> dict[str, str]:
    """File name -> HTML of every page of the report."""
    return {"index.html": _index(report), "accounts.html": _accounts(report)}


def _index(report: Report) -> str:
    described = [group for group in report.groups if group.row["group_id"] not in report.chosen.folded]
    added = sections(report, rendered, {group.row["group_id"] for group in described})
    drawn = _drawn(report, described, CARDS_BYTES - sum(len(section.html.encode()) for section in added))
    if len(drawn) < len(described):
        added = sections(report, rendered, drawn)
    cards = tuple(described[: len(drawn)])
    maps = [clock for id in drawn for clock in drawn[id]["maps"]] + [
        clock for section in added for clock in section.maps
    ]
    weeks = pictures.weeks(report, cards, maps)
    return _page(
        "index.html.jinja",
        script="zones.js" if weeks else None,
        report=report,
        cards=cards,
        further=tuple(described[len(drawn) :]),
        signed=signed,
        SECTIONS=SECTIONS,
        weeks=weeks,
        sections=added,
        lists=[one for section in added for one in section.lists],
        standing_out=_standing_out(report),
        clusters_shown=printed_objects(report),
        named=partial(named_object, names=report.names, clusters=report.added.objects),
        quote=partial(quoted, names=report.names),
        pictures=drawn,
        volume=pictures.over_time(report) if report.chosen.shows("volume", "timeline") else None,
        permuted=pictures.shuffled_copies(report),
        checks=checks,
        findings=findings,
        fit=fit,
        doubts=doubts.doubts(report),
        limits=limits,
        level_words=WORDS,
        no_numbers=NO_NUMBERS,
        mapping=_mapping,
        UNFOLDED=UNFOLDED,
    )


def _drawn(report: Report, groups: Sequence[Group], room: int) -> dict[str, Mapping[str, Any]]:
    """Group id -> its pictures, strongest group first, as long as there is room (bytes).   groups: those described."""
    drawn: dict[str, Mapping[str, Any]] = {}
    for group in groups[:CARDS_AT_MOST]:
        found = {**pictures.of_group(group, report), **_kind(group, report)}
        found |= dict.fromkeys(report.chosen.without.get(group.row["group_id"], ()))
        quotes = [quote.text or "" for w in group.evidence.witnesses for quote in (w.first, w.second)]
        room -= CARD_BYTES + BIN_BYTES * len(group.week) + WITNESS_BYTES * len(group.evidence.witnesses)
        room -= sum(len(picture) for picture in found.values() if isinstance(picture, str))
        room -= sum(len(text[:QUOTE_AT_MOST].encode()) for text in quotes)
        if room < 0:
            break
        drawn[group.row["group_id"]] = found
    return drawn


def _kind(group: Group, report: Report) -> Mapping[str, Any]:
    """`kind`: the readings on what kind of accounts these are, "" without any; `maps`: those by hour and weekday in it."""
    sheet = indicator_sheets.of_group(group, report)
    if sheet is None or report.added.indicators is None:
        return {"kind": Markup(""), "maps": ()}
    not_run = len(report.added.indicators.not_run) if "indicators" not in report.chosen.hidden else 0
    html = rendered("kind.html.jinja", it=sheet, report=report, not_run=not_run)
    return {"kind": Markup(html), "maps": sheet.maps}


def _standing_out(report: Report) -> Mapping[str, str] | None:
    """Group id -> what stands out about its accounts, in short; None when indicators were not measured."""
    it = report.added.indicators
    return {id: indicator_words.standing_out(of) for id, of in it.groups.items()} if it is not None else None


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _accounts(report: Report) -> str:
    shown = {group.row["group_id"] for group in report.groups}
    return _page(
        "accounts.html.jinja",
        script=None,
        report=report,
        files={row["import_id"]: row for row in report.imports},
        outside=[(id, name) for id, name in report.names.by_id.items() if name.rpartition("-")[0] not in shown],
        witnesses=[w for group in report.groups for w in group.evidence.witnesses] + list(report.outside.witnesses),
    )


def _page(template: str, *, script: str | None, **values: Any) -> str:
    """Render a template; style and script go into the page, and only what has their hashes may act in it."""
    environment = _environment()
    style = _asset(environment, "style.css")
    code = _asset(environment, script) if script else Markup("")
    policy = _policy(f"'{_hash(style)}'", f"'{_hash(code)}'" if code else "'none'")
    return environment.get_template(template).render(
        style=style, script=code, policy=Markup("; ".join(policy)), version=VERSION, **values
    )


def policy() -> str:
    """The Content-Security-Policy under which a server hands out pages of the report: that of the pages, whichever it is."""
    environment = _environment()
    style, code = (_hash(_asset(environment, name)) for name in ("style.css", "zones.js"))
    return "; ".join(_policy(f"'{style}'", f"'{code}'"))


def _policy(style: str, script: str) -> list[str]:
    return [
        "default-src 'none'",
        f"style-src {style}",
        f"script-src {script}",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]


def rendered(template: str, **values: Any) -> str:
    """A template of the report, filled in: a part of a page."""
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("inconcert.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    environment.filters |= {
        "apart": words.apart,
        "capital": _capital,
        "count": words.count,
        "day": words.day,
        "defanged": defanged,
        "duration": words.duration,
        "false_alarms": words.false_alarms,
        "joined": words.joined,
        "language_name": languages.name,
        "held_to": lambda text, level: claims.held_to(level, text),
        "level_words": claims.words,
        "moment": words.moment,
        "number": words.number,
        "odds": words.odds,
        "percent": words.percent,
        "probability": words.probability,
        "signed": words.signed,
        "within": words.window,
    }
    environment.globals |= {
        "DID": words.DID,
        "NOUN": words.NOUN,
        "PRECISION": words.PRECISION,
        "period": words.period,
        "zone_doubt": limits.zone_doubt,
    }
    return environment


def _finalize(value: object) -> object:
    """Every string a template prints has its hidden characters shown, wherever it came from."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return visible(value)
    return value


def _asset(environment: jinja2.Environment, name: str) -> Markup:
    if environment.loader is None:
        raise ValueError("the environment of the report has no loader")
    return Markup(environment.loader.get_source(environment, name)[0])


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _mapping(mapping: str) -> str:
    """Which column of a file became which field."""
    columns = json.loads(mapping)
    return ", ".join(field if field == column else f"{field} ← {column}" for field, column in sorted(columns.items()))
