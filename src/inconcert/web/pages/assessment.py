"""`/c/<case>/group/<id>/assessment`: who may be behind a group: what is weighed, what follows, who entered what, and the forms to enter more.

Below level L3 it shows what the verb hands over then: explanations that accuse nobody, items and the side each points to, what L3 would need.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from inconcert.browse.witness_posts import witness_posts
from inconcert.verbs.attribute import HERE, LADDER, QUESTIONS, Assessment, assessment
from inconcert.verbs.attribution_choices import Choices, attribution_choices
from inconcert.verbs.item_witnesses import ItemWitnesses, item_witnesses, reading_witnesses
from inconcert.verbs.look import View, accounts_shown, objects, overview, texts_shown
from inconcert.verbs.techniques_of_group import ByPhase, techniques_of_group
from inconcert.verbs.weighing_entries import EnteredLine, weighing_entries
from inconcert.web.assessing import FORMS, Asked, command, retract_command
from inconcert.web.assessment_rows import WIDE, span, times, waterfall
from inconcert.web.jobs import step
from inconcert.web.pages.held import held_by
from inconcert.web.rendering import page
from inconcert.web.views import named, view_of
from inconcert.web.workbench import session_of, workbench_of

POSTS_SHOWN, ACCOUNTS_SHOWN, THINGS_SHOWN = 24, 60, 12
"""Witnesses of one item on one page."""


def show(request: Request) -> Response:
    """The page."""
    return assessment_page(request, Asked())


def assessment_page(request: Request, asked: Asked, *, status: int = 200) -> Response:
    """The page.   asked: a form that could not be entered, with its faults."""
    view, case, id = view_of(request), request.path_params["case"], request.path_params["id"]
    opened = workbench_of(request).case(case)
    a = assessment(opened, id, pair=_pair(request))
    lines = weighing_entries(opened, id)
    phases = techniques_of_group(opened, id) if a.told_apart else None
    told = _told(
        view, (*_texts(a), *(text for line in lines for text in _of_line(line)), *_of_phases(phases)), named(request)
    )
    choices = attribution_choices(a.yardstick)
    values = {"by": session_of(request).author, "like": "H1", "seen": a.sha256} | dict(asked.values or {})
    return page(
        request,
        "assessment.html.jinja",
        status=status,
        case=case,
        title=overview(view).title,
        section="groups",
        id=id,
        a=a,
        told=told,
        lines=lines,
        entered=next((one for one in lines if one.label == request.query_params.get("said")), None),
        lapsed=[one for one in request.query_params.get("lapsed", "").split(",") if one in {its.label for its in a.sign_offs}],
        phases=phases,
        rows=waterfall(a, {name: one.most for name, one in choices.families.items()}),
        items={item.key: item for item in a.items},
        rivals=_rivals(a, told),
        choices=choices,
        offered=_offered(a, choices, told),
        span=span,
        wide=WIDE,
        here=HERE,
        ladder=LADDER,
        questions=QUESTIONS,
        asked=asked,
        values=values,
        faults=dict(asked.faults or {}),
        commands={what: command(case, id, what, values if asked.what == what else {"by": values["by"], "seen": a.sha256}) for what in FORMS},
        retract_command=retract_command,
        show_command=str(step("attribute", case, id)),
        techniques_command=str(step("catalogue", "--case", case)),
        holder=held_by(opened),
    )  # fmt: skip


def item(request: Request) -> Response:
    """What one item rests on, or one reading: its posts, its run, its entry in the ledger."""
    view, case, id = view_of(request), request.path_params["case"], request.path_params["id"]
    opened = workbench_of(request).case(case)
    reading = request.query_params.get("reading", "")
    its = (
        reading_witnesses(opened, id, int(reading), limit=POSTS_SHOWN)
        if reading.isascii() and reading.isdigit() and len(reading) < 12
        else item_witnesses(opened, id, request.query_params.get("key", "")[:300], limit=POSTS_SHOWN)
    )
    names = named(request)
    posts = witness_posts(view, [(account, post) for account, post, _ in its.posts], names=names)
    entry = next(
        (one for one in weighing_entries(opened, id) if its.entry is not None and one.label == its.entry.label), None
    )
    return page(
        request,
        "assessment_item.html.jinja",
        case=case,
        title=overview(view).title,
        section="groups",
        id=id,
        its=its,
        entry=entry,
        told=_told(view, [its.text, its.source, *(_of_line(entry) if entry else ())], names),
        posts=[posts[account, post] for account, post, _ in its.posts if (account, post) in posts],
        accounts=list(accounts_shown(view, its.accounts[:ACCOUNTS_SHOWN], names=names).values()),
        things=objects(view, id, names=names, offset=0, limit=THINGS_SHOWN) if its.kind == "grouping" else (),
        command=_command(case, id, its),
    )  # fmt: skip


def _command(case: str, id: str, its: ItemWitnesses) -> str:
    if its.kind == "reading":
        return str(step("explain", case, f"I{its.reading}"))
    return str(
        step(*{"grouping": ("explain", case, id), "linking": ("link", case)}.get(its.kind, ("attribute", case, id)))
    )


def _pair(request: Request) -> tuple[str, str] | None:
    """The two hypotheses of the waterfall that were chosen; None unless both were."""
    one, other = (request.query_params.get(name, "")[:20] for name in ("one", "other"))
    return (one, other) if one and other else None


Offered = list[tuple[str, str]]
"""Values of a field, each with its words."""


def _rivals(a: Assessment, told: Callable[[str], str]) -> Offered:
    """(id, title) of every hypothesis that can be weighed, also of those of which nothing is said."""
    every = [(one.id, told(one.title)) for one in a.hypotheses if one.aside is None]
    every += [(one.id, one.says) for one in a.withheld]
    return sorted(every, key=lambda one: [int(part) for part in one[0][1:].split(".")])


def _offered(a: Assessment, choices: Choices, told: Callable[[str], str]) -> dict[str, Offered]:
    """What the forms let choose."""
    rivals = [(id, f"{id} {title[:80]}") for id, title in _rivals(a, told)]
    compared = {one.id for one in a.hypotheses}
    return {
        "rivals": rivals,
        "dissentable": [one for one in rivals if one[0] in compared],
        "removable": [*((item.key, f"{item.key}: {told(item.text)[:60]}") for item in a.items), *rivals],
        "kinds": [(name, f"{title} ({name})") for name, title in choices.kinds.items()],
        "reliability": [(letter, f"{letter} {words}") for letter, words in choices.reliability.items()],
        "credibility": [(digit, f"{digit} {words}") for digit, words in choices.credibility.items()],
        "families": [(name, f"{one.title}, at most {times(one.most)}") for name, one in choices.families.items()],
        **{name: [(one, one) for one in its] for name, its in (("categories", choices.categories), ("access", choices.access), ("words", choices.words))},
        "yardsticks": list(choices.yardsticks.items()),
    }  # fmt: skip


def _told(view: View, texts: Iterator[str] | list[str] | tuple[str, ...], names: bool) -> Callable[[str], str]:
    """How a text is shown: with nobody named who should not be. KeyError for a text that was not looked through."""
    every = sorted(set(texts))
    shown = dict(zip(every, texts_shown(view, every, names=names), strict=True))
    return shown.__getitem__


def _texts(a: Assessment) -> Iterator[str]:
    """Every text of an assessment that people, platforms or runs wrote."""
    for item in (*a.items, *(one for one, _, _, _ in a.left_out)):
        yield from (item.text, item.source, item.found_by)
    for one in a.hypotheses:
        yield from (one.title, one.aside or "")
    yield from (one.title for one in a.outcomes)
    yield from (one.title for one in a.removals)
    for removal in a.removals:
        yield from (one.title for one in removal.outcomes)
    yield from (one.text for one in a.unweighed)
    yield from (because for _, _, _, because in a.left_out)
    for answer in a.answers:
        yield from (answer.answer, *answer.because, *answer.alternatives)
    yield from (one.because for one in a.dissents)
    yield from (one.text for one in a.sign_offs)
    yield a.name or ""


def _of_line(line: EnteredLine) -> tuple[str, str]:
    return line.says, line.retracted.because if line.retracted else ""


def _of_phases(phases: ByPhase | None) -> Iterator[str]:
    for _, shown in phases or ():
        yield from (one.says for one in shown)


ROUTES = [
    Route("/c/{case}/group/{id}/assessment", show),
    Route("/c/{case}/group/{id}/assessment/item", item),
]
