"""`/c/<case>/group/<id>/judge`, `/retract`, `/command`: what people decide about a group, and the command lines that say the same."""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from inconcert.errors import InconcertError, InputError
from inconcert.judgement.kinds import KINDS
from inconcert.verbs.judge import judge
from inconcert.verbs.judgements import retract
from inconcert.verbs.look import account_ids, members, members_listed
from inconcert.web.hidden_names import said_of_error
from inconcert.web.judging import judge_command
from inconcert.web.pages.group import group_page
from inconcert.web.rendering import part, path
from inconcert.web.views import view_of
from inconcert.web.workbench import session_of, workbench_of

CHOICES = tuple(name for name, kind in KINDS.items() if kind.groups != (0, 0))
_WITH_ACCOUNTS = ("split", "remove")


async def enter(request: Request) -> Response:
    """Enter a judgement, and go back to the page; with the reason when it could not be."""
    return await run_in_threadpool(_enter, request, _read(await request.form()))


async def take_back(request: Request) -> Response:
    """Take a judgement back."""
    return await run_in_threadpool(_take_back, request, _read(await request.form()))


async def command(request: Request) -> Response:
    """The command line that the form stands for."""
    return await run_in_threadpool(_command, request, _read(await request.form()))


def _enter(request: Request, asked: dict[str, Any]) -> Response:
    case, id = request.path_params["case"], request.path_params["id"]
    view = view_of(request)
    try:
        if asked["kind"] not in CHOICES:
            raise InputError("Nothing was chosen. Choose what you decide.")
        if asked["kind"] == "merge" and not asked["with"]:
            raise InputError(f"Choose the group that {id} is merged with.")
        accounts = account_ids(view, asked["account"]) if asked["kind"] in _WITH_ACCOUNTS else []
        entered = judge(
            workbench_of(request).case(case),
            _subjects(id, asked),
            asked["kind"],
            asked["text"],
            by=asked["by"],
            accounts=accounts,
        )
    except InconcertError as error:
        return _refused(request, error, asked)
    session_of(request).author = entered.by
    return RedirectResponse(path(case, "group", id, said=entered.label) + "#decided", 303)


def _take_back(request: Request, asked: dict[str, Any]) -> Response:
    case, id = request.path_params["case"], request.path_params["id"]
    try:
        done = retract(workbench_of(request).case(case), asked["label"], by=asked["by"], because=asked["because"])
    except InconcertError as error:
        return _refused(request, error, asked)
    session_of(request).author = done.by
    return RedirectResponse(path(case, "group", id, said=done.label) + "#decided", 303)


def _refused(request: Request, error: InconcertError, asked: dict[str, Any]) -> Response:
    """The page with the reason."""
    return group_page(request, status=409, error=said_of_error(request, view_of(request), error), draft=asked)


def _command(request: Request, asked: dict[str, Any]) -> Response:
    kind = asked["kind"] if asked["kind"] in CHOICES else "comment"
    accounts = _called(request, asked["account"]) if kind in _WITH_ACCOUNTS else []
    if kind in _WITH_ACCOUNTS and not accounts:
        accounts = ["ACCOUNT"]
    case, id = request.path_params["case"], request.path_params["id"]
    line = judge_command(case, _subjects(id, asked), kind, asked["text"].strip(), asked["by"].strip(), accounts)
    return part("command.html.jinja", commands=[line])


def _called(request: Request, keys: list[str]) -> list[str]:
    """What a command line calls these accounts: their names in the report, or else their keys."""
    view, id = view_of(request), request.path_params["id"]
    its = members(view, id) or members_listed(view, account_ids(view, keys))
    names = {one.who.key: one.pseudonym or one.who.key for one in its}
    return [names[key] for key in keys if key in names]


def _subjects(id: str, asked: dict[str, Any]) -> list[str]:
    return [id, *asked["with"]] if asked["kind"] == "merge" else [id]


def _read(form: FormData) -> dict[str, Any]:
    one = {name: str(form.get(name, "")) for name in ("kind", "text", "by", "label", "because")}
    return one | {name: [str(value) for value in form.getlist(name) if value] for name in ("account", "with")}


ROUTES = [
    Route("/c/{case}/group/{id}/judge", enter, methods=["POST"]),
    Route("/c/{case}/group/{id}/retract", take_back, methods=["POST"]),
    Route("/c/{case}/group/{id}/command", command, methods=["POST"]),
]
