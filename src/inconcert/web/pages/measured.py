"""`/c/<case>/measured`: what was measured beside the groups: events, storylines, hashtags, posts, followers and lists."""

from __future__ import annotations

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from inconcert.verbs.look import measured, overview
from inconcert.web.jobs import step
from inconcert.web.rendering import page
from inconcert.web.views import view_of


def beside_groups(request: Request) -> Response:
    """The page."""
    view, case = view_of(request), request.path_params["case"]
    return page(
        request,
        "measured.html.jinja",
        case=case,
        title=overview(view).title,
        section="measured",
        parts=[Markup(part.html) for part in measured(view)],  # escaped when it was rendered
        add=str(step("add", case, "events.csv")),
        measure=str(step("indicators", case)),
    )


ROUTES = [Route("/c/{case}/measured", beside_groups)]
