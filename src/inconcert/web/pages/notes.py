"""`/c/<case>/notes`: what people wrote down, with sources; writing and taking back."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import anyio.to_thread
from markupsafe import Markup
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from inconcert.errors import InconcertError
from inconcert.judgement.notes import Note, Source
from inconcert.judgement.wording import NOTE_AT_MOST
from inconcert.verbs.look import View, accounts_shown, overview, texts_shown
from inconcert.verbs.notes import add_note, notes
from inconcert.web.jobs import step
from inconcert.web.marking import shown
from inconcert.web.pages.held import held_by
from inconcert.web.rendering import page, part, path
from inconcert.web.said import notes_of
from inconcert.web.signing import signed
from inconcert.web.views import named, view_of
from inconcert.web.workbench import session_of, workbench_of

SHOWN = 100
"""Notes on one page."""


@dataclass(frozen=True)
class Line:
    """One note as the page shows it.   about: words and address of what it is about; address "" for the case.   back: who took it back,
    when and why; None while it stands.
    """

    label: str
    by: str
    at: str
    text: Markup
    about: str
    address: str
    sources: tuple[tuple[Source, str, str], ...]
    back: tuple[str, str, str] | None


@dataclass(frozen=True)
class Draft:
    """A note that was not entered: what its form held, and why it was not."""

    text: str = ""
    about: str = ""
    sources: str = ""
    failed: str = ""


def listing(request: Request) -> Response:
    """The page."""
    return _page(request, Draft(about=request.query_params.get("about", "")[:300]))


async def add(request: Request) -> Response:
    """Enter a note; when that fails, the page again with what was written."""
    name, form = request.path_params["case"], await request.form()
    case = workbench_of(request).case(name)
    text, about, lines = (str(form.get(one, "")) for one in ("text", "about", "sources"))
    try:
        with tempfile.TemporaryDirectory(prefix="inconcert-note-") as folder:
            files = [
                await _kept(one, Path(folder))
                for one in form.getlist("file")
                if isinstance(one, UploadFile) and one.filename
            ]
            by, sources = signed(request, form), [*_sources(lines), *map(str, files)]
            made = await anyio.to_thread.run_sync(lambda: add_note(case, text, by=by, about=about, sources=sources))
    except InconcertError as error:
        return await anyio.to_thread.run_sync(_page, request, Draft(text, about, lines, str(error)))
    return RedirectResponse(path(name, "notes") + f"#{made.label}", 303)


async def preview(request: Request) -> Response:
    """What a note will look like, and the command line that adds it."""
    name, form = request.path_params["case"], await request.form()
    workbench_of(request).case(name)
    text = str(form.get("text", ""))[:NOTE_AT_MOST]
    return part("note_preview.html.jinja", text=shown(text) if text.strip() else "", command=_command(name, form))


def _page(request: Request, draft: Draft) -> Response:
    view, name = view_of(request), request.path_params["case"]
    case = workbench_of(request).case(name)
    every, find = notes_of(case), request.query_params.get("find", "").strip()[:200]
    about = request.query_params.get("about", "").strip()[:300]
    failed = ""
    found: Sequence[Note] = every
    if find:
        try:
            found = notes(case, find=[find])
        except InconcertError as error:
            failed = str(error)
    people = {one.about for one in every if one.about_kind == "account"}
    keys = {who.key: id for id, who in accounts_shown(view, sorted(people)).items()}
    if about:
        found = [one for one in found if one.about == keys.get(about, about)]
    return page(
        request,
        "notes.html.jinja",
        status=409 if draft.failed else 200,
        case=name,
        title=overview(view).title,
        section="notes",
        lines=_lines(name, view, list(reversed(found))[:SHOWN], named(request)),
        found=len(found),
        total=len(every),
        find=find,
        about=about,
        failed=failed,
        draft=draft,
        most=NOTE_AT_MOST,
        holder=held_by(case),
        command=str(step("notes", name, "--add", "TEXT", "--by", session_of(request).author or "NAME")),
        retract_command=_retract_command,
    )


def _lines(case: str, view: View, notes: Sequence[Note], names: bool) -> list[Line]:
    people = accounts_shown(view, [one.about for one in notes if one.about_kind == "account"], names=names)
    words = [
        word
        for one in notes
        for word in (one.text, one.retracted.because if one.retracted else "", *(source.text for source in one.sources))
    ]
    told = iter(texts_shown(view, words, names=names))
    lines = []
    for one in notes:
        text, because = next(told), next(told)
        sources = tuple((source, next(told), _source_address(case, source)) for source in one.sources)
        who = people.get(one.about)
        about, address = {
            "case": ("", ""),
            "group": (one.about, path(case, "group", one.about)),
            "set": (one.about, path(case, "set", one.about)),
            "account": (who.shown, path(case, "account", who.key)) if who else ("an account", ""),
            "post": ("a post", path(case, "post", *one.about.split("/"))),
        }[one.about_kind]
        back = (one.retracted.by, one.retracted.at, because) if one.retracted else None
        lines.append(Line(one.label, one.by, one.at, shown(text), about, address, sources, back))
    return lines


def _source_address(case: str, source: Source) -> str:
    return path(case, "post", *source.post) if source.post is not None else ""


def _sources(lines: str) -> list[str]:
    return [line.strip() for line in lines.splitlines() if line.strip()]


async def _kept(file: UploadFile, folder: Path) -> Path:
    """A file that came with the form, on disk under its own name."""
    plain = re.sub(r"[^\w. ()+-]", "_", (file.filename or "").replace("\\", "/").rpartition("/")[2]).lstrip(".-")[-150:]
    target = Path(tempfile.mkdtemp(dir=folder)) / (plain or "file")
    async with await anyio.open_file(target, "wb") as out:
        while chunk := await file.read(1 << 20):
            await out.write(chunk)
    return target


def _command(case: str, form: FormData) -> str:
    words = ["notes", case, "--add", str(form.get("text", "")).replace("\r\n", "\n").strip()[:NOTE_AT_MOST] or "TEXT"]
    if about := str(form.get("about", "")).strip():
        words += ["--about", about]
    files = [str(one.filename) for one in form.getlist("file") if isinstance(one, UploadFile) and one.filename]
    for source in [*_sources(str(form.get("sources", ""))), *files]:
        words += ["--source", source]
    return str(step(*words, "--by", str(form.get("by", "")).strip() or "NAME"))


def _retract_command(case: str, label: str, by: str) -> str:
    return str(step("notes", case, "--retract", label, "--because", "REASON", "--by", by or "NAME"))


ROUTES = [
    Route("/c/{case}/notes", listing),
    Route("/c/{case}/notes", add, methods=["POST"]),
    Route("/c/{case}/notes/preview", preview, methods=["POST"]),
]
