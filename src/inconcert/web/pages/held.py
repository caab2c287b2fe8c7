"""`/c/<case>/held`: who writes to the case just now; forms ask it again and again, and say it."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from inconcert.case import Case
from inconcert.case.lock import holder
from inconcert.web.rendering import part
from inconcert.web.workbench import workbench_of


def held(request: Request) -> Response:
    """The part of a page."""
    case = workbench_of(request).case(request.path_params["case"])
    return part("held.html.jinja", case=request.path_params["case"], holder=held_by(case))


def held_by(case: Case) -> str | None:
    """Who writes to the case, in words; None when nobody does."""
    process = holder(case.path)
    if process is None:
        return None
    words = _words(process)
    return f"process {process}" + (f" ({words})" if words else "") if process else "another process"


def _words(process: int) -> str:
    """The command line of a process from its program on, where the system tells it; "" otherwise."""
    try:
        line = Path(f"/proc/{process}/cmdline").read_bytes().decode("utf-8", "replace").split("\0")
    except OSError:
        return ""
    at = next((place for place, word in enumerate(line) if word.rpartition("/")[2] == "inconcert"), None)
    return " ".join(["inconcert", *line[at + 1 :]]).strip()[:200] if at is not None else ""


ROUTES = [Route("/c/{case}/held", held)]
