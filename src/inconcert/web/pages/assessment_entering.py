"""`/c/<case>/group/<id>/assessment/enter`, `/retract`, `/command`: what people enter into the weighing, and the command lines that say the same."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from inconcert.errors import InconcertError, InputError
from inconcert.judgement.wording import REASON_AT_MOST, author, prose
from inconcert.verbs.attribute import attribute
from inconcert.verbs.judgements import retract
from inconcert.web import assessing
from inconcert.web.assessing import FORMS, Asked, command, read, retract_command
from inconcert.web.hidden_names import said_of_error
from inconcert.web.pages.assessment import assessment_page
from inconcert.web.rendering import part, path
from inconcert.web.views import view_of
from inconcert.web.workbench import session_of, workbench_of


async def enter(request: Request) -> Response:
    """Enter something, and go back to the page; with what is wrong beside its field when it could not be."""
    return await run_in_threadpool(_enter, request, read(await request.form()))


async def take_back(request: Request) -> Response:
    """Take an entry back, a signature among them."""
    form = await request.form()
    return await run_in_threadpool(
        _take_back,
        request,
        {name: str(form.get(name, ""))[: assessing.FIELD_AT_MOST] for name in ("label", "because", "by")},
    )


async def command_line(request: Request) -> Response:
    """The command line that a form stands for."""
    case, id = request.path_params["case"], request.path_params["id"]
    form = await request.form()
    given = {name: value[: assessing.FIELD_AT_MOST] for name, value in form.items() if isinstance(value, str)}
    what = given.get("what", "")
    if what in FORMS:
        line = command(case, id, what, given)
    else:
        words = (" ".join(given.get(name, "").split()) for name in ("label", "because", "by"))
        line = retract_command(case, id, *words)
    return part("command_line.html.jinja", command=line)


def _enter(request: Request, asked: Asked) -> Response:
    case, id = request.path_params["case"], request.path_params["id"]
    if asked.entry is None:
        return assessment_page(request, asked, status=409)
    try:
        done = attribute(workbench_of(request).case(case), id, asked.entry, by=(asked.values or {})["by"])
    except InconcertError as error:
        return _refused(request, error, asked)
    session_of(request).author = done.by
    return RedirectResponse(
        path(case, "group", id, "assessment", said=done.label, lapsed=",".join(done.lapses)) + "#entered", 303
    )


def _take_back(request: Request, given: dict[str, str]) -> Response:
    case, id = request.path_params["case"], request.path_params["id"]
    asked = Asked(f"retract {given['label']}", given, {})
    faults: dict[str, str] = {}
    for name, check in (("because", lambda text: prose("The reason", text, REASON_AT_MOST)), ("by", author)):
        try:
            check(given[name])
        except InputError as error:
            faults[name] = str(error)
    if faults:
        return assessment_page(request, Asked(asked.what, given, faults), status=409)
    try:
        done = retract(
            workbench_of(request).case(case), given["label"], by=given["by"], because=given["because"], kind="A"
        )
    except InconcertError as error:
        return _refused(request, error, asked)
    session_of(request).author = done.by
    return RedirectResponse(path(case, "group", id, "assessment", said=done.label) + "#entered", 303)


def _refused(request: Request, error: InconcertError, asked: Asked) -> Response:
    """The page with what the whole form met."""
    return assessment_page(
        request, Asked(asked.what, asked.values, {"": said_of_error(request, view_of(request), error)}), status=409
    )


ROUTES = [
    Route("/c/{case}/group/{id}/assessment/enter", enter, methods=["POST"]),
    Route("/c/{case}/group/{id}/assessment/retract", take_back, methods=["POST"]),
    Route("/c/{case}/group/{id}/assessment/command", command_line, methods=["POST"]),
]
