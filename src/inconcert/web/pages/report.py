"""`/c/<case>/report`: choose what the report describes, write beside it, look at the very file, and write it."""

from __future__ import annotations

import filecmp
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import anyio.to_thread
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from inconcert.case import Case
from inconcert.case.inspection import VIEWS
from inconcert.errors import InconcertError
from inconcert.judgement.choices import Choice
from inconcert.judgement.decided import Decided
from inconcert.judgement.wording import NOTE_AT_MOST
from inconcert.report import claims
from inconcert.report.chosen import BESIDE, GROUP_FIGURES, PART_FIGURES, SECTIONS
from inconcert.report.html import policy
from inconcert.verbs.choose import choose
from inconcert.verbs.look import View, groups, overview, texts_shown
from inconcert.web.jobs import Step, step
from inconcert.web.marking import marked
from inconcert.web.pages.held import held_by
from inconcert.web.rendering import page, part, path
from inconcert.web.said import choices_of, decided_of, said_key
from inconcert.web.signing import signed
from inconcert.web.views import named, view_of
from inconcert.web.workbench import session_of, workbench_of

PREVIEW = "preview-"
"""Beginning of the folder, among what is derived, that holds the pages as they would be written now."""

_RUN_OF = {
    "copies": "copies",
    "rewritten": "copies",
    "pictures": "copies",
    "clues": "copies",
    "indicators": "indicators",
    "techniques": "indicators",
    "operations": "link",
    "place": "locate",
    "attribution": "indicators",
}


@dataclass(frozen=True)
class Form:
    """What the form holds.   left_out: groups and sections.   without: pictures.   texts: group or part -> Markdown.   failed: why it was
    not entered."""

    zone: str = "UTC"
    notes: bool = False
    left_out: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    texts: Mapping[str, str] = field(default_factory=dict)
    by: str = ""
    failed: str = ""


def show(request: Request) -> Response:
    """The page."""
    case = workbench_of(request).case(request.path_params["case"])
    return _page(request, _of_choice(_standing(case), decided_of(case)))


async def keep(request: Request) -> Response:
    """Enter the choice, and begin to make the preview of it."""
    bench, name = workbench_of(request), request.path_params["case"]
    case, form = bench.case(name), await request.form()
    asked = await anyio.to_thread.run_sync(_asked, request, form)
    try:
        by = signed(request, form)
        await anyio.to_thread.run_sync(
            lambda: choose(
                case,
                by=by,
                leave_out=sorted(asked.left_out),
                without=sorted(asked.without),
                texts=asked.texts,
                zone=asked.zone,
                notes=asked.notes,
            )
        )
    except InconcertError as error:
        return await anyio.to_thread.run_sync(_page, request, replace(asked, failed=str(error)))
    if bench.jobs.of_case(name) is None:
        _begin_preview(request, case)
    return RedirectResponse(path(name, "report"), 303)


def make_preview(request: Request) -> Response:
    """Make the preview anew."""
    name = request.path_params["case"]
    _begin_preview(request, workbench_of(request).case(name))
    return RedirectResponse(path(name, "report"), 303)


def write(request: Request) -> Response:
    """Write the report into the case."""
    bench, name = workbench_of(request), request.path_params["case"]
    bench.case(name)
    job = bench.jobs.start(name, f"Writing the report of {name}.", [step("report", name)], after=path(name, "report"))
    return RedirectResponse(f"/jobs/{job.id}", 303)


async def words(request: Request) -> Response:
    """Words beside a group or part as the report will print them, and what of them claims too much."""
    form = await request.form()
    text, level = await anyio.to_thread.run_sync(_words, request, form)
    html, over = marked(text, level)
    return part(
        "report_words.html.jinja", html=html if text.strip() else "", over=over, level=level, level_words=claims.words
    )


async def command(request: Request) -> Response:
    """The command lines that the form stands for."""
    form = await request.form()
    asked = await anyio.to_thread.run_sync(_asked, request, form)
    return part("report_commands.html.jinja", commands=_commands(request.path_params["case"], asked))


def preview(request: Request) -> Response:
    """The page that may be published, as it would be written now."""
    return _framed(_preview_folder(_case(request)) / "index.html")


def accounts(request: Request) -> Response:
    """The working file, which says which account is which: only while names are switched on."""
    if not named(request):
        raise HTTPException(403, "The working file says who is who. Switch names on for this case first.")
    return _framed(_preview_folder(_case(request)) / "accounts.html")


def download(request: Request) -> Response:
    """The report that lies in the case, as a file."""
    file = _case(request).path / "report" / "index.html"
    if not file.is_file():
        raise HTTPException(404, "The report was not written yet.")
    name = f"{request.path_params['case']}-report.html"
    return FileResponse(file, media_type="text/html", filename=name, content_disposition_type="attachment")


def _case(request: Request) -> Case:
    return workbench_of(request).case(request.path_params["case"])


def _framed(file: Path) -> Response:
    """A page of the report under its own policy, not ours; in a sandbox, so that it could not reach our pages whatever it held."""
    if not file.is_file():
        raise HTTPException(
            404, "The preview was not made yet, or the case has changed since. Make it on the page of the report."
        )
    headers = {"content-security-policy": f"{policy()}; sandbox allow-scripts; frame-ancestors 'self'"}
    return Response(file.read_bytes(), media_type="text/html", headers=headers)


def _preview_folder(case: Case) -> Path:
    return case.path / VIEWS / f"{PREVIEW}{said_key(case)}"


def _begin_preview(request: Request, case: Case) -> None:
    bench, name = workbench_of(request), request.path_params["case"]
    folder = _preview_folder(case)
    for former in folder.parent.glob(f"{PREVIEW}*"):
        if former != folder:
            shutil.rmtree(former, ignore_errors=True)
    arguments = ("report", name, "--to", str(folder.relative_to(bench.root)))
    bench.jobs.start(
        name, f"Making the preview of the report of {name}.", [Step(arguments, arguments)], after=path(name, "report")
    )


def _page(request: Request, form: Form) -> Response:
    view, name = view_of(request), request.path_params["case"]
    bench = workbench_of(request)
    case, about = bench.case(name), overview(view)
    levels, page_level = _levels(view, decided_of(case))
    folder, exported = _preview_folder(case), case.path / "report" / "index.html"
    standing = _standing(case)
    job = bench.jobs.of_case(name)
    there = (folder / "index.html").is_file() and (folder / "accounts.html").is_file()
    return page(
        request,
        "report.html.jinja",
        status=409 if form.failed else 200,
        case=name,
        title=about.title,
        section="report",
        form=form,
        standing=standing,
        rows=[one for one in groups(view) if one.id in levels],
        names=_names(request, view, decided_of(case)),
        levels=levels,
        page_level=page_level,
        sections_chosen=_sections([*about.runs, *(run for run in case.runs() if run.verb == "link")]),
        parts={place: words for place, words in BESIDE.items() if place not in SECTIONS},
        GROUP_FIGURES=GROUP_FIGURES,
        PART_FIGURES=PART_FIGURES,
        clustered=any(run.verb == "cluster" for run in about.runs),
        most=NOTE_AT_MOST,
        holder=held_by(case),
        ready=there,
        job=job,
        stopped=next((one for one in bench.jobs.newest() if one.case == name and one.state == "failed"), None),
        now=bench.clock(),
        exported=exported.is_file(),
        same=there and exported.is_file() and filecmp.cmp(folder / "index.html", exported, shallow=False),
        commands=_commands(name, replace(form, by=form.by if form.failed else session_of(request).author)),
        words=marked,
        level_words=claims.words,
    )


def _levels(view: View, now: Decided) -> tuple[dict[str, str], str]:
    """Group -> its level, of those that the report speaks of; and the highest level on its page."""
    rows = {one.id: str(one.row["level"]) for one in groups(view)}
    levels = {id: level for id, level in rows.items() if level != "L0" and now.aside(id) is None}
    return levels, claims.highest([*levels.values(), "L1" if overview(view).edges else "L0"])


def _names(request: Request, view: View, now: Decided) -> dict[str, str]:
    given = {id: group.name for id, group in now.groups.items() if group.name is not None}
    return dict(zip(given, texts_shown(view, list(given.values()), names=named(request)), strict=True))


def _sections(runs: Sequence[object]) -> dict[str, str]:
    """The sections that the runs of the case may give something for."""
    there = {str(getattr(run, "verb", "")) for run in runs}
    return {id: title for id, title in SECTIONS.items() if _RUN_OF.get(id, "describe") in there}


def _standing(case: Case) -> Choice | None:
    return next((one for one in reversed(choices_of(case)) if one.retracted is None), None)


def _of_choice(choice: Choice | None, now: Decided) -> Form:
    """The form as the choice that stands fills it."""
    if choice is None:
        return Form()
    placed = []
    for one in choice.parts:
        group = now.found(one.group)[0] if one.group is not None else None
        if one.group is None or group is not None:
            placed.append((group.id if group is not None else one.part, one))
    return Form(
        choice.zone,
        choice.notes,
        frozenset(place for place, one in placed if not one.shown),
        frozenset(f"{place}:{figure}" for place, one in placed for figure in one.without),
        {place: one.text for place, one in placed if one.text},
        choice.by,
    )


def _asked(request: Request, form: FormData) -> Form:
    """What the form holds. A box that is not ticked is not sent, so the form names all that it offered."""
    offered, ticked = _several(form, "offered"), set(_several(form, "shown"))
    pictures, drawn = _several(form, "picture"), set(_several(form, "drawn"))
    texts = {name[5:]: str(value) for name, value in form.items() if name.startswith("text:") and str(value).strip()}
    return Form(
        str(form.get("zone", "")).strip() or "UTC",
        form.get("notes") == "yes",
        frozenset(one for one in offered if one not in ticked),
        frozenset(one for one in pictures if one not in drawn),
        {place: text.replace("\r\n", "\n").strip() for place, text in texts.items()},
        str(form.get("by", "")).strip(),
    )


def _several(form: FormData, name: str) -> list[str]:
    return [str(one) for one in form.getlist(name)]


def _words(request: Request, form: FormData) -> tuple[str, str]:
    """The text that the form sends to be looked at, and the level it is held to."""
    place = request.query_params.get("place", "")
    levels, page_level = _levels(view_of(request), decided_of(_case(request)))
    return str(form.get(f"text:{place}", ""))[:NOTE_AT_MOST], levels.get(place, page_level)


def _commands(case: str, form: Form) -> list[str]:
    words = ["choose", case]
    for option, several in (("--leave-out", sorted(form.left_out)), ("--without", sorted(form.without))):
        words += [word for one in several for word in (option, one)]
    words += [word for place, text in sorted(form.texts.items()) for word in ("--text", f"{place}={text}")]
    words += [*(("--zone", form.zone) if form.zone != "UTC" else ()), *(("--notes",) if form.notes else ())]
    return [str(step(*words, "--by", form.by or "NAME")), str(step("report", case))]


ROUTES = [
    Route("/c/{case}/report", show),
    Route("/c/{case}/report", keep, methods=["POST"]),
    Route("/c/{case}/report/make", make_preview, methods=["POST"]),
    Route("/c/{case}/report/write", write, methods=["POST"]),
    Route("/c/{case}/report/words", words, methods=["POST"]),
    Route("/c/{case}/report/command", command, methods=["POST"]),
    Route("/c/{case}/report/preview", preview),
    Route("/c/{case}/report/accounts", accounts),
    Route("/c/{case}/report/download", download),
]
