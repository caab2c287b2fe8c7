"""`/report.css`: the look of the report for parts of it inside a page, and for nothing around them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

SCOPE = ".reported"
"""What holds parts of the report. Rules of its root do not reach in here, so that colours are those of the page, light or dark."""


def style(request: Request) -> Response:
    """The style of the report, within SCOPE."""
    return Response(_scoped(), media_type="text/css", headers={"cache-control": "no-cache"})


@cache
def _scoped() -> str:
    return f"@scope ({SCOPE}) {{\n{(files('inconcert.report') / 'templates' / 'style.css').read_text('utf-8')}}}\n"


ROUTES = [Route("/report.css", style)]
