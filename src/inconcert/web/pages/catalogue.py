"""`/catalogue` and `/c/<case>/catalogue`: what was disclosed of operations before: the register, its reports, and libraries of indicators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from inconcert.case import Case
from inconcert.errors import UnknownName
from inconcert.report.catalogue_chart import catalogue_chart
from inconcert.report.drawing import Drawing
from inconcert.report.pseudonyms import Pseudonyms
from inconcert.verbs.catalogue import Catalogue, catalogue
from inconcert.verbs.catalogue_report import LEVELS, SOURCE, catalogue_report, tactics_of, technique_names
from inconcert.verbs.held_libraries import HeldLibrary, held_libraries, operation_of
from inconcert.verbs.linked import linked_to
from inconcert.web.jobs import step
from inconcert.web.paging import stretch
from inconcert.web.rendering import page, path
from inconcert.web.views import named
from inconcert.web.workbench import workbench_of

ASKED = ("q", "year", "platform", "category", "language", "level", "technique")
"""What the register is filtered by."""
PERSONAL = ("account", "handle", "name", "email", "phone")
"""Kinds of indicator that stand for a person or account: not shown while names are hidden."""
INDICATORS_SHOWN, VALUE_SHOWN, BARS_SHOWN = 100, 400, 8
_MASK = Pseudonyms({}, {})


@dataclass(frozen=True)
class Shown:
    """An indicator as the page shows it.   value, written, comment: "" where names are hidden and it would name somebody."""

    kind: str
    platform: str | None
    value: str
    written: str
    comment: str
    row: int
    listed: str
    unlisted: str | None


def listing(request: Request) -> Response:
    """The register, filtered, and the operations of the libraries."""
    asked = {name: request.query_params.get(name, "").strip()[:200] for name in ASKED}
    every, refused = catalogue(), ""
    try:
        found = _found(asked)
    except UnknownName as error:
        found, refused = None, str(error)
    libraries = _libraries(request)
    words = asked["q"].casefold().split()
    named_somewhere = {one.technique for one in every.counts.techniques}
    at = partial(_at, request.path_params.get("case"))
    return page(
        request,
        "catalogue.html.jinja",
        **_within(request),
        at=at,
        asked=asked,
        narrowed=any(asked.values()),
        refused=refused,
        every=every.counts,
        found=found,
        drawing=_drawing(tuple(asked.items())) if found is not None else None,
        names=technique_names(),
        techniques=sorted(
            ((id, name) for id, name in technique_names().items() if id in named_somewhere),
            key=lambda pair: pair[1].casefold(),
        ),
        labels=_labels,
        bars_shown=BARS_SHOWN,
        levels=LEVELS,
        facts=SOURCE,
        framework=every.framework,
        libraries=[(one, _fitting(one, words)) for one in libraries],
        told=_told,
        command=_command(request, asked),
        add="inconcert catalogue add FILE --library LIBRARY --operation NAME --licence TERMS",
    )


def report(request: Request) -> Response:
    """One report of the register."""
    told = catalogue_report(request.path_params["id"])
    at = partial(_at, request.path_params.get("case"))
    return page(
        request, "catalogue_report.html.jinja", **_within(request), at=at, told=told, it=told.report,
        command=str(step("catalogue", told.report.id)),
    )  # fmt: skip


def operation(request: Request) -> Response:
    """One operation of a library: what its source lists of it, since when, and on what terms."""
    one = operation_of(_libraries(request), request.path_params["key"])
    shown = bool(request.path_params.get("case")) and named(request)
    kind, words = (request.query_params.get(name, "").strip()[:200] for name in ("kind", "q"))
    its = [
        indicator
        for indicator in one.indicators
        if kind in ("", indicator.kind)
        and (
            not words
            or (
                (shown or indicator.kind not in PERSONAL)
                and words.casefold() in f"{indicator.value} {indicator.written}".casefold()
            )
        )
    ]
    of = stretch(request, "from", INDICATORS_SHOWN, len(its))
    case = _case(request)
    return page(
        request,
        "catalogue_operation.html.jinja",
        **_within(request),
        at=partial(_at, request.path_params.get("case"), "known", one.key),
        one=one,
        tactics=tactics_of([number for number, _, _ in one.techniques]),
        kinds=sorted({indicator.kind for indicator in one.indicators}),
        asked={"kind": kind, "q": words},
        its=[_shown(indicator, shown) for indicator in its[of.start : of.end]],
        of=of,
        shown=shown,
        told=_told,
        compared=linked_to(case, one.name) if case is not None else (),
        catalogue=_at(request.path_params.get("case")),
        command=str(step("catalogue", "WORDS", "--library", "LIBRARY")),
    )


def _found(asked: Mapping[str, str]) -> Catalogue:
    """UnknownName for a value that no report has."""
    year = asked["year"]
    if year and not (year.isascii() and year.isdigit() and len(year) == 4):
        raise UnknownName("year", year, ())
    return catalogue(
        asked["q"].split(), platform=asked["platform"] or None, year=int(year) if year else None, category=asked["category"] or None,
        language=asked["language"] or None, level=asked["level"] or None, technique=asked["technique"] or None,
    )  # fmt: skip


@lru_cache(16)
def _drawing(asked: tuple[tuple[str, str], ...]) -> Drawing | None:
    """The picture of the reports that fit. Drawing takes a second, and a filter is often gone back to."""
    return catalogue_chart(_found(dict(asked)).counts)


def _within(request: Request) -> dict[str, Any]:
    """What a page of a case has besides: its name, and which part of it this is."""
    case = request.path_params.get("case")
    if case:
        workbench_of(request).case(case)
    return {"case": case, "section": "catalogue"} if case else {"case": None, "section": ""}


def _case(request: Request) -> Case | None:
    name = request.path_params.get("case")
    return workbench_of(request).case(name) if name else None


def _libraries(request: Request) -> tuple[HeldLibrary, ...]:
    return held_libraries(Path(workbench_of(request).root), _case(request))


def _fitting(library: HeldLibrary, words: Sequence[str]) -> list[Any]:
    """Its operations that have all the words in their name or source."""
    return [one for one in library.operations if all(word in f"{one.name} {one.source}".casefold() for word in words)]


def _shown(one: Any, names: bool) -> Shown:
    hidden = not names and one.kind in PERSONAL
    value, written, comment = (
        text[:VALUE_SHOWN] if names else _MASK.masked(text[:VALUE_SHOWN])
        for text in (one.value, one.written, one.comment or "")
    )
    return Shown(
        one.kind,
        one.platform,
        "" if hidden else value,
        "" if hidden else written,
        "" if hidden else comment,
        one.row,
        one.listed,
        one.unlisted,
    )


def _labels(counts: Mapping[object, int]) -> list[tuple[str, str]]:
    """(value, its words) of what there is any of."""
    return [(str(value), str(value).replace("_", " ")) for value, n in counts.items() if n]


def _told(text: str, most: int = 160) -> str:
    """A name that a library gives, with no account in it."""
    return _MASK.masked(text[:most])


def _command(request: Request, asked: Mapping[str, str]) -> str:
    options = [part for name in ASKED[1:] if asked[name] for part in (f"--{name}", asked[name])]
    return str(step("catalogue", *asked["q"].split(), *options))


def _at(case: str | None, *parts: str, **query: object) -> str:
    """An address of the catalogue, within the case where there is one."""
    if case:
        return path(case, "catalogue", *parts, **query)
    asked = {name: value for name, value in query.items() if value not in (None, "", False)}
    return "/".join(["/catalogue", *(quote(part, safe="") for part in parts)]) + (
        f"?{urlencode(asked)}" if asked else ""
    )


ROUTES = [
    Route(prefix + address, answer)
    for prefix in ("", "/c/{case}")
    for address, answer in (
        ("/catalogue", listing),
        ("/catalogue/report/{id}", report),
        ("/catalogue/known/{key}", operation),
    )
]
