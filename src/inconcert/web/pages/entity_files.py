"""`/c/<case>/entities`, files: brought into the case by the command line that the page prints, and handed on."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from inconcert.errors import InconcertError, InputError
from inconcert.verbs.add_entities import add_entities
from inconcert.verbs.entities import exported_text
from inconcert.web.hidden_names import said_of_error
from inconcert.web.jobs import Step
from inconcert.web.known_entities import look_of
from inconcert.web.pages.entities import FORMATS, bringing, entities_page
from inconcert.web.pages.imports import batch_folder, bring
from inconcert.web.rendering import part, path
from inconcert.web.views import named, view_of
from inconcert.web.workbench import session_of, workbench_of


async def add(request: Request) -> Response:
    """Read the files of a batch into the case, by the command line that the page prints; or add the bundled example."""
    form = await request.form()
    return await run_in_threadpool(_add, request, {name: str(value) for name, value in form.items()})


def _add(request: Request, form: Mapping[str, str]) -> Response:
    bench, name = workbench_of(request), request.path_params["case"]
    case, by = bench.case(name), form.get("by", "").strip() or session_of(request).author
    try:
        if form.get("what") == "reference":
            add_entities(case, [], by=by, reference=True)
            session_of(request).author = by
            return RedirectResponse(path(name, "entities"), 303)
        folder = batch_folder(bench, form.get("batch", ""))
        files = sorted(file.name for file in folder.glob("[!.]*"))
        if not files:
            raise InputError("No file was dropped. Drop one, then press the button.")
        if not by:
            raise InputError("Nobody signed. Give your name: the ledger keeps who brought a file.")
    except InconcertError as error:
        return entities_page(request, status=409, error=said_of_error(request, view_of(request), error), draft=form)
    session_of(request).author = by
    shown = bringing(name, files, by)
    run = tuple(part for file in files for part in ("--add", str(folder.relative_to(bench.root) / file)))
    job = bench.jobs.start(
        name,
        f"Reading {len(files)} file{'s' * (len(files) != 1)} of entities into {name}.",
        [Step(("entities", name, *run, "--by", by), shown.shown)],
        after=path(name, "entities"),
        brought=folder,
    )
    return RedirectResponse(f"/jobs/{job.id}", 303)


async def command(request: Request) -> Response:
    """The command line that the form for files stands for."""
    form = await request.form()
    names = [str(value) for value in form.getlist("file")] or ["FILE"]
    by = str(form.get("by", "")).strip() or "NAME"
    return part("command.html.jinja", commands=[str(bringing(request.path_params["case"], names, by))])


def export(request: Request) -> Response:
    """A file of the entities, private persons not named in it. While names are hidden none in which accounts of the case stand."""
    file, look = request.path_params["file"], look_of(request)
    if file not in FORMATS or look is None:
        raise HTTPException(404)
    if look.hidden.accounts and not named(request):
        raise HTTPException(
            403,
            "Accounts of this case stand in that file under their handles. Switch names on first, or write it with the command.",
        )
    headers = {"content-disposition": f'attachment; filename="{file}"'}
    return Response(exported_text(look.held.graph, file), media_type="application/octet-stream", headers=headers)


ROUTES = [
    Route("/c/{case}/entities", add, methods=["POST"]),
    Route("/c/{case}/entities/file", bring, methods=["POST"]),
    Route("/c/{case}/entities/command", command, methods=["POST"]),
    Route("/c/{case}/entities/download/{file}", export),
]
