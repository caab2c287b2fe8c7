"""`/c/<case>/post/<import>/<row>`: one post in full, what refers to it, its further captures, and the record it was read from."""

from __future__ import annotations

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from inconcert.browse.posts import Capture, PostPage
from inconcert.report.hostile_text import defanged
from inconcert.report.marked import marked
from inconcert.verbs.look import answers, overview, post, post_media, shown_type
from inconcert.verbs.record import record
from inconcert.web.paging import stretch
from inconcert.web.rendering import page, part
from inconcert.web.views import named, view_of
from inconcert.web.workbench import workbench_of

TEXT_SHOWN = 100_000
"""Characters of a text on the page, unless more is asked for."""
COMPARED_AT_MOST = 20_000
RECORD_SHOWN = 200_000
"""Characters of a record on the page."""
SHARERS_SHOWN, REPLIES_SHOWN = 60, 15
ZONES = {
    "stated": "the source states the zone", "epoch": "the source counts seconds, which know no zone", "given": "the zone was given at import",
    "source": "the tool that wrote it always uses this zone", "assumed-utc": "the source states no zone; UTC was assumed",
}  # fmt: skip


def show(request: Request) -> Response:
    """The page."""
    view, names = view_of(request), named(request)
    import_id, row = request.path_params["import_id"], request.path_params["row"]
    whole = post(view, import_id, row, names=names)
    shared = stretch(request, "shared", SHARERS_SHOWN, whole.shared)
    replied = stretch(request, "replied", REPLIES_SHOWN, whole.replied)
    about = overview(view)
    imported = next((one for one in about.imports if one["import_id"] == import_id), None)
    text = whole.post.text or ""
    return page(
        request,
        "post.html.jinja",
        case=request.path_params["case"],
        title=about.title,
        section="",
        one=whole.post,
        text=text if request.query_params.get("whole") else text[:TEXT_SHOWN],
        more=0 if request.query_params.get("whole") else max(0, len(text) - TEXT_SHOWN),
        zones=ZONES,
        captures=_captures(whole),
        files=post_media(view, import_id, row),
        shares=answers(view, import_id, row, "share", names=names, offset=shared.start, limit=SHARERS_SHOWN)
        if whole.shared
        else (),
        shared=shared,
        replies=answers(view, import_id, row, "reply", names=names, offset=replied.start, limit=REPLIES_SHOWN)
        if whole.replied
        else (),
        replied=replied,
        imported=imported,
    )


def raw(request: Request) -> Response:
    """The record as it was imported: a part of the page, or a page of its own. Its bytes only where names are switched on."""
    view, names = view_of(request), named(request)
    case, import_id, row = (request.path_params[name] for name in ("case", "import_id", "row"))
    its = record(workbench_of(request).case(case), import_id, row)
    values = {
        "case": case,
        "its": its,
        "content": its.content.decode("utf-8", "replace")[:RECORD_SHOWN] if names else None,
        "more": max(0, len(its.content) - RECORD_SHOWN),
        "whole": request.headers.get("hx-request") is None,
    }
    if request.headers.get("hx-request"):
        return part("record.html.jinja", **values)
    return page(request, "record_page.html.jinja", title=overview(view).title, section="", **values)


def media(request: Request) -> Response:
    """A picture that a post or profile of the case carries, under the type its bytes were found to have and no other."""
    view, sha256 = view_of(request), request.path_params["sha256"]
    mime = shown_type(view, sha256)
    if mime is None:
        raise HTTPException(404)
    file = workbench_of(request).case(request.path_params["case"]).original(sha256)
    policy = "default-src 'none'; sandbox"
    headers = {
        "content-security-policy": policy,
        "content-disposition": "inline",
        "cache-control": "private, max-age=3600",
    }
    return FileResponse(file, media_type=mime, headers=headers)


def _captures(whole: PostPage) -> list[tuple[Capture, Markup | None]]:
    """Further captures, and what each changed in the wording of the one before it; None where it changed nothing or too much is to compare."""
    found = []
    before = whole.post.text
    for capture in whole.captures:
        found.append((capture, _changed(before, capture.text)))
        before = capture.text if capture.text is not None else before
    return found


def _changed(before: str | None, after: str | None) -> Markup | None:
    if before is None or after is None or before == after or len(before) + len(after) > COMPARED_AT_MOST:
        return None
    return marked(defanged(before), defanged(after))


ROUTES = [
    Route("/c/{case}/post/{import_id}/{row:number}", show),
    Route("/c/{case}/post/{import_id}/{row:number}/record", raw),
    Route("/c/{case}/media/{sha256}", media),
]
