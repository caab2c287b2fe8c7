"""`/c/<case>/network`: the whole network, and what it draws as JSON."""

from __future__ import annotations

import gzip
import json
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from inconcert.report.words import NOUN
from inconcert.verbs.look import View, network_data, overview
from inconcert.web.rendering import page
from inconcert.web.said import decided_of
from inconcert.web.views import named, view_of
from inconcert.web.workbench import workbench_of


def network(request: Request) -> Response:
    """The page; the picture is drawn by static/network.js."""
    view = view_of(request)
    about = overview(view)
    now = decided_of(workbench_of(request).case(request.path_params["case"]))
    return page(
        request,
        "network.html.jinja",
        case=request.path_params["case"],
        title=about.title,
        section="network",
        about=about,
        nouns=NOUN,
        aside=[id for id in now.groups if now.aside(id) is not None],
        key=view.key,
    )


def data(request: Request) -> Response:
    """The network, packed; the browser may keep it as long as the case stays as it is and names as they are."""
    view, names = view_of(request), named(request)
    tag = f'"{view.key}-{"named" if names else "masked"}"'
    headers = {"etag": tag, "cache-control": "no-cache", "content-encoding": "gzip", "vary": "cookie"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={"etag": tag})
    return Response(_packed(view, names), media_type="application/json", headers=headers)


@lru_cache(maxsize=4)
def _packed(view: View, names: bool) -> bytes:
    return gzip.compress(json.dumps(network_data(view, names=names), separators=(",", ":")).encode(), 6, mtime=0)


ROUTES = [Route("/c/{case}/network", network), Route("/c/{case}/network.json", data)]
