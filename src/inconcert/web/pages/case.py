"""`/c/<case>/`: what came in, what was found, what could not be tested."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from inconcert.report.claims import words as level_words
from inconcert.report.words import NOUN, count, joined
from inconcert.verbs.indicators import NOT_A_VERDICT
from inconcert.verbs.look import View, activity, groups, overview
from inconcert.web.figures import columns
from inconcert.web.rendering import page
from inconcert.web.views import view_of

LADDER = ("L3", "L2", "L1", "L0")


def case(request: Request) -> Response:
    """The page."""
    view = view_of(request)
    about = overview(view)
    found = groups(view)
    days = activity(view).days
    return page(
        request,
        "case.html.jinja",
        case=request.path_params["case"],
        title=about.title,
        section="case",
        about=about,
        ladder=[(level, level_words(level), [one for one in found if one.row["level"] == level]) for level in LADDER],
        evidence=_evidence,
        days=columns(days, f"Posts per day: {count(sum(n for _, n in days), 'post')} on {count(len(days), 'day')}"),
        days_grouped=_grouped(view),
        untested=_untested(view),
        done={run.verb for run in about.runs},
    )


def _grouped(view: View) -> object:
    days = activity(view, "*").days
    return columns(days, "Posts per day by accounts in groups") if days else None


def _evidence(kinds: str) -> str:
    return joined([NOUN.get(kind, kind) for kind in kinds.split(",") if kind]) or "nothing of its own"


def _untested(view: View) -> list[str]:
    """What could not be tested, and why, in sentences."""
    about = overview(view)
    facts = about.facts
    said = []
    if not facts.timed:
        said.append("No post has a time: nothing that rests on time could be tested.")
    elif facts.timed < facts.posts:
        said.append(f"{count(facts.posts - facts.timed, 'post')} without a time took no part in what rests on time.")
    if coarse := facts.precisions.get("day", 0):
        said.append(f"{count(coarse, 'post')} state only the day: hours and minutes of them are unknown.")
    absent = [
        NOUN[kind] for kind in NOUN if kind not in facts.actions and kind not in ("combined", "domain", "near_media")
    ]
    if absent:
        said.append(f"The data hold none of these to compare: {joined(absent)}.")
    said += [note for run in about.runs for note in run.notes if note != NOT_A_VERDICT]
    return said


ROUTES = [Route("/c/{case}/", case)]
