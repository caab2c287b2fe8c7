"""`/c/<case>/`: what came in, what was found, what could not be tested."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from inconcert.case import Case
from inconcert.judgement.sets import NO_RATE
from inconcert.report import claims
from inconcert.report.claims import words as level_words
from inconcert.report.indicator_words import needs, title
from inconcert.report.words import NOUN, count, joined
from inconcert.verbs.indicators import NOT_A_VERDICT
from inconcert.verbs.look import View, activity, groups, overview, texts_shown
from inconcert.web.figures import columns
from inconcert.web.rendering import page
from inconcert.web.said import decided_of
from inconcert.web.views import named, view_of
from inconcert.web.workbench import workbench_of

LADDER = ("L3", "L2", "L1", "L0")


def case(request: Request) -> Response:
    """The page."""
    view = view_of(request)
    about = overview(view)
    found = groups(view)
    opened = workbench_of(request).case(request.path_params["case"])
    now = decided_of(opened)
    days = activity(view).days
    levels = {one.id: str(one.row["level"]) for one in found}
    named_groups = ((id, now.groups[id].name) for id in levels if id in now.groups)
    # beside what was found stands no name that claims more: the page of the group shows it, and says so
    names = {id: name for id, name in named_groups if name is not None and not claims.exceeds(levels[id], name)}
    return page(
        request,
        "case.html.jinja",
        case=request.path_params["case"],
        title=about.title,
        section="case",
        about=about,
        now=now,
        aside=[one.id for one in found if one.row["level"] != "L0" and now.aside(one.id) is not None],
        ladder=[(level, level_words(level), [one for one in found if one.row["level"] == level]) for level in LADDER],
        called=dict(zip(names, texts_shown(view, list(names.values()), names=named(request)), strict=True)),
        evidence=_evidence,
        days=columns(days, f"Posts per day: {count(sum(n for _, n in days), 'post')} on {count(len(days), 'day')}"),
        days_grouped=_grouped(view),
        untested=_untested(view, opened),
        done={run.verb for run in about.runs},
    )


def _grouped(view: View) -> object:
    days = activity(view, "*").days
    return columns(days, "Posts per day by accounts in groups") if days else None


def _evidence(kinds: str) -> str:
    return joined([NOUN.get(kind, kind) for kind in kinds.split(",") if kind]) or "nothing of its own"


def _untested(view: View, case: Case) -> list[str]:
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
    # neither of these tells of something untested, and the second holds the name of a set, as somebody gave it
    said += [note for run in about.runs for note in run.notes if note != NOT_A_VERDICT and not note.endswith(NO_RATE)]
    return said + [f"{title(indicator)}: needs {needs(what)}." for indicator, what in _not_run(view, case)]


def _not_run(view: View, case: Case) -> list[tuple[str, str]]:
    """Indicators that the data do not allow, and what they would need."""
    measured = {run.id for run in overview(view).runs if run.verb == "indicators"}
    runs = [run for run in case.runs() if run.id in measured] if measured else []
    return [(row["indicator"], row["needs"]) for run in runs for row in run.table("indicators_not_run").to_pylist()]


ROUTES = [Route("/c/{case}/", case)]
