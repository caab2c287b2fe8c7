"""`/c/<case>/group/<id>/place`: where the people behind a group may sit: the sentence, a map by regions, every sign with its ways of misleading.

Below level L3 a page says that nothing is located, and what is lacking; it shows no region, no number and no form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from inconcert.errors import InputError, UnknownName
from inconcert.judgement.brought import same_author
from inconcert.verbs.locate import Located, LocatedItem, located, percent
from inconcert.verbs.look import View, overview, texts_shown
from inconcert.verbs.place_gate import locatable, located_run
from inconcert.verbs.place_said import SaidPlace, place_choices, place_picture, said_places
from inconcert.verbs.place_witnesses import PlaceWitness, place_witnesses
from inconcert.web.hidden_names import said_of_error
from inconcert.web.jobs import step
from inconcert.web.pages.held import held_by
from inconcert.web.placing import FORMS, Asked, command, retract_command
from inconcert.web.rendering import page, path
from inconcert.web.views import named, view_of
from inconcert.web.workbench import session_of, workbench_of

USUAL = "screen"
"""Kind of clue that the form begins with."""
CONFLICTS_SHOWN = 6
"""Of one sign."""


@dataclass(frozen=True)
class Sign:
    """One item as the page shows it.   anchor: its place on the page.   family: title.   factors: of its weak and its strong reading."""

    its: LocatedItem
    anchor: str
    family: str
    factors: tuple[str, str]
    witnesses: tuple[PlaceWitness, ...]


def show(request: Request) -> Response:
    """The page."""
    return place_page(request, Asked())


def place_page(request: Request, asked: Asked, *, status: int = 200, error: str = "") -> Response:
    """The page.   asked: a form that could not be entered, with its faults.   error: why something was not begun."""
    view, case, id = view_of(request), request.path_params["case"], request.path_params["id"]
    opened = workbench_of(request).case(case)
    values = {
        "case": case,
        "title": overview(view).title,
        "section": "groups",
        "id": id,
        "run_command": str(step("locate", case, id)),
    }
    try:
        ready = locatable(opened, id)
    except UnknownName:
        raise
    except InputError as lacks:
        return page(
            request, "place_below.html.jinja", status=status, lacks=said_of_error(request, view, lacks), **values
        )
    found = located(opened, id) if located_run(opened, id, ready.clustered) is not None else None
    signs = tuple(_signs(found, place_witnesses(opened, found))) if found is not None else ()
    entries = said_places(opened, id)
    by = session_of(request).author
    bare = {"by": by, "kind": USUAL}
    typed = bare | dict(asked.values)
    return page(
        request,
        "place.html.jinja",
        status=status,
        found=found,
        signs=signs,
        anchors={one.its.key: one.anchor for one in signs},
        told=_told(view, (*_texts(found), *_of_entries(entries)), named(request)),
        entries=entries,
        entered=request.query_params.get("said", "")[:12],
        offered=_offered([one for one in entries if one.retracted is None and not (by and same_author(one.by, by))]),
        conflicts_shown=CONFLICTS_SHOWN,
        percent=percent,
        factor=factor,
        asked=asked,
        faults=dict(asked.faults),
        values=typed,
        commands={what: command(case, id, what, typed if asked.what == what else bare) for what in FORMS},
        retract_command=retract_command,
        draw_command=str(step("locate", case, id, "--draw", "FOLDER")),
        export_command=str(step("export", case, "place_accounts.csv")),
        holder=held_by(opened),
        error=error,
        **values,
    )  # fmt: skip


async def begin(request: Request) -> Response:
    """Weigh the signs of this group, as the command line does."""
    return await run_in_threadpool(_begin, request)


def _begin(request: Request) -> Response:
    bench, name, id = workbench_of(request), request.path_params["case"], request.path_params["id"]
    try:
        locatable(bench.case(name), id)
    except UnknownName:
        raise
    except InputError:
        return place_page(request, Asked(), status=409)
    job = bench.jobs.start(
        name,
        f"Weighing where {id} of {name} may sit.",
        [step("locate", name, id)],
        after=path(name, "group", id, "place"),
    )
    return RedirectResponse(f"/jobs/{job.id}", 303)


def picture(request: Request) -> Response:
    """A picture that somebody entered about this group, under the type its bytes were found to have and no other."""
    case, id, sha256 = (request.path_params[name] for name in ("case", "id", "sha256"))
    try:
        its = place_picture(workbench_of(request).case(case), id, sha256)
    except InputError:
        its = None
    if its is None:
        raise HTTPException(404)
    headers = {
        "content-security-policy": "default-src 'none'; sandbox",
        "content-disposition": "inline",
        "cache-control": "private, max-age=3600",
    }
    return FileResponse(its[0], media_type=its[1], headers=headers)


def factor(power: float) -> str:
    """10 to the power, as it is printed."""
    value = 10**power
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def _signs(found: Located, witnesses: Mapping[str, tuple[PlaceWitness, ...]]) -> Iterator[Sign]:
    for place, item in enumerate(found.items, start=1):
        title = found.families[item.family][0] if item.family in found.families else item.family
        ends = (factor(item.weight.low), factor(item.weight.high))
        yield Sign(item, f"sign-{place}", title, ends, witnesses.get(item.key, ()))


def _offered(reviewable: Iterable[SaidPlace]) -> dict[str, list[tuple[str, str]]]:
    """What the forms let choose: values of a field, each with its words."""
    its = place_choices()
    return {
        "kinds": sorted(its.kinds.items(), key=lambda one: one[0] != USUAL),
        "reliability": [(letter, f"{letter} {words}") for letter, words in its.reliability.items()],
        "credibility": [(digit, f"{digit} {words}") for digit, words in its.credibility.items()],
        "entries": [(one.label, f"{one.label}: {one.kind}, {one.region}") for one in reviewable],
    }


def _told(view: View, texts: Iterable[str], names: bool) -> Callable[[str], str]:
    """How a text is shown: with nobody named who should not be. KeyError for a text that was not looked through."""
    every = sorted(set(texts))
    shown = dict(zip(every, texts_shown(view, every, names=names), strict=True))
    return shown.__getitem__


def _texts(found: Located | None) -> Iterator[str]:
    if found is None:
        return
    yield from (found.statement, found.name or "")
    for item in found.items:
        yield from (item.says, item.says_otherwise, *item.sources)


def _of_entries(entries: Iterable[SaidPlace]) -> Iterator[str]:
    for one in entries:
        yield from (one.text, one.source, one.otherwise, *one.features)
        yield from (its.text for its in one.reviews)
        taken = (one.retracted, *(its.retracted for its in one.reviews))
        yield from (its.because for its in taken if its is not None)


ROUTES = [
    Route("/c/{case}/group/{id}/place", show),
    Route("/c/{case}/group/{id}/place/begin", begin, methods=["POST"]),
    Route("/c/{case}/group/{id}/place/picture/{sha256}", picture),
]
