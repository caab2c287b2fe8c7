"""The application: every page's routes behind the guard."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from inconcert.case import case_facts
from inconcert.errors import InconcertError, UnknownName
from inconcert.web.brought import Brought
from inconcert.web.jobs import Jobs, step
from inconcert.web.pages import ROUTES
from inconcert.web.rendering import page
from inconcert.web.security import Guard, names_of
from inconcert.web.views import NotPrepared
from inconcert.web.workbench import Workbench, workbench_of


def utc_now() -> datetime:
    """The clock of this machine."""
    return datetime.now(UTC)


def application(
    root: Path, *, port: int, only: str | None = None, clock: Callable[[], datetime] = utc_now, token: str | None = None
) -> Starlette:
    """The workbench over the cases in a folder.

    port: under which it is reached; requests for another host or port are refused.   only: name of the one case served.
    token: what writes must carry; drawn unless given.
    """
    token = token or secrets.token_urlsafe(24)
    jobs, brought = Jobs(root, clock), Brought(root)

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        brought.forget()
        yield
        jobs.close()
        brought.close()

    app = Starlette(
        routes=[
            *ROUTES,
            Mount("/static", StaticFiles(directory=str(files("inconcert.web") / "static")), name="static"),
        ],
        middleware=[Middleware(Guard, hosts=sorted(names_of(port)), token=token)],
        exception_handlers={HTTPException: _http, InconcertError: _said, NotPrepared: _prepare, Exception: _fault},
        lifespan=life,
    )
    app.state.workbench = Workbench(root, only, token, clock, jobs, brought)
    return app


def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    message = "There is no such page." if status == 404 else str(getattr(error, "detail", error))
    return _failed(request, status, message)


def _said(request: Request, error: Exception) -> Response:
    status = 404 if isinstance(error, UnknownName) else 409
    return _failed(request, status, str(error))


def _prepare(request: Request, error: Exception) -> Response:
    """A page that waits until the case is prepared, and then becomes the one that was asked for."""
    bench, case = workbench_of(request), request.path_params["case"]
    jobs, title = bench.jobs, case_facts(bench.case(case).path)["title"]
    job = jobs.of_case(case) or jobs.start(
        case, f"Preparing the pages of {case}.", [step("prepare", case)], after=str(request.url.path)
    )
    return page(request, "job.html.jinja", status=202, job=job, case=case, title=title, now=bench.clock())


def _fault(request: Request, error: Exception) -> Response:
    message = f"The workbench met a fault of its own: {type(error).__name__}. Nothing is damaged by it. The terminal in which it runs shows more."
    return _failed(request, 500, message)


def _failed(request: Request, status: int, message: str) -> Response:
    """What went wrong; within a case that is served, with the way back into it."""
    bench, case = workbench_of(request), request.path_params.get("case")
    within = {}
    if case in bench.cases():
        with suppress(InconcertError):  # a case that says nothing of itself has no way in
            within = {"case": case, "title": case_facts(bench.root / case)["title"]}
    return page(request, "error.html.jinja", status=status, message=message, **within)
