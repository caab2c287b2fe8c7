"""`/c/<case>/entities/paths`: every way between two entities, or from a group to one, with its weakest link."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from inconcert.errors import InconcertError, InputError
from inconcert.report.entity_words import STRENGTH_WORDS
from inconcert.verbs.entity_look import entity_key
from inconcert.verbs.entity_paths import NOT_A_FINDING, paths_in
from inconcert.verbs.look import groups, overview
from inconcert.web.hidden_names import said_of_error
from inconcert.web.jobs import step
from inconcert.web.known_entities import look_of
from inconcert.web.paging import number_asked, stretch
from inconcert.web.rendering import page
from inconcert.web.views import view_of
from inconcert.web.workbench import workbench_of

SHOWN = 12
STEPS, SEARCHED = 4, 5
"""How far paths go when nothing is asked, and at most on a page: each step makes about ten times as many."""


def show(request: Request) -> Response:
    """The page; with the reason where there can be no paths."""
    view, name = view_of(request), request.path_params["case"]
    case, look = workbench_of(request).case(name), look_of(request)
    start, goal = (request.query_params.get(one, "").strip()[:300] for one in ("start", "goal"))
    steps = min(SEARCHED, max(1, number_asked(request, "steps", STEPS)))
    ways, error = None, ""
    if start or goal:
        try:
            if look is None or not start or not goal:
                raise InputError("Name both ends, by id or by name; a group can stand for the first.")
            ends = [look.by_key.get(one, one) for one in (start, goal)]
            ways = paths_in(case, look.held.graph, look.hidden, ends[0], ends[1], steps)
        except InconcertError as wrong:
            error = said_of_error(request, view, wrong).replace(str(case.path), name)
    listed = stretch(request, "from", SHOWN, len(ways.paths) if ways else 0)
    typed = [ways.group[0] if ways.group else ways.starts[0].id, ways.goal.id] if ways else [start, goal]
    if look is not None:
        typed = ["NAME" if one in look.hidden.ids.values() else one for one in typed]
    return page(
        request,
        "entity_paths.html.jinja",
        status=409 if error else 200,
        case=name,
        title=overview(view).title,
        section="entities",
        ways=ways,
        listed=listed,
        start=start,
        goal=goal,
        steps=steps,
        searched=SEARCHED,
        error=error,
        groups=[one.id for one in groups(view) if one.row["level"] != "L0"],
        strengths=STRENGTH_WORDS,
        key=entity_key,
        not_a_finding=NOT_A_FINDING,
        command_line=str(step("entities", name, "--paths", typed[0] or "A", typed[1] or "B", "--steps", str(steps))),
    )


ROUTES = [Route("/c/{case}/entities/paths", show)]
