"""`/c/<case>/group/<id>/links`: what a group has in common with known operations, how rare each thing is, and what would change the verdict."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from inconcert.browse.names import NAMED, Who
from inconcert.errors import InconcertError, InputError
from inconcert.report import claims
from inconcert.report.hostile_text import defanged
from inconcert.verbs.held_libraries import kept_in, libraries_beside, library_named
from inconcert.verbs.link_pasted import CHARACTERS_AT_MOST, Recycled, pasted_recycled
from inconcert.verbs.linked import (
    FEW_CONTROL,
    KINDS,
    NOT_WHO,
    Link,
    Linked,
    Match,
    Showing,
    Witness,
    distance,
    linked,
    links_timeline,
)
from inconcert.verbs.look import View, accounts_shown, group, overview, texts_shown
from inconcert.web.jobs import step
from inconcert.web.rendering import page, path
from inconcert.web.views import named, view_of
from inconcert.web.workbench import workbench_of

BESIDES_SHOWN, REPEATED_SHOWN, TEXT_SHOWN = 40, 200, 300
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Told:
    """A match as the page shows it.   value: "" where it would say who an account is.   published: what the library has, where that is
    something else.   people: (account, address of its post or of itself) of its first witnesses."""

    its: Match
    kind: str
    value: str
    published: str
    people: tuple[tuple[Who, str], ...]


@dataclass(frozen=True)
class Beside:
    """The group beside one operation.   name: of the operation, as the library has it.   over: whether that claims more than the level."""

    its: Link
    name: str
    over: bool
    telling: tuple[Told, ...]
    besides: tuple[Told, ...]
    tactics: tuple[Told, ...]


def show(request: Request) -> Response:
    """The page."""
    return links_page(request)


def links_page(
    request: Request,
    *,
    status: int = 200,
    error: str = "",
    checked: Recycled | None = None,
    pasted: Mapping[str, str] | None = None,
) -> Response:
    """The page.   error: why something was not begun.   checked: the technical report that `pasted` holds, beside the libraries."""
    view, name, id = view_of(request), request.path_params["case"], request.path_params["id"]
    bench = workbench_of(request)
    case, its = bench.case(name), group(view, id)
    level, names = str(its.row["level"]), named(request)
    shown = names or level == NAMED
    found = linked(case, id)
    beside = _beside(request, view, found, level, shown) if found is not None else ()
    likely = [one for one in beside if one.its.likely]
    dated = _dated(likely)
    return page(
        request,
        "links.html.jinja",
        status=status,
        case=name,
        title=overview(view).title,
        section="groups",
        id=id,
        level=level,
        level_words=claims.words(level),
        found=found,
        likely=likely,
        others=[one for one in beside if not one.its.likely],
        drawing=links_timeline(
            list(dated), dated, f"What accounts of {id} showed of known operations, by date, as the list below says"
        ),
        dated=[(one, words, distance(one)) for one, words in dated.items()],
        libraries=libraries_beside(bench.root),
        kept=kept_in(case),
        kinds=KINDS,
        shown=shown,
        few=FEW_CONTROL,
        not_who=NOT_WHO,
        besides_shown=BESIDES_SHOWN,
        error=error,
        checked=checked,
        repeated=_repeated(view, checked, names),
        repeated_shown=REPEATED_SHOWN,
        pasted={"indicators": "", "before": ""} | dict(pasted or {}),
        most=CHARACTERS_AT_MOST,
        commands={
            "link": str(step("link", name, "--library", "LIBRARY")),
            "again": str(step("link", name)),
            "add": "inconcert catalogue add FILE --library LIBRARY --operation NAME",
            "report": str(step("link", name, "--library", "LIBRARY", "--report", "FILE")),
            "addresses": str(step("link", name, "--library", "LIBRARY", "--addresses", "HITS.csv")),
            "export": str(step("export", name, "link_items.csv")),
        },
    )


async def begin(request: Request) -> Response:
    """Compare every group with the libraries that were ticked, or again with those of the last comparison."""
    form = await request.form()
    chosen = [str(one) for one in form.getlist("library")]
    return await run_in_threadpool(_begin, request, chosen, form.get("again") == "yes")


def _begin(request: Request, chosen: Sequence[str], again: bool) -> Response:
    bench, name = workbench_of(request), request.path_params["case"]
    case, id = bench.case(name), request.path_params["id"]
    try:
        if again and not kept_in(case, newest=True):
            raise InputError("The case keeps no library yet. Tick one that lies beside it.")
        if not again and not chosen:
            raise InputError("No library was ticked.")
        options = (
            [] if again else [part for one in chosen for part in ("--library", library_named(bench.root, one).name)]
        )
    except InconcertError as error:
        return links_page(request, status=409, error=str(error))
    title = f"Comparing the groups of {name} with known operations."
    job = bench.jobs.start(name, title, [step("link", name, *options)], after=path(name, "group", id, "links"))
    return RedirectResponse(f"/jobs/{job.id}", 303)


async def check_report(request: Request) -> Response:
    """Hold the indicators of a technical report against what was public before. Nothing of it is kept."""
    form = await request.form()
    pasted = {name: str(form.get(name, "")).strip() for name in ("indicators", "before")}
    return await run_in_threadpool(_check_report, request, pasted)


def _check_report(request: Request, pasted: Mapping[str, str]) -> Response:
    bench = workbench_of(request)
    case = bench.case(request.path_params["case"])
    try:
        if pasted["before"] and not _DATE.fullmatch(pasted["before"]):
            raise InputError(f"'{pasted['before'][:40]}' is no date such as 2022-10-12.")
        told = pasted_recycled(case, pasted["indicators"], now=bench.clock(), before=pasted["before"] or None)
    except InconcertError as error:
        return links_page(request, status=409, error=str(error), pasted=pasted)
    return links_page(request, checked=told, pasted=pasted)


def _beside(request: Request, view: View, found: Linked, level: str, shown: bool) -> tuple[Beside, ...]:
    """Everything the run found, in words of the page and with nobody named who should not be."""
    names, case = named(request), request.path_params["case"]
    matches = [one for link in found.links for one in (*link.telling, *link.besides)]
    people = accounts_shown(view, [w.account_id for one in matches for w in one.witnesses], names=names)
    texts = list(
        {text for one in matches for text in _texts(one)} | {str(link.row["operation"]) for link in found.links}
    )
    said = dict(zip(texts, texts_shown(view, texts, names=names), strict=True))

    def told(one: Match) -> Told:
        value, published = (said[text] for text in _texts(one))
        witnesses = tuple(
            (people[w.account_id], _address(case, people[w.account_id], w))
            for w in one.witnesses
            if w.account_id in people
        )
        kind = KINDS.get(one.row["kind"], one.row["kind"])
        return Told(
            one,
            kind,
            "" if one.naming and not shown else value,
            "" if one.naming and not shown else published,
            witnesses,
        )

    return tuple(
        Beside(
            link,
            said[str(link.row["operation"])],
            claims.exceeds(level, str(link.row["operation"])),
            tuple(told(one) for one in link.telling),
            tuple(told(one) for one in link.besides),
            tuple(told(one) for one in link.tactics),
        )
        for link in found.links
    )


def _texts(one: Match) -> tuple[str, str]:
    """What the case shows, and what was published where that is something else."""
    if one.hashed:
        return str(one.row["written"])[:TEXT_SHOWN], ""
    return str(one.row["value"])[:TEXT_SHOWN], str(one.row["published"])[:TEXT_SHOWN] if one.near else ""


def _address(case: str, who: Who, witness: Witness) -> str:
    if witness.post_id is not None and witness.import_id is not None and witness.row_ref is not None:
        return path(case, "post", witness.import_id, witness.row_ref)
    return path(case, "account", who.key)


def _dated(beside: Sequence[Beside]) -> dict[Showing, str]:
    """What was shown in dated posts, its operation in words of the page -> its own words, by first post."""
    found = {}
    for one in beside:
        told = {(t.its.row["kind"], t.its.row["value"]): t for t in (*one.telling, *one.besides)}
        for showing in one.its.shown:
            match = told.get((showing.kind, showing.value))
            word = KINDS.get(showing.kind, showing.kind)
            words = f"{word} {match.value}" if match is not None and match.value else f"one {word}"
            found[replace(showing, operation=one.name)] = words
    return dict(sorted(found.items(), key=lambda pair: (pair[0].first_day, pair[0].operation, pair[1])))


def _repeated(view: View, checked: Recycled | None, names: bool) -> list[tuple[str, str, str, bool, int]]:
    """(kind, value or "", first date, whether stated, sources) of what was public before."""
    if checked is None:
        return []
    its = checked.repeated[:REPEATED_SHOWN]
    values = texts_shown(view, [one.value[:TEXT_SHOWN] for one in its], names=names)
    naming = ("account", "handle", "name", "email", "phone")
    return [
        (
            KINDS.get(one.kind, one.kind),
            "" if one.kind in naming and not names else defanged(value),
            one.first,
            one.stated,
            one.sources,
        )
        for one, value in zip(its, values, strict=True)
    ]


ROUTES = [
    Route("/c/{case}/group/{id}/links", show),
    Route("/c/{case}/group/{id}/links/begin", begin, methods=["POST"]),
    Route("/c/{case}/group/{id}/links/report", check_report, methods=["POST"]),
]
