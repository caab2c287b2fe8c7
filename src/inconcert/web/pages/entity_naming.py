"""`/c/<case>/entities/naming`: one person asks that a private person may be named, with a reason, and somebody else approves it."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from inconcert.case import Case
from inconcert.errors import InconcertError
from inconcert.verbs.name_person import approve_naming, ask_to_name
from inconcert.web.hidden_names import said_of_error
from inconcert.web.pages.entities import entities_page
from inconcert.web.rendering import path
from inconcert.web.views import view_of
from inconcert.web.workbench import session_of, workbench_of


async def name_person(request: Request) -> Response:
    """Ask that a private person may be named, or approve what somebody else asked."""
    form = await request.form()
    return await run_in_threadpool(_name_person, request, {name: str(value) for name, value in form.items()})


def _name_person(request: Request, form: Mapping[str, str]) -> Response:
    case = workbench_of(request).case(request.path_params["case"])
    enter = approve_naming if form.get("what") == "approve" else ask_to_name
    try:
        done = enter(
            case,
            form.get("person", ""),
            by=form.get("by", "") or session_of(request).author,
            because=form.get("because", ""),
        )
    except InconcertError as error:
        return entities_page(request, status=409, error=_told(case, request, error), draft=form)
    session_of(request).author = done.by
    return RedirectResponse(path(request.path_params["case"], "entities") + "#private", 303)


def _told(case: Case, request: Request, error: InconcertError) -> str:
    """The reason, with the case called as pages and their commands call it."""
    return said_of_error(request, view_of(request), error).replace(str(case.path), request.path_params["case"])


ROUTES = [Route("/c/{case}/entities/naming", name_person, methods=["POST"])]
