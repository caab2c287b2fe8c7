"""`/c/<case>/account/<key>`: what an account shows of itself, when and with whom it acts, what it posted, and what people decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from inconcert.browse.accounts import Account
from inconcert.errors import InconcertError, InputError
from inconcert.judgement.decided import Decided
from inconcert.report.hostile_text import defanged
from inconcert.report.marked import marked
from inconcert.report.words import NOUN
from inconcert.verbs.judge import judge
from inconcert.verbs.judgements import decided_now
from inconcert.verbs.look import View, account, account_ids, account_posts, activity, avatars, overview, partners
from inconcert.verbs.notes import notes
from inconcert.verbs.shown_hits import keys_called
from inconcert.web.hidden_names import said_of_error
from inconcert.web.judging import judge_command, said
from inconcert.web.paging import number_asked, stretch
from inconcert.web.rendering import page, part, path
from inconcert.web.rhythm import rhythm
from inconcert.web.views import named, view_of, zone_of
from inconcert.web.workbench import session_of, workbench_of

POSTS_SHOWN, PARTNERS_SHOWN, HISTORY_SHOWN = 25, 25, 40
COMPARED_AT_MOST = 5_000
"""Characters of a description of which changes are marked word by word."""

FIELDS = {
    "handle": "Handle", "display_name": "Name", "bio": "Description", "location": "Place", "language": "Language", "link_url": "Link",
    "created_at": "Created", "followers": "Followers", "following": "Follows", "posts": "Posts, by the platform", "verified": "Verified",
    "declared_bot": "Declared automatic", "status": "Status", "avatar": "Picture", "ip_region": "Region of its address",
}  # fmt: skip
"""Field of a description -> what pages call it."""


@dataclass(frozen=True)
class Change:
    """One field of a description.   was: before, None for the first description.   now: None where it is not shown.   words: the change
    marked in the new wording, for descriptions."""

    field: str
    was: object
    now: object
    words: Markup | None


def show(request: Request) -> Response:
    """The page; or only its part on time, when another zone was chosen on it."""
    if "rhythm" in request.headers.get("hx-target", ""):
        return part("rhythm.html.jinja", **_rhythm(request, view_of(request)))
    return account_page(request)


def account_page(
    request: Request, *, status: int = 200, error: str = "", draft: Mapping[str, str] | None = None
) -> Response:
    """The page.   error: why a judgement was not entered; draft: what the form held then."""
    view, names = view_of(request), named(request)
    case, key = request.path_params["case"], request.path_params["key"]
    its = account(view, key, names=names)
    (id,) = account_ids(view, [key])
    opened = workbench_of(request).case(case)
    now = decided_now(opened)
    newest = request.query_params.get("order") == "newest"
    posts = stretch(request, "posts", POSTS_SHOWN, its.posts)
    first = number_asked(request, "partners")
    beside = partners(view, key, names=names, offset=first, limit=PARTNERS_SHOWN + 1)
    judged = said(view, [(one, "") for one in now.of_account.get(id, ())], names=names)
    groups = _groups(now, id)
    draft = {"kind": "note", "text": "", "by": session_of(request).author, "other": "", "group": ""} | dict(draft or {})
    called = its.who.shown if not its.who.named else key
    return page(
        request,
        "account.html.jinja",
        status=status,
        title=overview(view).title,
        section="",
        its=its,
        fields=FIELDS,
        nouns=NOUN,
        pictures=avatars(view, key),
        history=_history(its),
        rest=max(0, len(its.history) - HISTORY_SHOWN),
        partners=beside[:PARTNERS_SHOWN],
        partners_from=first,
        partners_shown=PARTNERS_SHOWN,
        partners_more=len(beside) > PARTNERS_SHOWN,
        posts=account_posts(view, key, names=names, offset=posts.start, limit=POSTS_SHOWN, newest_first=newest),
        posts_of=posts,
        newest=newest,
        judged=judged,
        entered=next((one for one in judged if one.label == request.query_params.get("said")), None),
        noted=sum(one.about_kind == "account" and one.about == id and one.retracted is None for one in notes(opened)),
        groups=groups,
        tested=any(run.verb == "cluster" for run in overview(view).runs),
        claimed=its.who.level not in (None, "L0"),
        apart={group: words for group in its.groups if (words := _apart(now, group, id))},
        error=error,
        draft=draft,
        commands={
            "note": judge_command(case, [called], "note", "", draft["by"]),
            "remove": judge_command(case, groups[:1], "remove", "", draft["by"], [called]),
            "same-person": judge_command(case, [called, "OTHER"], "same-person", "", draft["by"]),
        },
        **_rhythm(request, view),
    )


def _rhythm(request: Request, view: View) -> dict[str, Any]:
    key = request.path_params["key"]
    case, zone = request.path_params["case"], zone_of(request)
    return {
        "case": case,
        "rhythm": rhythm("this account", activity(view, key, zone=zone)),
        "here": path(case, "account", key),
    }


def _history(its: Account) -> list[tuple[Any, list[Change]]]:
    """Each description that changed something, the newest first, with what it changed; at most HISTORY_SHOWN."""
    before: dict[str, Any] = {}
    found = []
    for number, description in enumerate(its.history):
        changes = []
        for field in description.changed:
            was, now = before.get(field), description.values.get(field)
            words = _compared(was, now) if field == "bio" else None
            changes.append(Change(field, was if number else None, now, words))
        before |= description.values
        if changes:
            found.append((description, changes))
    return found[::-1][:HISTORY_SHOWN]


def _compared(was: object, now: object) -> Markup | None:
    if not isinstance(was, str) or not isinstance(now, str) or len(was) + len(now) > COMPARED_AT_MOST:
        return None
    return marked(defanged(was), defanged(now))


def _apart(now: Decided, group: str, id: str) -> str:
    """How people took an account out of a group of the run, or set that aside; "" where they did not."""
    its = now.groups.get(group)
    if its is None:
        return ""
    if id in its.removed:
        return f"removed ({its.removed[id].label})"
    if id in its.left:
        return f"split off to {its.left[id]}"
    aside = now.aside(group)
    return f"set aside ({aside.label})" if aside is not None else ""


def _groups(now: Decided, id: str) -> list[str]:
    """Groups the account is in as people left them."""
    return [one.id for one in now.groups.values() if one.merged_into is None and id in one.members]


async def enter(request: Request) -> Response:
    """Enter a judgement, and go back to the page; with the reason when it could not be."""
    form = await request.form()
    asked = {name: str(form.get(name, "")) for name in ("kind", "text", "by", "other", "group")}
    return await run_in_threadpool(_enter, request, asked)


def _enter(request: Request, asked: Mapping[str, str]) -> Response:
    view, key, case = view_of(request), request.path_params["key"], request.path_params["case"]
    (id,) = account_ids(view, [key])
    opened = workbench_of(request).case(case)
    try:
        match asked["kind"]:
            case "remove":
                entered = judge(opened, [asked["group"]], "remove", asked["text"], by=asked["by"], accounts=[id])
            case "same-person":
                other = account_ids(view, keys_called(view, [asked["other"]]))
                entered = judge(opened, [id, *other], "same-person", asked["text"], by=asked["by"])
            case "note":
                entered = judge(opened, [id], "note", asked["text"], by=asked["by"])
            case _:
                raise InputError("Nothing was chosen. Choose what you decide.")
    except InconcertError as error:
        return account_page(request, status=409, error=said_of_error(request, view, error), draft=asked)
    session_of(request).author = entered.by
    return RedirectResponse(path(case, "account", key, said=entered.label) + "#decided", 303)


ROUTES = [
    Route("/c/{case}/account/{key}", show),
    Route("/c/{case}/account/{key}/judge", enter, methods=["POST"]),
]
