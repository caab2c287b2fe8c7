"""`/c/<case>/edge/<a>/<b>`: what two accounts have in common, both posts side by side, and what people decided about the two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from inconcert.browse.edges import Common, Edge
from inconcert.browse.posts import Post
from inconcert.errors import InconcertError, InputError
from inconcert.report.claims import words as level_words
from inconcert.report.hostile_text import defanged
from inconcert.report.marked import marked
from inconcert.report.words import DID, NOUN, apart
from inconcert.verbs.judge import judge
from inconcert.verbs.judgements import decided_now
from inconcert.verbs.look import account_ids, edge, innocent_pair, overview
from inconcert.web.hidden_names import said_of_error
from inconcert.web.jobs import step
from inconcert.web.judging import judge_command, said
from inconcert.web.paging import number_asked, stretch
from inconcert.web.rendering import page, path
from inconcert.web.views import named, view_of
from inconcert.web.workbench import session_of, workbench_of

SHOWN = 40
"""Things in common on one page."""
COMPARED_AT_MOST = 6_000
KINDS = {"same-person": "One person uses both", "known-friend": "They know one another"}


@dataclass(frozen=True)
class Met:
    """Two posts, the earlier one first, and everything the two accounts have in common by them.

    same: whether they hold the same words.   words: of the later text, what it changed marked; None where there is nothing to compare.
    """

    first: Post | None
    second: Post | None
    common: tuple[Common, ...]
    same: bool
    words: Markup | None


def show(request: Request) -> Response:
    """The page."""
    return edge_page(request)


def edge_page(
    request: Request, *, status: int = 200, error: str = "", draft: Mapping[str, str] | None = None
) -> Response:
    """The page.   error: why a judgement was not entered; draft: what the form held then."""
    view, names = view_of(request), named(request)
    case, a, b = (request.path_params[name] for name in ("case", "a", "b"))
    start = number_asked(request, "from")
    its = edge(view, a, b, names=names, offset=start, limit=SHOWN)
    ids = account_ids(view, [a, b])
    now = decided_now(workbench_of(request).case(case))
    of_both = [one for one in now.of_account.get(ids[0], ()) if set(one.accounts) == set(ids)]
    judged = said(view, [(one, "") for one in of_both], names=names)
    draft = {"kind": "same-person", "text": "", "by": session_of(request).author} | dict(draft or {})
    called = [who.shown if not who.named else who.key for who in (its.a, its.b)]
    return page(
        request,
        "edge.html.jinja",
        status=status,
        case=case,
        title=overview(view).title,
        section="network",
        its=its,
        level=its.evidence.level if its.evidence else "L0",
        level_words=level_words(its.evidence.level if its.evidence else "L0"),
        tested=any(run.verb == "detect" for run in overview(view).runs),
        met=_met(its),
        things=stretch(request, "from", SHOWN, its.n_common),
        innocent=innocent_pair(view, a, b, its.evidence),
        did=DID,
        nouns=NOUN,
        apart=apart,
        judged=judged,
        entered=next((one for one in judged if one.label == request.query_params.get("said")), None),
        error=error,
        draft=draft,
        kinds=KINDS,
        explain=str(step("explain", case, *called)),
        commands={kind: judge_command(case, called, kind, "", draft["by"]) for kind in KINDS},
    )


def _met(its: Edge) -> list[Met]:
    """Things in common, those of the same two posts together."""
    found = []
    for _, group in groupby(its.common, key=lambda one: (_place(one.first), _place(one.second), one.first is None)):
        common = tuple(group)
        first, second = common[0].first, common[0].second
        texts = (first.text, second.text) if first is not None and second is not None else (None, None)
        found.append(Met(first, second, common, bool(texts[0]) and texts[0] == texts[1], _words(*texts)))
    return found


def _place(post: Post | None) -> object:
    return post.at if post is not None else None


def _words(before: str | None, after: str | None) -> Markup | None:
    if not before or not after or before == after or len(before) + len(after) > COMPARED_AT_MOST:
        return None
    return marked(defanged(before), defanged(after))


async def enter(request: Request) -> Response:
    """Enter a judgement on the two, and go back to the page; with the reason when it could not be."""
    form = await request.form()
    asked = {name: str(form.get(name, "")) for name in ("kind", "text", "by")}
    return await run_in_threadpool(_enter, request, asked)


def _enter(request: Request, asked: Mapping[str, str]) -> Response:
    view, (case, a, b) = view_of(request), (request.path_params[name] for name in ("case", "a", "b"))
    try:
        if asked["kind"] not in KINDS:
            raise InputError("Nothing was chosen. Choose what you decide.")
        ids = account_ids(view, [a, b])
        entered = judge(workbench_of(request).case(case), ids, asked["kind"], asked["text"], by=asked["by"])
    except InconcertError as error:
        return edge_page(request, status=409, error=said_of_error(request, view, error), draft=asked)
    session_of(request).author = entered.by
    return RedirectResponse(path(case, "edge", a, b, said=entered.label) + "#decided", 303)


ROUTES = [
    Route("/c/{case}/edge/{a}/{b}", show),
    Route("/c/{case}/edge/{a}/{b}/judge", enter, methods=["POST"]),
]
