"""`/c/<case>/search`: posts and documents by their words, in any language, and by who, where and when."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from inconcert.errors import InconcertError
from inconcert.verbs.account_keys import KEY
from inconcert.verbs.look import groups, overview
from inconcert.verbs.search import ORDERS, Search, search
from inconcert.verbs.sets import OF, keep_set
from inconcert.verbs.shown_hits import ShownHit, keys_called, shown_hits, typed
from inconcert.web.hidden_names import said_of_error
from inconcert.web.jobs import step
from inconcert.web.paging import Stretch, number_asked
from inconcert.web.rendering import page, path
from inconcert.web.views import named, view_of
from inconcert.web.workbench import session_of, workbench_of

SHOWN = 25
FIELDS = ("q", "account", "group", "hashtag", "domain", "platform", "since", "until", "order")
"""Fields of the form, and of the address."""
MOST_LETTERS = 2_000
_MANY = ("account", "hashtag", "domain")
"""Fields that may name several, with blanks between."""


def show(request: Request) -> Response:
    """The page."""
    asked = _asked(request.query_params)
    if (elsewhere := _by_key(request, asked)) is not None:
        return RedirectResponse(elsewhere, 303)
    return search_page(request, asked)


def search_page(
    request: Request,
    asked: Mapping[str, str],
    *,
    status: int = 200,
    error: str = "",
    draft: Mapping[str, str] | None = None,
) -> Response:
    """The page.   error: why a set was not kept; draft: what its form held then."""
    view, case = view_of(request), request.path_params["case"]
    about = overview(view)
    start = number_asked(request, "from")
    found: Search | None = None
    refused = ""
    if _any(asked):
        try:
            opened = workbench_of(request).case(case)
            order = asked["order"] if asked["order"] in ORDERS else ORDERS[0]
            found = search(opened, typed(asked["q"]), **_options(asked), order=order, limit=SHOWN, offset=start)
        except InconcertError as unfit:
            refused = said_of_error(request, view, unfit)
    total = sum(found.found.values()) if found is not None else 0
    draft = {"name": "", "because": "", "of": "both", "by": session_of(request).author} | dict(draft or {})
    hits: Sequence[ShownHit] = shown_hits(view, found, names=named(request)) if found is not None else ()
    return page(
        request,
        "search.html.jinja",
        status=status,
        case=case,
        title=about.title,
        section="search",
        asked=asked,
        groups=[one.id for one in groups(view)],
        platforms=[row["platform"] for row in about.platforms],
        found=found,
        hits=hits,
        stretch=Stretch(start, SHOWN, total),
        refused=refused,
        error=error,
        draft=draft,
        of=OF,
        filters=any(asked[name] for name in FIELDS[1:-1]),
        command=str(step("search", case, *_arguments(asked))),
        set_command=str(step("sets", case, "NAME", *_set_arguments(asked), "--by", draft["by"] or "NAME")),
        named_too=named(request),
    )  # fmt: skip


def csv(request: Request) -> Response:
    """Every hit as CSV; accounts are called in it as on the page."""
    asked = _asked(request.query_params)
    opened = workbench_of(request).case(request.path_params["case"])
    view_of(request)
    with tempfile.TemporaryDirectory(prefix="inconcert-") as folder:
        file = Path(folder) / "search.csv"
        order = asked["order"] if asked["order"] in ORDERS else ORDERS[0]
        search(
            opened, typed(asked["q"]), **_options(asked), order=order, limit=0, export=file, masked=not named(request)
        )
        content = file.read_bytes()
    return Response(
        content,
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": 'attachment; filename="search.csv"'},
    )


async def keep(request: Request) -> Response:
    """Save what was found as a set, and show it; with the reason when it could not be."""
    form = await request.form()
    draft = {name: str(form.get(name, "")) for name in ("name", "because", "of", "by")}
    return await run_in_threadpool(_keep, request, _asked(request.query_params), draft)


def _keep(request: Request, asked: Mapping[str, str], draft: Mapping[str, str]) -> Response:
    case = request.path_params["case"]
    try:
        kept = keep_set(
            workbench_of(request).case(case), draft["name"], by=draft["by"], because=draft["because"], from_search=typed(asked["q"]),
            narrowed=_options(asked), of=draft["of"] or "both",
        )  # fmt: skip
    except InconcertError as error:
        said = said_of_error(request, view_of(request), error)
        return search_page(request, asked, status=409, error=said, draft=draft)
    session_of(request).author = kept.by
    return RedirectResponse(path(case, "set", kept.label), 303)


def _asked(given: Mapping[str, str]) -> dict[str, str]:
    return {name: given.get(name, "").strip()[:MOST_LETTERS] for name in FIELDS}


def _any(asked: Mapping[str, str]) -> bool:
    return any(asked[name] for name in FIELDS if name != "order")


def _options(asked: Mapping[str, str]) -> dict[str, Any]:
    """What the search is narrowed down to, as options of the verb."""
    return {name: asked[name].split() if name in _MANY else asked[name] for name in FIELDS[1:-1] if asked[name]}


def _by_key(request: Request, asked: Mapping[str, str]) -> str | None:
    """While names are hidden: the same address with keys for accounts that it names otherwise; None where it does not, or nobody is meant."""
    names = asked["account"].split()
    if named(request) or all(KEY.fullmatch(name) for name in names):
        return None
    try:
        keys = keys_called(view_of(request), names, several=True)
    except InconcertError:
        return None
    return path(request.path_params["case"], "search", **{**asked, "account": " ".join(keys)})


def _arguments(asked: Mapping[str, str]) -> list[str]:
    """What follows `inconcert search CASE`."""
    order = ["--by", asked["order"]] if asked["order"] in ORDERS[1:] else []
    return [*typed(asked["q"]), *_narrowing(asked, {}), *order]


def _set_arguments(asked: Mapping[str, str]) -> list[str]:
    words = [part for word in typed(asked["q"]) for part in ("--from-search", word)]
    return [*words, *_narrowing(asked, {"account": "from-account", "group": "from-group"})]


def _narrowing(asked: Mapping[str, str], called: Mapping[str, str]) -> list[str]:
    return [
        part
        for name, value in _options(asked).items()
        for one in (value if isinstance(value, list) else [value])
        for part in (f"--{called.get(name, name)}", one)
    ]


ROUTES = [
    Route("/c/{case}/search", show),
    Route("/c/{case}/search.csv", csv),
    Route("/c/{case}/search", keep, methods=["POST"]),
]
