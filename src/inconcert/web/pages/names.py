"""`/c/<case>/names`: show the accounts of a case under their real names in this browser, or no longer."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from inconcert.web.rendering import path
from inconcert.web.workbench import session_of, workbench_of


def switch(request: Request) -> Response:
    """Switch, and go back."""
    case, back = request.path_params["case"], request.query_params.get("back", "")
    workbench_of(request).case(case)
    session_of(request).named ^= {case}
    return RedirectResponse(back if back.startswith(path(case)) else path(case), 303)


ROUTES = [Route("/c/{case}/names", switch, methods=["POST"])]
