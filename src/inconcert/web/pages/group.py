"""`/c/<case>/group/<id>`: what the report says of a group, who is in it, when they speak, what they have in common, and what people
decided about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from inconcert.errors import UnknownName
from inconcert.judgement.decided import FOUND, Decided, DecidedGroup, parts_found
from inconcert.report import claims
from inconcert.report.claims import words as level_words
from inconcert.report.words import NOUN, joined
from inconcert.verbs.judge import NO_Q
from inconcert.verbs.judgements import decided_now
from inconcert.verbs.look import (
    Member,
    View,
    accounts_shown,
    card,
    chosen_objects,
    group,
    group_posts,
    members,
    members_listed,
    objects,
    overview,
    texts_shown,
)
from inconcert.web.judging import judge_command, retract_command, said_of
from inconcert.web.pages.group_when import when
from inconcert.web.rendering import page, part
from inconcert.web.views import named, view_of, zone_of
from inconcert.web.workbench import session_of, workbench_of

MEMBERS_SHOWN, OBJECTS_SHOWN, POSTS_SHOWN = 50, 20, 12
"""Members, and things in common, on one page, and posts behind one of these."""

_SORTS: Mapping[str, Any] = {
    "partners": lambda one: -(one.partners or 0),
    "posts": lambda one: -one.posts,
    "membership": lambda one: -(one.membership or 0.0),
    "created": lambda one: (one.created_us is None, one.created_us),
    "first": lambda one: (one.first_us is None, one.first_us),
    "last": lambda one: (one.last_us is None, -(one.last_us or 0)),
}
TELLING = ((30.0, "very telling"), (12.0, "telling"), (4.0, "a little telling"), (0.0, "tells little"))
"""Bits from which a thing in common is called so."""


def show(request: Request) -> Response:
    """The page; or only its part on time, when another zone was chosen on it."""
    if "group-when" in request.headers.get("hx-target", ""):
        view, decided, _ = _group(request)
        everybody = _members(request, view, decided)
        return part(
            "group_when.html.jinja",
            case=request.path_params["case"],
            id=decided.id,
            sort=_sort(request),
            members_from=_members_from(request, len(everybody)),
            **_when(request, view, decided.id, _chosen(request, everybody), decided),
        )
    return group_page(request)


def group_page(
    request: Request, *, status: int = 200, error: str = "", draft: Mapping[str, Any] | None = None
) -> Response:
    """The page.   error: why a judgement was not entered; draft: what the form held then."""
    view, decided, now = _group(request)
    names, id = named(request), decided.id
    found = group(view, id) if decided.how == FOUND else None
    everybody = _members(request, view, decided)
    chosen = _chosen(request, everybody)
    parts = [found] if found else [group(view, one) for one in parts_found(now, id)]
    judged = said_of(view, now, id, names=names)
    start = _number(request, "things")
    made = [decided.name] if decided.name is not None else []
    case, by = request.path_params["case"], session_of(request).author
    draft = {"kind": "", "text": "", "by": by, "with": [], "account": []} | dict(draft or {})
    return page(
        request,
        "group.html.jinja",
        status=status,
        case=case,
        title=overview(view).title,
        section="groups",
        id=id,
        group=found,
        decided=decided,
        name=next(iter(texts_shown(view, made, names=names)), None),
        name_over=decided.name is not None and claims.exceeds(claims.lowest([str(one.row["level"]) for one in parts]), decided.name),
        found_parts=parts,
        level_words=level_words(found.row["level"]) if found else "",
        evidence=joined([NOUN.get(kind, kind) for kind in (found.row["evidence_kinds"] or "").split(",") if kind]) if found else "",
        aside=now.aside(id),
        judged=judged,
        entered=next((one for one in judged if one.label == request.query_params.get("said")), None),
        others=[one.id for one in now.groups.values() if one.id != id and one.merged_into is None and one.aside is None],
        parts={one.name: Markup(one.html) for one in card(view, id)},  # escaped when it was rendered
        size=len(everybody),
        members=chosen,
        members_from=_members_from(request, len(everybody)),
        members_shown=MEMBERS_SHOWN,
        gone=_gone(view, decided),
        sort=_sort(request),
        things=objects(view, id, names=names, offset=start, limit=OBJECTS_SHOWN)
        if found
        else chosen_objects(view, decided.members, names=names, limit=OBJECTS_SHOWN),
        things_from=start,
        things_shown=OBJECTS_SHOWN,
        telling=_telling,
        error=error,
        draft=draft,
        commands=[judge_command(case, [id], draft["kind"] or "comment", draft["text"], draft["by"])],
        judge_command=judge_command,
        retract_command=retract_command,
        no_q=NO_Q,
        **_when(request, view, id, chosen, decided),
    )  # fmt: skip


def behind(request: Request) -> Response:
    """The posts behind one thing that members have in common: a part of the page, or a page of its own."""
    view, id = view_of(request), request.path_params["id"]
    number = request.path_params["number"]
    its = group_posts(view, id, number, names=named(request), limit=POSTS_SHOWN)
    values = {"case": request.path_params["case"], "id": id, "its": its, "limit": POSTS_SHOWN}
    if request.headers.get("hx-request"):
        return part("group_posts.html.jinja", **values)
    return page(request, "group_object.html.jinja", title=overview(view).title, section="groups", **values)


def _group(request: Request) -> tuple[View, DecidedGroup, Decided]:
    """The view, the group as people left it, and everything they decided; UnknownName for the group."""
    view, id = view_of(request), request.path_params["id"]
    now = decided_now(workbench_of(request).case(request.path_params["case"]))
    decided = now.groups.get(id)
    if decided is None:
        raise UnknownName("group", id, list(now.groups))
    return view, decided, now


def _members(request: Request, view: View, decided: DecidedGroup) -> Sequence[Member]:
    names = named(request)
    its = (
        members(view, decided.id, names=names)
        if decided.how == FOUND
        else members_listed(view, decided.members, names=names)
    )
    return sorted(its, key=_SORTS[_sort(request)])  # which leaves equals in the order of the report


def _chosen(request: Request, everybody: Sequence[Member]) -> Sequence[Member]:
    start = _members_from(request, len(everybody))
    return everybody[start : start + MEMBERS_SHOWN]


def _members_from(request: Request, size: int) -> int:
    return min(_number(request, "members"), max(0, (size - 1) // MEMBERS_SHOWN * MEMBERS_SHOWN))


def _when(request: Request, view: View, id: str, chosen: Sequence[Member], decided: DecidedGroup) -> dict[str, Any]:
    everybody = None if decided.how == FOUND else decided.members
    zone = zone_of(request)
    return when(view, id, [one.who for one in chosen], zone, everybody, named(request))


def _gone(view: View, decided: DecidedGroup) -> dict[str, str]:
    """Key of each account that people took from the group -> how, in words."""
    people = accounts_shown(view, [*decided.removed, *decided.left])
    removed = {people[id].key: f"removed ({said.label})" for id, said in decided.removed.items() if id in people}
    return {people[id].key: f"split off to {to}" for id, to in decided.left.items() if id in people} | removed


def _sort(request: Request) -> str:
    asked = request.query_params.get("sort", "")
    return asked if asked in _SORTS else "partners"


def _number(request: Request, name: str) -> int:
    asked = request.query_params.get(name, "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 0


def _telling(bits: float) -> str:
    return next(words for least, words in TELLING if bits >= least)


ROUTES = [
    Route("/c/{case}/group/{id}", show),
    Route("/c/{case}/group/{id}/object/{number:number}", behind),
]
