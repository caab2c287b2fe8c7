"""`/c/<case>/sets` and `/c/<case>/set/<name>`: accounts and posts that somebody put together, and one of them treated like a group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow.compute as pc
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from inconcert.case import Case
from inconcert.errors import InconcertError, InputError
from inconcert.judgement.sets import NO_RATE, NamedSet
from inconcert.report.claims import held_to_state
from inconcert.report.indicator_words import title as indicator_title
from inconcert.report.measured import LIST_GROUP
from inconcert.report.words import NOUN
from inconcert.verbs.judgements import retract
from inconcert.verbs.look import (
    View,
    account_ids,
    chosen_accounts,
    chosen_activity,
    chosen_objects,
    chosen_posts,
    groups,
    overview,
    texts_shown,
)
from inconcert.verbs.sets import keep_set, set_named, sets
from inconcert.verbs.shown_hits import keys_called
from inconcert.web.hidden_names import said_of_error
from inconcert.web.jobs import step
from inconcert.web.paging import stretch
from inconcert.web.rendering import page, part, path
from inconcert.web.rhythm import rhythm
from inconcert.web.views import named, view_of, zone_of
from inconcert.web.workbench import session_of, workbench_of

ACCOUNTS_SHOWN, POSTS_SHOWN, OBJECTS_SHOWN = 25, 25, 30


@dataclass(frozen=True)
class Listed:
    """A set as the list shows it: its words masked.   origin: how it was put together, in words."""

    its: NamedSet
    name: str
    because: str
    origin: str
    retracted: str


def listing(request: Request) -> Response:
    """The list."""
    return sets_page(request)


def sets_page(
    request: Request, *, status: int = 200, error: str = "", draft: Mapping[str, str] | None = None
) -> Response:
    """The list.   error: why a set was not kept; draft: what the form held then."""
    view, case = view_of(request), request.path_params["case"]
    every = sets(_case(request))
    draft = {"name": "", "because": "", "accounts": "", "group": "", "by": session_of(request).author} | dict(
        draft or {}
    )
    by = draft["by"] or "NAME"
    return page(
        request,
        "sets.html.jinja",
        status=status,
        case=case,
        title=overview(view).title,
        section="sets",
        rows=_listed(request, view, every)[::-1],
        groups=[one.id for one in groups(view)],
        error=error,
        draft=draft,
        no_rate=NO_RATE,
        commands=[
            str(step("sets", case, "NAME", "--account", "ACCOUNT", "--by", by)),
            str(step("sets", case, "NAME", "--group", "GROUP", "--by", by)),
        ],
    )


def show(request: Request) -> Response:
    """One set; or only its part on time, when another zone was chosen on it."""
    if "rhythm" in request.headers.get("hx-target", ""):
        return part("rhythm.html.jinja", **_rhythm(request, view_of(request), _set(request)))
    return set_page(request)


def set_page(
    request: Request, *, status: int = 200, error: str = "", draft: Mapping[str, str] | None = None
) -> Response:
    """One set.   error: why it was not taken back; draft: what the form held then."""
    view, names, one = view_of(request), named(request), _set(request)
    case = request.path_params["case"]
    people = stretch(request, "accounts", ACCOUNTS_SHOWN, len(one.accounts))
    posts = stretch(request, "posts", POSTS_SHOWN, len(one.posts))
    draft = {"because": "", "by": session_of(request).author} | dict(draft or {})
    by = draft["by"] or "NAME"
    (listed,) = _listed(request, view, [one])
    return page(
        request,
        "set.html.jinja",
        status=status,
        title=overview(view).title,
        section="sets",
        one=listed,
        members=chosen_accounts(view, one.accounts, names=names, offset=people.start, limit=ACCOUNTS_SHOWN),
        members_of=people,
        posts=chosen_posts(view, one.posts, names=names, offset=posts.start, limit=POSTS_SHOWN) if one.posts else (),
        posts_of=posts,
        objects=chosen_objects(view, one.accounts, names=names, limit=OBJECTS_SHOWN) if len(one.accounts) > 1 else (),
        nouns=NOUN,
        measured=_measured(request, view, one),
        no_rate=NO_RATE,
        error=error,
        draft=draft,
        indicators=str(step("indicators", case, "--set", listed.name)),
        retract_command=str(step("sets", case, listed.name, "--retract", "--because", "REASON", "--by", by)),
        **_rhythm(request, view, one),
    )


async def make(request: Request) -> Response:
    """Keep a set of accounts, or of a group as it stands, and show it; with the reason when it could not be."""
    form = await request.form()
    draft = {name: str(form.get(name, "")).strip() for name in ("name", "because", "accounts", "group", "by")}
    return await run_in_threadpool(_make, request, draft)


def _make(request: Request, draft: dict[str, str]) -> Response:
    view, case = view_of(request), request.path_params["case"]
    draft["by"] = draft["by"] or session_of(request).author
    named_accounts = draft["accounts"].replace(",", " ").split()
    try:
        if named_accounts and draft["group"]:
            raise InputError("Accounts and a group were named. Give one of the two.")
        ids = account_ids(view, keys_called(view, named_accounts))
        kept = keep_set(
            _case(request),
            draft["name"],
            by=draft["by"],
            because=draft["because"],
            group=draft["group"] or None,
            accounts=ids,
        )
    except InconcertError as error:
        return sets_page(request, status=409, error=said_of_error(request, view, error), draft=draft)
    session_of(request).author = kept.by
    return RedirectResponse(path(case, "set", kept.label), 303)


async def take_back(request: Request) -> Response:
    """Take a set back, and show the list; with the reason when it could not be."""
    form = await request.form()
    draft = {name: str(form.get(name, "")) for name in ("because", "by")}
    return await run_in_threadpool(_take_back, request, draft)


def _take_back(request: Request, draft: Mapping[str, str]) -> Response:
    try:
        done = retract(_case(request), _set(request).label, by=draft["by"], because=draft["because"], kind="S")
    except InconcertError as error:
        return set_page(request, status=409, error=said_of_error(request, view_of(request), error), draft=draft)
    session_of(request).author = done.by
    return RedirectResponse(path(request.path_params["case"], "sets"), 303)


async def measure(request: Request) -> Response:
    """Measure the indicators of a set, by the command line that the page prints."""
    return await run_in_threadpool(_measure, request)


def _measure(request: Request) -> Response:
    case, one = request.path_params["case"], _set(request)
    job = workbench_of(request).jobs.start(
        case,
        f"Measuring the indicators of {one.label}.",
        [step("indicators", case, "--set", one.label)],
        after=path(case, "set", one.label),
    )
    return RedirectResponse(f"/jobs/{job.id}", 303)


def _case(request: Request) -> Case:
    return workbench_of(request).case(request.path_params["case"])


def _set(request: Request) -> NamedSet:
    return set_named(_case(request), request.path_params["name"])


def _rhythm(request: Request, view: View, one: NamedSet) -> dict[str, Any]:
    case, zone = request.path_params["case"], zone_of(request)
    its = chosen_activity(view, one.accounts, one.posts, zone=zone)
    return {"case": case, "rhythm": rhythm("this set", its), "here": path(case, "set", one.label)}


def _listed(request: Request, view: View, every: list[NamedSet]) -> list[Listed]:
    texts = [
        text
        for one in every
        for text in (one.name, one.because, _origin(one), one.retracted.because if one.retracted else "")
    ]
    told = iter(texts_shown(view, texts, names=named(request)))
    return [Listed(one, next(told), next(told), next(told), next(told)) for one in every]


def _origin(one: NamedSet) -> str:
    """How a set was put together, in words. An account that the search was narrowed to is not named: it may stand there by its handle."""
    origin = dict(one.origin)
    if "search" in origin:
        others = [name for name in origin if name not in ("search", "of", "account")]
        parts = [f"search for {' '.join(origin['search'])}" if origin["search"] else "search"]
        parts += [f"{name} {_said(origin[name])}" for name in others]
        parts += ["of certain accounts"] if "account" in origin else []
        return ", ".join(parts) + (f"; kept: the {origin['of']}" if "of" in origin else "")
    if "file" in origin:
        return f"the list {origin['file']} (SHA-256 {origin['sha256'][:12]}…)"
    return f"the group {origin['group']} as it stood" if "group" in origin else "chosen one by one"


def _said(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _measured(request: Request, view: View, one: NamedSet) -> list[dict[str, Any]]:
    """What the newest run of indicators that measured these very accounts says of them, what was measured first; empty without one."""
    accounts = sorted(one.accounts)
    runs = _case(request).runs()
    outdated = _case(request).outdated_runs(runs)
    measured = (
        run
        for run in reversed(runs)
        if run.verb == "indicators" and (run.info["parameters"].get("sets") or {}).get(one.name) == accounts
    )
    run = next((run for run in measured if run.id not in outdated), None)
    if run is None:
        return []
    table = run.table("indicators")
    of_set = pc.and_(pc.equal(table["subject"], "group"), pc.equal(table["subject_id"], f"{LIST_GROUP}{one.name}"))
    order = {"described": 0, "too little": 1}
    rows = sorted(table.filter(of_set).to_pylist(), key=lambda row: (order.get(row["state"], 9), row["reading"]))
    said = texts_shown(view, [held_to_state(row["state"], row["says"]) for row in rows], names=named(request))
    return [
        row | {"title": indicator_title(row["indicator"]), "says": says} for row, says in zip(rows, said, strict=True)
    ]


ROUTES = [
    Route("/c/{case}/sets", listing),
    Route("/c/{case}/sets", make, methods=["POST"]),
    Route("/c/{case}/set/{name}", show),
    Route("/c/{case}/set/{name}/retract", take_back, methods=["POST"]),
    Route("/c/{case}/set/{name}/indicators", measure, methods=["POST"]),
]
