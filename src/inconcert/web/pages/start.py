"""`/`: the cases of the served folder, and a new one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from inconcert.case import case_facts
from inconcert.errors import InconcertError, InputError
from inconcert.verbs.init import init
from inconcert.web.rendering import page, path
from inconcert.web.workbench import workbench_of

_NAME = re.compile(r"[\w][\w .-]{0,99}")
TITLE_AT_MOST = 300


def start(request: Request) -> Response:
    """The list; where one case is served, that case."""
    bench = workbench_of(request)
    if bench.only is not None:
        return RedirectResponse(path(bench.only))
    cases = [(name, _facts(bench.root / name)) for name in bench.cases()]
    return page(request, "start.html.jinja", cases=cases, folder=bench.root.name)


def _facts(folder: Path) -> Mapping[str, object]:
    """What is known of a case; `damaged` in place of it when that cannot be read, so that the others can still be opened."""
    try:
        return case_facts(folder)
    except InconcertError as error:
        return {"damaged": str(error)}


async def begin(request: Request) -> Response:
    """Make a case, and go where files are brought to it. InputError for a name that no folder should have."""
    bench = workbench_of(request)
    form = await request.form()
    name, title = str(form.get("name", "")).strip(), str(form.get("title", "")).strip()
    if bench.only is not None:
        raise InputError("This workbench serves one case. Start it without a case to begin others: inconcert serve")
    if not _NAME.fullmatch(name) or name.endswith((".", " ")):
        raise InputError(
            f"'{name[:100]}' cannot name a case. Use letters, digits, spaces, dots and hyphens, a letter or digit first."
        )
    if len(title) > TITLE_AT_MOST:
        raise InputError(f"The title has {len(title):,} characters; {TITLE_AT_MOST} are the most.")
    init(bench.root / name, title=title or None, now=bench.clock())
    return RedirectResponse(path(name, "import"), 303)


ROUTES = [Route("/", start), Route("/begin", begin, methods=["POST"])]
