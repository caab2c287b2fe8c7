"""`/c/<case>/import`: files dropped into the page are read into the case, and the case is investigated."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import anyio
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from inconcert.case import case_facts
from inconcert.errors import InputError
from inconcert.verbs.sources import sources
from inconcert.web.brought import BROUGHT
from inconcert.web.jobs import Step
from inconcert.web.rendering import page, part, path
from inconcert.web.workbench import Workbench, workbench_of

_BATCH = re.compile(r"[0-9a-f]{16}")


def form(request: Request) -> Response:
    """The page."""
    bench, name = workbench_of(request), request.path_params["case"]
    title = case_facts(bench.case(name).path)["title"]
    return page(
        request, "import.html.jinja", case=name, title=title, section="import", batch=secrets.token_hex(8), formats=formats(), command=_shown(name, (), {})
    )  # fmt: skip


async def bring(request: Request) -> Response:
    """Write one file, sent as the body, into its batch; a name met before in it gets a number."""
    bench, name = workbench_of(request), request.path_params["case"]
    bench.case(name)
    folder = batch_folder(bench, request.query_params.get("batch", ""))
    size, draft = 0, folder / f".{secrets.token_hex(8)}"
    try:
        bench.brought.take()
        folder.mkdir(exist_ok=True)
        async with await anyio.open_file(draft, "xb") as out:
            async for chunk in request.stream():
                size += len(chunk)
                await out.write(chunk)
        target = draft.rename(_free(folder, request.query_params.get("name", "")))
    except OSError as error:
        raise InputError(f"The file could not be kept: {error.strerror}. Free some space and drop it again.") from error
    finally:
        draft.unlink(missing_ok=True)  # a file of which only a part came is none
    return JSONResponse({"name": target.name, "bytes": size})


async def command(request: Request) -> Response:
    """The command lines that the form stands for, as they would be typed."""
    form = await request.form()
    fields = {name: str(value) for name, value in form.items()}
    names = [str(value) for value in form.getlist("file")]
    return part("command.html.jinja", commands=[str(one) for one in _shown(request.path_params["case"], names, fields)])


async def begin(request: Request) -> Response:
    """Start reading."""
    bench, name = workbench_of(request), request.path_params["case"]
    bench.case(name)
    form = await request.form()
    fields = {field: str(value) for field, value in form.items()}
    folder = batch_folder(bench, fields.get("batch", ""))
    files = sorted(file.name for file in folder.glob("[!.]*"))
    if not files and fields.get("investigate") != "yes":
        raise InputError("No file was dropped, and nothing else was asked for.")
    steps = _steps(name, files, fields, folder.relative_to(bench.root))
    title = f"Reading {len(files)} file{'s' * (len(files) != 1)} into {name}." if files else f"Investigating {name}."
    job = bench.jobs.start(name, title, steps, after=path(name), brought=folder if files else None)
    return RedirectResponse(f"/jobs/{job.id}", 303)


def _steps(case: str, files: list[str], fields: Mapping[str, str], folder: Path) -> list[Step]:
    options = [
        part
        for option in ("platform", "format", "zone")
        if fields.get(option, "").strip()
        for part in (f"--{option}", fields[option].strip())
    ]
    if fields.get("role") == "control":
        options += ["--role", "control"]
    done = []
    if files:
        shown = ("ingest", case, *files, *options)
        done.append(Step(("ingest", case, *(str(folder / file) for file in files), *options), shown))
    if fields.get("investigate") == "yes":
        again = ("investigate", "--case", case)
        done.append(Step(again, again))
    return done


def _shown(case: str, files: list[str] | tuple[str, ...], fields: Mapping[str, str]) -> list[Step]:
    return _steps(case, list(files) or ["FILES"], fields or {"investigate": "yes"}, Path(BROUGHT))


def batch_folder(bench: Workbench, batch: str) -> Path:
    """Where the files of a batch lie; HTTPException for what is no name of one."""
    if not _BATCH.fullmatch(batch):
        raise HTTPException(400, "The page has no batch of files. Load it once more.")
    return bench.brought.batch(batch)


def _free(folder: Path, name: str) -> Path:
    """Where a dropped file goes: its own name without what a file system or a command line would take for something else."""
    plain = re.sub(r"[^\w. ()+-]", "_", name.replace("\\", "/").rpartition("/")[2]).lstrip(".-")[-150:] or "file"
    target, number = folder / plain, 1
    while target.exists():
        number += 1
        target = folder / f"{number}-{plain}"
    return target


@cache  # every importer is asked what it is, which takes a second
def formats() -> list[tuple[str, str]]:
    """(name, title) of everything that can be read, sorted by title."""
    return sorted(((one.name, one.title) for one in sources()), key=lambda one: one[1].casefold())


ROUTES = [
    Route("/c/{case}/import", form),
    Route("/c/{case}/import", begin, methods=["POST"]),
    Route("/c/{case}/import/file", bring, methods=["POST"]),
    Route("/c/{case}/import/command", command, methods=["POST"]),
]
