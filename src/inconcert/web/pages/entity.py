"""`/c/<case>/entity/<key>`: one entity: what lies around it, drawn and listed, and every statement with its source and date."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from inconcert.errors import UnknownName
from inconcert.report.entity_words import STRENGTH_WORDS, property_words
from inconcert.verbs.entity_look import entity_key, entity_page
from inconcert.verbs.look import overview
from inconcert.web.jobs import step
from inconcert.web.known_entities import look_of
from inconcert.web.paging import number_asked
from inconcert.web.rendering import page, path
from inconcert.web.views import view_of

MOST_STEPS = 3


def show(request: Request) -> Response:
    """The page."""
    view, case, key = view_of(request), request.path_params["case"], request.path_params["key"]
    look = look_of(request)
    if look is None:
        raise UnknownName("entity of this case", key, ())
    steps = min(MOST_STEPS, max(1, number_asked(request, "steps", 1)))
    its = entity_page(look, key, steps, lambda other: path(case, "entity", other))
    called = "NAME" if its.middle.id in look.hidden.ids.values() else its.middle.id
    far = ("--steps", str(steps)) if steps != 1 else ()
    return page(
        request,
        "entity.html.jinja",
        case=case,
        title=overview(view).title,
        section="entities",
        its=its,
        steps=steps,
        most_steps=MOST_STEPS,
        strengths=STRENGTH_WORDS,
        words_of=property_words,
        key=entity_key,
        around=str(step("entities", case, "--around", called, *far, "--draw", "around.svg")),
        owned=str(step("entities", case, "--owners", called)),
        posted=str(step("entities", case, "--posts", called)),
    )


ROUTES = [Route("/c/{case}/entity/{key}", show)]
