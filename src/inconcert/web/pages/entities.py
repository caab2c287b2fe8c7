"""`/c/<case>/entities`: people, companies, bodies and what ties them, searched; with the forms that bring, hand on and name."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from inconcert.case import Case
from inconcert.errors import InputError
from inconcert.judgement.brought import ASKED, Brought, approved_persons
from inconcert.report.entity_words import STRENGTH_WORDS, schema_words
from inconcert.verbs.entities import Withheld, asked_for
from inconcert.verbs.entity_look import (
    entered_files,
    entered_naming,
    entities_found,
    entity_key,
    is_example,
    ties_found,
)
from inconcert.verbs.look import groups, overview
from inconcert.web.jobs import Step, step
from inconcert.web.known_entities import look_of
from inconcert.web.paging import stretch
from inconcert.web.rendering import page
from inconcert.web.views import view_of
from inconcert.web.workbench import session_of, workbench_of

ENTITIES_SHOWN, TIES_SHOWN = 30, 30
FORMATS = {
    "entities.ftm.jsonl": "followthemoney entities, a line of JSON each",
    "statements.csv": "followthemoney statements, a row each",
    "entities.graphml": "the graph, for Gephi and its like",
}
"""Name of a file that is handed on -> what it is."""
_FILTERS = ("q", "schema", "strength", "since", "until")


@dataclass(frozen=True)
class Private:
    """A person who is not named.   asked: requests that stand, who made each, and why.   approved: whether somebody else agreed."""

    id: str
    key: str
    ties: int
    asked: tuple[tuple[str, str, str], ...]
    approved: bool


def listing(request: Request) -> Response:
    """The page."""
    return entities_page(request)


def entities_page(
    request: Request, *, status: int = 200, error: str = "", draft: Mapping[str, str] | None = None
) -> Response:
    """The page.   error: why something was not entered; draft: what the form held then."""
    view, name = view_of(request), request.path_params["case"]
    case, look = workbench_of(request).case(name), look_of(request)
    wanted = {one: request.query_params.get(one, "").strip()[:200] for one in _FILTERS}
    draft = {"by": session_of(request).author, "because": "", "person": ""} | dict(draft or {})
    values: dict[str, Any] = {}
    if look is not None:
        try:
            asked, odd = asked_for(*(wanted[one] for one in _FILTERS[1:])), ""
        except InputError as wrong:
            asked, odd = asked_for(), str(wrong)
        things = stretch(request, "things", ENTITIES_SHOWN, entities_found(look, wanted["q"], asked, 0, 0)[0])
        ties = stretch(request, "ties", TIES_SHOWN, ties_found(look, wanted["q"], asked, 0, 0)[0])
        values = {
            "held": look.overview,
            "things": entities_found(look, wanted["q"], asked, things.start, ENTITIES_SHOWN)[1],
            "things_of": things,
            "ties": ties_found(look, wanted["q"], asked, ties.start, TIES_SHOWN)[1],
            "ties_of": ties,
            "odd": odd,
            "private": _private(case, look.overview.withheld),
        }
    return page(
        request,
        "entities.html.jinja",
        status=status,
        case=name,
        title=overview(view).title,
        section="entities",
        look=look,
        wanted=wanted,
        filtered={one: wanted[one] for one in _FILTERS if wanted[one]},
        strengths=STRENGTH_WORDS,
        schema_words=schema_words,
        key=entity_key,
        files=(files := entered_files(case)[::-1]),
        is_example=is_example,
        example=_example(files),
        groups=[one.id for one in groups(view) if one.row["level"] != "L0"],
        error=error,
        draft=draft,
        batch=secrets.token_hex(8),
        formats=FORMATS,
        search_command=_search_command(name, wanted),
        bring_command=str(bringing(name, ("FILE",), draft["by"] or "NAME")),
        reference_command=str(step("entities", name, "--reference", "--by", draft["by"] or "NAME")),
        export_commands={file: str(step("entities", name, "--export", file)) for file in FORMATS},
        retract_command=lambda label: str(
            step("judgements", name, "--retract", label, "--because", "REASON", "--by", draft["by"] or "NAME")
        ),
        naming_command=lambda what, person: str(
            step("entities", name, f"--{what}", person, "--because", "REASON", "--by", draft["by"] or "NAME")
        ),
        **values,
    )


def _example(files: Sequence[Brought]) -> str:
    """Whether the bundled example is "all" that stands of these files, "some" of it, or not there: ""."""
    standing = [is_example(one) for one in files if one.retracted is None]
    return "" if not any(standing) else "all" if all(standing) else "some"


def _private(case: Case, withheld: Sequence[Withheld]) -> tuple[Private, ...]:
    said, agreed = entered_naming(case), approved_persons(case.statements())
    return tuple(
        Private(
            one.id,
            entity_key(one.id),
            one.ties,
            tuple(_request(its) for its in said if its.says == ASKED and its.about == one.id and its.retracted is None),
            one.id in agreed,
        )
        for one in withheld
    )


def _request(its: Brought) -> tuple[str, str, str]:
    return its.label, its.by, str(its.value["because"])


def bringing(case: str, files: Iterable[str], by: str) -> Step:
    """The command line that brings files."""
    return step("entities", case, *(part for file in files for part in ("--add", file)), "--by", by)


def _search_command(case: str, wanted: Mapping[str, str]) -> str:
    options = [part for one in _FILTERS[1:] if wanted[one] for part in (f"--{one}", wanted[one])]
    words = ["--search", wanted["q"]] if wanted["q"] else []
    return str(step("entities", case, *words, *options))


ROUTES = [Route("/c/{case}/entities", listing)]
