"""`/c/<case>/group/<id>/place/enter`, `/retract`, `/command`: clues, pictures and reviews that people enter, and the command lines that say the same."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from inconcert.errors import InconcertError, InputError
from inconcert.judgement.wording import REASON_AT_MOST, author, prose
from inconcert.verbs.judgements import retract
from inconcert.verbs.place_entries import PICTURE_AT_MOST, enter_place
from inconcert.verbs.place_said import drawn_type, said_places
from inconcert.web.hidden_names import said_of_error
from inconcert.web.pages.place import place_page
from inconcert.web.placing import FIELD_AT_MOST, FORMS, PICTURES, Asked, command, read, retract_command
from inconcert.web.rendering import part, path
from inconcert.web.views import view_of
from inconcert.web.workbench import session_of, workbench_of

SENT_AT_MOST = 2 * PICTURE_AT_MOST + 1024 * 1024
"""Bytes of a whole form."""
_CHUNK, _HEAD, _FIELDS = 1024 * 1024, 512, 40


async def enter(request: Request) -> Response:
    """Enter something, and go back to the page; with what is wrong beside its field when it could not be."""
    sent = request.headers.get("content-length", "")
    if not sent.isdecimal() or int(sent) > SENT_AT_MOST:
        raise HTTPException(413, f"A form of {SENT_AT_MOST:,} bytes is the most. Choose smaller pictures.")
    async with request.form(max_files=len(PICTURES), max_fields=_FIELDS) as form:
        values = {name: value[:FIELD_AT_MOST] for name, value in form.items() if isinstance(value, str)}
        came = {name: value for name, value in form.items() if name in PICTURES and isinstance(value, UploadFile)}
        return await run_in_threadpool(_enter, request, values, came)


async def take_back(request: Request) -> Response:
    """Take an entry or a review back."""
    form = await request.form()
    given = {name: str(form.get(name, ""))[:FIELD_AT_MOST] for name in ("label", "because", "by")}
    return await run_in_threadpool(_take_back, request, given)


async def command_line(request: Request) -> Response:
    """The command line that a form stands for."""
    case, id = request.path_params["case"], request.path_params["id"]
    form = await request.form()
    given = {name: value[:FIELD_AT_MOST] for name, value in form.items() if isinstance(value, str)}
    if (what := given.get("what", "")) in FORMS:
        return part("command_line.html.jinja", command=command(case, id, what, given))
    words = (" ".join(given.get(name, "").split()) for name in ("label", "because", "by"))
    return part("command_line.html.jinja", command=retract_command(case, id, *words))


def _enter(request: Request, values: Mapping[str, str], came: Mapping[str, UploadFile]) -> Response:
    bench, case, id = workbench_of(request), request.path_params["case"], request.path_params["id"]
    folder: Path | None = None
    try:
        if came:
            bench.brought.take()
            folder = bench.brought.batch(secrets.token_hex(8))
            folder.mkdir()
        asked, entry = read(values, _kept(came, folder) if folder is not None else {})
        if entry is None:
            return place_page(request, asked, status=409)
        done = enter_place(bench.case(case), id, entry, by=values["by"])
    except InconcertError as error:
        return _refused(request, error, Asked(values.get("what", ""), values))
    except OSError as error:
        raise InputError(f"The pictures could not be kept: {error.strerror}. Free some space and try again.") from error
    finally:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
    session_of(request).author = done.by
    return RedirectResponse(path(case, "group", id, "place", said=done.label) + "#entered", 303)


def _kept(came: Mapping[str, UploadFile], folder: Path) -> dict[str, Path]:
    """The pictures as files, under names of our own; what is too large, or no picture, is left out."""
    kept = {}
    for name, sent in came.items():
        if not sent.size or sent.size > PICTURE_AT_MOST or drawn_type(sent.file.read(_HEAD)) is None:
            continue
        sent.file.seek(0)
        with (folder / name).open("xb") as out:
            shutil.copyfileobj(sent.file, out, _CHUNK)
        kept[name] = folder / name
    return kept


def _take_back(request: Request, given: dict[str, str]) -> Response:
    case, id = request.path_params["case"], request.path_params["id"]
    asked = Asked(f"retract {given['label']}", given)
    faults: dict[str, str] = {}
    for name, check in (("because", lambda text: prose("The reason", text, REASON_AT_MOST)), ("by", author)):
        try:
            check(given[name])
        except InputError as error:
            faults[name] = str(error)
    if faults:
        return place_page(request, Asked(asked.what, given, faults), status=409)
    opened = workbench_of(request).case(case)
    try:
        ours = {label for one in said_places(opened, id) for label in (one.label, *(its.label for its in one.reviews))}
        if given["label"] not in ours:
            raise InputError(f"{given['label'][:12]} is no entry about the place of {id}.")
        done = retract(opened, given["label"], by=given["by"], because=given["because"], kind="P")
    except InconcertError as error:
        return _refused(request, error, asked)
    session_of(request).author = done.by
    return RedirectResponse(path(case, "group", id, "place", said=done.label) + "#entered", 303)


def _refused(request: Request, error: InconcertError, asked: Asked) -> Response:
    """The page with what the whole form met."""
    told = said_of_error(request, view_of(request), error)
    return place_page(request, Asked(asked.what, asked.values, {"": told}), status=409)


ROUTES = [
    Route("/c/{case}/group/{id}/place/enter", enter, methods=["POST"]),
    Route("/c/{case}/group/{id}/place/retract", take_back, methods=["POST"]),
    Route("/c/{case}/group/{id}/place/command", command_line, methods=["POST"]),
]
