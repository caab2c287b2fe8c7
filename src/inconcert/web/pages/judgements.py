"""`/c/<case>/judgements`: what people decided, what of it stands, and taking it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import anyio.to_thread
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from inconcert.judgement.choices import Choice
from inconcert.judgement.decided import AGAIN, STANDS, TAKEN_BACK, Outcome
from inconcert.verbs.judgements import retract
from inconcert.verbs.look import View, overview
from inconcert.web.jobs import step
from inconcert.web.judging import Said, said
from inconcert.web.pages.held import held_by
from inconcert.web.rendering import page, part, path
from inconcert.web.said import choices_of, decided_of
from inconcert.web.signing import signed
from inconcert.web.views import named, view_of
from inconcert.web.workbench import session_of, workbench_of

SHOWN = 100
"""Judgements on one page."""
STATES = {AGAIN: "to be looked at again", STANDS: "stands", TAKEN_BACK: "retracted"}
_FILTERS = ("state", "kind", "by", "text")


@dataclass(frozen=True)
class Line:
    """One judgement of the list.   now: the groups it is about, as they are called in this run.   was: as they were called then."""

    said: Said
    state: str
    was: tuple[str, ...]
    now: tuple[str, ...]
    overlap: float | None


def listing(request: Request) -> Response:
    """The page."""
    view, name = view_of(request), request.path_params["case"]
    case = workbench_of(request).case(name)
    every = decided_of(case).outcomes
    wanted = {one: request.query_params.get(one, "").strip()[:200] for one in _FILTERS}
    found = [one for one in reversed(every) if _fits(one, wanted)]
    lines = _lines(view, found, named(request))
    if wanted[
        "text"
    ]:  # the words are sought as the page shows them: a name that is hidden cannot be found by asking for it
        lines = [
            line for line in lines if wanted["text"].casefold() in f"{line.said.text} {line.said.label}".casefold()
        ]
    start = request.query_params.get("from", "0")
    first = int(start) if start.isdecimal() and len(start) < 9 else 0
    return page(
        request,
        "judgements.html.jinja",
        case=name,
        title=overview(view).title,
        section="judgements",
        lines=lines[first : first + SHOWN],
        found=len(lines),
        total=len(every),
        first=first,
        shown=SHOWN,
        again=sum(one.state == AGAIN for one in every),
        standing=sum(one.state == STANDS for one in every),
        retracted=sum(one.state == TAKEN_BACK for one in every),
        wanted=wanted,
        kinds=sorted({one.judgement.kind for one in every}),
        authors=sorted({one.judgement.by for one in every}),
        states=STATES,
        groups=decided_of(case).groups,
        chosen=tuple(reversed(choices_of(case))),
        describe=_describe,
        holder=held_by(case),
        command=_command,
    )


async def take_back(request: Request) -> Response:
    """Retract a judgement, set, note or choice, and go back to where that was asked for."""
    name = request.path_params["case"]
    case, form = workbench_of(request).case(name), await request.form()
    label, because, by = str(form.get("label", "")), str(form.get("because", "")), signed(request, form)
    await anyio.to_thread.run_sync(lambda: retract(case, label, by=by, because=because))
    back = str(form.get("back", ""))
    return RedirectResponse(back if back.startswith(path(name)) else path(name, "judgements"), 303)


async def command(request: Request) -> Response:
    """The command line that a form for taking back stands for."""
    form = await request.form()
    return part("command_line.html.jinja", command=_command(request.path_params["case"], *_words(form)))


async def call(request: Request) -> Response:
    """Remember who judges in this browser."""
    name = request.path_params["case"]
    workbench_of(request).case(name)
    form = await request.form()
    session_of(request).author = ""
    signed(request, form)
    return RedirectResponse(path(name, "judgements"), 303)


def _words(form: FormData) -> tuple[str, str, str]:
    label, because, by = (" ".join(str(form.get(one, "")).split()) for one in ("label", "because", "by"))
    return label, because, by


def _command(case: str, label: str, because: str, by: str) -> str:
    return str(step("judgements", case, "--retract", label, "--because", because or "REASON", "--by", by or "NAME"))


def _fits(one: Outcome, wanted: Mapping[str, str]) -> bool:
    its = {"state": one.state, "kind": one.judgement.kind, "by": one.judgement.by}
    return all(not wanted[name] or wanted[name] == value for name, value in its.items())


def _lines(view: View, outcomes: Sequence[Outcome], names: bool) -> list[Line]:
    spoken = said(view, [(one.judgement, one.why) for one in outcomes], names=names)
    return [
        Line(text, one.state, tuple(was.group for was in one.judgement.groups), one.groups, one.overlap)
        for text, one in zip(spoken, outcomes, strict=True)
    ]


def _describe(choice: Choice) -> str:
    """What a choice for the report is about, in words."""
    places = [one.group.group if one.group is not None else one.part for one in choice.parts]
    return ", ".join(places) or "everything described"


ROUTES = [
    Route("/c/{case}/judgements", listing),
    Route("/c/{case}/retract", take_back, methods=["POST"]),
    Route("/c/{case}/retract/command", command, methods=["POST"]),
    Route("/c/{case}/author", call, methods=["POST"]),
]
