"""Templates become answers: the same filters as the report's, so that a page and a report say a number alike."""

from __future__ import annotations

import json
import shlex
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urlencode

import jinja2
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from inconcert.browse.posts import TEXT_AT_MOST
from inconcert.case import case_facts
from inconcert.report import words
from inconcert.report.hostile_text import defanged, one_line, shortened, visible
from inconcert.version import VERSION
from inconcert.web.workbench import cookie_of, session_of, workbench_of

SECTIONS = (
    ("case", "Overview", "", "o"),
    ("groups", "Groups", "groups", "g"),
    ("network", "Network", "network", "n"),
    ("search", "Search", "search", "s"),
    ("sets", "Sets", "sets", "e"),
    ("catalogue", "Catalogue", "catalogue", "c"),
    ("entities", "Entities", "entities", "p"),
    ("judgements", "Judgements", "judgements", "j"),
    ("notes", "Notes", "notes", "t"),
    ("report", "Report", "report", "r"),
    ("import", "Import", "import", "i"),
)
"""Parts of a case: (name, heading, path below the case, key that leads there after "g")."""


def path(case: str, *parts: object, **query: object) -> str:
    """The address of something in a case; each part is one segment, whatever it holds."""
    segments = "/".join(quote(str(part), safe="") for part in (case, *parts) if part != "")
    asked = {name: value for name, value in query.items() if value not in (None, "", False)}
    return (
        f"/c/{segments}"
        + ("/" if not any(part != "" for part in parts) else "")
        + (f"?{urlencode(asked)}" if asked else "")
    )


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """The answer: a whole page. `case` among the values, the name of a case, gives it the navigation of that case, and its title unless
    `title` is given."""
    bench, session = workbench_of(request), session_of(request)
    case = values.get("case")
    if case and "title" not in values:
        values["title"] = case_facts(bench.root / case)["title"]
    html = environment().get_template(template).render(
        **values,
        request_path=request.url.path,
        sections=SECTIONS,
        token=bench.token,
        session=session,
        named=case in session.named if case else False,
        running=bench.jobs.of_case(case) if case else None,
        vendor=vendor(),
        version=VERSION,
    )  # fmt: skip
    answer = HTMLResponse(html, status)
    if request.state.session_id is not None:
        answer.set_cookie(cookie_of(request), request.state.session_id, httponly=True, samesite="strict")
    return answer


def part(template: str, **values: Any) -> HTMLResponse:
    """The answer: a part that replaces another in a page."""
    return HTMLResponse(environment().get_template(template).render(**values))


@cache
def vendor() -> dict[str, str]:
    """Package -> file of it, of those that came with this build (see hatch_build.py); empty when none did."""
    known = files("inconcert.web") / "static" / "vendor" / "versions.json"
    return {one["name"]: one["file"] for one in json.loads(known.read_text("utf-8"))} if known.is_file() else {}


@cache
def environment() -> jinja2.Environment:
    """The templates of the pages. Every string is escaped and its hidden characters are shown; `_` marks what can be translated."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("inconcert.web"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    made.filters |= {
        "apart": words.apart,
        "begun": begun,
        "count": words.count,
        "day": words.day,
        "defanged": defanged,
        "duration": words.duration,
        "joined": words.joined,
        "moment": words.moment,
        "number": words.number,
        "one_line": one_line,
        "odds": words.odds,
        "percent": words.percent,
        "probability": words.probability,
        "typed": shlex.quote,
    }
    made.globals |= {"DID": words.DID, "NOUN": words.NOUN, "TEXT_AT_MOST": TEXT_AT_MOST, "path": path}
    return made


def begun(text: str, most: int = TEXT_AT_MOST) -> Markup:
    """A strange text without links that can be clicked, and how much of it is left out beyond `most` characters."""
    start, more = shortened(text, most)
    rest = (
        Markup(' <span class="note">… {}</span>').format(words.count(more, "further character")) if more else Markup("")
    )
    return visible(defanged(start)) + rest


def _finalize(value: object) -> object:
    if isinstance(value, str) and not isinstance(value, Markup):
        return visible(value)
    return value
